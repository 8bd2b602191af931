package io.namespend.exporter.policy.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.namespend.exporter.cluster.pod.Workload;
import io.namespend.exporter.policy.CostUnit;
import io.namespend.exporter.policy.CustomerEntry;
import io.namespend.exporter.policy.CustomerService;
import io.namespend.exporter.policy.CustomerService.Base;
import io.namespend.exporter.policy.CustomerService.Window;
import io.namespend.exporter.policy.Customers;
import io.namespend.exporter.policy.Customers.Membership;
import io.namespend.exporter.policy.Policy;
import io.namespend.exporter.settings.Wildcard;
import io.namespend.foundation.settings.InvalidSettingsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Customers and units of the policy file, and the list of customers beside it. */
class CustomerReaderTest {
  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");

  @TempDir private Path folder;

  @Test
  void readsTheExample() {
    Policy policy = PolicyFile.read(Path.of("examples/policy.yaml"), NOW).policy();
    Customers customers = policy.customers();

    assertThat(customers.labels()).containsExactly("customer", "example.com/tenant");
    assertThat(policy.labelNames()).contains("team", "customer", "example.com/tenant");
    assertThat(customers.named()).isEqualTo(500);
    assertThat(customers.services())
        .extracting(CustomerService::name)
        .containsExactly("api", "reports", "orders-db", "search");
    assertThat(customers.services().get(0).workloads()).containsExactly(new Wildcard("api-*"));
    assertThat(customers.services().get(1).window()).isEqualTo(Window.DAY);
    assertThat(customers.services().get(2))
        .satisfies(
            service -> {
              assertThat(service.pools()).containsExactly("rds-orders");
              assertThat(service.variable()).isEqualTo(0.6);
              assertThat(service.base()).isEqualTo(Base.EVEN);
            });
    assertThat(customers.services().get(3).externalServices()).containsExactly("atlas-search");
    assertThat(policy.units())
        .containsExactly(
            new CostUnit("order", CostUnit.Scope.SERVICES, List.of("api", "orders-db"), 100),
            new CostUnit("report", CostUnit.Scope.TEAMS, List.of("data"), 0));
  }

  @Test
  void theDirectoryKnowsWhatWasValidWhen() {
    List<CustomerEntry> directory =
        PolicyFile.read(Path.of("examples/policy.yaml"), NOW).policy().customers().directory();

    assertThat(at(directory, "2025-12-31T23:59:59Z")).containsExactly("beta 0");
    assertThat(at(directory, "2026-06-30T23:59:59Z"))
        .containsExactly("acme 40", "beta 10", "gamma 1");
    assertThat(at(directory, "2026-07-01T00:00:00Z"))
        .containsExactly("acme 60", "beta 10", "gamma 1");
    CustomerEntry acme = directory.get(1);
    // 31 days and 30.
    assertThat(acme.hourlyRevenueAt(Instant.parse("2026-07-05T00:00:00Z"))).hasValue(18250.0 / 744);
    assertThat(acme.hourlyRevenueAt(Instant.parse("2026-09-05T00:00:00Z"))).hasValue(18250.0 / 720);
    assertThat(directory.get(3).hourlyRevenueAt(NOW)).isEmpty();
  }

  /** IDs and weights; a customer without a begin has always been one. */
  private static List<String> at(List<CustomerEntry> directory, String moment) {
    return directory.stream()
        .filter(entry -> entry.isValidAt(Instant.parse(moment)))
        .map(entry -> entry.id() + " " + (moment.startsWith("2025") ? 0 : (int) entry.weight()))
        .toList();
  }

  @Test
  void aWorkloadBelongsToTheFirstServiceThatNamesIt() throws IOException {
    Customers customers =
        read("""
        customers:
          labels: [customer, tenant]
          services:
            - {name: api, namespaces: ["shop*"], workloads: ["api-*", gateway]}
            - {name: shop, namespaces: [shop]}
        """)
            .customers();

    assertThat(of(customers, "shop", "api-1", Map.of(), Map.of())).isEqualTo("api/");
    assertThat(of(customers, "shop-eu", "gateway", Map.of(), Map.of())).isEqualTo("api/");
    assertThat(of(customers, "shop", "cart", Map.of(), Map.of())).isEqualTo("shop/");
    assertThat(of(customers, "shop-eu", "cart", Map.of(), Map.of())).isEqualTo("none");
    assertThat(of(customers, "silo", "cart", Map.of(), Map.of("customer", "acme")))
        .isEqualTo("dedicated/acme");
    assertThat(of(customers, "shop", "cart", Map.of("tenant", "beta"), Map.of("customer", "acme")))
        .isEqualTo("shop/beta");
    assertThat(of(customers, "other", "x", Map.of("customer", ""), Map.of("tenant", "acme")))
        .isEqualTo("dedicated/acme");
    assertThat(of(customers, "other", "x", Map.of("customer", "unattributed"), Map.of()))
        .isEqualTo("none");
    assertThat(customers.of("shop", Map.of())).contains(new Membership("shop", ""));
    assertThat(customers.of("shop-eu", Map.of())).contains(new Membership("api", ""));
    assertThat(customers.of("other", Map.of())).isEmpty();
  }

  private static String of(
      Customers customers,
      String namespace,
      String workload,
      Map<String, String> labels,
      Map<String, String> labelsOfNamespace) {
    return customers
        .of(new Workload(namespace, "deployment", workload), labels, labelsOfNamespace)
        .map(member -> member.service() + "/" + member.customer())
        .orElse("none");
  }

  @Test
  void tellsEverythingThatIsWrongAtOnce() throws IOException {
    Files.writeString(
        folder.resolve("customers.csv"),
        """
        id,revenue_monthly,weight,valid_from,valid_until,colour
        acme,-5,1,2026-01-01,
        acme,5,many,2026-02-01,
        ,5,1,,
        unattributed,5,1,,
        beta,5,1,2026-02-01,2026-01-01
        gamma,5,1,2026-01-01,2026-03-01
        gamma,6,1,2026-02-01,
        """);

    assertThatThrownBy(
            () ->
                read(
                    """
                    customers:
                      labels: ["a b"]
                      directory: customers.csv
                      named: 0
                      services:
                        - {name: api, namespaces: [shop], window: 2h, base: fair, variable: 2}
                        - {name: api, workloads: [x]}
                        - {name: dedicated, pools: [rds, idle, idle]}
                        - {externalServices: [queue]}
                        - {name: c, namespaces: [c], base: even, colour: red}
                        - {name: d}
                    units:
                      - {name: order, services: [web], teams: [a], minimum: -1}
                      - {name: order, namespaces: ["a*"]}
                      - {teams: []}
                    """))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContainingAll(
            "customers.labels[0]: \"a b\": write the name of a Kubernetes label",
            "customers.directory line 1: \"colour\": is no column; write id, name, tier,",
            "customers.directory line 2, revenue_monthly: \"-5\": write an amount from 0",
            "customers.directory line 3, weight: \"many\": write an amount such as",
            "customers.directory line 4, id: \"\": is missing",
            "customers.directory line 5, id: \"unattributed\": is the name of a rest",
            "customers.directory line 6, valid_until: \"2026-01-01\": must be after valid_from",
            "customers.directory line 8, id: \"gamma\": is valid at the same time as line 7",
            "customers.named: \"0\": write a number from 1 to 10000",
            "customers.services[0].window: \"2h\": write one of 1h, 24h, 30d",
            "customers.services[0].base: \"fair\": write one of even, weight, proportional",
            "customers.services[0].variable: \"2\": write a number from 0 to 1",
            "customers.services[1].name: \"api\": is there twice",
            "customers.services[1].namespaces: \"\": is missing; write the namespaces of the",
            "customers.services[2].name: \"dedicated\": is the service of what a customer has",
            "customers.services[2].pools[0]: \"rds\": is no pool or shared service; write one of"
                + " control-plane, idle,",
            "customers.services[2].pools[2]: \"idle\": is there twice; its cost can belong to",
            "customers.services[3].name: \"\": is missing",
            "customers.services[3].externalServices[0]: \"queue\": is no external service of this",
            "customers.services[4].base: \"even\": splits what does not follow use",
            "customers.services[4].colour: \"...\": unknown key",
            "customers.services[5].namespaces: \"\": is missing; write what the service costs",
            "units[0].services: ",
            "units[0].teams: ",
            "units[0].minimum: \"-1\": write a number from 0",
            "units[1].name: \"order\": is there twice",
            "units[1].namespaces[0]: \"a*\": write a namespace without *",
            "units[2].name: \"\": is missing",
            "units[2].teams: \"[]\": write at least one name");
  }

  @Test
  void whatDoesNotFollowUseNeedsADirectory() {
    assertThatThrownBy(
            () -> read("customers: {services: [{name: a, namespaces: [a], variable: 0.5}]}"))
        .hasMessageContaining("customers.services[0].variable: \"0.5\": the part that does not");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | is empty; write at least the header with id",
        "'name\nacme\n' | has no column id",
        "'id\n\"acme\n' | is no CSV: line 2",
        "'id,id\na,b\n' | line 1: \"id\": is there twice",
      })
  void aDirectoryThatIsNoneIsAnError(String csv, String problem) throws IOException {
    Files.writeString(folder.resolve("list.csv"), csv);

    assertThatThrownBy(() -> read("customers: {directory: list.csv}"))
        .hasMessageContaining("customers.directory")
        .hasMessageContaining(problem);
  }

  @Test
  void aDirectoryThatCannotBeReadIsAnError() throws IOException {
    assertThatThrownBy(() -> read("customers: {directory: missing.csv}"))
        .hasMessageContaining("customers.directory")
        .hasMessageContaining("missing.csv\": cannot be read");
    Files.write(
        folder.resolve("latin.csv"), "id\nZ\u00fcrich\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> read("customers: {directory: latin.csv}"))
        .hasMessageContaining("is not UTF-8 text");
  }

  @Test
  void manyErrorsOfADirectoryAreCounted() throws IOException {
    Files.writeString(
        folder.resolve("list.csv"),
        IntStream.range(0, 50)
            .mapToObj(i -> "c" + i + ",x")
            .collect(Collectors.joining("\n", "id,weight\n", "\n")));

    assertThatThrownBy(() -> read("customers: {directory: list.csv}"))
        .hasMessageContaining("has 21 errors")
        .hasMessageContaining("has 30 more errors");
  }

  private Policy read(String yaml) throws IOException {
    return PolicyFile.read(Files.writeString(folder.resolve("policy.yaml"), yaml), NOW).policy();
  }
}
