package io.namespend.reporter.delivery;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    List<String> missing =
        recipients.stream().filter(address -> receipts.of(address).isEmpty()).toList();
    if (missing.isEmpty()) {
      return;
    }
    server.open();
    List<String> failures = new ArrayList<>();
    DigestMail message = server.message(parcel);
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
