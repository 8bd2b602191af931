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
  public static final class Attachment {
    private final String name;
    private final String type;
    private final byte[] content;

    /**
     * @param content is not copied, and not to be changed
     */
    public Attachment(String name, String type, byte[] content) {
      this.name = requireNonNull(name, "name");
      this.type = requireNonNull(type, "type");
      this.content = requireNonNull(content, "content");
    }

    public String name() {
      return name;
    }

    public String type() {
      return type;
    }

    public byte[] content() {
      return content;
    }
  }
}
