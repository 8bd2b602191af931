package io.namespend.reporter.delivery;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A list of mail addresses; each gets a mail of its own, so that a bad one harms no other. */
public final class MailChannel implements Channel {
  private final MailServer server;
  private final List<String> recipients;

  public MailChannel(MailServer server, List<String> recipients) {
    this.server = server;
    this.recipients = List.copyOf(recipients);
  }

  @Override
  public String key() {
    return "mail";
  }

  @Override
  public void send(Parcel parcel, Receipts receipts) {
    send(() -> server.message(parcel), receipts);
  }

  /**
   * Sends a letter to those who have no receipt yet.
   *
   * @param letter is asked for if there is somebody to send it to, and the server lets us in
   * @throws DeliveryException if not all got it
   */
  public void sendLetter(Supplier<Letter> letter, Receipts receipts) {
    send(() -> server.message(letter.get()), receipts);
  }

  private void send(Supplier<DigestMail> mail, Receipts receipts) {
    List<String> missing =
        recipients.stream().filter(address -> receipts.of(address).isEmpty()).toList();
    if (missing.isEmpty()) {
      return;
    }
    server.open();
    List<String> failures = new ArrayList<>();
    DigestMail message = mail.get();
    for (String address : missing) {
      send(message, address, receipts).ifPresent(failures::add);
    }
    if (!failures.isEmpty()) {
      throw new DeliveryException(String.join("; ", failures));
    }
  }

  private Optional<String> send(DigestMail message, String address, Receipts receipts) {
    if (receipts.of(address).isPresent()) {
      // It is in the list twice.
      return Optional.empty();
    }
    try {
      InternetAddress to = new InternetAddress(address, true);
      message.setRecipient(Message.RecipientType.TO, to);
      message.identify(receipts.idOf(address));
      message.saveChanges();
      server.send(message, to);
    } catch (AddressException e) {
      return Optional.of("%s is not an address".formatted(address));
    } catch (MessagingException e) {
      return Optional.of("%s refuses %s (%s)".formatted(server, address, MailServer.text(e)));
    }
    receipts.add(address, "sent");
    return Optional.empty();
  }
}
