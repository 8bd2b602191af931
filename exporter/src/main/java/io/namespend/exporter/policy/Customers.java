package io.namespend.exporter.policy;

import static java.util.Objects.requireNonNull;

import io.namespend.exporter.cluster.pod.Workload;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whom the company serves, and which services do it.
 *
 * @param labels names of the labels of namespaces and workloads that work for one customer alone,
 *     tried in order
 * @param services in the order of the file: the first that names a workload has it
 * @param directory the customers, each as often as something about it changed; may be empty
 * @param named how many customers have series of their own; the others are one
 */
public record Customers(
    List<String> labels, List<CustomerService> services, List<CustomerEntry> directory, int named) {
  public static final Customers NONE = new Customers(List.of(), List.of(), List.of(), 500);

  /** Of work that names no customer. */
  public static final String UNATTRIBUTED = "unattributed";

  /** Of all customers without series of their own. */
  public static final String LONG_TAIL = "long-tail";

  /** The service of what a customer has alone and no service names. */
  public static final String DEDICATED = "dedicated";

  private static final Set<String> RESERVED = Set.of(UNATTRIBUTED, LONG_TAIL);

  public Customers {
    labels = List.copyOf(labels);
    services = List.copyOf(services);
    directory = List.copyOf(directory);
  }

  /** Whether the policy asks for costs of customers. */
  public boolean areAsked() {
    return !services.isEmpty() || !labels.isEmpty();
  }

  /** Whether an ID is not one of a customer. */
  public static boolean isReserved(String id) {
    return RESERVED.contains(id);
  }

  /**
   * Where a workload belongs; empty if neither to a service nor to a customer.
   *
   * @param labelsOfWorkload count before those of its namespace
   */
  public Optional<Membership> of(
      Workload workload,
      Map<String, String> labelsOfWorkload,
      Map<String, String> labelsOfNamespace) {
    return membership(
        services.stream().filter(service -> service.holds(workload)).findFirst(),
        customer(labelsOfWorkload).or(() -> customer(labelsOfNamespace)));
  }

  /** Where a namespace belongs while no workload of it costs anything. */
  public Optional<Membership> of(String namespace, Map<String, String> labelsOfNamespace) {
    return membership(
        services.stream()
            .filter(service -> service.namespaces().matches(namespace))
            .min(Comparator.comparing(service -> !service.workloads().isEmpty())),
        customer(labelsOfNamespace));
  }

  private static Optional<Membership> membership(
      Optional<CustomerService> service, Optional<String> customer) {
    return service.isEmpty() && customer.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Membership(
                service.map(CustomerService::name).orElse(DEDICATED), customer.orElse("")));
  }

  private Optional<String> customer(Map<String, String> found) {
    return labels.stream()
        .map(label -> found.getOrDefault(label, ""))
        .filter(id -> !id.isEmpty())
        .findFirst()
        .filter(id -> !isReserved(id));
  }

  /**
   * Whose a workload is.
   *
   * @param customer empty if it works for several
   */
  public record Membership(String service, String customer) {
    public Membership {
      requireNonNull(service, "service");
      requireNonNull(customer, "customer");
    }
  }
}
