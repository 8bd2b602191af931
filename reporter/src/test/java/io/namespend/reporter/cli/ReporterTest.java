package io.namespend.reporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.reporter.prometheus.FakePrometheus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class ReporterTest {
  private static final Clock WEDNESDAY =
      Clock.fixed(Instant.parse("2026-11-18T10:30:00Z"), ZoneOffset.UTC);

  private static final String RECORDED =
      """
      2026-11-16T00:05:00Z cluster:cost:sum1h[   {}              1000
      2026-11-09T00:05:00Z cluster:cost:sum1h[   {}              900
      2026-11-16T00:05:00Z namespace:cost:sum1h {namespace="a"} 600
      2026-11-16T00:05:00Z namespace:cost:sum1h {namespace="b"} 400
      2026-11-18T10:05:00Z cluster:cost:sum1h[   {}              77
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void printsTheLastWeek() {
    try (FakePrometheus prometheus = FakePrometheus.recording(RECORDED)) {
      assertThat(run("weekly", "--prometheus", prometheus.url(), "--dry-run", "--top=1")).isZero();
    }

    assertThat(out.toString())
        .contains("Kubernetes costs, Mon 9 Nov 2026 00:00 to Mon 16 Nov 2026 00:00 UTC\n")
        .contains("▲ up +$100.00 (+11.1%) from $900.00 the week before")
        .containsPattern("Namespaces\n\na +\\$600.00  new  60.0%\nand 1 more: \\$400\\.00\n");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void printsTheWeekUntilTheLastFullHour() {
    try (FakePrometheus prometheus = FakePrometheus.recording(RECORDED)) {
      assertThat(run("weekly", "--prometheus", prometheus.url(), "--dry-run", "--until=now"))
          .isZero();
    }

    assertThat(out.toString())
        .contains("Kubernetes costs, Wed 11 Nov 2026 10:00 to Wed 18 Nov 2026 10:00 UTC\n")
        .contains("$77.00");
  }

  @Test
  void writesThePage(@TempDir Path folder) throws IOException {
    Path page = folder.resolve("week.html");
    try (FakePrometheus prometheus = FakePrometheus.recording(RECORDED)) {
      assertThat(run("weekly", "--prometheus", prometheus.url(), "--output", page.toString()))
          .isZero();
    }

    assertThat(Files.readString(page))
        .startsWith("<!DOCTYPE html>")
        .contains(">$1,000.00</p>", "▲ up +$100.00 (+11.1%)", "The cost is up $100.00")
        .doesNotContain("http:", "https:", "<script", "cid:", "attached");
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void writesAPdfBesideThePage(@TempDir Path folder) throws IOException {
    Path page = folder.resolve("week.html");
    Path pdf = folder.resolve("week.PDF");
    try (FakePrometheus prometheus = FakePrometheus.recording(RECORDED)) {
      assertThat(
              run(
                  "weekly",
                  "--prometheus=" + prometheus.url(),
                  "--output=" + page,
                  "--output=" + pdf))
          .isZero();
    }

    assertThat(Files.readString(page)).contains(">$1,000.00</p>");
    assertThat(Files.readAllBytes(pdf)).startsWith('%', 'P', 'D', 'F');
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void showsWarningsOfPrometheusBesideTheDigest() {
    String instant =
        """
        {"status":"success","warnings":["store \\u001b[31m eu is down"],
         "data":{"resultType":"vector","result":[{"metric":{},"value":[0,"1"]}]}}\
        """;
    String range =
        """
        {"status":"success","data":{"resultType":"matrix","result":[]}}\
        """;

    try (FakePrometheus prometheus =
        FakePrometheus.handling(
            exchange -> {
              boolean isRange = exchange.getRequestURI().getPath().endsWith("/query_range");
              FakePrometheus.send(exchange, 200, "application/json", isRange ? range : instant);
            })) {
      int code = run("weekly", "--prometheus", prometheus.url(), "--dry-run");
      assertThat(code).as(err.toString()).isZero();
    }

    assertThat(out.toString()).contains("Total");
    assertThat(err.toString()).isEqualTo("reporter: Prometheus warns: store [31m eu is down\n");
  }

  /** As installed: the log of the Job has the digest, and says how to name somebody. */
  @Test
  void aDigestThatGoesToNobodySaysSo(@TempDir Path folder) throws IOException {
    try (FakePrometheus prometheus = FakePrometheus.recording(RECORDED)) {
      Path settings =
          Files.writeString(
              folder.resolve("reporter.yaml"),
              "{prometheus: {url: '%s'}, teams: {pay: {}}}".formatted(prometheus.url()));
      assertThat(run("weekly", "--config", settings.toString())).isZero();
    }

    assertThat(out.toString())
        .startsWith("Kubernetes costs, Mon 9 Nov 2026")
        .contains("\nThis digest goes to nobody. To send it, write into reporter.yaml:\n")
        .contains("  company: {recipients: [you@example.com]}\n")
        .doesNotContain("delivered 0");
  }

  @Test
  void showsEveryDigestThatItWouldSend(@TempDir Path folder) throws IOException {
    try (FakePrometheus prometheus = FakePrometheus.recording(RECORDED)) {
      Path settings =
          Files.writeString(
              folder.resolve("reporter.yaml"),
              """
              prometheus: {url: "%s"}
              email: {host: localhost, from: costs@example.com}
              company: {recipients: [cfo@example.com]}
              teams: {pay: {recipients: [pay@example.com]}}
              """
                  .formatted(prometheus.url()));
      assertThat(run("weekly", "--config", settings.toString(), "--dry-run")).isZero();
    }

    assertThat(out.toString())
        .contains("To cfo@example.com\n\nKubernetes costs, Mon 9 Nov 2026")
        .contains("To pay@example.com\n\nKubernetes costs of pay, Mon 9 Nov 2026")
        .endsWith("nothing sent (--dry-run), 2 digests\n");
  }

  @Test
  void namespacesNameTheChannelsOfTeamsThatTheSettingsDoNot(@TempDir Path folder)
      throws IOException {
    String annotated =
        """
        2026-11-18T10:30:00Z slack_channel_info {team="pay",namespace="shop",channel="#pay"}
        2026-11-18T10:30:00Z slack_channel_info {team="web",namespace="site",channel="#other"}
        2026-11-18T10:30:00Z slack_channel_info {team="ops",namespace="a",channel="#ops"}
        2026-11-18T10:30:00Z slack_channel_info {team="ops",namespace="b",channel="#ops"}
        2026-11-18T10:30:00Z slack_channel_info {team="data",namespace="etl",channel="#etl"}
        2026-11-18T10:30:00Z slack_channel_info {team="data",namespace="ml",channel="#ml"}
        """
            .replace("}\n", "} 1\n");
    try (FakePrometheus prometheus = FakePrometheus.recording(RECORDED + annotated)) {
      Path token = Files.writeString(folder.resolve("token"), "xoxb-1");
      Path settings =
          Files.writeString(
              folder.resolve("reporter.yaml"),
              """
              prometheus: {url: "%s"}
              slack: {token: {file: "%s"}}
              email: {host: localhost, from: costs@example.com}
              teams:
                pay: {recipients: [pay@example.com]}
                web: {slackChannel: "#web"}
              """
                  .formatted(prometheus.url(), token));
      assertThat(run("weekly", "--config", settings.toString(), "--dry-run")).isZero();
    }

    assertThat(out.toString().lines().filter(line -> line.startsWith("To ")))
        .containsExactly("To #ops", "To #pay, pay@example.com", "To #web");
    assertThat(err.toString())
        .isEqualTo(
            "reporter: namespaces of team data name several Slack channels, so none is taken:"
                + " #etl by etl; #ml by ml; make their annotations namespend.io/slack-channel"
                + " agree, or name one in the settings\n");
  }

  /** One namespace that says it is payments' must not get what payments spends. */
  @Test
  void aNamespaceCannotLeadTheDigestOfATeamToItsChannel(@TempDir Path folder) throws IOException {
    String annotated =
        """
        2026-11-18T10:30:00Z slack_channel_info {team="payments",namespace="evil",channel="#attacker"}
        2026-11-18T10:30:00Z last_over_time(namespend_namespace_info {team="payments",namespace="evil"}
        2026-11-18T10:30:00Z last_over_time(namespend_namespace_info {team="payments",namespace="checkout"}
        2026-11-18T10:30:00Z slack_channel_info {team="ops",namespace="a",channel="#ops"}
        2026-11-18T10:30:00Z last_over_time(namespend_namespace_info {team="ops",namespace="a"}
        """
            .replace("}\n", "} 1\n");
    try (FakePrometheus prometheus = FakePrometheus.recording(RECORDED + annotated)) {
      Path token = Files.writeString(folder.resolve("token"), "xoxb-1");
      Path settings =
          Files.writeString(
              folder.resolve("reporter.yaml"),
              "prometheus: {url: \"%s\"}\nslack: {token: {file: \"%s\"}}\n"
                  .formatted(prometheus.url(), token));
      assertThat(run("weekly", "--config", settings.toString(), "--dry-run")).isZero();
    }

    assertThat(out.toString().lines().filter(line -> line.startsWith("To ")))
        .containsExactly("To #ops");
    assertThat(err.toString())
        .isEqualTo(
            "reporter: not all namespaces of team payments name the Slack channel #attacker, so it"
                + " is not taken; without it: checkout; annotate them with"
                + " namespend.io/slack-channel too, or name one in the settings\n");
  }

  @Test
  void failsWhenAChannelDoes(@TempDir Path folder) throws IOException {
    try (FakePrometheus prometheus = FakePrometheus.recording(RECORDED)) {
      Path settings =
          Files.writeString(
              folder.resolve("reporter.yaml"),
              """
              prometheus: {url: "%s"}
              email: {host: 127.0.0.1, port: 1, from: costs@example.com}
              company: {recipients: [cfo@example.com]}
              """
                  .formatted(prometheus.url()));
      assertThat(run("weekly", "--config", settings.toString())).isEqualTo(1);
    }

    assertThat(out.toString()).isEqualTo("delivered 0, delivered before 0, failed 1\n");
    assertThat(err.toString())
        .startsWith("reporter: mail of company: 127.0.0.1:1 takes no mail")
        .hasLineCount(1);
  }

  @Test
  void refusesWrongSettingsAllAtOnce(@TempDir Path folder) throws IOException {
    Path settings = Files.writeString(folder.resolve("reporter.yaml"), "timeZone: X\nfoo: 1\n");

    assertThat(run("weekly", "--config", settings.toString(), "--dry-run")).isEqualTo(2);
    assertThat(err.toString()).contains("timeZone: \"X\": ").contains("foo: \"...\": unknown key");
  }

  @Test
  void failsInOneLineWithoutData() {
    try (FakePrometheus prometheus = FakePrometheus.recording("")) {
      assertThat(run("weekly", "--prometheus", prometheus.url(), "--dry-run")).isEqualTo(1);
    }

    assertThat(out.toString()).isEmpty();
    assertThat(err.toString())
        .startsWith("reporter: no data: cluster:cost:sum1h has no sample from 2026-11-09")
        .hasLineCount(1);
  }

  @Test
  void failsInOneLineAtALoginPage() {
    try (FakePrometheus prometheus = FakePrometheus.answering(200, "text/html", "<html>")) {
      assertThat(run("weekly", "--prometheus", prometheus.url(), "--dry-run")).isEqualTo(1);
    }

    assertThat(err.toString()).contains("is it a login page").hasLineCount(1);
  }

  @Test
  void failsInOneLineAtAWrongUrl() {
    assertThat(run("weekly", "--prometheus", "prometheus", "--dry-run")).isEqualTo(2);

    assertThat(err.toString())
        .startsWith("reporter: \"prometheus\" is not an http or https URL;")
        .hasLineCount(2);
  }

  @Test
  void failsInOneLineWhereItCannotWrite(@TempDir Path folder) {
    try (FakePrometheus prometheus = FakePrometheus.recording(RECORDED)) {
      Path lost = folder.resolve("missing").resolve("week.html");
      assertThat(run("weekly", "--prometheus", prometheus.url(), "--output", lost.toString()))
          .isEqualTo(1);
      assertThat(run("weekly", "--prometheus", prometheus.url(), "--output", folder.toString()))
          .isEqualTo(1);

      assertThat(err.toString())
          .isEqualTo(
              """
              reporter: cannot write %s: its folder does not exist; name a file in a writable \
              folder with --output
              reporter: cannot write %s: it is a folder; name a file in a writable folder with \
              --output
              """
                  .formatted(lost, folder));
    }
  }

  @Test
  void wantsSomewhereToPutTheDigest() {
    assertThat(run("weekly", "--prometheus", "http://localhost:9090")).isEqualTo(2);

    assertThat(err.toString())
        .isEqualTo(
            """
            reporter: nowhere to put the digest: use --dry-run to print it, --output FILE to \
            write it as HTML, or --config FILE that says who gets it
            Try "reporter weekly --help".
            """);
  }

  @Test
  void refusesWrongOptions() {
    assertThat(run("weekly", "--dry-run")).isEqualTo(2);
    assertThat(run("weekly", "--prometheus=http://p", "--dry-run", "--top=0")).isEqualTo(2);
    assertThat(run("weekly", "--prometheus=http://p", "--dry-run", "--timeout=0")).isEqualTo(2);
    assertThat(run("weekly", "--prometheus=http://p", "--dry-run", "--until=soon")).isEqualTo(2);
    assertThat(run("weekly", "--prometheus=http://p", "--dry-rum")).isEqualTo(2);
    assertThat(run()).isEqualTo(2);

    assertThat(err.toString().lines().filter(line -> line.startsWith("reporter: ")))
        .containsExactly(
            "reporter: no Prometheus: give --prometheus URL, or prometheus.url in the settings;"
                + " with kubectl on the PATH it is found by itself",
            "reporter: --top is 0; use 1 or more",
            "reporter: --timeout is 0; use 1 second or more",
            "reporter: \"soon\" is not a time; use \"now\", a date such as 2026-11-16, or an"
                + " instant such as 2026-11-16T06:00:00Z",
            "reporter: Unknown option: '--dry-rum'",
            "reporter: Missing required subcommand");
  }

  @Test
  void teaches() {
    assertThat(run("--help")).isZero();
    assertThat(run("weekly", "--help")).isZero();
    assertThat(run("--version")).isZero();

    assertThat(out.toString())
        .contains("reporter weekly --prometheus http://localhost:9090 --dry-run --until now")
        .contains("reporter development")
        .doesNotContain("@|");
    assertThat(out.toString().lines().filter(line -> line.length() > 80)).isEmpty();
  }

  private int run(String... args) {
    CommandLine command = Reporter.commandLine(WEDNESDAY, Map.of());
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(args);
  }
}
