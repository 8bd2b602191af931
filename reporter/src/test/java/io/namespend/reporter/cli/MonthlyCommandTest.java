package io.namespend.reporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.namespend.reporter.prometheus.FakePrometheus;
import io.namespend.reporter.statement.Statements;
import jakarta.mail.Message;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class MonthlyCommandTest {
  /** The third working day: the first of November is a Sunday. */
  private static final String THIRD = "2026-11-04T09:00:00Z";

  private static final String TENTH = "2026-11-13T09:00:00Z";
  private static final String OCTOBER = Statements.at(Statements.OCTOBER, Statements.SHOP);
  private static final String GAPS = OCTOBER.replaceFirst("(coverage:ratio1h +\\{} +)744", "$1700");

  private final GreenMail server =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void financeGetsTheMonthAndEachTeamItsLinesOnce() throws Exception {
    assertThat(run(THIRD, OCTOBER, everything())).as(err.toString()).isZero();
    assertThat(run("2026-11-05T09:00:00Z", "", everything())).isZero();

    assertThat(out.toString())
        .endsWith("delivered 2, delivered before 0, failed 0\n2026-10 was stated before\n");
    List<MimeMessage> mails = mails();
    assertThat(mails)
        .extracting(mail -> mail.getAllRecipients()[0] + " " + mail.getSubject())
        .containsExactly(
            "cfo@example.com Kubernetes cost statement, October 2026: 100.01 USD",
            "lead@example.com Kubernetes cost statement of pay, October 2026: 16.25 USD");
    assertThat(names(mails.get(0)))
        .containsExactly(
            "statement-2026-10.csv",
            "statement-2026-10-subtotals.csv",
            "statement-2026-10.xlsx",
            "statement-2026-10.pdf");
    assertThat(text(mails.get(0)))
        .contains("cc-1         web              5   57.51        16.25   73.76")
        .contains("Total                        10   73.01        27.00  100.01");
    assertThat(text(mails.get(1))).contains("16.25").doesNotContain("cc-1");
    assertThat(files())
        .containsExactly(
            "2026-10/statement-2026-10-subtotals.csv",
            "2026-10/statement-2026-10.csv",
            "2026-10/statement-2026-10.pdf",
            "2026-10/statement-2026-10.xlsx",
            "2026-10/teams/statement-2026-10-data-subtotals.csv",
            "2026-10/teams/statement-2026-10-data.csv",
            "2026-10/teams/statement-2026-10-data.pdf",
            "2026-10/teams/statement-2026-10-data.xlsx",
            "2026-10/teams/statement-2026-10-pay-subtotals.csv",
            "2026-10/teams/statement-2026-10-pay.csv",
            "2026-10/teams/statement-2026-10-pay.pdf",
            "2026-10/teams/statement-2026-10-pay.xlsx",
            "2026-10/teams/statement-2026-10-unallocated-subtotals.csv",
            "2026-10/teams/statement-2026-10-unallocated.csv",
            "2026-10/teams/statement-2026-10-unallocated.pdf",
            "2026-10/teams/statement-2026-10-unallocated.xlsx",
            "2026-10/teams/statement-2026-10-web-subtotals.csv",
            "2026-10/teams/statement-2026-10-web.csv",
            "2026-10/teams/statement-2026-10-web.pdf",
            "2026-10/teams/statement-2026-10-web.xlsx");
  }

  /** What is in the folder is what "statement" prints, and can be corrected later. */
  @Test
  void theFileIsTheStatement() throws Exception {
    assertThat(run(THIRD, OCTOBER, "statement: {folder: '%s'}".formatted(statements()))).isZero();
    out.getBuffer().setLength(0);
    try (FakePrometheus prometheus = FakePrometheus.recording(OCTOBER)) {
      assertThat(execute(THIRD, "statement", "--month=2026-10", "--prometheus=" + prometheus.url()))
          .isZero();
    }

    assertThat(statements().resolve("2026-10/statement-2026-10.csv"))
        .content()
        .isEqualTo(out.toString());
  }

  @Test
  void waitsForItsWorkingDayWithoutAskingPrometheus() throws Exception {
    assertThat(run("2026-11-03T23:00:00Z", "", everything())).isZero();
    assertThat(
            run(
                "2026-11-05T09:00:00Z",
                "",
                everything()
                    .replace(
                        "statement: {", "statement: {holidays: [2026-11-02], workingDay: 4, ")))
        .isZero();

    assertThat(out.toString())
        .isEqualTo(
            """
            2026-10 waits for working day 3, Wednesday 4 November 2026
            2026-10 waits for working day 4, Friday 6 November 2026
            """);
    assertThat(mails()).isEmpty();
  }

  @Test
  void saysOnceByMailThatItWaitsForFiguresAndFailsWhenItIsLate() throws Exception {
    assertThat(run(THIRD, GAPS, everything())).isZero();
    assertThat(run("2026-11-05T09:00:00Z", GAPS, everything())).isZero();
    assertThat(run(TENTH, GAPS, everything())).isEqualTo(1);

    assertThat(out.toString().lines())
        .hasSize(3)
        .allMatch(
            line ->
                line.startsWith(
                    "2026-10 waits for figures: 94.08% of the minutes have them, and"
                        + " statement.coverage is 99%; bring back"));
    assertThat(mails()).hasSize(1);
    assertThat(mails().get(0).getSubject())
        .isEqualTo("Kubernetes cost statement, October 2026: not yet");
    assertThat(text(mails().get(0))).contains("- figures: 94.08% of the minutes");
    assertThat(files()).isEmpty();

    assertThat(run(TENTH, GAPS, everything(), "--anyway")).isZero();
    assertThat(mails()).hasSize(3);
    assertThat(text(mails().get(1))).contains("Note: 94.08 % of the period's minutes have figures");
  }

  @Test
  void waitsForTheBillWhereThereWasOne() throws Exception {
    String september =
        bill(THIRD, "cluster,·month)·(last_over_time", "\"month\":\"9\"", 99)
            + bill(THIRD, "(cluster)·(last_over_time", "", 1);
    String october = bill(THIRD, "cluster,·month)·(last_over_time", "\"month\":\"10\"", 97);
    String other = bill(THIRD, "cluster,·month)·(last_over_time", "\"month\":\"10\"", 90);

    assertThat(run(THIRD, OCTOBER + september, everything())).isZero();
    assertThat(run(THIRD, OCTOBER + other, everything())).isZero();
    assertThat(files()).isEmpty();
    assertThat(run(THIRD, OCTOBER + october, everything())).isZero();

    assertThat(out.toString().lines())
        .anyMatch(line -> line.startsWith("2026-10 waits for the bill of 2026-10; write it into"))
        .anyMatch(
            line ->
                line.startsWith(
                    "2026-10 waits for agreement with the bill: 100.01 USD were recorded and 90.00"
                        + " USD billed, more than statement.billVariance (5%) apart;"))
        .anyMatch(line -> line.equals("delivered 2, delivered before 0, failed 0"));
  }

  @Test
  void aBillThatIsRequiredIsWaitedFor() throws Exception {
    assertThat(
            run(
                THIRD,
                OCTOBER,
                everything().replace("statement: {", "statement: {bill: required, ")))
        .isZero();

    assertThat(out.toString()).startsWith("2026-10 waits for the bill of 2026-10; ");
  }

  @Test
  void whatFailedIsSentInTheNextRun() throws Exception {
    String right = everything();
    String wrong = right.replace("port: " + server.getSmtp().getPort(), "port: 1");

    assertThat(run(THIRD, OCTOBER, wrong)).isEqualTo(1);
    assertThat(run(THIRD, OCTOBER, right)).isZero();

    assertThat(out.toString())
        .contains("delivered 0, delivered before 0, failed 2")
        .endsWith("delivered 2, delivered before 0, failed 0\n");
    assertThat(err.toString()).contains("mail of statement: 127.0.0.1:1 takes no mail");
    assertThat(mails()).hasSize(2);
  }

  @Test
  void aBookedFileIsNeverReplaced() throws Exception {
    assertThat(run(THIRD, OCTOBER, everything())).isZero();
    String later = OCTOBER.replace("team=\"web\"", "team=\"shopping\"");

    assertThat(run(THIRD, later, everything(), "--resend")).isEqualTo(1);

    assertThat(err.toString())
        .contains("is another statement than what is recorded now; it stays. State the difference:")
        .contains("namespend statement --month 2026-10 --previous ");
    assertThat(statements().resolve("2026-10/statement-2026-10.csv")).content().contains(",web,");
    assertThat(mails()).hasSize(2);
  }

  @Test
  void aDryRunSendsAndWritesNothing() throws Exception {
    assertThat(run(THIRD, OCTOBER, everything(), "--dry-run")).isZero();

    assertThat(out.toString())
        .startsWith("To the folder ")
        .contains("To cfo@example.com\n\nKubernetes cost statement, October 2026\n")
        .contains("To lead@example.com\n\nKubernetes cost statement of pay, October 2026\n")
        .endsWith("nothing sent or written (--dry-run)\n");
    assertThat(mails()).isEmpty();
    assertThat(files()).isEmpty();
  }

  @Test
  void refusesSettingsThatLeadNowhere() throws Exception {
    assertThat(run(THIRD, OCTOBER, "timeZone: UTC")).isEqualTo(2);
    assertThat(run(THIRD, OCTOBER, "statement: {}")).isEqualTo(2);
    assertThat(run(THIRD, OCTOBER, "statement: {recipients: [cfo@example.com]}")).isEqualTo(2);
    assertThat(run(THIRD, OCTOBER, "statement: {folder: /x, holidays: [christmas]}")).isEqualTo(2);
    assertThat(run(THIRD, OCTOBER, everything(), "--month=2026-11")).isEqualTo(2);
    assertThat(execute(THIRD, "monthly")).isEqualTo(2);

    assertThat(err.toString())
        .contains("has no section \"statement\", so nobody gets one; write recipients or a folder")
        .contains("statement: \"nobody\": goes nowhere; write recipients, a folder, or both")
        .contains("statement.recipients: \"cfo@example.com\": need a mail server; write email")
        .contains("delivery: \"nothing\": is needed")
        .contains("statement.holidays[0]: \"christmas\": write a date such as 2026-12-25")
        .contains("2026-11 is not over")
        .contains("who gets the statement? Use --config FILE");
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws Exception {
    Files.writeString(statements(), "a file");

    assertThat(run(THIRD, OCTOBER, everything())).isEqualTo(1);

    assertThat(err.toString())
        .contains("cannot write to " + statements())
        .contains("mount a writable folder there, or change statement.folder");
    assertThat(mails()).isEmpty();
  }

  @Test
  void teaches() {
    assertThat(execute(THIRD, "monthly", "--help")).isZero();

    assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
  }

  private static String bill(String at, String query, String labels, int value) {
    return "\n%s %s {%s} %d".formatted(at, query, labels.replace("\"month\":", "month="), value);
  }

  private Path statements() {
    return folder.resolve("statements");
  }

  private String everything() {
    return """
    statement: {recipients: [cfo@example.com], folder: '%s'}
    email: {host: 127.0.0.1, port: %d, security: none, from: costs@example.com}
    teams: {pay: {recipients: [lead@example.com]}, none: {recipients: [none@example.com]}}
    delivery: {file: '%s'}
    """
        .formatted(statements(), server.getSmtp().getPort(), folder.resolve("delivered"));
  }

  private int run(String now, String recorded, String settings, String... more) throws IOException {
    try (FakePrometheus prometheus = FakePrometheus.recording(recorded)) {
      Path file = Files.writeString(folder.resolve("reporter.yaml"), settings);
      List<String> args = new ArrayList<>();
      args.addAll(List.of("monthly", "--config=" + file, "--prometheus=" + prometheus.url()));
      args.addAll(List.of(more));
      return execute(now, args.toArray(String[]::new));
    }
  }

  private int execute(String now, String... args) {
    CommandLine command =
        Reporter.commandLine(Clock.fixed(Instant.parse(now), ZoneOffset.UTC), Map.of());
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(args);
  }

  private List<MimeMessage> mails() {
    return Stream.of(server.getReceivedMessages())
        .sorted(
            Comparator.comparing(
                mail -> {
                  try {
                    return mail.getSubject().contains("not yet") ? 0 : 1;
                  } catch (jakarta.mail.MessagingException e) {
                    throw new IllegalStateException(e);
                  }
                }))
        .toList();
  }

  private static List<String> names(Message mail) throws Exception {
    Multipart mixed = (Multipart) mail.getContent();
    List<String> names = new ArrayList<>();
    for (int i = 1; i < mixed.getCount(); i++) {
      names.add(mixed.getBodyPart(i).getFileName());
    }
    return names;
  }

  private static String text(Message mail) throws Exception {
    Multipart mixed = (Multipart) mail.getContent();
    Multipart alternative = (Multipart) mixed.getBodyPart(0).getContent();
    return String.valueOf(alternative.getBodyPart(0).getContent()).replace("\r\n", "\n");
  }

  private List<String> files() throws IOException {
    if (!Files.exists(statements())) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(statements())) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> statements().relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
