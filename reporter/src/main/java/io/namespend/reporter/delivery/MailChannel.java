package io.namespend.reporter.delivery;

import io.namespend.reporter.digest.PlainText;
import io.namespend.reporter.settings.Settings.Login;
import io.namespend.reporter.settings.Settings.Mail;
import io.namespend.reporter.settings.Settings.Security;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** A list of mail addresses; each gets a mail of its own, so that a bad one harms no other. */
public final class MailChannel implements Channel {
  private static final String TIMEOUT_MILLIS = "30000";

  private final Mail server;
  private final List<String> recipients;

  public MailChannel(Mail server, List<String> recipients) {
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
    Session session = session();
    List<String> failures = new ArrayList<>();
    try (Transport transport = session.getTransport("smtp")) {
      connect(transport);
      Message message = MailMessage.of(session, server.from(), parcel);
      for (String address : missing) {
        send(message, address, transport, receipts).ifPresent(failures::add);
      }
    } catch (AuthenticationFailedException e) {
      throw new DeliveryException(
          "%s refuses the login; check email.username and email.password".formatted(place()), e);
    } catch (MessagingException e) {
      throw new DeliveryException(
          "%s takes no mail (%s); check email.host, .port, .security and .ca"
              .formatted(place(), text(e)),
          e);
    }
    if (!failures.isEmpty()) {
      throw new DeliveryException(String.join("; ", failures));
    }
  }

  private Optional<String> send(
      Message message, String address, Transport transport, Receipts receipts) {
    try {
      InternetAddress to = new InternetAddress(address, true);
      message.setRecipient(Message.RecipientType.TO, to);
      message.saveChanges();
      if (!transport.isConnected()) {
        connect(transport);
      }
      transport.sendMessage(message, new InternetAddress[] {to});
    } catch (AddressException e) {
      return Optional.of("%s is no address".formatted(address));
    } catch (MessagingException e) {
      return Optional.of("%s refuses %s (%s)".formatted(place(), address, text(e)));
    }
    receipts.add(address, "sent");
    return Optional.empty();
  }

  private void connect(Transport transport) throws MessagingException {
    Optional<Login> login = server.login();
    if (login.isPresent()) {
      transport.connect(
          server.host(), server.port(), login.get().username(), login.get().password().value());
    } else {
      transport.connect(server.host(), server.port(), null, null);
    }
  }

  private Session session() {
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.auth", String.valueOf(server.login().isPresent()));
    boolean hasStartTls = server.security() == Security.STARTTLS;
    properties.setProperty("mail.smtp.starttls.enable", String.valueOf(hasStartTls));
    properties.setProperty("mail.smtp.starttls.required", String.valueOf(hasStartTls));
    properties.setProperty(
        "mail.smtp.ssl.enable", String.valueOf(server.security() == Security.TLS));
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    for (String timeout : List.of("connectiontimeout", "timeout", "writetimeout")) {
      properties.setProperty("mail.smtp." + timeout, TIMEOUT_MILLIS);
    }
    server
        .tls()
        .ifPresent(tls -> properties.put("mail.smtp.ssl.socketFactory", tls.getSocketFactory()));
    return Session.getInstance(properties);
  }

  private String place() {
    return "%s:%d".formatted(server.host(), server.port());
  }

  private static String text(MessagingException e) {
    return PlainText.printable(String.valueOf(e.getMessage())).strip();
  }
}
