package io.namespend.exporter.price.online;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.namespend.exporter.MovingClock;
import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.ClusterYaml;
import io.namespend.exporter.cluster.Node;
import io.namespend.exporter.price.NodeCapacity;
import io.namespend.exporter.price.PriceChain;
import io.namespend.exporter.price.PriceRefresher;
import io.namespend.exporter.price.PriceSource;
import io.namespend.exporter.price.Quote;
import io.namespend.exporter.price.list.AwsListPrices;
import io.namespend.exporter.price.list.AzureListPrices;
import io.namespend.exporter.price.list.BuiltinPrices;
import io.namespend.exporter.price.list.GcpListPrices;
import io.namespend.exporter.price.list.ItemPrices;
import io.namespend.exporter.price.online.StandIn.Reply;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * What nodes of many shapes cost: by the built-in tables, and by the providers' services, of which
 * stand-ins answer from the lists below as the real ones do. A line of a table is one node: its
 * type, zone, vCPUs and GiB, and what else it says of itself; then its price per hour by the
 * tables, where that comes from and why it is an estimate; then the same by the services.
 */
class NodeShapesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final BuiltinPrices BUILTIN = new BuiltinPrices();

  @TempDir private Path folder;
  private final MovingClock clock = new MovingClock(Instant.parse("2026-11-21T00:00:00Z"));

  /** Type, region, operating system and tenancy as the price list names them, USD per hour. */
  private static final String AWS_LIST =
      """
      m5.xlarge     us-east-1    Linux      Shared    0.192
      m5.xlarge     us-east-1    Windows    Shared    0.376
      m5.xlarge     eu-central-1 Windows    Shared    0.414
      m5.xlarge     us-east-1    RHEL       Shared    0.2496
      m5.xlarge     us-east-1    SUSE       Shared    0.317
      m5.xlarge     us-east-1    Linux      Dedicated 0.204
      g5.xlarge     us-east-1    Linux      Shared    1.006
      m7g.xlarge    us-east-1    Linux      Shared    0.1632
      m7g.xlarge    eu-central-1 Linux      Shared    0.1952
      t3.medium     us-east-1    Windows    Shared    0.06
      c6a.large     us-east-1    Linux      Shared    0.0765
      """;

  /** Type, zone, product, USD per hour. */
  private static final String AWS_SPOT =
      """
      m5.xlarge us-east-1a      Linux/UNIX 0.0768
      m5.xlarge us-east-1a      Windows    0.2608
      c6a.large us-east-1a      Linux/UNIX 0.0306
      m5.xlarge us-east-1-bos-1a Linux/UNIX 0.0922
      """;

  /** Usage type, USD per unit, of AmazonEKS in us-east-1. */
  private static final String EKS_LIST =
      """
      USE1-EKS-Auto:c6a.large-management-hours        0.00918
      USE1-EKS-Auto:m5.xlarge-management-hours        0.02304
      USE1-EKS-Auto:g5.xlarge-management-hours        0.07847
      USE1-AmazonEKSHybridNodes-Hours:pervCPU         0.02
      USE1-AmazonEKS-Hours:perCluster                 0.1
      USE1-Fargate-vCPU-Hours:perCPU                  0.04048
      USE1-Fargate-GB-Hours                           0.004445
      """;

  /** Size, region, end of the product's name, SKU name, USD per hour. */
  private static final String AZURE_LIST =
      """
      Standard_D4s_v5  eastus -       -            0.192
      Standard_D4s_v5  eastus Windows -            0.376
      Standard_D4s_v5  eastus -       Spot         0.0768
      Standard_D4s_v5  eastus Windows Spot         0.2608
      Standard_D4ps_v5 eastus -       -            0.154
      Standard_B2ms    eastus Windows -            0.0912
      """;

  /** Description, usage type, unit, USD; of us-central1, and licenses of everywhere. */
  private static final String GCP_LIST =
      """
      N2 Instance Core running in Americas                   | OnDemand    | h      | 0.031611
      N2 Instance Ram running in Americas                    | OnDemand    | GiBy.h | 0.004237
      Spot Preemptible N2 Instance Core running in Americas  | Preemptible | h      | 0.00766
      Spot Preemptible N2 Instance Ram running in Americas   | Preemptible | GiBy.h | 0.00103
      Licensing Fee for Windows Server 2022 Datacenter Edition on VM | OnDemand | h  | 0.046
      Licensing Fee for Windows Server 2019 Datacenter Edition (RAM cost) | OnDemand | GiBy.h | 9
      Licensing Fee for Windows Server 2012 BYOL (CPU cost)  | OnDemand    | h      | 9
      """;

  @Test
  void aws() throws IOException {
    holds(
        """
        m5.xlarge us-east-1a 4 16                                 | 0.192000 builtin                                        | 0.192000 aws
        m5.xlarge us-east-1a 4 16 bottlerocket                    | 0.192000 builtin                                        | 0.192000 aws
        m5.xlarge us-east-1a 4 16 windows                         | 0.376000 builtin-estimate (operating-system)            | 0.376000 aws
        m5.xlarge us-east-1a 4 16 rhel                            | 0.249600 builtin-estimate (operating-system)            | 0.249600 aws
        m5.xlarge us-east-1a 4 16 suse                            | 0.317000 builtin-estimate (operating-system)            | 0.317000 aws
        t3.medium us-east-1a 2 4 windows                          | 0.060000 builtin-estimate (operating-system)            | 0.060000 aws
        m5.xlarge us-east-1a 4 16 spot                            | 0.076800 builtin-spot-estimate (spot)                   | 0.076800 aws-spot
        m5.xlarge us-east-1a 4 16 interruptible                   | 0.076800 builtin-spot-estimate (spot)                   | 0.076800 aws-spot
        m5.xlarge us-east-1a 4 16 spot windows                    | 0.260800 builtin-spot-estimate (spot, operating-system) | 0.260800 aws-spot
        m5.xlarge us-east-1a 4 16 reserved                        | 0.192000 builtin                                        | 0.192000 aws
        m5.xlarge us-east-1a 4 16 capacity-block                  | 0.192000 builtin-estimate (purchase)                    | 0.192000 aws-estimate (purchase)
        m7g.xlarge us-east-1a 4 16                                | 0.163200 builtin                                        | 0.163200 aws
        m7g.xlarge eu-central-1a 4 16                             | 0.194992 builtin-region-estimate (region)               | 0.195200 aws
        m5.xlarge eu-central-1a 4 16 windows                      | 0.414000 builtin-estimate (operating-system)            | 0.414000 aws
        m5.xlarge us-east-1a 4 16 dedicated                       | 0.204000 builtin-estimate (tenancy)                     | 0.204000 aws
        m5.xlarge us-east-1a 4 16 dedicated spot                  | 0.081600 builtin-spot-estimate (spot, tenancy)          | 0.076800 aws-estimate (tenancy)
        m5.xlarge us-east-1a 4 16 host                            | 0.192000 builtin-estimate (tenancy)                     | 0.192000 aws-estimate (tenancy)
        m5.xlarge us-east-1-bos-1a 4 16                           | 0.230400 builtin-estimate (place)                       | 0.230400 aws-estimate (place)
        m5.xlarge us-east-1-bos-1a 4 16 spot                      | 0.092160 builtin-spot-estimate (spot, place)            | 0.092200 aws-spot
        m5.xlarge us-east-1-wl1-bos-wlz-1 4 16                    | 0.259200 builtin-estimate (place)                       | 0.259200 aws-estimate (place)
        c6a.large us-east-1a 2 4 auto                             | 0.085680 builtin-estimate (fee)                         | 0.085680 aws
        m5.xlarge us-east-1a 4 16 auto                            | 0.215040 builtin-estimate (fee)                         | 0.215040 aws
        c6a.large us-east-1a 2 4 auto spot                        | 0.039780 builtin-spot-estimate (spot, fee)              | 0.039780 aws-spot
        g5.xlarge us-east-1a 4 16 auto                            | 1.084468 builtin-estimate (fee)                         | 1.084470 aws
        - us-east-1a 2 3.85 fargate                               | 0.012343 builtin                                        | 0.012343 aws
        - - 8 32 hybrid                                           | 0.160000 builtin                                        | 0.160000 aws
        M5.XLarge us-east-1a 4 16                                 | 0.192000 builtin                                        | 0.192000 aws
        m99.xlarge us-east-1a 4 16                                | 0.194236 fallback (fallback)                            | 0.194236 fallback (fallback)
        """);
  }

  @Test
  void azure() throws IOException {
    holds(
        """
        Standard_D4s_v5 eastus-1 4 16                             | 0.192000 builtin                                        | 0.192000 azure
        standard_d4S_v5 EastUS-1 4 16                             | 0.192000 builtin                                        | 0.192000 azure
        Standard_D4s_v5 eastus-1 4 16 windows                     | 0.376000 builtin-estimate (operating-system)            | 0.376000 azure
        Standard_D4s_v5 eastus-1 4 16 windows2022                 | 0.376000 builtin-estimate (operating-system)            | 0.376000 azure
        Standard_B2ms eastus-1 2 8 windows                        | 0.091200 builtin-estimate (operating-system)            | 0.091200 azure
        Standard_D4s_v5 eastus-1 4 16 rhel                        | 0.249600 builtin-estimate (operating-system)            | 0.249600 azure-estimate (operating-system)
        Standard_D4s_v5 eastus-1 4 16 priority-spot               | 0.076800 builtin-spot-estimate (spot)                   | 0.076800 azure-spot
        Standard_D4s_v5 eastus-1 4 16 priority-spot windows       | 0.260800 builtin-spot-estimate (spot, operating-system) | 0.260800 azure-spot
        Standard_D4s_v5 eastus-1 4 16 priority-regular            | 0.192000 builtin                                        | 0.192000 azure
        Standard_D4ps_v5 eastus-1 4 16                            | 0.154000 builtin                                        | 0.154000 azure
        """);
  }

  @Test
  void google() throws IOException {
    holds(
        """
        n2-standard-4 us-central1-a 4 16                          | 0.194200 builtin                                        | 0.194236 gcp
        n2-standard-4 us-central1-a 4 16 cos                      | 0.194200 builtin                                        | 0.194236 gcp
        n2-standard-4 us-central1-a 4 16 windows                  | 0.378200 builtin-estimate (operating-system)            | 0.378236 gcp
        n2-standard-4 us-central1-a 4 16 suse                     | 0.319200 builtin-estimate (operating-system)            | 0.319236 gcp-estimate (operating-system)
        n2-standard-4 us-central1-a 4 16 gke-spot                 | 0.047000 builtin-spot                                   | 0.047120 gcp-spot
        n2-standard-4 us-central1-a 4 16 gke-preemptible          | 0.047000 builtin-spot                                   | 0.047120 gcp-spot
        n2-standard-4 us-central1-a 4 16 provisioning-spot windows | 0.231000 builtin-estimate (operating-system)            | 0.231120 gcp-spot
        n2-standard-4 us-central1-a 4 16 gk3                      | 0.194200 builtin-estimate (fee)                         | 0.194236 gcp-estimate (fee)
        n2-standard-4 us-central1-a 4 16 autopilot-spot gke-spot  | 0.047000 builtin-estimate (fee)                         | 0.047120 gcp-estimate (fee)
        t2a-standard-4 us-central1-a 4 16                         | 0.194236 fallback (fallback)                            | 0.194236 fallback (fallback)
        """);
  }

  /** What the words of a line stand for in the node; every label by itself: NodeReaderTest. */
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          entry("windows", "kubernetes.io/os=windows"),
          entry("windows2022", "kubernetes.azure.com/os-sku=Windows2022"),
          entry("rhel", "image:Red_Hat_Enterprise_Linux_9.4_(Plow)"),
          entry("suse", "image:SUSE_Linux_Enterprise_Server_15_SP6"),
          entry("bottlerocket", "image:Bottlerocket_OS_1.20.0_(aws-k8s-1.33)"),
          entry("cos", "image:Container-Optimized_OS_from_Google"),
          entry("spot", "karpenter.sh/capacity-type=spot"),
          entry("interruptible", "machine.openshift.io/interruptible-instance="),
          entry("reserved", "karpenter.sh/capacity-type=reserved"),
          entry("capacity-block", "eks.amazonaws.com/capacityType=CAPACITY_BLOCK"),
          entry("dedicated", "karpenter.k8s.aws/instance-tenancy=dedicated"),
          entry("host", "karpenter.k8s.aws/instance-tenancy=host"),
          entry("auto", "eks.amazonaws.com/compute-type=auto"),
          entry("fargate", "eks.amazonaws.com/compute-type=fargate"),
          entry("hybrid", "eks.amazonaws.com/compute-type=hybrid"),
          entry("priority-spot", "kubernetes.azure.com/scalesetpriority=spot"),
          entry("priority-regular", "kubernetes.azure.com/scalesetpriority=regular"),
          entry("gke-spot", "cloud.google.com/gke-spot=true"),
          entry("gke-preemptible", "cloud.google.com/gke-preemptible=true"),
          entry("provisioning-spot", "cloud.google.com/gke-provisioning=spot"),
          entry("autopilot-spot", "cloud.google.com/compute-class=autopilot-spot"),
          entry("gk3", "name:gk3-prod-pool-1"));

  /** Each line: the node, its price by the tables, its price by the services. */
  private void holds(String table) throws IOException {
    List<String> shapes = table.lines().map(line -> line.split("\\|", -1)[0].strip()).toList();
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      nodes.add(node("node-%02d".formatted(i), shapes.get(i)));
    }
    try (StandIn provider = new StandIn();
        SdkHttpClient http = UrlConnectionHttpClient.create()) {
      PriceChain builtin = chain(List.of(BUILTIN));
      PriceChain online = chain(online(provider, http, nodes));
      StringBuilder actual = new StringBuilder();
      for (int i = 0; i < shapes.size(); i++) {
        actual.append(
            "%-57s | %-55s | %s%n"
                .formatted(
                    shapes.get(i),
                    text(builtin.node(nodes.get(i))),
                    text(online.node(nodes.get(i)))));
      }
      assertThat(actual.toString()).isEqualTo(table);
    }
  }

  private static PriceChain chain(List<PriceSource> sources) {
    return new PriceChain(sources, List.of(), new NodeCapacity(BUILTIN::resources));
  }

  private static String text(Quote quote) {
    String doubts =
        new TreeSet<>(quote.doubts())
            .stream().map(doubt -> doubt.label()).collect(Collectors.joining(", "));
    return "%.6f %s%s"
        .formatted(quote.amount(), quote.source(), doubts.isEmpty() ? "" : " (" + doubts + ")");
  }

  /** The services of all providers, asked for the nodes. */
  private List<PriceSource> online(StandIn provider, SdkHttpClient http, List<Node> nodes)
      throws IOException {
    provider.answer(request -> Reply.ok(answer(request)));
    Path key = Files.writeString(folder.resolve("key"), "AIza-test");
    ClusterSnapshot cluster = new ClusterSnapshot(nodes, List.of(), List.of());
    OnlineSources sources =
        Settings.sources(
            provider.uri(), folder.resolve("cache"), Optional.of(key), () -> cluster, clock);
    var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret"));
    OnlinePrices onDemand = sources.aws(http, credentials, AwsRetryStrategy.doNotRetry());
    OnlinePrices spot = sources.awsSpot(http, credentials);
    OnlinePrices azure = sources.azure(HttpClient.newHttpClient());
    OnlinePrices gcp = sources.gcp(HttpClient.newHttpClient());
    new PriceRefresher(List.of(onDemand, spot, azure, gcp), clock, () -> {}).refreshAll();
    ItemPrices aws =
        (item, place) -> {
          OptionalDouble price = onDemand.price(item, place);
          return price.isPresent() ? price : spot.price(item, place);
        };
    return List.of(
        new AwsListPrices("aws", aws, Optional.empty()),
        new AzureListPrices("azure", azure, Optional.empty()),
        new GcpListPrices("gcp", gcp, Optional.empty()));
  }

  /** Type (or -), zone (or -), vCPUs, GiB, then words. */
  private static Node node(String name, String shape) {
    List<String> words = List.of(shape.split("\\s+", -1));
    String type = words.get(0);
    String zone = words.get(1);
    Map<String, String> labels = new TreeMap<>();
    labels.put("topology.kubernetes.io/zone", zone.equals("-") ? "" : zone);
    labels.put("node.kubernetes.io/instance-type", type.equals("-") ? "" : type);
    String id = "aws:///" + zone + "/i-1";
    if (type.toLowerCase(Locale.ROOT).startsWith("standard_")) {
      id = "azure:///subscriptions/0/virtualMachines/n";
      labels.put("topology.kubernetes.io/region", zone.substring(0, zone.indexOf('-')));
    } else if (type.length() > 1 && type.contains("-")) {
      id = "gce://project/" + zone + "/n";
    } else if (words.contains("hybrid")) {
      id = "eks-hybrid:///us-east-1/prod/mi-0abc";
    }
    String image = "";
    String named = name;
    for (String word : words.subList(4, words.size())) {
      String meant = Objects.requireNonNull(WORDS.get(word), word);
      if (meant.startsWith("image:")) {
        image = meant.substring(6).replace('_', ' ');
      } else if (meant.startsWith("name:")) {
        named = meant.substring(5);
      } else {
        labels.put(meant.substring(0, meant.indexOf('=')), meant.substring(meant.indexOf('=') + 1));
      }
    }
    String labelText =
        labels.entrySet().stream()
            .map(label -> "%s: '%s'".formatted(label.getKey(), label.getValue()))
            .collect(Collectors.joining(", "));
    return ClusterYaml.snapshot(
            """
            apiVersion: v1
            kind: Node
            metadata: {name: %s, labels: {%s}}
            spec: {providerID: '%s'}
            status:
              capacity: {cpu: '%s', memory: %sGi}
              nodeInfo: {osImage: '%s'}
            """
                .formatted(named, labelText, id, words.get(2), words.get(3), image))
        .nodes()
        .get(0);
  }

  private static String answer(String request) {
    try {
      if (request.contains("GetProducts")) {
        return awsProducts(JSON.readTree(request.substring(request.indexOf('{'))));
      }
      if (request.contains("DescribeSpotPriceHistory")) {
        return spotHistory(URLDecoder.decode(request, StandardCharsets.UTF_8));
      }
      return request.contains("/api/retail/prices")
          ? azureItems(URLDecoder.decode(request, StandardCharsets.UTF_8))
          : gcpSkus();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String awsProducts(JsonNode question) {
    Map<String, String> wanted = new TreeMap<>();
    question
        .path("Filters")
        .forEach(
            filter -> wanted.put(filter.path("Field").asText(), filter.path("Value").asText()));
    if (question.path("ServiceCode").asText().equals("AmazonEKS")) {
      return AwsDocuments.products(
          "",
          rows(EKS_LIST)
              .map(row -> AwsDocuments.product("Compute", row[0], "us-east-1", "Hours", row[1]))
              .toArray(String[]::new));
    }
    return AwsDocuments.products(
        "",
        rows(AWS_LIST)
            .filter(row -> row[0].equals(wanted.get("instanceType")))
            .filter(row -> wanted.getOrDefault("regionCode", row[1]).equals(row[1]))
            .filter(row -> row[2].equals(wanted.get("operatingSystem")))
            .filter(row -> row[3].equals(wanted.get("tenancy")))
            .flatMap(
                row ->
                    Stream.of(
                        awsInstance(row, row[4], "No License required"),
                        // Its last word would count if it were not told apart.
                        awsInstance(row, "9", "Bring your own license")))
            .toArray(String[]::new));
  }

  private static String awsInstance(String[] row, String usd, String licenseModel) {
    String usage = row[3].equals("Dedicated") ? "DedicatedUsage:" : "BoxUsage:";
    return AwsDocuments.instance(
        row[0],
        row[1],
        usd,
        Map.of(
            "operatingSystem",
            row[2],
            "tenancy",
            row[3],
            "licenseModel",
            licenseModel,
            "usagetype",
            usage + row[0]));
  }

  private static String spotHistory(String question) {
    String items =
        rows(AWS_SPOT)
            .filter(
                row ->
                    question.contains("=" + row[0] + "&") || question.contains("=" + row[0] + " "))
            .filter(row -> question.contains("ProductDescription.1=" + row[2]))
            .map(
                row ->
                    "<item><instanceType>%s</instanceType><spotPrice>%s</spotPrice><availabilityZone>%s</availabilityZone></item>"
                        .formatted(row[0], row[3], row[1]))
            .collect(Collectors.joining());
    return "<DescribeSpotPriceHistoryResponse><spotPriceHistorySet>%s</spotPriceHistorySet></DescribeSpotPriceHistoryResponse>"
        .formatted(items);
  }

  /** The real one compares with case. */
  private static String azureItems(String question) {
    return "{\"Items\":[%s],\"NextPageLink\":null}"
        .formatted(
            rows(AZURE_LIST)
                .filter(row -> question.contains("armSkuName eq '" + row[0] + "'"))
                .filter(row -> question.contains("armRegionName eq '" + row[1] + "'"))
                .map(
                    row ->
                        ("{\"currencyCode\":\"USD\",\"retailPrice\":%s,\"skuName\":\"D4s v5%s\","
                                + "\"productName\":\"Virtual Machines Dsv5 Series%s\","
                                + "\"type\":\"Consumption\",\"unitOfMeasure\":\"1 Hour\","
                                + "\"armSkuName\":\"%s\"}")
                            .formatted(row[4], said(row[3]), said(row[2]), row[0]))
                .collect(Collectors.joining(",")));
  }

  private static String said(String word) {
    return word.equals("-") ? "" : " " + word;
  }

  private static String gcpSkus() {
    return "{\"skus\":[%s],\"nextPageToken\":\"\"}"
        .formatted(
            GCP_LIST
                .lines()
                .map(line -> line.split("\\s*\\|\\s*", -1))
                .map(
                    row ->
                        ("{\"description\":\"%s\",\"category\":{\"usageType\":\"%s\"},"
                                + "\"serviceRegions\":[\"%s\"],\"pricingInfo\":["
                                + "{\"pricingExpression\":{\"usageUnit\":\"%s\",\"tieredRates\":["
                                + "{\"unitPrice\":{\"currencyCode\":\"USD\",\"units\":\"0\","
                                + "\"nanos\":%.0f}}]}}]}")
                            .formatted(
                                row[0],
                                row[1],
                                row[0].startsWith("Licensing") ? "global" : "us-central1",
                                row[2],
                                Double.parseDouble(row[3]) * 1e9))
                .collect(Collectors.joining(",")));
  }

  private static Stream<String[]> rows(String list) {
    return list.lines().map(line -> line.split("\\s+", -1));
  }
}
