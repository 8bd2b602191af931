package io.namespend.exporter.policy;

import static java.util.Objects.requireNonNull;

import io.namespend.exporter.cluster.pod.Workload;
import io.namespend.exporter.policy.pool.NamespaceGlobs;
import io.namespend.exporter.settings.Wildcard;
import java.util.List;

/**
 * Something that works for customers, and whose cost is split over them.
 *
 * @param workloads of these namespaces; empty for all of them
 * @param pools whose whole cost is the service's: standing pools, groups, shared services
 * @param externalServices by name
 * @param window over which the driver is added up
 * @param variable the part that follows use, from 0 to 1
 * @param base how the rest is split
 */
public record CustomerService(
    String name,
    NamespaceGlobs namespaces,
    List<Wildcard> workloads,
    List<String> pools,
    List<String> externalServices,
    Window window,
    double variable,
    Base base) {
  public CustomerService {
    requireNonNull(name, "name");
    requireNonNull(namespaces, "namespaces");
    workloads = List.copyOf(workloads);
    pools = List.copyOf(pools);
    externalServices = List.copyOf(externalServices);
    requireNonNull(window, "window");
    requireNonNull(base, "base");
    if (!(variable >= 0 && variable <= 1)) {
      throw new IllegalArgumentException("variable is " + variable);
    }
  }

  boolean holds(Workload workload) {
    return namespaces.matches(workload.namespace())
        && (workloads.isEmpty()
            || workloads.stream().anyMatch(glob -> glob.matches(workload.name())));
  }

  /** How much past use decides who pays now. */
  public enum Window {
    HOUR("1h"),
    DAY("24h"),
    MONTH("30d");

    private final String text;

    Window(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  /** How the part that does not follow use is split over the customers of the directory. */
  public enum Base {
    EVEN,
    WEIGHT,
    PROPORTIONAL
  }
}
