package io.namespend.exporter.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.namespend.exporter.cluster.ClusterYaml;
import io.namespend.exporter.price.PricedCluster.PricedLoadBalancer;
import io.namespend.exporter.price.list.BuiltinPrices;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What load balancers cost for an hour by the built-in prices. */
class LoadBalancerCostTest {
  private static final String AWS = node("us-east-1", "aws:///us-east-1a/i-1");
  private static final String AZURE =
      node("eastus", "azure:///subscriptions/0/resourceGroups/rg/providers/x");
  private static final String GOOGLE = node("us-central1", "gce://p/us-central1-a/n1");
  private static final String BARE_METAL = node("", "");

  private static final String PORT = "ports: [{port: 80}]";

  /** The case services-without-a-cloud-balancer, and its like; 0 is a known price. */
  @ParameterizedTest(name = "{0} {1} {2} {3} costs {4}")
  @CsvSource(
      delimiter = '|',
      value = {
        "AWS | ''                                  | ''                                   | ''  |"
            + " 0",
        "AWS | aws-load-balancer-type: nlb         | ''                                   | ''  |"
            + " 0",
        "AWS | ''                                  | tailscale                            |"
            + " 'hostname: web.tail1234.ts.net' | 0",
        "AWS | ''                                  | io.cilium/l2-announcer               | ip:"
            + " 10.0.50.2 | 0",
        "AWS | ''                                  | ''                                   | ip:"
            + " 10.0.50.3 | 0",
        "AWS | ''                                  | kube-vip.io/kube-vip-class           | ip:"
            + " 54.1.2.3  | 0",
        "AWS | ''                                  | service.k8s.aws/nlb                  |"
            + " hostname: k8s-a-b.elb.us-east-1.amazonaws.com | 0.0225",
        "AWS | ''                                  | eks.amazonaws.com/nlb                |"
            + " hostname: k8s-a-b.elb.us-east-1.amazonaws.com | 0.0225",
        "AWS | ''                                  | ''                                   |"
            + " hostname: A0-4.US-EAST-1.ELB.AMAZONAWS.COM | 0.025",
        "AWS | aws-load-balancer-scheme: internal  | ''                                   |"
            + " hostname: internal-a0-4.us-east-1.elb.amazonaws.com | 0.025",
        "AWS | ''                                  | ''                                   |"
            + " hostname: dualstack.k8s-gw-0-ab.elb.us-east-1.amazonaws.com | 0.0225",
        "GOOGLE | ''                               | ''                                   | ''     "
            + "       | 0",
        "GOOGLE | ''                               | ''                                   | ip:"
            + " 34.1.2.3  | 0.025",
        "GOOGLE | ''                               | networking.gke.io/l4-regional-external | ip:"
            + " 34.1.2.3 | 0.025",
        "GOOGLE | ''                               | networking.gke.io/l4-regional-internal | ip:"
            + " 10.1.2.3 | 0.025",
        "GOOGLE | ''                               | purelb.io/purelb                     | ip:"
            + " 34.1.2.3  | 0",
        "GOOGLE | ''                               | ''                                   | ip:"
            + " 10.1.2.3  | 0",
        "GOOGLE | 'load-balancer-type: Internal'   | ''                                   | ip:"
            + " 10.1.2.3  | 0.025",
        "AZURE | ''                                | ''                                   | ''     "
            + "       | 0",
        "AZURE | ''                                | ''                                   | ip:"
            + " 20.1.2.3  | 0.03",
        "AZURE | 'azure-load-balancer-internal: \"true\"' | ''                            | ip:"
            + " 10.1.2.3  | 0.025",
        "AZURE | ''                                | ''                                   | ip:"
            + " 172.16.0.9 | 0",
        "AZURE | ''                                | metallb                              | ip:"
            + " 20.1.2.3  | 0",
        "AZURE | 'metallb.io/ip-allocated-from-pool: a' | ''                              | ip:"
            + " 20.1.2.3  | 0",
        "AZURE | ''                                | ''                                   | 'ip:"
            + " fd00::7' | 0",
        "BARE_METAL | ''                           | ''                                   | ip:"
            + " 10.1.2.3  | 0",
      })
  void onlyWhatTheCloudMadeCosts(
      String place, String annotation, String balancerClass, String address, double hourly) {
    String prefix =
        switch (place) {
          case "GOOGLE" -> "networking.gke.io/";
          case "AWS", "AZURE" -> "service.beta.kubernetes.io/";
          default -> "";
        };
    String yaml =
        nodes(place)
            + """
            ---
            apiVersion: v1
            kind: Service
            metadata:
              namespace: a
              name: web
              annotations: {%s}
            spec:
              type: LoadBalancer
              %s
              %s
            status: {loadBalancer: {ingress: [%s]}}
            """
                .formatted(
                    annotation.isEmpty() || annotation.startsWith("metallb")
                        ? annotation
                        : prefix + annotation,
                    balancerClass.isEmpty() ? "" : "loadBalancerClass: " + balancerClass,
                    PORT,
                    address.isEmpty() ? "" : "{" + address + "}");

    PricedLoadBalancer priced = price(yaml).loadBalancers().get(0);

    assertThat(priced.quote().amount()).isCloseTo(hourly, offset(1e-12));
    assertThat(priced.quote().doubts())
        .isEqualTo(
            switch (place) {
              case "BARE_METAL" -> Set.of(EstimateReason.FALLBACK);
              // Its rates are in no price list here.
              case "AZURE" -> hourly > 0 ? Set.of(EstimateReason.RATE) : Set.of();
              default -> Set.of();
            });
  }

  /** The case aks-load-balancers. */
  @Test
  void tenServicesOnAzureShareOneBalancer() {
    StringBuilder yaml = new StringBuilder(AZURE);
    for (int i = 0; i < 10; i++) {
      yaml.append(service("t" + i, PORT, "20.1.2." + i, ""));
    }

    Map<String, Double> hourly = hourly(yaml.toString());

    assertThat(sum(hourly)).isCloseTo(0.125, offset(1e-12));
    assertThat(hourly.values())
        .allSatisfy(part -> assertThat(part).isCloseTo(0.0125, offset(1e-12)));
  }

  /** Three rules of eight are public; the balancer of private addresses has the other five. */
  @Test
  void onAzureRulesCountAndPrivateAddressesHaveABalancerOfTheirOwn() {
    String internal = "service.beta.kubernetes.io/azure-load-balancer-internal: 'true'";
    String ports =
        "ports: [{port: 80}, {port: 443}, {port: 53, protocol: UDP}, {port: 53}, {port: 25}, {port:"
            + " 26}]";

    Map<String, Double> hourly =
        hourly(
            AZURE
                + service("a", "ports: [{port: 80}, {port: 443}]", "20.1.2.1", "")
                + service("b", PORT, "20.1.2.2", "")
                + service("c", ports, "10.1.2.1", internal)
                + service("pending", PORT, "", ""));

    assertThat(hourly.get("a")).isCloseTo(0.025 * 2 / 3 + 0.005, offset(1e-12));
    assertThat(hourly.get("b")).isCloseTo(0.025 / 3 + 0.005, offset(1e-12));
    assertThat(hourly.get("c")).as("six rules, no public address").isCloseTo(0.035, offset(1e-12));
    assertThat(hourly.get("pending")).isZero();
  }

  @Test
  void anAddressThatTwoServicesShareIsPaidForOnce() {
    Map<String, Double> hourly =
        hourly(
            AZURE
                + service("a", PORT, "20.1.2.1", "")
                + service("b", "ports: [{port: 443}]", "20.1.2.1", "")
                // The same rule once more, as a virtual cluster copies it.
                + service("c", "ports: [{port: 443}]", "20.1.2.1", ""));

    assertThat(sum(hourly)).as("two rules, one address").isCloseTo(0.03, offset(1e-12));
    assertThat(hourly.get("a")).isCloseTo(0.025 / 2 + 0.005 / 3, offset(1e-12));
    assertThat(hourly.get("b")).isCloseTo(0.025 / 4 + 0.005 / 3, offset(1e-12));
  }

  @Test
  void googleBillsTheFirstFiveForwardingRulesTogether() {
    assertThat(
            sum(
                hourly(
                    GOOGLE
                        + service("a", "ports: [{port: 80}, {port: 443}]", "34.1.2.1", "")
                        + service("b", PORT, "34.1.2.2", "")
                        + service("c", PORT, "34.1.2.3", ""))))
        .as("a rule for each protocol and address: three")
        .isCloseTo(0.025, offset(1e-12));
    assertThat(
            sum(
                hourly(
                    GOOGLE
                        + service(
                            "a", "ports: [{port: 53}, {port: 53, protocol: UDP}]", "34.1.2.1", "")
                        + service("b", PORT, "34.1.2.2", "")
                        + service("c", PORT, "34.1.2.3", "")
                        + """
                        ---
                        apiVersion: networking.k8s.io/v1
                        kind: Ingress
                        metadata:
                          namespace: a
                          name: shop
                          annotations:
                            ingress.kubernetes.io/forwarding-rule: fr-1
                            ingress.kubernetes.io/https-forwarding-rule: fr-2
                        status: {loadBalancer: {ingress: [{ip: 34.1.2.9}]}}
                        """
                        + gateway(
                            "gke-l7-global-external-managed", "34.1.2.10", "80", "443", "443"))))
        .as("2 + 1 + 1 + 2 + 2 rules")
        .isCloseTo(0.025 + 3 * 0.01, offset(1e-12));
  }

  @ParameterizedTest(name = "{1} at {2} costs {3}")
  @CsvSource({
    "AWS, amazon-alb, k8s-gw-01-11.us-east-1.elb.amazonaws.com, 0.0225",
    "AWS, anything, k8s-gw-01-ab.elb.us-east-1.amazonaws.com, 0.0225",
    "GOOGLE, gke-l7-rilb, 10.1.2.3, 0.025",
    "GOOGLE, gke-l7-regional-external-managed, 34.1.2.3, 0.025",
    "AZURE, azure-alb-external, abc.fz01.alb.azure.com, 0.025",
  })
  void aGatewayOfACloudCosts(String place, String gatewayClass, String address, double hourly) {
    assertThat(sum(hourly(nodes(place) + gateway(gatewayClass, address, "443"))))
        .isCloseTo(hourly, offset(1e-12));
  }

  @Test
  void aGatewayOfSoftwareInTheClusterCostsNothingBesideItsService() {
    String yaml =
        AWS
            + service("istio", PORT, "k8s-i-ab.elb.us-east-1.amazonaws.com", "")
            + gateway("istio", "k8s-i-ab.elb.us-east-1.amazonaws.com", "443")
            + gateway("istio", "10.0.0.9", "443").replace("name: gw", "name: on-nodes")
            + """
            ---
            apiVersion: networking.istio.io/v1
            kind: Gateway
            metadata: {namespace: a, name: other}
            spec: {gatewayClassName: gke-l7-rilb, selector: {istio: ingress}}
            status: {addresses: [{value: 10.0.0.8}]}
            """;

    assertThat(hourly(yaml)).isEqualTo(Map.of("istio", 0.0225));
  }

  @Test
  void aGatewayThatNobodyServedYetCostsNothing() {
    assertThat(
            hourly(
                GOOGLE
                    + gateway("gke-l7-rilb", "", "80").replace("addresses: [{value: }]", "x: y")))
        .isEmpty();
  }

  private static String nodes(String place) {
    return switch (place) {
      case "AWS" -> AWS;
      case "AZURE" -> AZURE;
      case "GOOGLE" -> GOOGLE;
      default -> BARE_METAL;
    };
  }

  private static String node(String region, String providerId) {
    return """
    apiVersion: v1
    kind: Node
    metadata: {name: n1, labels: {topology.kubernetes.io/region: "%s"}}
    spec: {providerID: "%s"}
    """
        .formatted(region, providerId);
  }

  private static String service(String name, String ports, String address, String annotations) {
    return """
    ---
    apiVersion: v1
    kind: Service
    metadata: {namespace: a, name: %s, annotations: {%s}}
    spec: {type: LoadBalancer, %s}
    status: {loadBalancer: {ingress: [%s]}}
    """
        .formatted(
            name,
            annotations,
            ports,
            address.isEmpty()
                ? ""
                : "{%s: %s}".formatted(address.contains(".elb.") ? "hostname" : "ip", address));
  }

  private static String gateway(String gatewayClass, String address, String... ports) {
    return """
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: {namespace: a, name: gw}
    spec:
      gatewayClassName: %s
      listeners: [%s]
    status: {addresses: [{value: %s}]}
    """
        .formatted(
            gatewayClass,
            String.join(
                ", ",
                List.of(ports).stream().map("{protocol: HTTPS, port: %s}"::formatted).toList()),
            address);
  }

  private static double sum(Map<String, Double> hourly) {
    return hourly.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private static Map<String, Double> hourly(String yaml) {
    Map<String, Double> hourly = new TreeMap<>();
    price(yaml)
        .loadBalancers()
        .forEach(
            priced ->
                hourly.put(
                    priced.loadBalancer().service(),
                    priced.quote().amount() * priced.loadBalancer().share()));
    return hourly;
  }

  private static PricedCluster price(String yaml) {
    BuiltinPrices builtin = new BuiltinPrices();
    NodeCapacity capacity = new NodeCapacity(builtin::resources);
    PriceChain chain = new PriceChain(List.of(builtin), List.of(), capacity);
    return new ClusterPricer(chain, new NodePricer(chain, capacity, RateSplit.OPENCOST))
        .price(ClusterYaml.snapshot(yaml));
  }
}
