package io.namespend.testbed.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.namespend.testbed.process.Tools;
import io.namespend.testbed.time.RecordedPast.Awake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Dollars of calendar hours and months. The namespace {@code steady} costs 2 dollars an hour all
 * the time; {@code brief} lives for ten minutes, at 6. Queries are a second before a minute ends,
 * when all groups were evaluated in it.
 *
 * <p>At which second of a minute a group is evaluated depends on the path of its file, so that each
 * folder tries others.
 */
@Tag("rules")
@Tag("prometheus")
@ParameterizedClass
@ValueSource(strings = {"a", "b", "c"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CalendarTest {
  /**
   * A year's end, with Prometheus away from 23:50 to 00:02, and a leap February, with two hours.
   */
  private static final List<Awake> AWAKE =
      List.of(
          awake("2027-12-30T00:00:00Z", "2027-12-31T23:50:00Z"),
          awake("2028-01-01T00:02:00Z", "2028-01-01T03:00:00Z"),
          awake("2028-02-22T00:00:00Z", "2028-02-25T10:00:00Z"),
          awake("2028-02-25T12:00:00Z", "2028-03-01T02:30:00Z"));

  private static final Instant BRIEF_FROM = Instant.parse("2028-02-24T09:55:00Z");
  private static final Instant BRIEF_TO = Instant.parse("2028-02-24T10:05:00Z");

  @Parameter
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private String folder;

  @SuppressWarnings("NullAway.Init") // Set before any test runs.
  private RecordedPast past;

  @BeforeParameterizedClassInvocation
  void fill() throws IOException {
    Tools tools =
        Tools.find().orElseThrow(() -> new AssertionError("run ./check: no prometheus on PATH"));
    // Relative, so that the seconds are the same in every checkout.
    Path path = empty(Path.of("target", "calendar", folder));
    past = RecordedPast.of(tools, path, Path.of("../alert-rules"), ledger(), AWAKE);
  }

  @AfterParameterizedClassInvocation
  void stop() {
    past.close();
  }

  @Test
  void tenMinutesOfAWeekCostTenMinutes() {
    assertDollars("sum_over_time(namespace:cost:sum1h{namespace='brief'}[7d])", 1.0)
        .at("2028-02-29T12:30:59Z");
  }

  @Test
  void eachHourGetsItsMinutes() {
    assertDollars("namespace:cost:sum1h{namespace='brief'}", 0.5).at("2028-02-24T09:59:59Z");
    assertDollars("namespace:cost:sum1h{namespace='brief'}", 0.5).at("2028-02-24T10:59:59Z");
    assertDollars("namespace:cost:sum1h{namespace='steady'}", 2).at("2028-02-24T10:59:59Z");
    assertDollars("sum(cluster:cost:sum1h)", 2.5).at("2028-02-24T10:59:59Z");
  }

  @Test
  void everyHourIsWrittenOnce() {
    assertDollars("count_over_time(cluster:cost:sum1h[1d])", 24).at("2028-02-23T23:59:59Z");
  }

  @Test
  void hoursInWhichPrometheusWasAwayCostNothingAndAreStated() {
    // 10:00 to 12:00 of that day is missing.
    assertDollars("sum_over_time(namespace:cost:sum1h{namespace='steady'}[1d])", 44)
        .at("2028-02-25T23:59:59Z");
    assertDollars("sum(sum_over_time(cluster:coverage:ratio1h[1d]))", 22)
        .at("2028-02-25T23:59:59Z");
    assertNothing("cluster:coverage:ratio1h", "2028-02-25T10:59:59Z");
  }

  @Test
  void coverageOfTheMonthStatesWhatIsMissing() {
    // 7 days and 20 hours of 28 days and 20 hours, less two hours.
    assertDollars("cluster:coverage:month_to_date", 186.0 / 692).at("2028-02-29T20:30:59Z");
    assertDollars("cluster:coverage:month_to_date", (58.0 / 60 + 1) / 2).at("2028-01-01T02:30:59Z");
  }

  @Test
  void aMonthEndsWithItsLastHour() {
    // 190 hours of February, of which the last is written at 23:59.
    assertDollars("namespace:cost:month_to_date{namespace='steady'}", 378)
        .at("2028-02-29T23:58:59Z");
    assertDollars("namespace:cost:month_to_date{namespace='brief'}", 1).at("2028-02-29T23:58:59Z");
    assertDollars("sum_over_time(namespace:cost:sum1h{namespace='steady', month='2'}[32d])", 380)
        .at("2028-03-01T02:29:59Z");
  }

  @Test
  void aMonthBeginsWithItsFirstHour() {
    assertNothing("namespace:cost:month_to_date", "2028-03-01T00:58:59Z");
    assertDollars("namespace:cost:month_to_date{namespace='steady'}", 4).at("2028-03-01T02:00:59Z");
    assertNothing("namespace:cost:month_to_date{namespace='brief'}", "2028-03-01T02:00:59Z");
  }

  @Test
  void theLastHourOfAYearIsWrittenInTheNextIfItMust() {
    // 50 minutes, at 00:04, as an hour of December.
    assertDollars("namespace:cost:sum1h{month='12'}", 2 * 50.0 / 60).at("2028-01-01T00:04:59Z");
    assertNothing("namespace:cost:month_to_date", "2028-01-01T00:58:59Z");
    assertDollars("cluster:coverage:ratio1h{month='12'}", 50.0 / 60).at("2028-01-01T00:04:59Z");
    assertDollars("namespace:cost:month_to_date", 2 + 2 * 58.0 / 60).at("2028-01-01T02:30:59Z");
  }

  @Test
  void aMonthThatIsOverKeepsItsHoursAndStatesWhatIsMissing() {
    assertNothing("cluster:cost:closed_month{month='2'}", "2028-02-29T23:58:59Z");
    assertDollars("cluster:cost:closed_month{month='2'}", 381).at("2028-03-01T02:29:59Z");
    assertDollars("cluster:coverage:closed_month{month='2'}", 190.0 / (29 * 24))
        .at("2028-03-01T02:29:59Z");
    assertDollars("cluster:cost:closed_month{month='1'}", 2 * (2 + 58.0 / 60))
        .at("2028-03-01T02:29:59Z");
    assertNothing("cluster:cost:closed_month{month='12'}", "2028-03-01T02:29:59Z");
  }

  @Test
  void theLastMonthOfAYearIsOverInTheNext() {
    assertDollars("cluster:cost:closed_month", 2 * (47 + 50.0 / 60)).at("2028-01-01T02:30:59Z");
    assertDollars("cluster:coverage:closed_month{month='12'}", (47 + 50.0 / 60) / (31 * 24))
        .at("2028-01-01T02:30:59Z");
  }

  @Test
  void theForecastKnowsHowLongTheMonthIs() {
    // Four hours of the 29th are left.
    assertDollars("namespace:cost:month_forecast{namespace='steady'}", 372 + 4 * 2)
        .at("2028-02-29T20:30:59Z");
    assertDollars("namespace:cost:month_forecast", 2 * 44 + 4 * 2).at("2027-12-31T20:30:59Z");
    double monthToDate = 2 + 2 * 58.0 / 60;
    double averageHour = 2 * (48 + 50.0 / 60 + 58.0 / 60) / 50;
    assertDollars("namespace:cost:month_forecast", monthToDate + (31 * 24 - 2) * averageHour)
        .at("2028-01-01T02:30:59Z");
  }

  /** When it holds. */
  private interface Expectation {
    void at(String instant);
  }

  private Expectation assertDollars(String promql, double dollars) {
    return instant ->
        assertThat(past.query(promql, instant).values())
            .as("%s at %s", promql, instant)
            .singleElement()
            .satisfies(value -> assertThat(value).isCloseTo(dollars, within(1e-9 * dollars)));
  }

  private void assertNothing(String promql, String instant) {
    Map<String, Double> values = past.query(promql, instant);
    assertThat(values).as("%s at %s", promql, instant).isEmpty();
  }

  /** What the cost group would have recorded, at second 0 of each minute. */
  private static String ledger() {
    StringBuilder text = new StringBuilder();
    for (Awake awake : AWAKE) {
      for (Instant at = awake.from(); at.isBefore(awake.to()); at = at.plusSeconds(60)) {
        boolean isBrief = !at.isBefore(BRIEF_FROM) && at.isBefore(BRIEF_TO);
        add(text, "side=\"cost\",component=\"node\"", isBrief ? 8 : 2, at);
        add(text, "side=\"borne\",namespace=\"steady\"", 2, at);
        // A file cannot say that a series ended; 0 costs as much.
        if (isBrief || at.equals(BRIEF_TO)) {
          add(text, "side=\"borne\",namespace=\"brief\"", isBrief ? 6 : 0, at);
        }
      }
    }
    return text.append("# EOF\n").toString();
  }

  private static void add(StringBuilder text, String labels, double dollars, Instant at) {
    text.append("ledger:cost_hourly:sum{").append(labels).append("} ");
    text.append(dollars).append(' ').append(at.getEpochSecond()).append('\n');
  }

  private static Awake awake(String from, String to) {
    return new Awake(Instant.parse(from), Instant.parse(to));
  }

  private static Path empty(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    return Files.createDirectories(folder);
  }
}
