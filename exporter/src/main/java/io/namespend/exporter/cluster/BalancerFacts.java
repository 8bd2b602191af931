package io.namespend.exporter.cluster;

import static java.util.Objects.requireNonNullElse;

import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressLoadBalancerIngress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a Service or Ingress with a load balancer, until a snapshot knows who shares it.
 *
 * @param addresses host names and IP addresses, as its status lists them
 */
record BalancerFacts(String namespace, String name, String kind, List<String> addresses) {
  private static final String AWS_TYPE = "service.beta.kubernetes.io/aws-load-balancer-type";
  private static final String CLASS = "kubernetes.io/ingress.class";
  private static final List<String> GOOGLE =
      List.of(
          "ingress.kubernetes.io/forwarding-rule", "ingress.kubernetes.io/https-forwarding-rule");

  BalancerFacts {
    addresses = List.copyOf(addresses);
  }

  /** Empty for a Service without a load balancer. */
  static Optional<BalancerFacts> of(Service service) {
    if (service.getSpec() == null || !"LoadBalancer".equals(service.getSpec().getType())) {
      return Optional.empty();
    }
    List<LoadBalancerIngress> got =
        service.getStatus() == null || service.getStatus().getLoadBalancer() == null
            ? List.of()
            : service.getStatus().getLoadBalancer().getIngress();
    String balancerClass = service.getSpec().getLoadBalancerClass();
    ObjectMeta metadata = service.getMetadata();
    return Optional.of(
        new BalancerFacts(
            metadata.getNamespace(),
            metadata.getName(),
            balancerClass == null ? annotation(metadata, AWS_TYPE) : balancerClass,
            got.stream()
                .flatMap(address -> present(address.getHostname(), address.getIp()))
                .toList()));
  }

  /**
   * Empty for an Ingress that made no load balancer. Most controllers publish the address of their
   * own Service or of nodes; those that make a load balancer are known by what they leave.
   */
  static Optional<BalancerFacts> of(Ingress ingress) {
    List<IngressLoadBalancerIngress> got =
        ingress.getStatus() == null || ingress.getStatus().getLoadBalancer() == null
            ? List.of()
            : ingress.getStatus().getLoadBalancer().getIngress();
    List<String> addresses =
        got.stream().flatMap(address -> present(address.getHostname(), address.getIp())).toList();
    ObjectMeta metadata = ingress.getMetadata();
    String kind = kind(ingress, addresses);
    return addresses.isEmpty() || kind.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new BalancerFacts(metadata.getNamespace(), metadata.getName(), kind, addresses));
  }

  private static String kind(Ingress ingress, List<String> addresses) {
    ObjectMeta metadata = ingress.getMetadata();
    String className = ingress.getSpec() == null ? null : ingress.getSpec().getIngressClassName();
    String ingressClass = className == null ? annotation(metadata, CLASS) : className;
    if (addresses.stream().anyMatch(address -> address.contains(".elb."))) {
      return "alb";
    }
    if (GOOGLE.stream().anyMatch(key -> !annotation(metadata, key).isEmpty())) {
      return "gce";
    }
    // "azure-application-gateway", and "azure/application-gateway" in the annotation.
    return ingressClass.matches("azure.application-gateway") ? "application-gateway" : "";
  }

  private static String annotation(ObjectMeta metadata, String key) {
    Map<String, String> annotations = requireNonNullElse(metadata.getAnnotations(), Map.of());
    return annotations.getOrDefault(key, "");
  }

  private static Stream<String> present(@Nullable String hostname, @Nullable String ip) {
    return Stream.of(hostname == null ? "" : hostname, ip == null ? "" : ip)
        .filter(address -> !address.isEmpty());
  }
}
