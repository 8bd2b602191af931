package io.namespend.testbed.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.testbed.backfill.OpenMetricsFile;
import io.namespend.testbed.process.Prometheus;
import io.namespend.testbed.process.Promtool;
import io.namespend.testbed.process.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bill beside what a real Prometheus has of the exporter. */
@Tag("prometheus")
class ReconcileCommandTest {
  private static final Path COMMAND = Path.of("../bin/namespend").toAbsolutePath().normalize();
  private static final long DAY = Instant.parse("2026-10-01T00:00:00Z").getEpochSecond();

  @TempDir private Path folder;

  @Test
  void comparesRecordedHoursWithBilledOnes() throws Exception {
    Path samples = folder.resolve("samples.txt");
    try (OpenMetricsFile file = new OpenMetricsFile(samples)) {
      // From 01:00, by two replicas; a forged series of another job is nobody's price.
      node(file, "namespend", "a", "i-0aaa", 0.10, 60);
      node(file, "namespend-2", "a", "i-0aaa", 0.10, 60);
      node(file, "shop", "a", "i-0aaa", 99, 60);
    }
    Tools tools = Tools.find().orElseThrow();
    Path data = Files.createDirectories(folder.resolve("prometheus/data"));
    new Promtool(tools, folder.resolve("promtool.log")).createBlocks(List.of(samples), data);
    Path bill =
        Files.writeString(
            folder.resolve("bill.csv"),
            """
            line_item_line_item_type,line_item_unblended_cost,line_item_usage_start_date,line_item_usage_end_date,line_item_product_code,line_item_usage_type,line_item_resource_id,line_item_currency_code,line_item_usage_amount,pricing_unit
            Usage,1.92,2026-10-01,2026-10-02,AmazonEC2,BoxUsage:m5.large,i-0aaa,USD,24,Hrs
            """);
    String ledger = folder.resolve("ledger.db").toString();
    run("bills", "import", "--from", bill.toString(), "--ledger", ledger, "--accept-partial");

    try (Prometheus prometheus =
        Prometheus.start(
            tools, folder.resolve("prometheus"), "global: {scrape_interval: 1m}\n", 0)) {
      String text =
          run(
              "bills",
              "reconcile",
              "--month",
              "2026-10",
              "--prometheus",
              prometheus.address().toString(),
              "--ledger",
              ledger);

      assertThat(text)
          .startsWith("2026-10 up to 2026-10-01, USD, effective cost\n")
          .containsPattern("nodes of prod +2\\.30 +1\\.92 +-0\\.38")
          .containsPattern("hours +0\\.10  24\\.0 h billed, 23\\.0 h recorded")
          .containsPattern("price +-0\\.48")
          .contains("is 19.8% above what they were billed");
    }
  }

  private static void node(
      OpenMetricsFile file, String job, String node, String instance, double price, int from) {
    String series =
        "node_total_hourly_cost{cluster=\"prod\",job=\"%s\",node=\"%s\",provider_id=\"aws:///eu-west-1a/%s\"}"
            .formatted(job, node, instance);
    for (int minute = from; minute < 24 * 60; minute++) {
      file.sample(series, price, DAY + minute * 60L);
    }
  }

  private String run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(COMMAND.toString()));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    int exit = process.waitFor();
    assertThat(exit).as(Files.readString(out)).isZero();
    return Files.readString(out);
  }
}
