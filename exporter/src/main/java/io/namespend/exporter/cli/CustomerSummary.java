package io.namespend.exporter.cli;

import io.namespend.exporter.policy.CostUnit;
import io.namespend.exporter.policy.CustomerEntry;
import io.namespend.exporter.policy.CustomerService;
import io.namespend.exporter.policy.Customers;
import io.namespend.exporter.policy.Policy;
import io.namespend.exporter.settings.Wildcard;
import io.namespend.foundation.settings.Constant;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Customers and units of a policy in a few lines; none if it has none. */
final class CustomerSummary {
  private CustomerSummary() {}

  static String of(Policy policy, Instant now) {
    return customers(policy.customers(), now)
        + Columns.withHeading(
            List.of("SERVICE OF CUSTOMERS", "COST OF", "FOLLOWS USE", "THE REST"),
            policy.customers().services().stream().map(CustomerSummary::service).toList())
        + Columns.withHeading(
            List.of("UNIT", "COST OF", "MINIMUM"),
            policy.units().stream().map(CustomerSummary::unit).toList());
  }

  private static String customers(Customers customers, Instant now) {
    if (!customers.areAsked()) {
      return "";
    }
    List<CustomerEntry> valid =
        customers.directory().stream().filter(entry -> entry.isValidAt(now)).toList();
    Columns lines = new Columns();
    lines.add(
        "customers",
        "%d in the directory now, %d with revenue; the largest %d have series of their own%s"
            .formatted(
                valid.size(),
                valid.stream().filter(entry -> entry.monthlyRevenue().isPresent()).count(),
                customers.named(),
                customers.labels().isEmpty()
                    ? ""
                    : "; label " + String.join(", else ", customers.labels())));
    return lines + "\n";
  }

  private static List<String> service(CustomerService service) {
    String cost =
        Stream.of(
                service.namespaces().globs().stream().map(Wildcard::text),
                service.pools().stream().map(pool -> "pool " + pool),
                service.externalServices().stream().map(name -> "external " + name))
            .flatMap(texts -> texts)
            .collect(Collectors.joining(", "));
    String workloads =
        service.workloads().isEmpty()
            ? ""
            : service.workloads().stream()
                .map(Wildcard::text)
                .collect(Collectors.joining(", ", ": ", ""));
    return List.of(
        service.name(),
        cost + workloads,
        "%s of %s".formatted(plain(service.variable()), service.window().text()),
        service.variable() < 1 ? Constant.text(service.base()) : "");
  }

  private static List<String> unit(CostUnit unit) {
    return List.of(
        unit.name(),
        unit.of().isEmpty()
            ? "the cluster"
            : unit.scope().key() + " " + String.join(", ", unit.of()),
        plain(unit.minimum()));
  }

  private static String plain(double value) {
    return new BigDecimal(String.valueOf(value)).stripTrailingZeros().toPlainString();
  }
}
