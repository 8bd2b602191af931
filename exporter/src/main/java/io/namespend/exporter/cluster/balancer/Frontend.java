package io.namespend.exporter.cluster.balancer;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What a Service, Ingress or Gateway has of a load balancer.
 *
 * @param isOfService whether a Service asks for it; software in the cluster may answer that too
 * @param balancerClass who shall make it: the Service's class, or what annotations say; empty for
 *     the cloud's default
 * @param isInternal whether it is asked for with private addresses
 * @param addresses host names and IP addresses, as its status lists them; none before it is made
 * @param ports such as {@code TCP/443}
 */
public record Frontend(
    boolean isOfService,
    String balancerClass,
    boolean isInternal,
    List<String> addresses,
    List<String> ports) {
  public Frontend {
    requireNonNull(balancerClass, "balancerClass");
    addresses = List.copyOf(addresses);
    ports = List.copyOf(ports);
  }

  /** One of a Service that asks for nothing special. */
  static Frontend at(String address) {
    return new Frontend(
        true, "", false, address.isEmpty() ? List.of() : List.of(address), List.of("TCP/80"));
  }
}
