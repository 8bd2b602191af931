package io.namespend.reporter.delivery;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A mail that is no digest.
 *
 * @param html the same as the text
 */
public record Letter(String subject, String text, String html, List<Attachment> attachments) {
  public Letter {
    requireNonNull(subject, "subject");
    requireNonNull(text, "text");
    requireNonNull(html, "html");
    attachments = List.copyOf(attachments);
  }

  /** A file. */
  public record Attachment(String name, String type, byte[] content) {
    public Attachment {
      requireNonNull(name, "name");
      requireNonNull(type, "type");
      requireNonNull(content, "content");
    }
  }
}
