package io.namespend.exporter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.web.SourceState.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LandingPageTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  @Test
  void tellsHowEachSourceGoes() {
    String page =
        LandingPage.html(
            new ExporterStatus(
                "1.2.3",
                NOW,
                Optional.of("waiting for: pods"),
                List.of(
                    new SourceState(
                        "Cluster",
                        "nodes",
                        Condition.OK,
                        Optional.of(NOW.minusSeconds(5)),
                        "3 objects"),
                    new SourceState("Cluster", "pods", Condition.WAITING, Optional.empty(), ""),
                    new SourceState(
                        "Prices", "aws", Condition.FAILING, Optional.empty(), "twice"))));

    assertThat(page)
        .contains(
            "Version 1.2.3", "Not ready, waiting for: pods", "<h2>Cluster</h2>", "<h2>Prices</h2>")
        .contains("<th>nodes</th><td class=\"ok\">ok</td>", "5 s ago", "3 objects")
        .contains("<th>pods</th><td class=\"waiting\">waiting</td>", "never")
        .contains("<th>aws</th><td class=\"failing\">failing</td>", "twice");
  }

  @Test
  void saysWhichPricesAreMissingThoughItIsReady() {
    assertThat(
            LandingPage.html(
                new ExporterStatus(
                    "1", NOW, Optional.empty(), Optional.of("prices of: <aws>"), List.of())))
        .contains("<p class=\"state waiting\">Ready, without prices of: &lt;aws&gt;</p>");
    assertThat(LandingPage.html(new ExporterStatus("1", NOW, Optional.empty(), List.of())))
        .contains("<p class=\"state ok\">Ready</p>");
  }

  @Test
  void showsWhatTheClusterCosts() {
    String page =
        LandingPage.html(
            new ExporterStatus("1", NOW, Optional.empty(), List.of()),
            new CostOverview(
                List.of(new CostOverview.Fact("The cluster", "$1.30", "$949.00", "")),
                List.of(
                    new CostOverview.Table(
                        "Nodes",
                        List.of(new CostOverview.Fact("<n1>", "$0.10", "$73.00", "m5.large")),
                        "and 2 more: $0.20 an hour"))));

    assertThat(page)
        .contains("<h2>What it costs now</h2>")
        .contains("<tr><th>The cluster</th><td>$1.30</td><td>$949.00</td>")
        .contains("<tr><th>&lt;n1&gt;</th>", "<p class=\"dim\">and 2 more: $0.20 an hour</p>");
  }

  @Test
  void escapesWhatComesFromOutsideAndLoadsNothing() {
    String hostile = "<script>\"x\"&'y'</script>";
    String page =
        LandingPage.html(
            new ExporterStatus(
                hostile,
                NOW,
                Optional.of(hostile),
                List.of(
                    new SourceState(hostile, hostile, Condition.OK, Optional.empty(), hostile))));

    assertThat(page)
        .contains("&lt;script&gt;&quot;x&quot;&amp;&#39;y&#39;&lt;/script&gt;")
        .doesNotContain("<script", "src=", "url(", "http://", "https://", "<link");
  }

  @ParameterizedTest
  @CsvSource({
    "0, just now",
    "-5, just now",
    "119, 119 s ago",
    "120, 2 min ago",
    "7199, 119 min ago",
    "7200, 2 h ago",
    "172799, 47 h ago",
    "172800, 2 days ago"
  })
  void writesTimesAsAges(long seconds, String words) {
    assertThat(
            LandingPage.html(
                new ExporterStatus(
                    "1",
                    NOW,
                    Optional.empty(),
                    List.of(
                        new SourceState(
                            "g", "n", Condition.OK, Optional.of(NOW.minusSeconds(seconds)), "")))))
        .contains(">" + words + "<");
  }
}
