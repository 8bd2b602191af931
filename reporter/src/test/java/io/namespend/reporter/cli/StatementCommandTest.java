package io.namespend.reporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.reporter.prometheus.FakePrometheus;
import io.namespend.reporter.statement.Period;
import io.namespend.reporter.statement.Statements;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class StatementCommandTest {
  private static final Clock CLOCK = Clock.fixed(Statements.NOW, ZoneOffset.UTC);
  private static final String OCTOBER = Statements.at(Statements.OCTOBER, Statements.SHOP);

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void printsAClosedMonth() {
    assertThat(run(OCTOBER, "statement", "--month=2026-10")).isZero();

    assertThat(out.toString())
        .startsWith("period,period_start,period_end,status,")
        .contains(
            "2026-10,2026-10-01T00:00:00Z,2026-11-01T00:00:00Z,final,,cc-1,web,,,shop,cpu,,750,"
                + "Core-Hours,0.04,30.00,USD,,direct-blended,1.0000,,"
                + "ledger_line:cost:sum1h/2026-10/-/shop/resource=cpu/web/cc-1/-/r1\r\n")
        .hasLineCount(11);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void anOpenMonthNeedsPreviewAndSaysSo() {
    Period november = Period.month("2026-11", Statements.NOW);
    String recorded =
        Statements.at(
            november, Statements.SHOP.replaceFirst("(coverage:ratio1h +\\{} +)744", "$1491"));

    assertThat(run(recorded, "statement", "--month=2026-11")).isEqualTo(2);
    assertThat(run(recorded, "statement", "--month=2026-11", "--preview")).isZero();

    assertThat(err.toString())
        .contains(
            "2026-11 is not over: hours are recorded up to 2026-11-21T11:00:00Z; use --preview");
    assertThat(out.toString())
        .contains("2026-11,2026-11-01T00:00:00Z,2026-11-21T11:00:00Z,preview,")
        .contains("sum1h/2026-11-01T00_2026-11-21T11/-/shop/");
  }

  @Test
  void asksAsTheSettingsSay(@TempDir Path folder) throws IOException {
    try (FakePrometheus prometheus = FakePrometheus.recording(OCTOBER)) {
      Path settings =
          Files.writeString(
              folder.resolve("reporter.yaml"),
              "prometheus: {url: '%s', headers: {X-Scope-OrgID: {env: TENANT}}}"
                  .formatted(prometheus.url()));
      CommandLine command = Reporter.commandLine(CLOCK, Map.of("TENANT", "finance"));
      command.setOut(new PrintWriter(out, true));

      assertThat(command.execute("statement", "--config=" + settings, "--month=2026-10")).isZero();

      assertThat(out.toString()).contains("2026-10,").hasLineCount(11);
      assertThat(prometheus.headers("X-Scope-OrgID")).containsOnly("finance");
    }
  }

  @Test
  void writesJsonAndFocus(@TempDir Path folder) throws IOException {
    Path json = folder.resolve("s.json");
    Path focus = folder.resolve("s.csv");

    assertThat(
            run(
                OCTOBER,
                "statement",
                "--month=2026-10",
                "--format=json",
                "--output",
                json.toString()))
        .isZero();
    assertThat(
            run(
                OCTOBER,
                "statement",
                "--month=2026-10",
                "--format=FOCUS",
                "--output",
                focus.toString()))
        .isZero();

    assertThat(Files.readString(json))
        .contains("\"total\" : 100.01,", "\"amount\" : 30.00,", "\"rounding\" : ");
    assertThat(Files.readString(focus)).startsWith("AllocatedMethodDetails,");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void mapsAccountsAndCorrectsWhatWasBooked(@TempDir Path folder) throws IOException {
    Path accounts =
        Files.writeString(
            folder.resolve("gl.csv"), "cost_center,resource,pool,gl_account\n,,,9999\n");
    Path booked = folder.resolve("booked.csv");
    String gl = "--gl-accounts=" + accounts;

    assertThat(run(OCTOBER, "statement", "--month=2026-10", gl, "--output", booked.toString()))
        .isZero();
    assertThat(run(OCTOBER, "statement", "--month=2026-10", gl, "--previous=" + booked)).isZero();

    assertThat(Files.readString(booked)).contains(",USD,9999,");
    assertThat(out.toString()).hasLineCount(1);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void guardsAgainstFormulas() {
    String hostile = OCTOBER.replace("team=\"web\"", "team=\"=cmd|calc\"");

    assertThat(run(hostile, "statement", "--month=2026-10")).isZero();

    assertThat(out.toString()).contains(",\"'=cmd|calc\",").doesNotContain(",=cmd");
  }

  @Test
  void failsInOneLine(@TempDir Path folder) {
    assertThat(run("", "statement", "--month=2026-10")).isEqualTo(1);
    assertThat(run(OCTOBER, "statement", "--month=2026-10", "--gl-accounts=" + folder))
        .isEqualTo(1);
    assertThat(run(OCTOBER, "statement", "--month=2026-10", "--previous=missing.csv")).isEqualTo(1);
    assertThat(run(OCTOBER, "explain", "--namespace=gone", "--from=2026-10-01", "--to=2026-11-01"))
        .isEqualTo(1);
    try (FakePrometheus prometheus =
        FakePrometheus.answering(
            422, "application/json", "{\"status\":\"error\",\"error\":\"no\"}")) {
      assertThat(execute("statement", "--prometheus", prometheus.url(), "--month=2026-10"))
          .isEqualTo(1);
    }

    assertThat(err.toString().lines())
        .hasSize(5)
        .allMatch(line -> line.startsWith("reporter: "))
        .anyMatch(line -> line.startsWith("reporter: no data: cluster:cost:sum1h"))
        .anyMatch(line -> line.contains("it is a folder"))
        .anyMatch(line -> line.contains("cannot read missing.csv: it does not exist"))
        .anyMatch(line -> line.contains("namespace \"gone\" has no cost in 2026-10-01T00_"))
        .anyMatch(line -> line.contains("refuses the query"));
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void explainsANamespaceAndALine() {
    assertThat(run(OCTOBER, "explain", "--namespace=shop", "--from=2026-10-01", "--to=2026-11-01"))
        .isZero();
    assertThat(
            run(
                OCTOBER,
                "explain",
                "--format=json",
                "--audit-key=ledger_line:cost:sum1h/2026-10/-/shop/resource=cpu/web/cc-1/-/r0"))
        .isZero();

    assertThat(out.toString())
        .contains("shop: 65.01 USD from 2026-10-01T00:00:00Z to 2026-11-01T00:00:00Z")
        .contains("\"amount\" : 30.00");
    assertThat(err.toString())
        .isEqualTo("reporter: the audit key is of rules r0, the recorded hours now are of r1\n");
  }

  @Test
  void explainsAMonthByItsName() {
    assertThat(run(OCTOBER, "explain", "--namespace=shop", "--month=2026-10")).isZero();

    assertThat(out.toString())
        .contains("shop: 65.01 USD from 2026-10-01T00:00:00Z to 2026-11-01T00:00:00Z");
  }

  @Test
  void refusesWrongOptions() {
    assertThat(run("", "statement")).isEqualTo(2);
    assertThat(run("", "statement", "--month=2026-10", "--week=2026-W40")).isEqualTo(2);
    assertThat(run("", "statement", "--month=October")).isEqualTo(2);
    assertThat(run("", "statement", "--month=2026-10", "--format=xml")).isEqualTo(2);
    assertThat(run("", "statement", "--month=2026-10", "--timeout=0")).isEqualTo(2);
    assertThat(run("", "explain")).isEqualTo(2);
    assertThat(run("", "explain", "--namespace=a", "--from=2026-10-01")).isEqualTo(2);
    assertThat(run("", "explain", "--namespace=a", "--from=2026-11-01", "--to=2026-10-01"))
        .isEqualTo(2);
    assertThat(run("", "explain", "--audit-key=x")).isEqualTo(2);
    assertThat(run("", "explain", "--namespace=a", "--nodes=-1")).isEqualTo(2);

    assertThat(err.toString())
        .contains("\"October\" is not a month; use one such as 2026-10")
        .contains("--timeout is 0; use 1 second or more")
        .contains("--nodes is -1; use 0 or more")
        .contains("what to explain? Use --namespace with a period, or --audit-key alone")
        .contains("which period? Use --month, --week or --day, or --from together with --to")
        .contains(
            "the period ends 2026-10-01T00:00:00Z, which is not after its start,"
                + " 2026-11-01T00:00:00Z; swap them")
        .contains("\"x\" is not an audit key");
  }

  @Test
  void teaches() {
    assertThat(execute("statement", "--help")).isZero();
    assertThat(execute("explain", "--help")).isZero();

    assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
  }

  private int run(String recorded, String... args) {
    try (FakePrometheus prometheus = FakePrometheus.recording(recorded)) {
      List<String> all = new ArrayList<>(List.of(args));
      all.add(1, "--prometheus=" + prometheus.url());
      return execute(all.toArray(String[]::new));
    }
  }

  private int execute(String... args) {
    CommandLine command = Reporter.commandLine(CLOCK, Map.of());
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(args);
  }
}
