package io.namespend.reporter.delivery;

import static java.util.Objects.requireNonNull;

import io.namespend.reporter.digest.PlainText;
import io.namespend.reporter.settings.Settings.Login;
import io.namespend.reporter.settings.Settings.Mail;
import io.namespend.reporter.settings.Settings.Security;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * One connection for all mails of a run. A server that did not let us in is not asked again, since
 * hundreds of teams would wait for it, or lock the account with a wrong password.
 */
public final class MailServer implements AutoCloseable {
  private static final String TIMEOUT_MILLIS = "30000";

  private final Mail settings;
  private final Session session;
  private Optional<Transport> connection = Optional.empty();
  private Optional<DeliveryException> refusal = Optional.empty();

  public MailServer(Mail settings) {
    this.settings = requireNonNull(settings, "settings");
    this.session = session(settings);
  }

  /**
   * Connects, if that is not done; before anything is drawn for mails that cannot go.
   *
   * @throws DeliveryException if the server lets nobody in
   */
  void open() {
    connected();
  }

  DigestMail message(Parcel parcel) {
    try {
      return MailMessage.of(session, settings.from(), parcel);
    } catch (MessagingException e) {
      throw new DeliveryException("cannot write the mail (%s)".formatted(text(e)), e);
    }
  }

  DigestMail message(Letter letter) {
    try {
      return MailMessage.of(session, settings.from(), letter);
    } catch (MessagingException e) {
      throw new DeliveryException("cannot write the mail (%s)".formatted(text(e)), e);
    }
  }

  /**
   * @throws DeliveryException if the server lets nobody in
   * @throws MessagingException if it refuses this mail
   */
  void send(Message message, InternetAddress to) throws MessagingException {
    Transport transport = connected();
    try {
      transport.sendMessage(message, new InternetAddress[] {to});
    } catch (MessagingException e) {
      // Servers end connections after a number of mails, and say so at the next one.
      if (transport.isConnected()) {
        throw e;
      }
      connected().sendMessage(message, new InternetAddress[] {to});
    }
  }

  @Override
  public void close() {
    try {
      if (connection.isPresent()) {
        connection.get().close();
      }
    } catch (MessagingException e) {
      // All mails have their answers already.
    }
  }

  @Override
  public String toString() {
    return "%s:%d".formatted(settings.host(), settings.port());
  }

  /** What the server said, which names the rule that it applies; empty if it said nothing. */
  private String words(MessagingException e) {
    String words = text(e);
    if (settings.login().isPresent()) {
      words = words.replace(settings.login().get().password().value(), "...");
    }
    return words.isBlank() || words.equals("null")
        ? ""
        : " (%s)".formatted(words.length() > 200 ? words.substring(0, 200) + "..." : words);
  }

  static String text(MessagingException e) {
    return PlainText.printable(String.valueOf(e.getMessage())).strip();
  }

  private Transport connected() {
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    try {
      Transport transport =
          connection.isPresent() ? connection.get() : session.getTransport("smtp");
      connection = Optional.of(transport);
      if (!transport.isConnected()) {
        connect(transport);
      }
      return transport;
    } catch (AuthenticationFailedException e) {
      throw refused(
          "refuses the login%s; check email.username and email.%s"
              .formatted(
                  words(e),
                  settings.login().map(Login::isToken).orElse(false) ? "oauth2Token" : "password"),
          e);
    } catch (MessagingException e) {
      throw refused(
          "takes no mail (%s); check email.host, .port, .security and .ca".formatted(text(e)), e);
    }
  }

  private DeliveryException refused(String what, MessagingException e) {
    DeliveryException exception = new DeliveryException("%s %s".formatted(this, what), e);
    refusal = Optional.of(exception);
    return exception;
  }

  private void connect(Transport transport) throws MessagingException {
    Optional<Login> login = settings.login();
    if (login.isPresent()) {
      transport.connect(
          settings.host(), settings.port(), login.get().username(), login.get().password().value());
    } else {
      transport.connect(settings.host(), settings.port(), null, null);
    }
  }

  private static Session session(Mail settings) {
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.auth", String.valueOf(settings.login().isPresent()));
    boolean hasStartTls = settings.security() == Security.STARTTLS;
    properties.setProperty("mail.smtp.starttls.enable", String.valueOf(hasStartTls));
    properties.setProperty("mail.smtp.starttls.required", String.valueOf(hasStartTls));
    properties.setProperty(
        "mail.smtp.ssl.enable", String.valueOf(settings.security() == Security.TLS));
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    // A mail server does not know the name of a pod.
    properties.setProperty(
        "mail.smtp.localhost",
        settings
            .ehlo()
            .orElseGet(() -> settings.from().substring(settings.from().indexOf('@') + 1)));
    if (settings.login().map(Login::isToken).orElse(false)) {
      properties.setProperty("mail.smtp.auth.mechanisms", "XOAUTH2");
    }
    for (String timeout : List.of("connectiontimeout", "timeout", "writetimeout")) {
      properties.setProperty("mail.smtp." + timeout, TIMEOUT_MILLIS);
    }
    settings
        .tls()
        .ifPresent(tls -> properties.put("mail.smtp.ssl.socketFactory", tls.getSocketFactory()));
    return Session.getInstance(properties);
  }
}
