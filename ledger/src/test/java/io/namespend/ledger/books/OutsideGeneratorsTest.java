package io.namespend.ledger.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.namespend.foundation.csv.Csv;
import io.namespend.ledger.bill.LineClass;
import io.namespend.ledger.export.Export;
import io.namespend.ledger.price.EffectivePrices;
import io.namespend.ledger.rules.BillSettings.Commitments;
import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bills that others' generators make, where these are installed: they read the documents too. */
class OutsideGeneratorsTest {
  private static final BigDecimal HOURS = BigDecimal.valueOf(744);

  @TempDir private Path folder;

  private void run(String program, String... arguments) throws IOException, InterruptedException {
    Optional<Path> found =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .map(entry -> Path.of(entry, program))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(found.isPresent(), program + " is not installed");
    List<String> command = new ArrayList<>(List.of(found.orElseThrow().toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    assertThat(process.waitFor()).as(() -> log()).isZero();
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static BigDecimal sum(Path file, String column) throws IOException {
    List<Csv.Row> rows = Csv.read(Files.readString(file));
    int place = rows.get(0).cells().indexOf(column);
    return rows.stream()
        .skip(1)
        .map(row -> row.cells().get(place))
        .filter(cell -> !cell.isEmpty())
        .map(BigDecimal::new)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal cents(Path file, String column) throws IOException {
    return sum(file, column).setScale(2, RoundingMode.HALF_EVEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.2", "1.3"})
  void focusMonthsImportWhole(String version) throws Exception {
    run(
        "focus-toolkit",
        "generate",
        "--provider",
        "aws",
        "--focus-version",
        version,
        "--rows",
        "2000",
        "--seed",
        "7",
        "--out",
        "focus");
    Path file =
        folder.resolve(
            "focus/focus_%s_cost_and_usage_aws.csv".formatted(version.replace('.', '_')));

    try (OpenBooks books = new OpenBooks(folder)) {
      ImportResult result =
          books.run(ImportRequest.of("focus", Export.of(List.of(file), Optional.empty())));

      assertThat(result.version().lines()).isEqualTo(2_000);
      assertThat(result.doubledParts()).isZero();
      assertThat(books.bridge().billed()).isEqualByComparingTo(cents(file, "BilledCost"));
      assertThat(books.bridge().effective()).isEqualByComparingTo(cents(file, "EffectiveCost"));
      assertThat(books.of(LineClass.UNUSED_COMMITMENT)).startsWith("0.00 0.00");
    }
  }

  /** A legacy report of 195 columns: a machine by savings plan, a volume, a database. */
  @Test
  void costAndUsageReportOfNise() throws Exception {
    Files.writeString(
        folder.resolve("aws.yaml"),
        """
        generators:
          - EC2Generator:
              resource_id: "0123456789abcdef0"
              processor_arch: 32-bit
              product_sku: VEAJHRNCCCC
              tags: {resourceTags/user:team: shop}
              instance_type: {inst_type: m5.large, vcpu: '2', memory: '8 GiB', storage: 'EBS Only', family: 'General', cost: '0.096', rate: '0.096', saving: '0.06', amount: '1', negotiated_rate: '0.096'}
          - EBSGenerator:
              resource_id: "0123456789abcdef1"
              product_sku: VEAJHRNBBBB
              amount: 1.0
              rate: 0.01
              tags: {}
          - RDSGenerator:
              resource_id: "88888888"
              product_sku: VEAJHRNAAAA
              processor_arch: 32-bit
              tags: {resourceTags/user:team: data}
              instance_type: {inst_type: db.t2.medium, vcpu: 4, memory: 3.5 GiB, storage: EBS Only, family: General Purpose, cost: 1.00, rate: 0.13}
        accounts:
          payer: 9999999999999
          user: [9999999999999]
        """);
    run(
        "nise",
        "report",
        "aws",
        "-s",
        "2026-10-01",
        "-e",
        "2026-11-01",
        "-w",
        "--static-report-file",
        "aws.yaml");
    Path file = folder.resolve("October-2026-None.csv");

    try (OpenBooks books = new OpenBooks(folder)) {
      books.run(ImportRequest.of("aws", Export.of(List.of(file), Optional.empty())));

      BigDecimal billed = sum(file, "lineItem/UnblendedCost");
      assertThat(books.bridge().billed())
          .isEqualByComparingTo(billed.setScale(2, RoundingMode.HALF_EVEN));
      // A dollar an hour, for 744 hours.
      assertThat(books.of(LineClass.SERVICE)).isEqualTo("744.00 744.00 744.00 744.00");
      // nise bills the covered machine at 0.096 x 744, and has no negation; the plan's price is
      // 0.06.
      assertThat(new EffectivePrices(books.store(), Commitments.AS_BILLED, 31).bill())
          .contains("i-0123456789abcdef0,0.0600000000,USD")
          // Its size is random: what is left of the bill, by the hour.
          .contains(
              "vol-0123456789abcdef1,%s,USD"
                  .formatted(
                      billed
                          .subtract(new BigDecimal("1.096").multiply(HOURS))
                          .divide(HOURS, 10, RoundingMode.HALF_EVEN)));
    }
  }
}
