package io.namespend.reporter.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.namespend.reporter.prometheus.FakePrometheus;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DigestReaderTest {
  private static final String ONE_CLUSTER =
      """
      2026-11-16T00:05:00Z cluster:cost:sum1h[    {}               1000
      2026-11-09T00:05:00Z cluster:cost:sum1h[    {}               900
      2026-11-16T00:05:00Z namespace:cost:sum1h  {namespace="a"}  600
      2026-11-16T00:05:00Z namespace:cost:sum1h  {namespace="b"}  400
      2026-11-09T00:05:00Z namespace:cost:sum1h  {namespace="a"}  800
      2026-11-09T00:05:00Z namespace:cost:sum1h  {namespace="c"}  100
      2026-11-16T00:05:00Z pool="idle"           {}               150
      2026-11-16T00:05:00Z coverage:ratio1h[     {}               168
      2026-11-09T00:05:00Z coverage:ratio1h[     {}               84
      2026-11-16T00:05:00Z cluster:cost:sum1h{month="11"} {}      2100
      2026-11-16T00:05:00Z ratio1h{month="11"}   {}               180
      2026-11-15T23:59:59.999Z month_to_date_estimate {}          4200
      2026-11-16T00:00:00Z currency_info         {currency="EUR"} 1
      """;

  @Test
  void readsOneCluster() {
    assertThat(read(ONE_CLUSTER))
        .isEqualTo(
            new WeeklyDigest(
                Digests.WEEK,
                Currencies.only("EUR"),
                List.of(
                    new ClusterCost("", new WeekOnWeek(1000, 900, false), new Coverage(1, 0.5))),
                incomparable("/a 600 800", "/b 400 0", "/c 0 100"),
                new ClusterSums(Map.of("", 150.0)),
                new ClusterSums(Map.of("", 2100.0)),
                new Month(Map.of("", 0.5), new ClusterSums(Map.of("", 4200.0))),
                List.of()));
  }

  @Test
  void asksForTheseSeriesOnly() {
    try (FakePrometheus prometheus = FakePrometheus.recording(ONE_CLUSTER)) {
      new DigestReader(prometheus.client()).read(Digests.WEEK);

      assertThat(
              prometheus.asked().stream()
                  .map(url -> URLDecoder.decode(url, StandardCharsets.UTF_8))
                  .map(url -> url.replace("/api/v1/query?query=", "").replace("&time=", " @ ")))
          .containsExactlyInAnyOrder(
              "sum by (cluster) (sum_over_time(cluster:cost:sum1h{job=\"\"}[7d])) @"
                  + " 2026-11-16T00:05:00Z",
              "sum by (cluster) (sum_over_time(cluster:cost:sum1h{job=\"\"}[7d])) @"
                  + " 2026-11-09T00:05:00Z",
              "sum by (cluster, namespace) (sum_over_time(namespace:cost:sum1h{job=\"\"}[7d]))"
                  + " @ 2026-11-16T00:05:00Z",
              "sum by (cluster, namespace) (sum_over_time(namespace:cost:sum1h{job=\"\"}[7d]))"
                  + " @ 2026-11-09T00:05:00Z",
              "sum by (cluster) (sum_over_time(pool:cost:sum1h{job=\"\",pool=\"idle\"}[7d]))"
                  + " @ 2026-11-16T00:05:00Z",
              "sum by (cluster) (sum_over_time(cluster:coverage:ratio1h{job=\"\"}[7d]))"
                  + " @ 2026-11-16T00:05:00Z",
              "sum by (cluster) (sum_over_time(cluster:coverage:ratio1h{job=\"\"}[7d]))"
                  + " @ 2026-11-09T00:05:00Z",
              "sum by (cluster) (sum_over_time(cluster:cost:sum1h{job=\"\",month=\"11\"}[32d]))"
                  + " @ 2026-11-16T00:05:00Z",
              "sum by (cluster)"
                  + " (sum_over_time(cluster:coverage:ratio1h{job=\"\",month=\"11\"}[32d])) @"
                  + " 2026-11-16T00:05:00Z",
              "sum by (cluster) (last_over_time(cluster:cost:month_to_date_estimate{job=\"\"}[1h])"
                  + " or last_over_time(cluster:cost:month_to_date{job=\"\"}[1h]))"
                  + " @ 2026-11-15T23:59:59.999Z",
              "max by (currency)"
                  + " (last_over_time(namespend_currency_info{job=~\"(namespend.*)?\"}[7d])) @"
                  + " 2026-11-16T00:00:00Z",
              "max by (currency)"
                  + " (last_over_time(namespend_currency_info{job=~\"(namespend.*)?\"}[7d])) @"
                  + " 2026-11-09T00:00:00Z");
    }
  }

  @Test
  void readsSeveralClusters() {
    WeeklyDigest digest =
        read(
            """
            2026-11-16T00:05:00Z cluster:cost:sum1h[   {cluster="eu"}               10
            2026-11-16T00:05:00Z cluster:cost:sum1h[   {cluster="us"}               20
            2026-11-09T00:05:00Z cluster:cost:sum1h[   {cluster="old"}              5
            2026-11-16T00:05:00Z namespace:cost:sum1h {cluster="eu",namespace="a"} 10
            2026-11-16T00:05:00Z namespace:cost:sum1h {cluster="us",namespace="a"} 19
            2026-11-16T00:05:00Z coverage:ratio1h     {cluster="us"}               168
            """);

    assertThat(digest.total()).isEqualTo(new WeekOnWeek(30, 5, false));
    assertThat(digest.clusters())
        .containsExactly(
            new ClusterCost("us", new WeekOnWeek(20, 0, false), new Coverage(1, 0)),
            new ClusterCost("eu", new WeekOnWeek(10, 0, false), new Coverage(0, 0)),
            new ClusterCost("old", new WeekOnWeek(0, 5, false), new Coverage(0, 0)));
    assertThat(digest.namespaces()).isEqualTo(incomparable("us/a 19 0", "eu/a 10 0"));
    assertThat(digest.unallocated()).isEqualTo(new WeekOnWeek(1, 5, false));
  }

  @Test
  void saysWhichSeriesAreMissing() {
    WeeklyDigest digest = read("2026-11-16T00:05:00Z cluster:cost:sum1h[ {} 10");

    assertThat(digest.missing())
        .containsExactly(
            "cluster:coverage:ratio1h", "namespace:cost:sum1h", "pool:cost:sum1h{pool=\"idle\"}");
    assertThat(digest.currencies()).isEqualTo(Currencies.only("USD"));
  }

  @Test
  void namesTheSeriesToCheckWhenThereIsNoData() {
    assertThatThrownBy(() -> read("2026-11-09T00:05:00Z cluster:cost:sum1h[ {} 10"))
        .isInstanceOf(CannotDigestException.class)
        .hasMessage(
            "no data: cluster:cost:sum1h has no sample from 2026-11-09T00:00:00Z to"
                + " 2026-11-16T00:00:00Z; are the recording rules loaded (Status, Rules), is the"
                + " exporter scraped (Status, Targets), and was it there already in that week?"
                + " Another one: --until now");
  }

  @Test
  void refusesWhatDoesNotAddUp() {
    assertThatThrownBy(() -> read("2026-11-16T00:05:00Z cluster:cost:sum1h[ {cluster=\"eu\"} NaN"))
        .isInstanceOf(CannotDigestException.class)
        .hasMessageContaining("cluster:cost:sum1h")
        .hasMessageContaining("is NaN for {cluster=eu}, which does not add up");
  }

  @Test
  void takesTheCurrencyThatIsPublishedAtTheEnd() {
    WeeklyDigest digest =
        read(
            """
            2026-11-16T00:05:00Z cluster:cost:sum1h[                      {}               10
            2026-11-16T00:00:00Z last_over_time(namespend_currency_info  {currency="USD"} 1
            2026-11-16T00:00:00Z last_over_time(namespend_currency_info  {currency="EUR"} 1
            2026-11-16T00:00:00Z (namespend_currency_info)               {currency="EUR"} 1
            2026-11-09T00:00:00Z currency_info                           {currency="CHF"} 1
            """);

    assertThat(digest.currencies()).isEqualTo(new Currencies("EUR", Set.of("USD", "CHF")));
  }

  @Test
  void refusesToAddDifferentCurrencies() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    2026-11-16T00:05:00Z cluster:cost:sum1h[      {}               10
                    2026-11-16T00:00:00Z namespend_currency_info {currency="USD"} 1
                    2026-11-16T00:00:00Z namespend_currency_info {currency="EUR"} 1
                    """))
        .isInstanceOf(CannotDigestException.class)
        .hasMessage(
            "amounts in several currencies cannot be added: namespend_currency_info has EUR, USD;"
                + " give all exporters the same currency, or ask a Prometheus that has only one of"
                + " them");
  }

  @Test
  void refusesAWeekThatWasRecordedTwice() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    2026-11-16T00:05:00Z cluster:cost:sum1h[   {cluster="eu"} 575
                    2026-11-16T00:05:00Z coverage:ratio1h[     {cluster="eu"} 336
                    """))
        .isInstanceOf(CannotDigestException.class)
        .hasMessageContaining("adds up to 200.0% of the week for cluster \"eu\"")
        .hasMessageContaining("hours were recorded twice; run the rules in one place");
  }

  @Test
  void aWeekBeforeThatWasRecordedTwiceIsNotComparedWith() {
    WeeklyDigest digest =
        read(
            """
            2026-11-16T00:05:00Z cluster:cost:sum1h[   {} 287
            2026-11-09T00:05:00Z cluster:cost:sum1h[   {} 575
            2026-11-16T00:05:00Z coverage:ratio1h[     {} 168
            2026-11-09T00:05:00Z coverage:ratio1h[     {} 336
            """);

    assertThat(digest.total()).isEqualTo(new WeekOnWeek(287, 575, false));
    assertThat(DigestWarnings.of(digest))
        .anyMatch(line -> line.startsWith("Counted more than once"));
  }

  private static List<NamespaceCost> incomparable(String... lines) {
    return Digests.namespaces(lines).stream()
        .map(row -> new NamespaceCost(row.cluster(), row.namespace(), row.cost().comparable(false)))
        .toList();
  }

  private static WeeklyDigest read(String recorded) {
    try (FakePrometheus prometheus = FakePrometheus.recording(recorded)) {
      return new DigestReader(prometheus.client()).read(Digests.WEEK);
    }
  }
}
