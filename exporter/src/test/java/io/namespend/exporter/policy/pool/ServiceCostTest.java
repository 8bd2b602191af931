package io.namespend.exporter.policy.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.namespend.exporter.policy.pool.ServiceCost.Period;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceCostTest {
  @ParameterizedTest
  @CsvSource({
    "2026-01-31T23:59:59Z, 744",
    "2026-02-01T00:00:00Z, 672",
    "2026-02-28T23:59:59Z, 672",
    "2026-03-01T00:00:00Z, 744",
    "2028-02-28T12:00:00Z, 696",
    "2028-02-29T23:59:59Z, 696",
    "2026-11-20T08:00:00Z, 720",
  })
  void aMonthlyCostIsSpreadOverTheHoursOfItsMonth(Instant now, double hours) {
    assertThat(monthly(hours, OptionalDouble.empty()).hourlyAt(now)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"2026-01-15T00:00:00Z", "2026-02-15T00:00:00Z", "2028-02-29T00:00:00Z"})
  void orOver730HoursByChoice(Instant now) {
    assertThat(monthly(1460, OptionalDouble.of(730)).hourlyAt(now)).isEqualTo(2);
  }

  @Test
  void theHoursOfAMonthAddUpToTheMonthlyCost() {
    ServiceCost cost = monthly(5000, OptionalDouble.empty());
    for (int month = 1; month <= 12; month++) {
      Instant first = Instant.parse("2028-%02d-01T00:00:00Z".formatted(month));
      double sum = 0;
      for (Instant hour = first; monthOf(hour) == month; hour = hour.plus(Duration.ofHours(1))) {
        sum += cost.hourlyAt(hour);
      }
      assertThat(sum).as("month %d", month).isCloseTo(5000, within(1e-8));
    }
  }

  @Test
  void theHoursOfASpreadAddUpToTheAmountPaidOnce() {
    Instant from = Instant.parse("2026-01-01T00:00:00Z");
    Instant until = Instant.parse("2027-01-01T00:00:00Z");
    Period spread = new Period(from, until);
    Service service = new Service("s", "c", new ServiceCost.OneTime(36500, spread), spread);

    double sum = 0;
    Instant end = until.plus(Duration.ofDays(2));
    for (Instant hour = from.minus(Duration.ofDays(2));
        hour.isBefore(end);
        hour = hour.plus(Duration.ofHours(1))) {
      sum += service.hourlyAt(hour).orElse(0);
    }

    assertThat(sum).isCloseTo(36500, within(1e-7));
    assertThat(service.hourlyAt(from.minusMillis(1))).isEmpty();
    assertThat(service.hourlyAt(from)).hasValue(36500 / 8760.0);
    assertThat(service.hourlyAt(until.minusMillis(1))).isPresent();
    assertThat(service.hourlyAt(until)).isEmpty();
  }

  private static ServiceCost monthly(double amount, OptionalDouble monthHours) {
    return new ServiceCost.Monthly(amount, monthHours);
  }

  private static int monthOf(Instant moment) {
    return moment.atOffset(java.time.ZoneOffset.UTC).getMonthValue();
  }
}
