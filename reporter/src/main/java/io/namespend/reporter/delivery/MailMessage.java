package io.namespend.reporter.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.namespend.reporter.digest.MailPage;
import io.namespend.reporter.digest.Page;
import io.namespend.reporter.digest.Picture;
import io.namespend.reporter.digest.PlainText;
import io.namespend.reporter.digest.TextPage;
import jakarta.activation.DataHandler;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A digest as a mail: text, HTML with its chart inline, CSV and PDF attached; other letters. */
final class MailMessage {
  private static final String CHART = "chart";

  private MailMessage() {}

  static DigestMail of(Session session, String from, Parcel parcel) throws MessagingException {
    DigestMail message = headed(session, from, subject(parcel.page()));
    message.setContent(
        multipart(
            "mixed",
            List.of(
                wrapped(content(parcel)),
                attachment(parcel.csv().getBytes(UTF_8), "text/csv", parcel.fileName() + ".csv"),
                attachment(parcel.pdf(), "application/pdf", parcel.fileName() + ".pdf"))));
    return message;
  }

  static DigestMail of(Session session, String from, Letter letter) throws MessagingException {
    MimeBodyPart text = new MimeBodyPart();
    text.setText(letter.text(), UTF_8.name());
    MimeBodyPart html = new MimeBodyPart();
    html.setText(letter.html(), UTF_8.name(), "html");
    List<MimeBodyPart> parts = new ArrayList<>();
    parts.add(wrapped(multipart("alternative", List.of(text, html))));
    for (Letter.Attachment file : letter.attachments()) {
      parts.add(attachment(file.content(), file.type(), file.name()));
    }
    DigestMail message = headed(session, from, PlainText.printable(letter.subject()));
    message.setContent(multipart("mixed", parts));
    return message;
  }

  private static DigestMail headed(Session session, String from, String subject)
      throws MessagingException {
    DigestMail message = new DigestMail(session, from);
    message.setFrom(new InternetAddress(from, true));
    message.setSubject(subject, UTF_8.name());
    // Spares everybody the replies of absent people.
    message.setHeader("Auto-Submitted", "auto-generated");
    return message;
  }

  private static String subject(Page page) {
    return PlainText.printable(page.subject());
  }

  private static Multipart content(Parcel parcel) throws MessagingException {
    MimeBodyPart text = new MimeBodyPart();
    text.setText(TextPage.render(parcel.page()), UTF_8.name());
    Optional<Picture> chart = parcel.chart();
    MimeBodyPart html = new MimeBodyPart();
    html.setText(
        MailPage.render(parcel.page(), chart.isPresent() ? "cid:" + CHART : ""),
        UTF_8.name(),
        "html");
    if (chart.isEmpty()) {
      return multipart("alternative", List.of(text, html));
    }
    MimeBodyPart image = attachment(chart.get().png(), "image/png", parcel.fileName() + ".png");
    image.setContentID("<" + CHART + ">");
    image.setDisposition(Part.INLINE);
    return multipart(
        "alternative", List.of(text, wrapped(multipart("related", List.of(html, image)))));
  }

  private static MimeBodyPart attachment(byte[] bytes, String type, String name)
      throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setDataHandler(new DataHandler(new ByteArrayDataSource(bytes, type)));
    part.setFileName(name);
    return part;
  }

  private static MimeMultipart multipart(String subtype, List<MimeBodyPart> parts)
      throws MessagingException {
    MimeMultipart multipart = new MimeMultipart(subtype);
    for (BodyPart part : parts) {
      multipart.addBodyPart(part);
    }
    return multipart;
  }

  private static MimeBodyPart wrapped(Multipart multipart) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setContent(multipart);
    return part;
  }
}
