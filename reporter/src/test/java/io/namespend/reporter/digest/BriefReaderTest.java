package io.namespend.reporter.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.namespend.reporter.digest.Brief.Budget;
import io.namespend.reporter.digest.Brief.Cause;
import io.namespend.reporter.digest.Brief.Mover;
import io.namespend.reporter.digest.Brief.Parts;
import io.namespend.reporter.prometheus.FakePrometheus;
import io.namespend.reporter.prometheus.PrometheusClient;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BriefReaderTest {
  private final Briefs briefs = RecordedWeek.twoTeams();

  @Test
  void theTotalOfTheCompanyIsItsParts() {
    Brief company = briefs.company();

    assertThat(company.total()).isEqualTo(new WeekOnWeek(1000, 900));
    assertThat(company.parts())
        .contains(
            new Parts(
                new WeekOnWeek(650, 0),
                new WeekOnWeek(200, 190),
                new WeekOnWeek(50, 0),
                new WeekOnWeek(100, 0)));
    assertThat(company.spenders())
        .extracting(Brief.Spender::name)
        .containsExactly("pay", "find", "unallocated");
    assertThat(company.unattributed().getAsDouble()).isCloseTo(0.1, within(1e-9));
    assertThat(company.monthToDate()).hasValue(2100);
    assertThat(company.unitCosts().get(0).cost().getAsDouble())
        .isCloseTo(1000 / 6000.0, within(1e-9));
  }

  @Test
  void aTeamSeesItsOwnOnly() {
    Brief pay = briefs.team("pay");

    assertThat(pay.total()).isEqualTo(new WeekOnWeek(600, 550));
    assertThat(pay.namespaces()).isEqualTo(Digests.namespaces("/shop 600 500", "/old 0 50"));
    assertThat(pay.budgets()).containsExactly(new Budget("team", "pay", 2000, 1300, 2600));
    assertThat(pay.efficiency().orElseThrow().saving().orElseThrow().amount()).isEqualTo(240);
    assertThat(pay.days()).containsEntry(LocalDate.of(2026, 11, 10), new WeekOnWeek(8, 0));
    assertThat(pay.freshUntil()).contains(Instant.parse("2026-11-10T06:00:00Z"));
    assertThat(briefs.team("find").efficiency()).isEmpty();
    assertThat(briefs.team("find").budgets()).isEmpty();
    assertThat(briefs.teams()).containsExactly("find", "pay");
  }

  @Test
  void namesTheWorkloadThatMovedANamespace() {
    assertThat(briefs.team("pay").movers())
        .containsExactly(
            new Mover(
                Digests.namespaces("/shop 600 500").get(0),
                Optional.of(new Cause("Deployment api", 90))),
            new Mover(Digests.namespaces("/old 0 50").get(0), Optional.empty()));
  }

  @Test
  void saysWhatAPersonNeeds() {
    String text =
        TextPage.render(
            new PageWriter(Optional.of(URI.create("https://grafana.example.com/")), 10)
                .write(briefs.team("pay")));

    assertThat(text)
        .contains("Kubernetes costs of pay, Mon 9 Nov 2026 00:00 to Mon 16 Nov 2026 00:00 UTC")
        .contains("Total            $600.00  ▲ +$50.00 (+9.1%) from $550.00 the week before")
        .contains("Forecast       $2,600.00  for the whole month")
        .contains("Deployment api +$90.00")
        .contains("Deployment api in shop  $240.00  a week  requests $320.00 of cpu, uses $80.00")
        .contains("will not last")
        .contains("Gone, with cost in the week before only\n\nold  $50.00  the week before\n")
        .contains(
            "https://grafana.example.com/d/namespend-team?from=1794182400000&to=1794787200000"
                + "&var-team=pay");
  }

  @Test
  void severalClustersHaveTheirOwnLines() {
    Briefs two =
        RecordedWeek.read(
            """
            2026-11-16T00:05:00Z (cluster:cost:sum1h[7d] {cluster="eu"} 100
            2026-11-09T00:05:00Z (cluster:cost:sum1h[7d] {cluster="eu"} 80
            2026-11-16T00:05:00Z (cluster:cost:sum1h[7d] {cluster="us"} 50
            2026-11-16T00:05:00Z coverage:ratio1h[7d]    {cluster="eu"} 168
            2026-11-16T00:05:00Z (namespace:cost:sum1h[7d] {cluster="eu",namespace="a"} 70
            2026-11-16T00:05:00Z (namespace:cost:sum1h[7d] {cluster="us",namespace="a"} 50
            """,
            DigestSettings.DEFAULT);

    assertThat(TextPage.render(new PageWriter(Optional.empty(), 10).write(two.company())))
        .contains("a (eu)  $70.00  new  46.7%\na (us)  $50.00  new  33.3%\n")
        .containsPattern("Clusters\n\neu +\\$100.00 +▲ \\+25.0% +66.7%, 100.0% of the minutes\n")
        .containsPattern("us +\\$50.00 +new +33.3%, 0.0% of the minutes\n");
    assertThat(two.team("pay").clusters()).isEmpty();
  }

  @Test
  void namesAreTextOnATerminal() {
    Briefs hostile =
        RecordedWeek.read(
            """
            2026-11-16T00:05:00Z (cluster:cost:sum1h[7d] {} 10
            2026-11-16T00:05:00Z (namespace:cost:sum1h[7d] {namespace="evil\\u001b[2J\\nname\\u202E"} 10
            """,
            DigestSettings.DEFAULT);

    assertThat(TextPage.render(new PageWriter(Optional.empty(), 10).write(hostile.company())))
        .contains("evil[2J name  $10.00")
        .doesNotContain("\u001b", "\u202E");
  }

  @Test
  void theQueriesDoNotGrowWithTheTeams() {
    StringBuilder many = new StringBuilder(RecordedWeek.TWO_TEAMS);
    for (int i = 0; i < 300; i++) {
      many.append("2026-11-16T00:05:00Z (team:cost:sum1h[7d] {team=\"t%d\"} 1\n".formatted(i));
    }
    assertThat(queries(many.toString())).isEqualTo(queries(RecordedWeek.TWO_TEAMS)).isLessThan(35);
  }

  @Test
  void withoutAnythingButTheTotalItSaysSo() {
    Briefs bare =
        RecordedWeek.read(
            "2026-11-16T00:05:00Z (cluster:cost:sum1h[7d] {} 10", DigestSettings.DEFAULT);
    String text = TextPage.render(new PageWriter(Optional.empty(), 10).write(bare.company()));

    assertThat(text)
        .contains("$10.00")
        .contains("no cost in the week before")
        .contains("Forecast            ?  not recorded")
        .contains("! No data in this week for");
    assertThat(bare.team("nobody").total()).isEqualTo(WeekOnWeek.NOTHING);
    assertThat(DayChart.draw(bare.company())).isEmpty();
  }

  private static int queries(String recorded) {
    try (FakePrometheus prometheus = FakePrometheus.recording(recorded)) {
      PrometheusClient client = prometheus.client();
      Briefs all =
          new BriefReader(client, DigestSettings.DEFAULT)
              .read(new DigestReader(client).read(Digests.WEEK));
      all.teams().forEach(all::team);
      return prometheus.asked().size();
    }
  }
}
