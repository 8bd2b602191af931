package io.namespend.ledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.ledger.books.CurFile;
import io.namespend.ledger.books.OpenBooks;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class BillsCommandTest {
  @TempDir private Path folder;

  private record Result(int exit, String out, String err) {}

  private Result run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        Ledger.commandLine(OpenBooks.CLOCK)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err));
    int exit = command.execute(arguments);
    return new Result(exit, out.toString(), err.toString());
  }

  private Result bills(String... arguments) {
    List<String> all = new ArrayList<>(List.of("bills"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--ledger", folder.resolve("ledger.db").toString()));
    return run(all.toArray(String[]::new));
  }

  private Path bill() throws IOException {
    return new CurFile()
        .hours(
            0,
            744,
            "Usage",
            "resource=i-0aaa",
            "service=AmazonEC2",
            "usage=EU-BoxUsage:m5.large",
            "region=eu-west-1",
            "amount=1",
            "unit=Hrs",
            "unblended=0.1",
            "list=0.11",
            "invoice=1")
        .hours(
            0,
            744,
            "Usage",
            "resource=i-0bbb",
            "service=AmazonEC2",
            "usage=EU-SpotUsage:m5.large",
            "region=eu-west-1",
            "amount=0.5",
            "unit=Hrs",
            "unblended=0.02",
            "list=0.05",
            "invoice=1")
        .line(
            "Tax",
            "unblended=3.336",
            "start=2026-10-01",
            "end=2026-11-01",
            "service=AmazonEC2",
            "usage=",
            "invoice=1")
        .write(folder.resolve("bill.csv"));
  }

  @Test
  void importsAndShowsTheBridgeToTheInvoice() throws IOException {
    String from = bill().toString();

    // 744 x 0.16 list, 744 x 0.12, and 3.336 tax: 92.616
    Result imported = bills("import", "--from", from, "--invoice-total", "92.62");

    assertThat(imported.err()).isEmpty();
    assertThat(imported.exit()).isZero();
    assertThat(imported.out())
        .startsWith("Bill of 2026-10 (aws), USD, version ")
        .contains(", 1,489 lines, usage up to 2026-10-31, invoiced")
        .contains(
            """
            resources of clusters                    119.04            89.28            89.28            89.28        1,488
            tax                                        3.34             3.34             3.34             3.34            1
            total                                    122.38            92.62            92.62            92.62        1,489

            List price                                   122.38
              negotiated and spot discounts              -29.76
            Negotiated                                    92.62
              commitments                                  0.00  what plans and reservations saved, and what of them was not used
            Effective (amortized)                         92.62
              paid at another time                         0.00  upfront and recurring payments less what of them is for this month
            Billed                                        92.62
            """);
    assertThat(bills("show", "--month", "2026-10").out()).isEqualTo(imported.out() + "\n");
    assertThat(bills("import", "--from", from).out())
        .matches("aws 2026-10: version \\w+ is in the books already\\R");
  }

  @Test
  void writesPricesForTheExporter() throws IOException {
    bills("import", "--from", bill().toString());
    Path csv = folder.resolve("prices.csv");
    Path sheet = folder.resolve("sheet.csv");

    Result result = bills("prices", "--output", csv.toString(), "--sheet", sheet.toString());

    assertThat(result.err()).isEmpty();
    assertThat(csv)
        .hasContent(
            "resource_id,hourly,currency\ni-0aaa,0.1000000000,USD\ni-0bbb,0.0400000000,USD\n");
    assertThat(sheet)
        .hasContent(
            """
            kind,instance_type,capacity_type,region,price,per,currency
            node,m5.large,on-demand,eu-west-1,0.1000000000,hour,USD
            node,m5.large,spot,eu-west-1,0.0400000000,hour,USD
            """);
    assertThat(bills("prices").out()).isEqualTo(Files.readString(csv));
  }

  @Test
  void saysWhatChangedSinceTheVersionBefore() throws IOException {
    bills("import", "--from", bill().toString());
    Path later =
        new CurFile()
            .hours(0, 744, "Usage", "unblended=0.1")
            .line("Refund", "unblended=-4.4", "start=2026-10-01", "end=2026-11-01")
            .write(folder.resolve("later.csv"));

    // 70.00 instead of 92.62
    assertThat(bills("import", "--from", later.toString()).out())
        .containsPattern("-22\\.62 since version \\w+, which billed 92\\.62");
  }

  @Test
  void settingsChangeWhereALineBelongs() throws IOException {
    Path settings =
        Files.writeString(
            folder.resolve("settings.yaml"),
            """
            owners: {teamTags: [squad]}
            lineTypes: {MoonTax: tax}
            rules:
              - {service: AmazonRDS, tags: {env: "prod*"}, class: service, namespace: orders}
              - {account: "999*", class: outside-scope}
            """);
    Path bill =
        new CurFile()
            .hours(
                0,
                1,
                "Usage",
                "service=AmazonRDS",
                "unblended=1",
                "tags={\"user:env\":\"Production\"}")
            .hours(
                0, 1, "Usage", "service=AmazonRDS", "unblended=2", "tags={\"user_squad\":\"shop\"}")
            .hours(0, 1, "Usage", "service=AmazonRDS", "unblended=4", "account=999888")
            .hours(0, 1, "MoonTax", "unblended=8")
            .write(folder.resolve("bill.csv"));

    assertThat(
            bills(
                    "import",
                    "--from",
                    bill.toString(),
                    "--accept-partial",
                    "--settings",
                    settings.toString())
                .out())
        .containsPattern("services with an owner +3\\.00")
        .containsPattern("outside the scope +4\\.00")
        .containsPattern("tax +8\\.00");
  }

  @Test
  void wrongSettingsAreAllReported() throws IOException {
    Path settings =
        Files.writeString(
            folder.resolve("settings.yaml"),
            """
            commitments: mine
            rules:
              - {class: moon}
              - {service: a, class: tax, team: b}
              - {sevice: a, class: fee}
            """);

    Result result = bills("import", "--from", bill().toString(), "--settings", settings.toString());

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .contains(
            "commitments: \"mine\": write one of as-billed, blended",
            "rules[0].class: \"moon\": write one of resource, service, shared-service,",
            "rules[1].class: \"tax\": only a service has an owner; write service, or no owner",
            "rules[2].sevice: \"...\": unknown key");
    assertThat(folder.resolve("ledger.db")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bills",
        "bills import",
        "bills import --from x --format moon",
        "bills import --from x --month october",
        "bills show --month 2026-13",
        "bills prices --days 0",
      })
  void wrongOptions(String line) {
    Result result = run(line.split(" ", -1));

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).startsWith("ledger: ").endsWith("--help\".\n");
  }

  @Test
  void whatFailsIsOneLine() throws IOException {
    assertThat(bills("show"))
        .isEqualTo(
            new Result(
                1,
                "",
                "ledger: %s: there are no books; import a bill first, or name the file with --ledger\n"
                    .formatted(folder.resolve("ledger.db"))));
    assertThat(bills("import", "--from", folder.resolve("none.csv").toString()).err())
        .isEqualTo(
            "ledger: %s: does not exist; check the path\n".formatted(folder.resolve("none.csv")));
    bills("import", "--from", bill().toString());
    assertThat(bills("show", "--month", "2026-09").err()).contains("has no bill of 2026-09");
    assertThat(bills("prices", "--output", folder.resolve("no/x.csv").toString()).err())
        .startsWith("ledger: cannot write ");
  }

  /**
   * 744 h of a database and of traffic in a whole month; a fee of the month; a plan's unused part.
   */
  @Test
  void servicesAreSectionsOfThePolicy() {
    bills("import", "--from", "examples/2026-10.csv");

    assertThat(bills("services").out())
        .isEqualTo(
            """
            # Effective cost per hour in USD, from ledger.db
            sharedServices:
              - {name: "billed-aws-amazonec2-network", category: "network", hourlyCost: 0.04800000}
              - {name: "billed-aws-support-and-fees", category: "support", hourlyCost: 0.03897849}
              - {name: "billed-aws-unused-commitment", category: "commitment", hourlyCost: 0.02300000}
            externalServices:
              - {name: "billed-aws-amazonrds-payments", category: "service", hourlyCost: 0.20000000, team: "payments"}
            """);
  }

  @Test
  void aMonthThatIsWrongDoesNotKeepAnotherOut() throws IOException {
    Path bucket = Files.createDirectories(folder.resolve("bucket"));
    for (String month : List.of("09", "10")) {
      new CurFile()
          .line(
              "Usage",
              "unblended=1",
              "month=2026-%s-01".formatted(month),
              "start=2026-%s-01".formatted(month),
              "end=2026-11-01",
              "currency=" + (month.equals("09") ? "" : "USD"))
          .write(bucket.resolve("r-%s.csv".formatted(month)));
      Files.writeString(
          bucket.resolve("r-%s-Manifest.json".formatted(month)),
          """
          {"assemblyId":"a","reportKeys":["r-%s.csv"],"billingPeriod":{"start":"2026%s01T000000.000Z"}}
          """
              .formatted(month, month));
    }

    Result result = bills("import", "--from", bucket.toString());

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("r-09.csv line 2: the currency is").hasLineCount(1);
    assertThat(result.out()).startsWith("Bill of 2026-10 (aws)");
  }

  /** What is printed is a file that people can change and give back. */
  @Test
  void theBuiltInRulesAreSettings() throws IOException {
    Path settings = Files.writeString(folder.resolve("own.yaml"), run("bills", "rules").out());

    assertThat(
            bills("import", "--from", bill().toString(), "--settings", settings.toString()).exit())
        .isZero();
  }
}
