package io.namespend.exporter.policy.file;

import io.namespend.exporter.policy.pool.Service;
import io.namespend.exporter.policy.pool.ServiceCost;
import io.namespend.exporter.policy.pool.ServiceCost.Period;
import io.namespend.exporter.settings.LabelValue;
import io.namespend.foundation.settings.Section;
import java.util.List;
import java.util.OptionalDouble;

/** Reads shared and external services. */
final class ServiceReader {
  private static final List<String> COSTS = List.of("hourlyCost", "monthlyCost", "oneTimeCost");
  private static final double SHORTEST_MONTH = 28 * 24;
  private static final double LONGEST_MONTH = 31 * 24;

  private ServiceReader() {}

  static List<Service.Shared> shared(Section root, Names names) {
    return root.sections("sharedServices").stream()
        .map(
            section -> {
              Service service = service(section, names);
              Service.Shared shared = new Service.Shared(service, PoolReader.sharing(section));
              section.refuseOthers();
              return shared;
            })
        .toList();
  }

  static List<Service.External> external(Section root, Names names) {
    return root.sections("externalServices").stream()
        .map(
            section -> {
              Service.External external = external(section, service(section, names));
              section.refuseOthers();
              return external;
            })
        .toList();
  }

  private static Service.External external(Section section, Service service) {
    boolean owned = section.has("team") || section.has("costCenter");
    if (section.has("namespace") && owned) {
      section.problem(
          "namespace",
          "the owner of a namespace comes from its labels; write the namespace alone, or team and"
              + " costCenter");
    } else if (!owned) {
      section.requires("namespace", "write who owns the service: namespace, or team, costCenter");
    }
    return new Service.External(
        service,
        section.parsed("namespace", ServiceReader::namespace).orElse(""),
        section.parsed("team", LabelValue::parse).orElse(""),
        section.parsed("costCenter", LabelValue::parse).orElse(""));
  }

  private static String namespace(String text) {
    if (text.contains("*")) {
      throw new IllegalArgumentException("write one namespace, without *");
    }
    return Globs.glob(text).text();
  }

  private static Service service(Section section, Names names) {
    String name = names.ofService(section);
    section.requires("category", "write what kind of service it is, such as database");
    String category = section.parsed("category", LabelValue::parse).orElse("");
    List<String> costs = COSTS.stream().filter(section::has).toList();
    if (costs.size() != 1) {
      String one = "write exactly one of " + String.join(", ", COSTS);
      if (costs.isEmpty()) {
        section.requires(COSTS.get(0), one);
      } else {
        costs.forEach(key -> section.problem(key, one));
      }
    }
    if (!section.has("monthlyCost") && section.has("monthHours")) {
      section.problem("monthHours", "counts with monthlyCost only; remove it");
    }
    return section.has("oneTimeCost")
        ? oneTime(section, name, category)
        : continuous(section, name, category);
  }

  private static Service oneTime(Section section, String name, String category) {
    double amount = section.number("oneTimeCost", 0, Money.MOST).orElse(0);
    section.requires("from", "write the day from which the cost is spread");
    section.requires("until", "write the first day after the spread");
    refuse(section, "validFrom", "write from instead");
    refuse(section, "validUntil", "write until instead");
    Period spread = Moments.period(section, "from", "until");
    return new Service(name, category, new ServiceCost.OneTime(amount, spread), spread);
  }

  private static Service continuous(Section section, String name, String category) {
    OptionalDouble hourly = section.number("hourlyCost", 0, Money.MOST);
    OptionalDouble monthly = section.number("monthlyCost", 0, Money.MOST);
    OptionalDouble monthHours = section.number("monthHours", SHORTEST_MONTH, LONGEST_MONTH);
    refuse(section, "from", "write validFrom instead");
    refuse(section, "until", "write validUntil instead");
    ServiceCost cost =
        monthly.isPresent()
            ? new ServiceCost.Monthly(monthly.getAsDouble(), monthHours)
            : new ServiceCost.Hourly(hourly.orElse(0));
    return new Service(name, category, cost, Moments.period(section, "validFrom", "validUntil"));
  }

  private static void refuse(Section section, String key, String remedy) {
    if (section.has(key)) {
      section.problem(key, remedy);
    }
  }
}
