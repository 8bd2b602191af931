package io.namespend.exporter.price.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.cluster.ClusterPlace;
import io.namespend.exporter.cluster.node.Distribution;
import io.namespend.exporter.cluster.node.KubernetesVersion;
import io.namespend.exporter.cluster.node.Provider;
import io.namespend.exporter.price.Quote;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A control plane in extended support costs six times as much. */
class KubernetesSupportTest {
  @ParameterizedTest(name = "{0} {1} on {2}: {3}")
  @CsvSource({
    // The control plane is at most three versions newer, and 1.33 is in extended support too.
    "EKS, v1.30.14-eks-113cf36, 2026-11-28, 0.60",
    "EKS, v1.29.0-eks-1, 2026-11-28, 0.60",
    "EKS, v1.18.9-eks-1, 2026-11-28, 0.60",
    // It may be 1.34 already.
    "EKS, v1.31.2-eks-1, 2026-11-28, 0.60 tier",
    "EKS, v1.33.1-eks-1, 2026-11-28, 0.60 tier",
    "EKS, v1.34.1-eks-1, 2026-11-28, 0.10",
    "EKS, v1.34.1-eks-1, 2026-12-02, 0.10",
    "EKS, v1.34.1-eks-1, 2026-12-03, 0.60 tier",
    "EKS, v1.35.0-eks-1, 2026-11-28, 0.10",
    // Newer than the table, whose newest is in standard support: so is this.
    "EKS, v1.38.0-eks-1, 2026-11-28, 0.10",
    "EKS, v1.35.0-eks-1, 2027-03-28, 0.60 tier",
    "EKS, v1.36.0-eks-1, 2027-03-28, 0.10 tier",
    "EKS, v1.32.0-eks-1, 2027-03-28, 0.60",
    // Older than the table, at a time when it could have been in either.
    "EKS, v1.26.0-eks-1, 2024-07-01, 0.10 tier",
    "EKS, '', 2026-11-28, 0.10 tier",
    "EKS, next, 2026-11-28, 0.10 tier",
    "EKS, v99999999999.1, 2026-11-28, 0.10 tier",
    "GKE, v1.30.14-gke.2071000, 2026-11-28, 0.60",
    "GKE, v1.31.1-gke.100, 2026-11-28, 0.60",
    "GKE, v1.34.4-gke.1, 2026-10-01, 0.10",
    "GKE, v1.34.4-gke.1, 2026-10-02, 0.60 tier",
    "GKE, v1.35.2-gke.1, 2026-11-28, 0.10",
    "GKE, '', 2026-11-28, 0.10 tier",
  })
  void pricesTheControlPlane(
      Distribution distribution, String kubelet, String today, String expected) {
    Clock clock = Clock.fixed(Instant.parse(today + "T23:59:59Z"), ZoneOffset.UTC);

    Quote quote = new BuiltinPrices(clock).controlPlane(place(distribution, kubelet)).orElseThrow();

    String doubt = quote.doubt().map(reason -> " " + reason.label()).orElse("");
    assertThat("%.2f%s".formatted(quote.amount(), doubt)).isEqualTo(expected);
    assertThat(quote.source()).isEqualTo(doubt.isEmpty() ? "builtin" : "builtin-estimate");
  }

  /** AWS lists both parts; the source that has only one of them leaves it to the next. */
  @ParameterizedTest
  @CsvSource({"0.5, 0.60", "'', none"})
  void takesTheListedPriceOfExtendedSupport(String listed, String expected) {
    ItemPrices items =
        (item, region) ->
            switch (item) {
              case "eks_cluster_standard" -> OptionalDouble.of(0.1);
              case AwsListPrices.EXTENDED_SUPPORT ->
                  listed.isEmpty()
                      ? OptionalDouble.empty()
                      : OptionalDouble.of(Double.parseDouble(listed));
              default -> OptionalDouble.empty();
            };
    Clock clock = Clock.fixed(Instant.parse("2026-11-28T12:00:00Z"), ZoneOffset.UTC);
    AwsListPrices aws = new AwsListPrices("aws", items, Optional.empty(), clock);

    Optional<Quote> quote = aws.controlPlane(place(Distribution.EKS, "v1.30.0-eks-1"));

    assertThat(quote.map(known -> "%.2f".formatted(known.amount())).orElse("none"))
        .isEqualTo(expected);
    assertThat(quote.filter(Quote::estimated)).isEmpty();
  }

  private static ClusterPlace place(Distribution distribution, String kubelet) {
    boolean eks = distribution == Distribution.EKS;
    return new ClusterPlace(
        eks ? Provider.AWS : Provider.GCP,
        eks ? "us-east-1" : "us-central1",
        distribution,
        KubernetesVersion.of(kubelet));
  }
}
