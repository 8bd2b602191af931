package io.namespend.exporter.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
  static Optional<BalancerFacts> ofService(JsonNode service) {
    JsonNode spec = Fields.object(service, "spec");
    if (!Fields.text(spec, "type").equals("LoadBalancer")) {
      return Optional.empty();
    }
    JsonNode metadata = Fields.object(service, "metadata");
    String balancerClass = Fields.text(spec, "loadBalancerClass");
    return Optional.of(
        new BalancerFacts(
            Fields.text(metadata, "namespace"),
            Fields.text(metadata, "name"),
            balancerClass.isEmpty() ? annotation(metadata, AWS_TYPE) : balancerClass,
            addresses(service)));
  }

  /**
   * Empty for an Ingress that made no load balancer. Most controllers publish the address of their
   * own Service or of nodes; those that make a load balancer are known by what they leave.
   */
  static Optional<BalancerFacts> ofIngress(JsonNode ingress) {
    JsonNode metadata = Fields.object(ingress, "metadata");
    List<String> addresses = addresses(ingress);
    String kind = kind(ingress, addresses);
    return addresses.isEmpty() || kind.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new BalancerFacts(
                Fields.text(metadata, "namespace"),
                Fields.text(metadata, "name"),
                kind,
                addresses));
  }

  private static String kind(JsonNode ingress, List<String> addresses) {
    JsonNode metadata = Fields.object(ingress, "metadata");
    String className = Fields.text(Fields.object(ingress, "spec"), "ingressClassName");
    String ingressClass = className.isEmpty() ? annotation(metadata, CLASS) : className;
    if (addresses.stream().anyMatch(address -> address.contains(".elb."))) {
      return "alb";
    }
    if (GOOGLE.stream().anyMatch(key -> !annotation(metadata, key).isEmpty())) {
      return "gce";
    }
    // "azure-application-gateway", and "azure/application-gateway" in the annotation.
    return ingressClass.matches("azure.application-gateway") ? "application-gateway" : "";
  }

  private static String annotation(JsonNode metadata, String key) {
    return Fields.text(Fields.object(metadata, "annotations"), key);
  }

  private static List<String> addresses(JsonNode object) {
    JsonNode balancer = Fields.object(Fields.object(object, "status"), "loadBalancer");
    return Fields.objects(balancer, "ingress").stream()
        .flatMap(address -> Stream.of(Fields.text(address, "hostname"), Fields.text(address, "ip")))
        .filter(address -> !address.isEmpty())
        .toList();
  }
}
