package io.namespend.testbed.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.testbed.customers.CustomerScenario.Use;
import io.namespend.testbed.process.Promtool;
import io.namespend.testbed.process.Tools;
import io.namespend.testbed.rules.RuleManifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped rules of customers on random ledgers with random drivers, through promtool, against
 * the model of the allocation policy. {@code -Dnamespend.seed=7} tries others than usual.
 */
@Tag("rules")
class RandomCustomersTest {
  private static final int CLUSTERS = 100;
  private static final long SEED = Long.getLong("namespend.seed", 20_261_128);
  private static final Path RULES = Path.of("../alert-rules");

  /** Minutes after which nothing changes any more. */
  private static final int SETTLED = 16;

  /** Kept if it fails, so that promtool can be asked again. */
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path folder;

  @Test
  void customersBearWhatThePolicySays() throws IOException {
    new RuleManifests(RULES).writeRuleFiles(folder);
    CustomerScenarios scenarios = new CustomerScenarios(new Random(SEED));
    StringBuilder tests = new StringBuilder();
    tests.append("rule_files: [80-customers.yaml]\nevaluation_interval: 1m\n");
    tests.append(
        "group_eval_order: [namespend-customer-keys, namespend-customer-shares,"
            + " namespend-customers]\ntests:\n");
    int borne = 0;
    for (int i = 0; i < CLUSTERS; i++) {
      CustomerScenario scenario = scenarios.next();
      CustomerModel model = new CustomerModel(scenario);
      while (model.isAmbiguous()) {
        scenario = scenarios.next();
        model = new CustomerModel(scenario);
      }
      borne += model.borne().size();
      tests.append(test("seed %d, cluster %d".formatted(SEED, i), scenario, model));
    }
    assertThat(borne).isGreaterThan(10 * CLUSTERS);
    Path file = Files.writeString(folder.resolve("random-customers.yaml"), tests);

    Tools tools =
        Tools.find().orElseThrow(() -> new AssertionError("run ./check: no promtool on PATH"));
    new Promtool(tools, folder.resolve("promtool.log")).testRules(file);
  }

  private static String test(String name, CustomerScenario scenario, CustomerModel model) {
    List<String> series = new ArrayList<>();
    scenario
        .lines()
        .forEach(
            line ->
                series.add(
                    series(
                        "ledger_line:cost_hourly:sum{namespace=\"%s\", resource=\"%s\", pool=\"%s\", team=\"%s\"}"
                            .formatted(line.namespace(), line.resource(), line.pool(), line.team()),
                        line.amount())));
    scenario
        .workloads()
        .forEach(
            workload -> {
              String labels =
                  "namespace=\"%s\", workload_type=\"deployment\", workload=\"%s\""
                      .formatted(workload.namespace(), workload.name());
              series.add(
                  series(
                      "workload:cost_hourly:direct{%s, resource=\"cpu\"}".formatted(labels),
                      workload.cost()));
              if (!workload.service().isEmpty()) {
                series.add(
                    series(
                        "namespend_customer_member_info{%s, service=\"%s\", customer=\"%s\"}"
                            .formatted(labels, workload.service(), workload.customer()),
                        1));
              }
            });
    scenario
        .namespaces()
        .forEach(
            member ->
                series.add(
                    series(
                        "namespend_customer_member_info{namespace=\"%s\", service=\"%s\", customer=\"%s\"}"
                            .formatted(member.namespace(), member.service(), member.customer()),
                        1)));
    scenario
        .externals()
        .forEach(
            external -> {
              series.add(
                  series(
                      "external_service_hourly_cost{service=\"%s\", category=\"x\", namespace=\"%s\", team=\"%s\"}"
                          .formatted(external.name(), external.namespace(), external.team()),
                      external.cost()));
              if (!external.service().isEmpty()) {
                series.add(
                    series(
                        "namespend_customer_service_external_info{external_service=\"%s\", service=\"%s\"}"
                            .formatted(external.name(), external.service()),
                        1));
              }
            });
    addPolicy(series, scenario);
    Map<String, String> windows =
        scenario.services().stream()
            .collect(
                Collectors.toMap(CustomerScenario.Service::name, CustomerScenario.Service::window));
    scenario.uses().forEach(use -> addUse(series, use, windows.getOrDefault(use.service(), "1h")));
    model
        .borne()
        .forEach(
            (share, amount) -> series.add(series("expected_cost{%s}".formatted(share), amount)));
    model
        .services()
        .forEach(
            (service, cost) ->
                series.add(series("expected_service{service=\"%s\"}".formatted(service), cost)));
    series.add(series("expected_outside", model.outside()));
    series.add(series("expected_coverage", model.coverage()));
    StringBuilder text = new StringBuilder();
    text.append("  - name: ").append(name).append("\n    interval: 1m\n    input_series:\n");
    series.forEach(text::append);
    text.append("    promql_expr_test:\n");
    String cost = "sum by (customer, service, basis) (customer:cost_hourly:sum)";
    String on = "on (customer, service, basis)";
    List.of(
            "abs(%s - %s expected_cost) > %s (1e-12 + 1e-9 * expected_cost)"
                .formatted(cost, on, on),
            "expected_cost > 1e-12 unless %s %s".formatted(on, cost),
            "%s > 1e-12 unless %s expected_cost".formatted(cost, on),
            "%s < 0".formatted(cost),
            "customer:conservation_error:ratio > 1e-9",
            "service:cost_hourly:sum unless on (service) customer:conservation_error:ratio",
            "abs(service:cost_hourly:sum - on (service) expected_service)"
                + " > on (service) (1e-12 + 1e-9 * expected_service)",
            "expected_service unless on (service) service:cost_hourly:sum",
            "abs(cluster:cost_hourly:outside_services - on () expected_outside)"
                + " > on () (1e-9 * sum(ledger_line:cost_hourly:sum))",
            "abs(customer:covered:ratio - on () expected_coverage) > 1e-9")
        .forEach(
            question ->
                text.append(
                    "      - {expr: '%s', eval_time: %dm, exp_samples: []}%n"
                        .formatted(question, SETTLED)));
    return text.toString();
  }

  private static void addPolicy(List<String> series, CustomerScenario scenario) {
    for (CustomerScenario.Service service : scenario.services()) {
      series.add(
          series(
              "namespend_customer_service_info{service=\"%s\", window=\"%s\", base=\"%s\"}"
                  .formatted(service.name(), service.window(), service.base()),
              1));
      series.add(
          series(
              "namespend_customer_service_variable{service=\"%s\"}".formatted(service.name()),
              service.variable()));
      service
          .pools()
          .forEach(
              pool ->
                  series.add(
                      series(
                          "namespend_customer_service_pool_info{service=\"%s\", pool=\"%s\"}"
                              .formatted(service.name(), pool),
                          1)));
      if (service.variable() < 1) {
        Stream.concat(
                scenario.directory().stream()
                    .map(
                        customer ->
                            weight(
                                service,
                                customer.id(),
                                service.base().equals("weight") ? customer.weight() : 1)),
                service.base().equals("proportional")
                    ? Stream.of(weight(service, "unattributed", 1))
                    : Stream.empty())
            .forEach(series::add);
      }
    }
    scenario
        .directory()
        .forEach(
            customer ->
                series.add(
                    series(
                        "namespend_customer_info{customer=\"%s\"}".formatted(customer.id()), 1)));
    series.add(series("namespend_customers_named", scenario.named()));
  }

  private static String weight(CustomerScenario.Service service, String customer, double weight) {
    return series(
        "namespend_customer_base_weight{service=\"%s\", customer=\"%s\"}"
            .formatted(service.name(), customer),
        weight);
  }

  private static void addUse(List<String> series, Use use, String window) {
    String labels = "service=\"%s\", customer=\"%s\"".formatted(use.service(), use.customer());
    series.add(series("customer_driver:usage:rate1h{%s}".formatted(labels), use.now()));
    if (use.recorded() > 0) {
      // Of one hour, which is long over for whoever looks at the present.
      series.add(
          "      - {series: 'customer_driver:usage:sum1h{%s, window=\"%s\"}', values: '%s stale'}%n"
              .formatted(labels, window, number(use.recorded())));
    }
  }

  private static String series(String name, double value) {
    return "      - {series: '%s', values: '%s'}%n"
        .formatted(name, (number(value) + " ").repeat(SETTLED + 2).strip());
  }

  private static String number(double value) {
    return Double.isInfinite(value) ? (value > 0 ? "Inf" : "-Inf") : String.valueOf(value);
  }
}
