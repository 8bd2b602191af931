package io.namespend.exporter.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.namespend.exporter.MovingClock;
import io.namespend.exporter.cluster.ClusterDump;
import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.policy.file.LivePolicy;
import io.namespend.exporter.price.ClusterPricer;
import io.namespend.exporter.price.EgressKind;
import io.namespend.exporter.price.PricedCluster;
import io.namespend.exporter.price.refresh.PriceRefresher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dollars are not called euros. */
class CurrencyTest {
  private static final String CLUSTER =
      """
      {"apiVersion": "v1", "kind": "List", "items": [
        {"kind": "Node", "metadata": {"name": "plain", "labels": {
           "node.kubernetes.io/instance-type": "m5.xlarge", "topology.kubernetes.io/region": "us-east-1",
           "topology.kubernetes.io/zone": "us-east-1a"}},
         "spec": {"providerID": "aws:///us-east-1a/i-0plain"},
         "status": {"capacity": {"cpu": "4", "memory": "16Gi"}, "nodeInfo": {"kubeletVersion": "v1.34.1-eks-1a2b3c4"}}},
        {"kind": "StorageClass", "metadata": {"name": "gp3"}, "provisioner": "ebs.csi.aws.com", "parameters": {"type": "gp3"}},
        {"kind": "PersistentVolume", "metadata": {"name": "v"},
         "spec": {"capacity": {"storage": "100Gi"}, "storageClassName": "gp3",
                  "csi": {"driver": "ebs.csi.aws.com", "volumeHandle": "vol-1"}},
         "status": {"phase": "Bound"}}]}
      """;

  @TempDir private Path folder;
  private final MovingClock clock = new MovingClock(Instant.parse("2026-11-20T08:00:00Z"));
  private Path dump;

  @BeforeEach
  void writeDump() throws IOException {
    dump = Files.writeString(folder.resolve("cluster.json"), CLUSTER);
  }

  @Test
  void theExporterDoesNotStartWithoutARate() throws IOException {
    Path policy = policy("currency: EUR\n");

    Run run = Run.of("--cluster-snapshot", dump.toString(), "--policy", policy.toString());

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err())
        .contains(
            "currency: \"EUR\": builtin has prices in USD, and prices.exchangeRates has no rate"
                + " from USD that has begun; write one, such as {from: USD, to: EUR, rate: 0.92,"
                + " since: 2026-01-01}, or name other sources in prices.sources");
    assertThat(
            Run.of("price", "m5.xlarge", "--region", "us-east-1", "--policy", policy.toString())
                .exit())
        .isEqualTo(1);
    assertThat(
            Run.of(
                    "audit-labels",
                    "--cluster-snapshot",
                    dump.toString(),
                    "--policy",
                    policy.toString())
                .exit())
        .isEqualTo(1);
  }

  @Test
  void everythingIsConvertedAndAtAnotherRateFromItsMomentOn() throws IOException {
    LivePolicy policy =
        new LivePolicy(
            Optional.of(
                policy(
                    """
                    currency: EUR
                    prices:
                      exchangeRates:
                        - {from: USD, rate: 0.5, since: 2026-11-01}
                        - {from: USD, rate: 0.25, since: 2026-11-20T09:00:00Z}
                    """)),
            clock);
    ClusterSnapshot cluster = cluster();
    PriceSources sources =
        PriceSources.open(policy.atStart().prices(), policy::rates, () -> cluster, clock);
    ClusterPricer pricer = sources.pricer();
    assertPrices(pricer.price(cluster), 0.5);

    clock.pass(Duration.ofMinutes(59));
    policy.check(pricer::reprice);
    assertPrices(pricer.price(cluster), 0.5);
    clock.pass(Duration.ofMinutes(1));
    policy.check(pricer::reprice);
    assertPrices(pricer.price(cluster), 0.25);
  }

  private static void assertPrices(PricedCluster priced, double rate) {
    assertThat(priced.nodes().get(0).quote().amount()).isCloseTo(0.192 * rate, within(1e-12));
    assertThat(priced.nodes().get(0).quote().source()).isEqualTo("builtin");
    assertThat(priced.volumes().get(0).hourly()).isCloseTo(8.0 / 730 * rate, within(1e-9));
    assertThat(priced.controlPlane().orElseThrow().amount()).isCloseTo(0.1 * rate, within(1e-12));
    assertThat(requireNonNull(priced.egress().get(EgressKind.INTERNET)).amount())
        .isCloseTo(0.09 * rate, within(1e-12));
  }

  /** All prices are in euros, and nothing is converted; what the sheet lacks costs nothing. */
  @Test
  void aSheetInThePolicysCurrencyNeedsNoRate() throws IOException {
    Files.writeString(
        folder.resolve("prices.csv"), "instance_type,price,per,currency\nm5.*,0.19,hour,EUR\n");
    LivePolicy policy =
        new LivePolicy(
            Optional.of(
                policy("currency: EUR\nprices: {sources: [sheet], sheet: {file: prices.csv}}\n")),
            clock);
    ClusterSnapshot cluster = cluster();
    PriceSources sources =
        PriceSources.open(policy.atStart().prices(), policy::rates, () -> cluster, clock);
    new PriceRefresher(sources.refreshed(), clock, () -> {}).refreshAll();

    PricedCluster priced = sources.pricer().price(cluster);

    assertThat(priced.nodes().get(0).quote().amount()).isEqualTo(0.19);
    assertThat(priced.volumes().get(0).hourly()).isZero();
    assertThat(priced.volumes().get(0).perGibHour().source()).isEqualTo("none");
    assertThat(priced.volumes().get(0).perGibHour().estimated()).isTrue();
  }

  private ClusterSnapshot cluster() {
    return new ClusterDump(dump, clock.instant(), Set.of(), Set.of()).snapshot();
  }

  private Path policy(String yaml) throws IOException {
    return Files.writeString(folder.resolve("policy.yaml"), yaml);
  }
}
