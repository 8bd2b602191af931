package io.namespend.reporter.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.namespend.reporter.digest.RecordedWeek;
import io.namespend.reporter.prometheus.Trust;
import io.namespend.reporter.settings.Secret;
import io.namespend.reporter.settings.Settings.Login;
import io.namespend.reporter.settings.Settings.Mail;
import io.namespend.reporter.settings.Settings.Security;
import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MailChannelTest {
  private static final String PASSWORD = "a-password-of-tests";

  @TempDir private static Path folder;

  private final GreenMail server =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private final Map<String, String> known = new HashMap<>();
  private final Receipts receipts = TestReceipts.of(known, "mail");

  @BeforeEach
  void start() {
    server.start();
    server.setUser("reporter", "reporter", PASSWORD);
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void sendsTextHtmlChartCsvAndPdfOverStartTls() throws Exception {
    try (StartTlsFront front = new StartTlsFront(serverTls(), server.getSmtp().getPort())) {
      Mail mail = mail(front.port(), Security.STARTTLS, PASSWORD, Optional.of(trust()));
      new MailChannel(new MailServer(mail), List.of("a@example.com", "b@example.com"))
          .send(SlackTest.parcel(RecordedWeek.TWO_TEAMS), receipts);
    }

    assertThat(server.getReceivedMessages()).hasSize(2);
    MimeMessage message = server.getReceivedMessages()[0];
    assertThat(message.getSubject()).isEqualTo("Kubernetes costs: $1,000.00, +11%, week to 15 Nov");
    assertThat(message.getHeader("Date")).hasSize(1);
    assertThat(message.getFrom()[0]).hasToString("costs@example.com");
    assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    Multipart mixed = (Multipart) message.getContent();
    assertThat(List.of(mixed.getBodyPart(1).getFileName(), mixed.getBodyPart(2).getFileName()))
        .containsExactly("costs-company-2026-11-09.csv", "costs-company-2026-11-09.pdf");
    assertThat(
            new String(
                mixed.getBodyPart(1).getInputStream().readAllBytes(),
                java.nio.charset.StandardCharsets.UTF_8))
        .contains(",shop,USD,600.00,500.00\r\n");
    assertThat(mixed.getBodyPart(2).getInputStream().readNBytes(4))
        .containsExactly('%', 'P', 'D', 'F');
    Multipart alternative = (Multipart) mixed.getBodyPart(0).getContent();
    assertThat(alternative.getContentType()).startsWith("multipart/alternative");
    assertThat(String.valueOf(alternative.getBodyPart(0).getContent())).contains("Total");
    Multipart related = (Multipart) alternative.getBodyPart(1).getContent();
    assertThat(related.getContentType()).startsWith("multipart/related");
    assertThat(String.valueOf(related.getBodyPart(0).getContent())).contains("cid:chart");
    BodyPart image = related.getBodyPart(1);
    assertThat(image.getHeader("Content-ID")).containsExactly("<chart>");
    assertThat(image.getInputStream().readNBytes(4)).containsExactly((byte) 0x89, 'P', 'N', 'G');
  }

  @Test
  void sendsToEachOnce() {
    Mail mail = mail(server.getSmtp().getPort(), Security.NONE, PASSWORD, Optional.empty());
    new MailChannel(new MailServer(mail), List.of("a@example.com"))
        .send(SlackTest.parcel(RecordedWeek.TWO_TEAMS), receipts);
    new MailChannel(new MailServer(mail), List.of("a@example.com", "b@example.com"))
        .send(SlackTest.parcel(RecordedWeek.TWO_TEAMS), receipts);

    assertThat(server.getReceivedMessages()).hasSize(2);
    assertThat(known.keySet())
        .containsExactlyInAnyOrder(
            "digest 2026-11-16T00:00:00Z 168h w mail a@example.com",
            "digest 2026-11-16T00:00:00Z 168h w mail b@example.com");
  }

  /** A server that took a mail before it could say so can drop it when it comes again. */
  @Test
  void theSameMailHasTheSameIdInEachRunAndNoOtherHas() throws Exception {
    Mail mail = mail(server.getSmtp().getPort(), Security.NONE, PASSWORD, Optional.empty());
    Turn here = turn("here");
    for (Receipts run :
        List.of(
            TestReceipts.of(new HashMap<>(), here, "", "mail"),
            TestReceipts.of(new HashMap<>(), here, "", "mail"),
            TestReceipts.of(new HashMap<>(), here, "again", "mail"),
            TestReceipts.of(new HashMap<>(), turn("another cluster"), "", "mail"))) {
      new MailChannel(new MailServer(mail), List.of("a@example.com", "b@example.com"))
          .send(SlackTest.parcel(RecordedWeek.TWO_TEAMS), run);
    }

    Map<String, List<String>> ids = new HashMap<>();
    for (MimeMessage message : server.getReceivedMessages()) {
      ids.computeIfAbsent(
              message.getAllRecipients()[0].toString(), to -> new java.util.ArrayList<>())
          .add(message.getMessageID());
    }
    List<String> first = ids.getOrDefault("a@example.com", List.of());
    assertThat(first)
        .hasSize(4)
        .allMatch(id -> id.matches("<namespend\\.[0-9a-f]{40}@example\\.com>"));
    assertThat(first.get(1)).isEqualTo(first.get(0));
    assertThat(Set.copyOf(first)).hasSize(3);
    assertThat(ids.get("b@example.com")).hasSize(4).doesNotContainAnyElementsOf(first);
  }

  private static Turn turn(String installation) {
    return new Turn() {
      @Override
      public String installation() {
        return installation;
      }

      @Override
      public void check() {}

      @Override
      public void close() {}
    };
  }

  @Test
  void sendsNothingInTheClearToAServerWithoutStartTls() {
    Mail mail = mail(server.getSmtp().getPort(), Security.STARTTLS, PASSWORD, Optional.empty());

    assertThatThrownBy(() -> send(mail))
        .isInstanceOf(DeliveryException.class)
        .hasMessageContaining("STARTTLS");
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void doesNotTrustAnUnknownCertificate() throws Exception {
    try (StartTlsFront front = new StartTlsFront(serverTls(), server.getSmtp().getPort())) {
      Mail mail = mail(front.port(), Security.STARTTLS, PASSWORD, Optional.empty());
      assertThatThrownBy(() -> send(mail)).hasMessageContaining("check email.host, .port");
    }
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void aWrongPasswordIsNotShown() {
    Mail mail = mail(server.getSmtp().getPort(), Security.NONE, "wrong-secret", Optional.empty());

    assertThatThrownBy(() -> send(mail))
        .hasMessageContaining("refuses the login")
        .hasMessageNotContaining("wrong-secret");
  }

  /** Postfix and others refuse names without a dot, such as those of pods. */
  @Test
  void greetsByTheDomainOfTheSenderAndSaysWhatTheServerSaid() throws Exception {
    try (ScriptedServer refusing = new ScriptedServer()) {
      assertThatThrownBy(
              () -> send(mail(refusing.port(), Security.NONE, PASSWORD, Optional.empty())))
          .hasMessageContaining("refuses the login (")
          .hasMessageContaining("535 5.7.139 basic authentication is off by policy 7")
          .hasMessageContaining("check email.username and email.password")
          .hasMessageNotContaining(PASSWORD);

      assertThat(refusing.said()).contains("EHLO example.com").noneMatch(PASSWORD::equals);
    }
  }

  @Test
  void greetsAndLogsInAsTheSettingsSay() throws Exception {
    try (ScriptedServer refusing = new ScriptedServer()) {
      Mail mail =
          new Mail(
              "127.0.0.1",
              refusing.port(),
              Security.NONE,
              "costs@example.com",
              Optional.of(new Login("costs@example.com", new Secret("ya29.token"), true)),
              Optional.of("relay-7.example.org"),
              Optional.empty());

      assertThatThrownBy(() -> send(mail))
          .hasMessageContaining("check email.username and email.oauth2Token");

      String login =
          java.util.Base64.getEncoder()
              .encodeToString(
                  "user=costs@example.com\u0001auth=Bearer ya29.token\u0001\u0001"
                      .getBytes(java.nio.charset.StandardCharsets.UTF_8));
      assertThat(refusing.said()).contains("EHLO relay-7.example.org", "AUTH XOAUTH2 " + login);
    }
  }

  @Test
  void allMailsOfARunTakeOneConnectionAndItIsOpenedAgainWhereTheServerEndsIt() throws Exception {
    try (StartTlsFront front = new StartTlsFront(serverTls(), server.getSmtp().getPort());
        MailServer one =
            new MailServer(mail(front.port(), Security.STARTTLS, PASSWORD, Optional.of(trust())))) {
      for (String address : List.of("a@example.com", "b@example.com")) {
        new MailChannel(one, List.of(address))
            .send(SlackTest.parcel(RecordedWeek.TWO_TEAMS), receipts);
      }
      assertThat(front.connections()).isEqualTo(1);

      front.disconnect();
      new MailChannel(one, List.of("c@example.com"))
          .send(SlackTest.parcel(RecordedWeek.TWO_TEAMS), receipts);
      assertThat(front.connections()).isEqualTo(2);
    }
    assertThat(server.getReceivedMessages()).hasSize(3);
  }

  @Test
  void aServerThatLetsNobodyInIsAskedOnce() throws Exception {
    try (StartTlsFront front = new StartTlsFront(serverTls(), server.getSmtp().getPort());
        MailServer one =
            new MailServer(mail(front.port(), Security.STARTTLS, "wrong", Optional.of(trust())))) {
      for (String address : List.of("a@example.com", "b@example.com")) {
        assertThatThrownBy(
                () ->
                    new MailChannel(one, List.of(address))
                        .send(SlackTest.parcel(RecordedWeek.TWO_TEAMS), receipts))
            .hasMessageContaining("refuses the login");
      }
      assertThat(front.connections()).isEqualTo(1);
    }
  }

  @Test
  void saysThatNobodyListens() {
    int port = server.getSmtp().getPort();
    server.stop();

    assertThatThrownBy(() -> send(mail(port, Security.NONE, PASSWORD, Optional.empty())))
        .hasMessageContaining("127.0.0.1:%d takes no mail".formatted(port));
  }

  private void send(Mail mail) {
    new MailChannel(new MailServer(mail), List.of("a@example.com"))
        .send(SlackTest.parcel(RecordedWeek.TWO_TEAMS), receipts);
  }

  private static Mail mail(int port, Security security, String password, Optional<SSLContext> tls) {
    return new Mail(
        "127.0.0.1",
        port,
        security,
        "costs@example.com",
        Optional.of(new Login("reporter", new Secret(password), false)),
        Optional.empty(),
        tls);
  }

  private static SSLContext serverTls() throws Exception {
    Path store = folder.resolve("server.p12");
    if (!Files.exists(store)) {
      keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=mail", "-ext", "san=ip:127.0.0.1");
      keytool("-exportcert", "-rfc", "-file", folder.resolve("ca.pem").toString());
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), null, null);
    return context;
  }

  private static SSLContext trust() throws IOException {
    return Trust.in(folder.resolve("ca.pem"));
  }

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new java.util.ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(
        List.of(
            "-alias",
            "mail",
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD,
            "-keystore",
            folder.resolve("server.p12").toString()));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
