package io.namespend.reporter.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TextDigestTest {
  @Test
  void showsAWeek() {
    WeeklyDigest digest =
        Digests.of(
            new WeekOnWeek(1234.56, 1200),
            Digests.FULL,
            "/payments 800 700",
            "/checkout 300.5 301",
            "/fresh 100 0",
            "/shrinking 20 30",
            "/tiny 4.06 4",
            "/kube-system 0 0",
            "/closed 0 165");

    assertThat(new TextDigest(4).render(digest))
        .isEqualTo(
            """
            Kubernetes costs, Mon 9 Nov 2026 00:00 to Mon 16 Nov 2026 00:00 UTC

            Total          $1,234.56  ▲ +$34.56 (+2.9%) from $1,200.00 the week before
            Idle             $150.00  12.2% of the total; contained in the namespaces' costs, as their share of the idle pool
            Month to date  $2,345.67  November 2026 up to Mon 16 Nov 2026 00:00 UTC
            Coverage          100.0%  of the week's minutes have figures; 100.0% the week before

            #  NAMESPACE         COST   SHARE         CHANGE
            1  payments       $800.00   64.8%  ▲    +$100.00  +14.3%
            2  checkout       $300.50   24.3%  ▬      -$0.50   -0.2%
            3  fresh          $100.00    8.1%  new
            4  shrinking       $20.00    1.6%  ▼     -$10.00  -33.3%
               and 2 more       $4.06    0.3%  ▲      +$0.06   +1.5%
               unallocated     $10.00    0.8%  new
               total        $1,234.56  100.0%  ▲     +$34.56   +2.9%

            Gone, with cost in the week before only:

            closed  $165.00
            """);
  }

  @Test
  void showsSeveralClustersAndAllThatIsWrong() {
    WeeklyDigest digest =
        new WeeklyDigest(
            Digests.WEEK,
            new Currencies("EUR", Set.of("USD")),
            List.of(
                new ClusterCost("eu", new WeekOnWeek(100, 100), new Coverage(0.9899, 1)),
                new ClusterCost("us", new WeekOnWeek(50, 0), new Coverage(2, 0))),
            Digests.namespaces("eu/a 70 100", "us/a 50 0", "eu/b 30.5 0", "us/x 0 2", "us/y 0 1"),
            new ClusterSums(Map.of()),
            new ClusterSums(Map.of("us", 50.0)),
            List.of("pool:cost:sum1h{pool=\"idle\"}"));

    assertThat(new TextDigest(1).render(digest))
        .isEqualTo(
            """
            Kubernetes costs, Mon 9 Nov 2026 00:00 to Mon 16 Nov 2026 00:00 UTC

            Total          150.00 EUR  ▲ +50.00 EUR (+50.0%) from 100.00 EUR the week before
            Idle                    ?  not recorded
            Month to date   50.00 EUR  November 2026 up to Mon 16 Nov 2026 00:00 UTC
            Coverage           149.4%  of the week's minutes have figures; 50.0% the week before

            ! Not like with like: there are figures for 98.9% of the minutes of this week and 100.0% of the week before in eu, 200.0% of the minutes of this week and 0.0% of the week before in us. What the other minutes cost is missing.

            ! Counted more than once: there are figures for 200.0% of the minutes of this week and 0.0% of the week before in us. Does this Prometheus merge replicas?

            ! No data in this week for pool:cost:sum1h{pool="idle"}: are all rule files loaded?

            ! Month to date is without eu: nothing was recorded there in the last hour of the week.

            ! Does not add up: the namespaces cost 0.50 EUR more than the total. See the alert on namespend:conservation_error:ratio.

            ! The currency changed: what was recorded in USD is added up as if it were EUR.

            CLUSTER        COST  SHARE         CHANGE        COVERAGE
            eu       100.00 EUR  66.7%  ▬    0.00 EUR  0.0%     98.9%
            us        50.00 EUR  33.3%  new                    200.0%

            #  NAMESPACE    CLUSTER        COST   SHARE           CHANGE
            1  a            eu        70.00 EUR   46.7%  ▼    -30.00 EUR  -30.0%
               and 2 more             80.50 EUR   53.7%  new
               unallocated            -0.50 EUR   -0.3%  ▲     +2.50 EUR  +83.3%
               total                 150.00 EUR  100.0%  ▲    +50.00 EUR  +50.0%

            Gone, with cost in the week before only:

            x           us  2.00 EUR
            and 1 more      1.00 EUR
            """);
  }

  @Test
  void showsAFirstWeekWithHostileNames() {
    WeeklyDigest digest =
        Digests.of(new WeekOnWeek(10, 0), new Coverage(0.5, 0), "/evil\u001b[2J\nname\u202E 10 0");

    assertThat(new TextDigest(20).render(digest))
        .contains("Total             $10.00  new (no cost in the week before to compare with)\n")
        .contains("1  evil[2J name  $10.00  100.0%  new\n")
        .doesNotContain("\u001b", "\u202E");
  }
}
