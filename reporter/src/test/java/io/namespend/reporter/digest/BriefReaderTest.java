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
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
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
                new WeekOnWeek(650, 350),
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
    assertThat(pay.budgets())
        .containsExactly(new Budget("team", "pay", 2000, 1300, 1300, OptionalDouble.of(2600)));
    assertThat(pay.efficiency().orElseThrow().requested()).isEqualTo(320);
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
                Optional.of(new Cause("Deployment api", 90, new WeekOnWeek(6, 3)))),
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
        .contains("Total            $600.00  ▲ up +$50.00 (+9.1%) from $550.00 the week before")
        .contains("Forecast       $2,600.00  for the whole month")
        .contains("Deployment api +$90.00")
        .contains(
            "Deployment api in shop  $584.00  a month  set the requests of each of its 6 pods: CPU"
                + " to 1.2 cores (now 2 cores): it requests $1,460.00 a month and needs $876.00;"
                + " this frees room, but no node can go yet\n")
        .contains("budget: will not last")
        .contains("Gone, with cost in the week before only\n\nold  $50.00  the week before\n")
        .contains(
            "https://grafana.example.com/d/namespend-team?from=1794182400000&to=1794787200000"
                + "&var-team=pay");
  }

  @Test
  void leadsWithTheStory() {
    Page page = new PageWriter(Optional.empty(), 10).write(briefs.team("pay"));

    assertThat(page.subject()).isEqualTo("pay: $600.00, +9%, week to 15 Nov");
    assertThat(page.alarms())
        .containsExactly(
            new Page.Alarm(
                false, "Team pay is expected to spend 130% of its monthly budget of $2,000.00."));
    assertThat(page.story())
        .containsExactly(
            "pay is up $50.00 (+9.1%): most in shop (+$100.00), where Deployment api costs $90.00"
                + " more and runs 6 pods, 3 the week before.",
            "Of the change, +$60.00 requests and usage, -$50.00 gone namespaces, +$40.00 prices.",
            "Idle capacity is 33% of the cost ($200.00).");
    assertThat(TextPage.render(page))
        .startsWith(
            "Kubernetes costs of pay, Mon 9 Nov 2026 00:00 to Mon 16 Nov 2026 00:00 UTC\n\n"
                + "! Team pay is expected")
        .contains("  ▲ up +20.0%  Deployment api +$90.00\n");
  }

  @Test
  void theReasonsOfAChangeAddUpToIt() {
    for (Brief brief : List.of(briefs.company(), briefs.team("pay"), briefs.team("find"))) {
      double reasons = brief.reasons().stream().mapToDouble(Brief.Reason::amount).sum();
      double change = brief.total().cost() - brief.total().before();
      assertThat(brief.reasons().isEmpty() ? change : reasons)
          .as(brief.scope().toString())
          .isCloseTo(change, within(1e-9));
    }
    // 300 hours at a price of 1 became 360 at 10/9: 60 more of them, and 360 times 1/9 more.
    assertThat(briefs.team("pay").reasons())
        .extracting(reason -> Math.round(reason.amount()) + " " + reason.name())
        .startsWith("60 requests and usage", "-50 gone namespaces", "40 prices");
  }

  @Test
  void aBreachComesFirstAndIsInTheSubject() {
    Page page =
        new PageWriter(Optional.empty(), 10)
            .write(
                RecordedWeek.read(
                        RecordedWeek.TWO_TEAMS.replaceAll(
                            "(namespend_budget +\\{scope=\"team\",name=\"pay\"} +)2000", "$1 1000"),
                        DigestSettings.DEFAULT)
                    .team("pay"));

    assertThat(page.subject()).isEqualTo("pay: $600.00, +9%, week to 15 Nov, over budget");
    assertThat(page.alarms())
        .containsExactly(
            new Page.Alarm(true, "Team pay has spent 130% of its monthly budget of $1,000.00."));
    assertThat(MailPage.render(page, "")).contains("Over budget:", Page.Tone.GRAVE.html());
  }

  @Test
  void hundredsOfBreachesAreFewAlarms() {
    StringBuilder many = new StringBuilder(RecordedWeek.TWO_TEAMS);
    for (int i = 0; i < 300; i++) {
      many.append(
          "2026-11-15T23:59:59.999Z namespend_budget {scope=\"namespace\",name=\"n%d\"} 1\n"
              .formatted(i));
      many.append(
          "2026-11-16T00:05:00Z (namespace:cost:sum1h{month=\"11\"}[32d] {namespace=\"n%d\"} 2\n"
              .formatted(i));
    }

    assertThat(
            new PageWriter(Optional.empty(), 10)
                .write(RecordedWeek.read(many.toString(), DigestSettings.DEFAULT).company())
                .alarms())
        .hasSize(5)
        .contains(new Page.Alarm(true, "297 more budgets, listed below."));
  }

  @Test
  void theFloorOfMovesIsOfTheReadersOwnTotal() {
    Briefs small =
        RecordedWeek.read(
            """
            2026-11-16T00:05:00Z (cluster:cost:sum1h[7d] {} 30
            2026-11-09T00:05:00Z (cluster:cost:sum1h[7d] {} 22
            2026-11-16T00:05:00Z coverage:ratio1h[7d]    {} 168
            2026-11-09T00:05:00Z coverage:ratio1h[7d]    {} 168
            2026-11-16T00:05:00Z (namespace:cost:sum1h[7d] {namespace="a"} 30
            2026-11-09T00:05:00Z (namespace:cost:sum1h[7d] {namespace="a"} 22
            """,
            DigestSettings.DEFAULT);

    assertThat(small.company().movers()).hasSize(1);
  }

  @Test
  void theChangeBeganOnTheDayFromWhichOnCostsAreOthers() {
    StringBuilder days = new StringBuilder(RecordedWeek.TWO_TEAMS);
    for (int day = 2; day < 16; day++) {
      days.append(
          "2026-11-%02dT12:05:00Z team:cost:sum1h[1h] {team=\"find\"} %d\n"
              .formatted(day, day >= 12 ? 15 : 10));
    }
    days.append("2026-11-09T00:05:00Z (team:cost:sum1h[7d] {team=\"find\"} 280\n");

    assertThat(
            new PageWriter(Optional.empty(), 10)
                .write(RecordedWeek.read(days.toString(), DigestSettings.DEFAULT).team("find"))
                .story()
                .get(0))
        .isEqualTo("find is up $20.00 (+7.1%) since Thursday.");
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
            2026-11-09T00:05:00Z coverage:ratio1h[7d]    {cluster="eu"} 168
            2026-11-16T00:05:00Z coverage:ratio1h[7d]    {cluster="us"} 70
            2026-11-16T00:05:00Z (namespace:cost:sum1h[7d] {cluster="eu",namespace="a"} 70
            2026-11-16T00:05:00Z (namespace:cost:sum1h[7d] {cluster="us",namespace="a"} 50
            """,
            DigestSettings.DEFAULT);

    assertThat(TextPage.render(new PageWriter(Optional.empty(), 10).write(two.company())))
        .contains("a (eu)  $70.00  new  46.7%\na (us)  $50.00       33.3%\n")
        .containsPattern("Clusters\n\neu +\\$100.00 +▲ up \\+25.0% +66.7%, 100.0% of the minutes\n")
        .containsPattern("us +\\$50.00 +33.3%, 41.6% of the minutes\n")
        .contains(
            "Total          $150.00  No comparison: this week was measured for 41.6% of its"
                + " minutes, the week before was not measured in us\n");
    assertThat(two.team("pay").clusters()).isEmpty();
  }

  @Test
  void aMonthOfWhichHalfIsKnownIsAnEstimateAndSaysSo() {
    Briefs half =
        RecordedWeek.read(
            RecordedWeek.TWO_TEAMS
                + """
                2026-11-16T00:05:00Z ratio1h{month="11"}[32d]             {}                         180
                2026-11-15T23:59:59.999Z (cluster:cost:month_to_date_e    {}                         4200
                2026-11-15T23:59:59.999Z (team:cost:month_to_date_e       {team="pay"}               2600
                2026-11-15T23:59:59.999Z history_kept:seconds             {}                         864000
                """,
            DigestSettings.DEFAULT);

    assertThat(text(half.company()))
        .contains(
            "Month to date   $2,100.00  November 2026 up to Mon 16 Nov 2026 00:00 UTC, measured for"
                + " 50.0% of its minutes; budgets, by the estimate: 1 of 1 spent, 0 will not last\n"
                + "Month estimate  $4,200.00  so far, if the minutes that were not measured cost as"
                + " much as the others\n"
                + "Forecast        $2,600.00  for the whole month, from that estimate and the last"
                + " seven days\n")
        .contains(
            "team pay  $2,000.00  budget: spent, by estimate  $1,300.00 measured, $2,600.00"
                + " estimated so far, $2,600.00 forecast\n")
        .contains(
            "! Prometheus keeps 10 days of history, so months are estimates: keep 32 days or more");
    assertThat(text(half.team("pay")))
        .contains("Month estimate  $2,600.00  so far")
        .contains("▲ up +$50.00 (+9.1%) from $550.00 the week before");
  }

  @Test
  void aMonthOfWhichTooLittleIsKnownHasNoForecast() {
    Briefs few =
        RecordedWeek.read(
            RecordedWeek.TWO_TEAMS.replaceAll(".*month_forecast.*\n", "")
                + "2026-11-16T00:05:00Z ratio1h{month=\"11\"}[32d] {} 10\n",
            DigestSettings.DEFAULT);

    assertThat(text(few.company()))
        .contains("Forecast               ?  too little of the month was measured for an estimate")
        .contains("team pay  $2,000.00  budget: not known  $1,300.00 used, no forecast");
  }

  @Test
  void aWeekThatWasNotMeasuredIsComparedWithNothing() {
    Briefs part =
        RecordedWeek.read(
            RecordedWeek.TWO_TEAMS.replaceAll(
                "(2026-11-09T00:05:00Z coverage:ratio1h.7d. +\\{} +)168", "$1 69.5"),
            new DigestSettings(
                10,
                5,
                0.9,
                List.of(
                    new DigestSettings.Unit(
                        "order", "orders:count:sum1h", 100, Optional.empty()))));

    assertThat(text(part.company()))
        .contains(
            "Total          $1,000.00  No comparison: the week before was measured for 41.3% of its"
                + " minutes\n")
        .contains("\npay          $600.00  60.0%\n")
        .doesNotContain(
            "▲", "▼", "▬", "What moved most", "Gone", "the week before\n", "Minutes are");
    assertThat(part.company().movers()).isEmpty();
    assertThat(text(part.team("pay")))
        .contains("No comparison: the week before")
        .doesNotContain("▲");
    assertThat(
            text(
                RecordedWeek.read(
                        RecordedWeek.TWO_TEAMS.replaceAll(
                            "(2026-11-09T00:05:00Z coverage:ratio1h.7d. +\\{} +)168", "$1 69.5"),
                        new DigestSettings(10, 5, 0.4, List.of()))
                    .company()))
        .contains("▲ up +$100.00 (+11.1%) from $900.00 the week before")
        .contains(
            "! Minutes are missing: there are figures for 100.0% of the minutes of this week"
                + " and 41.3% of the week before.");
  }

  @Test
  void usageThatWasNotMeasuredIsSaid() {
    String measured =
        """
        2026-11-16T00:05:00Z (cluster:usage_measured:ratio1h[7d]   {}                   %s
        2026-11-16T00:05:00Z (namespace:usage_measured:ratio1h[7d] {namespace="shop"}   %s
        """;
    Briefs most =
        RecordedWeek.read(
            RecordedWeek.TWO_TEAMS + measured.formatted(0.973, 0.9), DigestSettings.DEFAULT);
    Briefs all =
        RecordedWeek.read(
            RecordedWeek.TWO_TEAMS + measured.formatted(1, 1), DigestSettings.DEFAULT);

    assertThat(text(most.company()))
        .contains(
            "Usage measured      97.3%  of the requested money; the rest is charged as requested")
        .doesNotContain("! Usage");
    assertThat(text(most.team("pay")))
        .contains(
            "! Usage of 90.0% of the requested money was measured; the rest is charged as"
                + " requested.");
    assertThat(text(all.company())).doesNotContain("Usage");
    assertThat(text(briefs.company())).doesNotContain("Usage");
  }

  @Test
  void aClusterWhoseLabelWasChangedIsSaid() {
    Briefs renamed =
        RecordedWeek.read(
            """
            2026-11-16T00:05:00Z (cluster:cost:sum1h[7d] {cluster="old"} 40
            2026-11-09T00:05:00Z (cluster:cost:sum1h[7d] {cluster="old"} 80
            2026-11-16T00:05:00Z (cluster:cost:sum1h[7d] {cluster="new"} 50
            2026-11-16T00:05:00Z coverage:ratio1h[7d]    {cluster="old"} 68
            2026-11-09T00:05:00Z coverage:ratio1h[7d]    {cluster="old"} 168
            2026-11-16T00:05:00Z coverage:ratio1h[7d]    {cluster="new"} 100
            """,
            DigestSettings.DEFAULT);

    assertThat(text(renamed.company()))
        .contains(
            "! Figures of old ended and those of new began: if the label cluster was changed, they"
                + " are one cluster, and budgets of its namespaces started over.");
  }

  private static String text(Brief brief) {
    return TextPage.render(new PageWriter(Optional.empty(), 10).write(brief));
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
    assertThat(queries(many.toString())).isEqualTo(queries(RecordedWeek.TWO_TEAMS)).isLessThan(45);
  }

  @Test
  void theChartTellsDaysWithoutFiguresFromDaysWithoutCost() {
    Brief whole = RecordedWeek.twoTeams().team("pay");
    Brief part =
        RecordedWeek.read(
                RecordedWeek.TWO_TEAMS.replaceAll(
                    "(2026-11-16T00:05:00Z coverage:ratio1h.7d. +\\{\\} +)168", "$1 69.5"),
                DigestSettings.DEFAULT)
            .team("pay");

    assertThat(DayChart.title(whole)).isEqualTo("Cost of each day, USD");
    assertThat(DayChart.names(whole)).startsWith("Mon 9", "Tue 10", "Wed 11").hasSize(7);
    assertThat(DayChart.title(part)).isEqualTo("Cost of each day, USD, 41.3% measured");
    assertThat(DayChart.names(part)).startsWith("Mon 9 ?", "Tue 10", "Wed 11 ?").hasSize(7);
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
