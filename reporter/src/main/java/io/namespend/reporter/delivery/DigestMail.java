package io.namespend.reporter.delivery;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;

/**
 * A mail that has the same Message-ID whenever it is sent, so that a server that took it before it
 * could say so may drop the second one.
 */
final class DigestMail extends MimeMessage {
  private final String domain;
  private String id = "";

  /**
   * @param from the sender's address
   */
  DigestMail(Session session, String from) {
    super(session);
    domain = from.substring(from.indexOf('@') + 1);
  }

  /** Says which it is; takes effect with {@link #saveChanges}. */
  void identify(String newId) {
    id = newId;
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", "<namespend.%s@%s>".formatted(id, domain));
  }
}
