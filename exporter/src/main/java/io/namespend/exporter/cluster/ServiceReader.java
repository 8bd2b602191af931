package io.namespend.exporter.cluster;

import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Takes from a Kubernetes Service what its load balancer costs. */
final class ServiceReader {
  private static final String AWS_TYPE = "service.beta.kubernetes.io/aws-load-balancer-type";

  private ServiceReader() {}

  /** Empty for a Service without a load balancer. */
  static Optional<LoadBalancer> read(Service service) {
    if (service.getSpec() == null || !"LoadBalancer".equals(service.getSpec().getType())) {
      return Optional.empty();
    }
    Map<String, String> annotations = service.getMetadata().getAnnotations();
    String type = annotations == null ? "" : annotations.getOrDefault(AWS_TYPE, "");
    String balancerClass = service.getSpec().getLoadBalancerClass();
    return Optional.of(
        new LoadBalancer(
            service.getMetadata().getNamespace(),
            service.getMetadata().getName(),
            ingress(service),
            balancerClass == null ? type : balancerClass));
  }

  private static String ingress(Service service) {
    List<LoadBalancerIngress> ingress =
        service.getStatus() == null || service.getStatus().getLoadBalancer() == null
            ? List.of()
            : service.getStatus().getLoadBalancer().getIngress();
    return ingress.stream()
        .flatMap(address -> Stream.of(address.getHostname(), address.getIp()))
        .filter(address -> address != null && !address.isEmpty())
        .findFirst()
        .orElse("");
  }
}
