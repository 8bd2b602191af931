package io.namespend.reporter.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HtmlDigestTest {
  @Test
  void showsARow() {
    String html =
        new HtmlDigest(20)
            .render(Digests.of(new WeekOnWeek(1000, 900), Digests.FULL, "/payments 800 700"));

    assertThat(html)
        .startsWith("<!DOCTYPE html>\n<html lang=\"en\">\n")
        .endsWith("</html>\n")
        .contains("<p class=\"total\">$1,000.00</p>")
        .contains("<span class=\"change up\">▲ +$100.00 (+11.1%)</span>")
        .contains(
            """
            <tr><td>payments<div class="bar"><i style="width:80.0%"></i></div></td>\
            <td>$800.00<small>80.0%</small></td>\
            <td><span class="change up">▲ +14.3%</span><small>+$100.00</small></td></tr>
            """)
        .contains(
            """
            <tr class="sum"><td>unallocated</td><td>$200.00<small>20.0%</small></td>\
            <td><span class="change steady">▬ 0.0%</span><small>$0.00</small></td></tr>
            """);
  }

  @Test
  void needsNothingElse() {
    String html =
        new HtmlDigest(20).render(Digests.of(new WeekOnWeek(1, 1), Digests.FULL, "/a 1 1"));

    assertThat(html)
        .contains("default-src 'none'")
        .doesNotContain("http:", "https:", "<script", "src=", "@import", "url(");
  }

  @Test
  void escapesNames() {
    String evil = "<img/src=x>&\"'\u001b";
    WeeklyDigest digest =
        new WeeklyDigest(
            Digests.WEEK,
            Currencies.only(evil),
            List.of(
                new ClusterCost(evil, new WeekOnWeek(3, 9), new Coverage(0.5, 1)),
                new ClusterCost("b", new WeekOnWeek(1, 1), Digests.FULL)),
            List.of(
                new NamespaceCost(evil, evil, new WeekOnWeek(2, 1)),
                new NamespaceCost(evil, "folded", new WeekOnWeek(1, 1)),
                new NamespaceCost(evil, evil + "-gone", new WeekOnWeek(0, 7))),
            new ClusterSums(Map.of()),
            new ClusterSums(Map.of(evil, 1.0)),
            Month.UNKNOWN,
            List.of(evil));

    assertThat(new HtmlDigest(1).render(digest))
        .contains("&lt;img/src=x&gt;&amp;&quot;&#39;")
        .doesNotContain("<img", "x>&", "\u001b");
  }

  @Test
  void aMonthWithGapsHasItsEstimateBesideItsSum() {
    WeeklyDigest digest =
        new WeeklyDigest(
            Digests.WEEK,
            Currencies.only("USD"),
            List.of(new ClusterCost("", new WeekOnWeek(10, 10), Digests.FULL)),
            List.of(new NamespaceCost("", "a", new WeekOnWeek(10, 10))),
            new ClusterSums(Map.of()),
            new ClusterSums(Map.of("", 2100.0)),
            new Month(Map.of("", 0.5), new ClusterSums(Map.of("", 4200.0))),
            List.of());

    assertThat(new HtmlDigest(20).render(digest))
        .containsSubsequence(
            "$2,100.00",
            "measured for 50.0% of its minutes; an estimated $4,200.00, if the others cost as"
                + " much");
  }

  @Test
  void foldsWhatIsBeyondTheLimit() {
    String html =
        new HtmlDigest(1)
            .render(Digests.of(new WeekOnWeek(10, 10), Digests.FULL, "/a 7 7", "/b 2 2", "/c 1 1"));

    assertThat(html)
        .contains("<summary>and 2 more <span>$3.00, 30.0%</span></summary>")
        .containsSubsequence("<details>", "<td>b<", "<td>c<", "</details>", ">total<");
  }

  @Test
  void showsTheGone() {
    assertThat(
            new HtmlDigest(20)
                .render(Digests.of(new WeekOnWeek(10, 20), Digests.FULL, "/a 10 10", "/old 0 10")))
        .containsSubsequence(
            "<h2>Gone, with cost in the week before only</h2>", "<tr><td>old</td><td>$10.00</td>");
  }

  @Test
  void comparesNothingWithAWeekThatIsNotThere() {
    String html =
        new HtmlDigest(20)
            .render(
                Digests.of(new WeekOnWeek(10, 20), new Coverage(0.5, 1), "/a 10 10", "/old 0 10"));

    assertThat(html)
        .containsSubsequence(
            "No comparison: this week was measured for 50.0% of its minutes",
            "<section class=\"warning\"",
            "<p>Minutes are missing: there are figures for 50.0% of the minutes of this week")
        .doesNotContain("▲ +", "▼ -", "▬ 0", "<h2>Gone");
  }
}
