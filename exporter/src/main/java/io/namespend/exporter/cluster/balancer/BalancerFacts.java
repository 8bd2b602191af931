package io.namespend.exporter.cluster.balancer;

import com.fasterxml.jackson.databind.JsonNode;
import io.namespend.exporter.cluster.json.Fields;
import io.namespend.exporter.cluster.json.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is kept of a Service, Ingress or Gateway with a load balancer, until a snapshot knows who
 * shares it.
 */
public record BalancerFacts(String namespace, String name, String kind, Frontend frontend) {
  private static final String AWS_TYPE = "service.beta.kubernetes.io/aws-load-balancer-type";
  private static final String AZURE_HA_PORTS =
      "service.beta.kubernetes.io/azure-load-balancer-enable-high-availability-ports";
  private static final String CLASS = "kubernetes.io/ingress.class";

  /** A Google forwarding rule each. */
  private static final Map<String, String> GOOGLE_PORTS =
      Map.of(
          "ingress.kubernetes.io/forwarding-rule", "TCP/80",
          "ingress.kubernetes.io/https-forwarding-rule", "TCP/443");

  /** What asks a cloud for private addresses, with the value in lower case. */
  private static final Map<String, String> INTERNAL =
      Map.of(
          "service.beta.kubernetes.io/azure-load-balancer-internal", "true",
          "networking.gke.io/load-balancer-type", "internal",
          "cloud.google.com/load-balancer-type", "internal");

  /** Annotations of software that gives Services addresses, by their beginning. */
  private static final List<String> IN_CLUSTER =
      List.of("metallb.", "kube-vip.io/", "purelb.io/", "io.cilium/", "lbipam.cilium.io/");

  /** Empty for a Service without a load balancer. */
  public static Optional<BalancerFacts> ofService(JsonNode service) {
    JsonNode spec = Fields.object(service, "spec");
    if (!Fields.text(spec, "type").equals("LoadBalancer")) {
      return Optional.empty();
    }
    JsonNode metadata = Fields.object(service, "metadata");
    Map<String, String> annotations = Fields.textsByName(metadata, "annotations");
    String balancerClass = Fields.text(spec, "loadBalancerClass");
    return Optional.of(
        new BalancerFacts(
            Fields.text(metadata, "namespace"),
            Fields.text(metadata, "name"),
            balancerClass.isEmpty() ? annotations.getOrDefault(AWS_TYPE, "") : balancerClass,
            new Frontend(
                true,
                balancerClass.isEmpty() ? inCluster(annotations) : balancerClass,
                balancerClass.endsWith("-internal")
                    || INTERNAL.entrySet().stream()
                        .anyMatch(e -> e.getValue().equalsIgnoreCase(annotations.get(e.getKey()))),
                addresses(service),
                annotations.getOrDefault(AZURE_HA_PORTS, "").equalsIgnoreCase("true")
                    ? List.of("TCP/0")
                    : ports(spec, "ports"))));
  }

  /**
   * Empty for an Ingress that made no load balancer. Most controllers publish the address of their
   * own Service or of nodes; those that make a load balancer are known by what they leave.
   */
  public static Optional<BalancerFacts> ofIngress(JsonNode ingress) {
    JsonNode metadata = Fields.object(ingress, "metadata");
    Map<String, String> annotations = Fields.textsByName(metadata, "annotations");
    List<String> ports =
        GOOGLE_PORTS.entrySet().stream()
            .filter(rule -> !annotations.getOrDefault(rule.getKey(), "").isEmpty())
            .map(Map.Entry::getValue)
            .sorted()
            .toList();
    String className = Fields.text(Fields.object(ingress, "spec"), "ingressClassName");
    String ingressClass = className.isEmpty() ? annotations.getOrDefault(CLASS, "") : className;
    List<String> addresses = addresses(ingress);
    // "azure-application-gateway", and "azure/application-gateway" in the annotation.
    boolean isAzure = ingressClass.matches("azure.application-gateway");
    return made(metadata, madeByAws(addresses), !ports.isEmpty(), isAzure, addresses, ports);
  }

  /** Empty for a Gateway that no cloud serves; as with an Ingress. */
  public static Optional<BalancerFacts> ofGateway(JsonNode gateway) {
    // Others have a kind of this name too.
    String version = Fields.text(gateway, "apiVersion");
    if (!version.isEmpty() && !version.startsWith(Kind.GATEWAYS.group() + "/")) {
      return Optional.empty();
    }
    JsonNode spec = Fields.object(gateway, "spec");
    List<String> addresses =
        Fields.objects(Fields.object(gateway, "status"), "addresses").stream()
            .map(address -> Fields.text(address, "value"))
            .filter(address -> !address.isEmpty())
            .toList();
    String gatewayClass = Fields.text(spec, "gatewayClassName");
    return made(
        Fields.object(gateway, "metadata"),
        madeByAws(addresses),
        gatewayClass.startsWith("gke-l7-"),
        gatewayClass.startsWith("azure-alb")
            || addresses.stream().anyMatch(address -> address.endsWith(".alb.azure.com")),
        addresses,
        ports(spec, "listeners"));
  }

  private static boolean madeByAws(List<String> addresses) {
    return addresses.stream().anyMatch(address -> address.contains(".elb."));
  }

  private static Optional<BalancerFacts> made(
      JsonNode metadata,
      boolean byAws,
      boolean byGoogle,
      boolean byAzure,
      List<String> addresses,
      List<String> ports) {
    String kind = byAws ? "alb" : byGoogle ? "gce" : byAzure ? "application-gateway" : "";
    return addresses.isEmpty() || kind.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new BalancerFacts(
                Fields.text(metadata, "namespace"),
                Fields.text(metadata, "name"),
                kind,
                new Frontend(false, "", false, addresses, ports)));
  }

  private static String inCluster(Map<String, String> annotations) {
    return IN_CLUSTER.stream()
        .filter(beginning -> annotations.keySet().stream().anyMatch(k -> k.startsWith(beginning)))
        .findFirst()
        .orElse("");
  }

  /** Each once, however many listeners it has. */
  private static List<String> ports(JsonNode spec, String field) {
    return Fields.objects(spec, field).stream()
        .map(port -> transport(Fields.text(port, "protocol")) + "/" + Fields.text(port, "port"))
        .distinct()
        .sorted()
        .toList();
  }

  private static String transport(String protocol) {
    return switch (protocol) {
      case "UDP", "SCTP" -> protocol;
      default -> "TCP";
    };
  }

  private static List<String> addresses(JsonNode object) {
    JsonNode balancer = Fields.object(Fields.object(object, "status"), "loadBalancer");
    return Fields.objects(balancer, "ingress").stream()
        .flatMap(address -> Stream.of(Fields.text(address, "hostname"), Fields.text(address, "ip")))
        .filter(address -> !address.isEmpty())
        .toList();
  }
}
