package io.namespend.testbed.customers;

import io.namespend.testbed.customers.CustomerScenario.Customer;
import io.namespend.testbed.customers.CustomerScenario.External;
import io.namespend.testbed.customers.CustomerScenario.Line;
import io.namespend.testbed.customers.CustomerScenario.Member;
import io.namespend.testbed.customers.CustomerScenario.Service;
import io.namespend.testbed.customers.CustomerScenario.Use;
import io.namespend.testbed.customers.CustomerScenario.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Draws clusters with customers, odd ones more often than they are. */
final class CustomerScenarios {
  private static final List<String> WINDOWS = List.of("1h", "1h", "24h", "30d");
  private static final List<String> BASES = List.of("even", "weight", "proportional");
  private static final double[] NO_USE = {
    0, -3, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };

  private final Random random;

  CustomerScenarios(Random random) {
    this.random = random;
  }

  CustomerScenario next() {
    List<String> customers = names("c", 1 + random.nextInt(6));
    List<Customer> directory = new ArrayList<>();
    for (String customer : customers) {
      if (chance(0.7)) {
        directory.add(new Customer(customer, chance(0.2) ? 0 : amount()));
      }
    }
    List<String> pools = names("pool", 1 + random.nextInt(4));
    List<String> freePools = new ArrayList<>(pools);
    List<Service> services = new ArrayList<>();
    for (String name : names("s", 1 + random.nextInt(5))) {
      List<String> own = new ArrayList<>();
      while (!freePools.isEmpty() && chance(0.25)) {
        own.add(freePools.remove(0));
      }
      services.add(new Service(name, pick(WINDOWS), variable(), pick(BASES), own));
    }
    List<String> namespaces = names("ns", 1 + random.nextInt(5));
    List<Workload> workloads = new ArrayList<>();
    List<Member> members = new ArrayList<>();
    List<External> externals = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    for (String namespace : namespaces) {
      boolean idle = chance(0.15);
      for (String workload : names("w", random.nextInt(4))) {
        String service = chance(0.7) ? pick(services).name() : "";
        String customer = chance(0.2) ? pick(customers) : "";
        workloads.add(
            new Workload(
                namespace,
                workload,
                idle ? 0 : amount(),
                service.isEmpty() && !customer.isEmpty() ? "dedicated" : service,
                customer));
      }
      if (chance(0.6)) {
        members.add(
            new Member(namespace, pick(services).name(), chance(0.2) ? pick(customers) : ""));
      }
      for (String resource : List.of("cpu", "memory", "storage")) {
        if (chance(0.7)) {
          lines.add(new Line(namespace, resource, "", "", amount()));
        }
      }
      for (String pool : pools) {
        if (chance(0.6)) {
          lines.add(new Line(namespace, "", pool, "", amount()));
        }
      }
      if (chance(0.3)) {
        lines.add(new Line(namespace, "external", "", "", amount()));
        drawExternals(externals, namespace, "", services);
      }
    }
    for (String pool : pools) {
      if (chance(0.3)) {
        lines.add(new Line("", "", pool, "", amount()));
      }
    }
    if (chance(0.4)) {
      lines.add(new Line("", "", "", "team", amount()));
      drawExternals(externals, "", "team", services);
    }
    return new CustomerScenario(
        lines,
        workloads,
        members,
        services,
        externals,
        uses(services, customers),
        directory,
        1 + random.nextInt(7));
  }

  private void drawExternals(
      List<External> externals, String namespace, String team, List<Service> services) {
    for (int i = 0; i <= random.nextInt(3); i++) {
      externals.add(
          new External(
              "e" + externals.size(),
              namespace,
              team,
              amount(),
              chance(0.6) ? pick(services).name() : ""));
    }
  }

  private List<Use> uses(List<Service> services, List<String> customers) {
    List<Use> uses = new ArrayList<>();
    for (Service service : services) {
      // All of it missing, standing still, or in the past alone.
      boolean now = chance(0.7);
      boolean past = chance(0.5);
      List<String> users = new ArrayList<>(customers);
      users.add("");
      users.add("unattributed");
      users.add("stranger");
      for (String user : users) {
        if (chance(0.6)) {
          uses.add(
              new Use(
                  service.name(),
                  user,
                  now && chance(0.8) ? amount() : NO_USE[random.nextInt(NO_USE.length)],
                  past && chance(0.7) ? amount() : 0));
        }
      }
    }
    // Of a service that the policy does not know.
    uses.add(new Use("unknown", pick(customers), amount(), amount()));
    return uses;
  }

  private double variable() {
    return chance(0.4) ? 1 : chance(0.2) ? 0 : random.nextDouble();
  }

  /** From a millionth to a million. */
  private double amount() {
    return chance(0.9)
        ? 0.01 + random.nextDouble() * 10
        : Math.pow(10, random.nextInt(13) - 6.0) * (0.5 + random.nextDouble());
  }

  private boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private static List<String> names(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
  }
}
