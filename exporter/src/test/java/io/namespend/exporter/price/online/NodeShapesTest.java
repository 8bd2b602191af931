package io.namespend.exporter.price.online;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.namespend.exporter.MovingClock;
import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.ClusterYaml;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.node.Resources;
import io.namespend.exporter.cluster.pod.Pod;
import io.namespend.exporter.price.ClusterPricer;
import io.namespend.exporter.price.NodeCapacity;
import io.namespend.exporter.price.NodePricer;
import io.namespend.exporter.price.PriceBasis;
import io.namespend.exporter.price.PriceChain;
import io.namespend.exporter.price.PriceSource;
import io.namespend.exporter.price.PricedNode;
import io.namespend.exporter.price.Quote;
import io.namespend.exporter.price.RateSplit;
import io.namespend.exporter.price.list.AwsListPrices;
import io.namespend.exporter.price.list.AzureListPrices;
import io.namespend.exporter.price.list.BuiltinPrices;
import io.namespend.exporter.price.list.GcpListPrices;
import io.namespend.exporter.price.list.ItemPrices;
import io.namespend.exporter.price.online.StandIn.Reply;
import io.namespend.exporter.price.refresh.PriceRefresher;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * What nodes of over 60 shapes cost: by the built-in tables, and by the providers' services, of
 * which stand-ins answer from the lists below as the real ones do. A line of a table is one node:
 * its type, zone, vCPUs and GiB, and what else it says of itself; then its price per hour by the
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
      m5.large      us-east-1    Linux      Shared    0.096
      m5.2xlarge    us-east-1    Linux      Shared    0.384
      inf2.xlarge   us-east-1    Linux      Shared    0.7582
      dl1.24xlarge  us-east-1    Linux      Shared    13.10904
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
      Standard_NC4as_T4_v3 eastus -   -            0.526
      """;

  /** Description, usage type, unit, USD; of us-central1, and licenses of everywhere. */
  private static final String GCP_LIST =
      """
      N2 Instance Core running in Americas                   | OnDemand    | h      | 0.031611
      N2 Instance Ram running in Americas                    | OnDemand    | GiBy.h | 0.004237
      Spot Preemptible N2 Instance Core running in Americas  | Preemptible | h      | 0.00766
      Spot Preemptible N2 Instance Ram running in Americas   | Preemptible | GiBy.h | 0.00103
      N1 Predefined Instance Core running in Americas        | OnDemand    | h      | 0.031611
      N1 Predefined Instance Ram running in Americas         | OnDemand    | GiBy.h | 0.004237
      Nvidia Tesla T4 GPU running in Americas                | OnDemand    | h      | 0.35
      A2 Instance Core running in Americas                   | OnDemand    | h      | 0.031611
      A2 Instance Ram running in Americas                    | OnDemand    | GiBy.h | 0.004237
      Nvidia Tesla A100 GPU running in Americas              | OnDemand    | h      | 2.933908
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
        - - 8 32 hybrid                                           | 0.160000 builtin-estimate (rate)                        | 0.160000 aws
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

  /**
   * GPUs whole, shared, cut and claimed, other accelerators, and nodes without a machine: what the
   * node costs and how many GPUs it has, and what one pod on it does and leaves.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # shape | place | type | labels | capacity | the pod's request | by the tables | by the services | pod + free, by the tables
          T4, whole | gcp | n1-standard-4 | cloud.google.com/gke-accelerator: nvidia-tesla-t4 | cpu: 4, memory: 15Gi, nvidia.com/gpu: 1 | nvidia.com/gpu: 1 | 0.54 builtin, 1 GPU | 0.539999 gcp, 1 GPU | 0.45 + 0.09
          T4, GKE's 8 shares | gcp | n1-standard-4 | cloud.google.com/gke-accelerator: nvidia-tesla-t4, cloud.google.com/gke-gpu-sharing-strategy: time-sharing, cloud.google.com/gke-max-shared-clients-per-gpu: '8' | cpu: 4, memory: 15Gi, nvidia.com/gpu: 8 | nvidia.com/gpu: 1 | 0.54 builtin, 1 GPU | 0.539999 gcp, 1 GPU | 0.05625 + 0.48375
          T4, NVIDIA's 10 shares | gcp | n1-standard-4 | cloud.google.com/gke-accelerator: nvidia-tesla-t4, nvidia.com/gpu.replicas: '10', nvidia.com/gpu.count: '1' | cpu: 4, memory: 15Gi, nvidia.com/gpu: 10 | nvidia.com/gpu: 10 | 0.54 builtin, 1 GPU | 0.539999 gcp, 1 GPU | 0.45 + 0.09
          T4, no plugin yet | gcp | n1-standard-4 | cloud.google.com/gke-accelerator: nvidia-tesla-t4 | cpu: 4, memory: 15Gi | cpu: 1 | 0.54 builtin (gpus), 1 GPU | 0.539999 gcp (gpus), 1 GPU | 0.014974 + 0.525026
          T4 of Azure, 4 shares | azure | Standard_NC4as_T4_v3 | nvidia.com/gpu.replicas: '4' | cpu: 4, memory: 28Gi, nvidia.com/gpu: 4 | nvidia.com/gpu: 2 | 0.526 builtin, 1 GPU | 0.526 azure, 1 GPU | 0.209066 + 0.316934
          A10G, whole | aws | g5.xlarge | a: b | cpu: 4, memory: 16Gi, nvidia.com/gpu: 1 | nvidia.com/gpu: 1 | 1.006 builtin, 1 GPU | 1.006 aws, 1 GPU | 0.83523 + 0.17077
          A10G, nobody says shared | aws | g5.xlarge | a: b | cpu: 4, memory: 16Gi, nvidia.com/gpu: 8 | nvidia.com/gpu: 1 | 1.006 builtin, 1 GPU | 1.006 aws, 1 GPU | 0.104404 + 0.901596
          A10G by DRA | aws | g5.xlarge | a: b | cpu: 4, memory: 16Gi | claim | 1.006 builtin, 1 GPU | 1.006 aws, 1 GPU | 0.83523 + 0.17077
          A10G by DRA, no claim | aws | g5.xlarge | a: b | cpu: 4, memory: 16Gi | cpu: 4, memory: 16Gi | 1.006 builtin, 1 GPU | 1.006 aws, 1 GPU | 0.17077 + 0.83523
          A100, GKE's slices | gcp | a2-highgpu-1g | cloud.google.com/gke-accelerator: nvidia-tesla-a100, cloud.google.com/gke-gpu-partition-size: 1g.5gb | cpu: 12, memory: 85Gi, nvidia.com/gpu: 7 | nvidia.com/gpu: 7 | 3.673385 builtin, 1 GPU | 3.673385 gcp, 1 GPU | 2.06556 + 1.607825
          A100, mixed slices | gcp | a2-highgpu-1g | cloud.google.com/gke-accelerator: nvidia-tesla-a100 | cpu: 12, memory: 85Gi, nvidia.com/mig-3g.20gb: 2 | nvidia.com/mig-3g.20gb: 1 | 3.673385 builtin, 1 GPU | 3.673385 gcp, 1 GPU | 0.88524 + 2.788145
          A100, shared slices | gcp | a2-highgpu-1g | cloud.google.com/gke-accelerator: nvidia-tesla-a100, nvidia.com/mig-1g.5gb.replicas: '2' | cpu: 12, memory: 85Gi, nvidia.com/mig-1g.5gb: 14 | nvidia.com/mig-1g.5gb: 7 | 3.673385 builtin, 1 GPU | 3.673385 gcp, 1 GPU | 1.03278 + 2.640605
          Inferentia 2, by core | aws | inf2.xlarge | a: b | cpu: 4, memory: 16Gi, aws.amazon.com/neuron: 1, aws.amazon.com/neuroncore: 2 | aws.amazon.com/neuroncore: 1 | 0.7582 builtin, 1 GPU | 0.7582 aws, 1 GPU | 0.314747 + 0.443453
          Gaudi | aws | dl1.24xlarge | a: b | cpu: 96, memory: 768Gi, habana.ai/gaudi: 8 | habana.ai/gaudi: 8 | 13.10904 builtin, 8 GPU | 13.10904 aws, 8 GPU | 7.173379 + 5.935661
          TPU v5e | gcp | ct5lp-hightpu-4t | cloud.google.com/gke-tpu-accelerator: tpu-v5-lite-podslice | cpu: 112, memory: 192Gi, google.com/tpu: 4 | google.com/tpu: 4 | 8.153936 fallback (fallback), 4 GPU | 8.153936 fallback (fallback), 4 GPU | 3.8 + 4.353936
          on premises, 10 shares | none | '' | nvidia.com/gpu.replicas: '10', nvidia.com/gpu.count: '1' | cpu: 32, memory: 128Gi, nvidia.com/gpu: 10 | nvidia.com/gpu: 1 | 2.503888 fallback (fallback), 1 GPU | 2.503888 fallback (fallback), 1 GPU | 0.095 + 2.408888
          Azure's containers | none | '' | type: virtual-kubelet | cpu: 10000, memory: 4Ti | cpu: 1, memory: 2Gi | 0.04937 serverless-estimate (virtual), 0 GPU | 0.04937 serverless-estimate (virtual), 0 GPU | 0.04937 + 0
          containers, no request | none | '' | type: virtual-kubelet | cpu: 10000, memory: 4Ti | ephemeral-storage: 9Gi | 0 serverless-estimate (virtual), 0 GPU | 0 serverless-estimate (virtual), 0 GPU | 0 + 0
          a type that is no machine | azure | Standard_D4s_v5 | type: virtual-kubelet | cpu: 4, memory: 16Gi | cpu: 1, memory: 2Gi | 0.04937 serverless-estimate (virtual), 0 GPU | 0.04937 serverless-estimate (virtual), 0 GPU | 0.04937 + 0
          Liqo | none | '' | liqo.io/type: virtual-node | cpu: 64, memory: 256Gi | cpu: 1, memory: 2Gi | 0 other-cluster (virtual), 0 GPU | 0 other-cluster (virtual), 0 GPU | 0 + 0
          KWOK | aws | m5.large | type: kwok | cpu: 32, memory: 256Gi | cpu: 1, memory: 2Gi | 0 simulated, 0 GPU | 0 simulated, 0 GPU | 0 + 0
          huge pages | aws | m5.2xlarge | a: b | cpu: 8, memory: 32Gi, hugepages-2Mi: 4Gi | memory: 64Mi, hugepages-2Mi: 1Gi | 0.384 builtin, 0 GPU | 0.384 aws, 0 GPU | 0.00445 + 0.37955
          """)
  void devicesAndNodesWithoutAMachine(
      String shape,
      String place,
      String type,
      String labels,
      String capacity,
      String request,
      String byTables,
      String byServices,
      String podAndFree)
      throws IOException {
    ClusterSnapshot cluster = cluster(place, type, labels, capacity, request);
    Resources requested = cluster.pods().get(0).request();
    try (StandIn provider = new StandIn();
        SdkHttpClient http = UrlConnectionHttpClient.create()) {
      PricedNode table = priced(cluster, List.of(BUILTIN));
      PricedNode service = priced(cluster, online(provider, http, cluster.nodes()));
      double pod = table.rates().cost(requested);

      assertThat(gpuText(table) + " | " + gpuText(service))
          .isEqualTo(byTables + " | " + byServices);
      assertThat(plain(pod) + " + " + plain(table.quote().amount() - pod)).isEqualTo(podAndFree);
      assertThat(service.rates().cost(requested))
          .as("the pod's price by the services")
          .isCloseTo(pod, offset(1e-5));
      for (PricedNode node : List.of(table, service)) {
        assertThat(node.rates().cost(node.capacity()))
            .as("rates times capacity is the price")
            .isCloseTo(node.quote().amount(), offset(1e-12));
        assertThat(node.allocatable()).as("nothing is reserved").isEqualTo(node.capacity());
      }
    }
  }

  /** A virtual node in the price sheet costs what it says, and its pods share that. */
  @Test
  void aSheetPricesAVirtualNode() {
    ClusterSnapshot cluster =
        cluster("none", "''", "type: virtual-kubelet", "cpu: 9k", "cpu: 1, memory: 2Gi");
    Pod pod = cluster.pods().get(0);
    PricedNode node = priced(cluster, List.of(sheet(2)));
    ClusterSnapshot empty =
        new ClusterSnapshot(
            cluster("none", "''", "type: virtual-kubelet", "cpu: 9k", "ephemeral-storage: 1Gi")
                .nodes(),
            List.of(),
            List.of());

    assertThat(gpuText(node)).isEqualTo("2 sheet, 0 GPU");
    assertThat(node.rates().cost(pod.request())).isCloseTo(2, offset(1e-12));
    assertThat(gpuText(priced(empty, List.of(sheet(2)))))
        .as("nothing is there that could be idle")
        .isEqualTo("0 sheet, 0 GPU");
  }

  private static PriceSource sheet(double amount) {
    return new PriceSource() {
      @Override
      public String name() {
        return "sheet";
      }

      @Override
      public Optional<Quote> node(Node node) {
        return Optional.of(Quote.known(amount, name(), PriceBasis.AGREED));
      }
    };
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

  private static PricedNode priced(ClusterSnapshot cluster, List<PriceSource> sources) {
    NodeCapacity capacity = new NodeCapacity(BUILTIN::resources);
    PriceChain chain = new PriceChain(sources, List.of(), capacity);
    return new ClusterPricer(chain, new NodePricer(chain, capacity, RateSplit.OPENCOST))
        .price(cluster)
        .nodes()
        .get(0);
  }

  private static ClusterSnapshot cluster(
      String place, String type, String labels, String capacity, String request) {
    String region =
        switch (place) {
          case "aws" -> "us-east-1";
          case "azure" -> "eastus";
          case "gcp" -> "us-central1";
          default -> "";
        };
    String providerId =
        switch (place) {
          case "aws" -> "aws:///us-east-1a/i-1";
          case "azure" -> "azure:///vm/1";
          case "gcp" -> "gce://p/us-central1-a/n1";
          default -> "";
        };
    String claim =
        """
        ---
        apiVersion: resource.k8s.io/v1
        kind: ResourceClaim
        metadata: {namespace: ml, name: pod-gpu}
        status:
          allocation: {devices: {results: [{request: gpu, driver: gpu.nvidia.com, pool: n1, device: gpu-0}]}}
          reservedFor: [{resource: pods, name: pod, uid: u1}]
        """;
    return ClusterYaml.snapshot(
        """
        apiVersion: v1
        kind: Node
        metadata:
          name: n1
          labels: {node.kubernetes.io/instance-type: %s, topology.kubernetes.io/region: '%s', %s}
        spec: {providerID: '%s'}
        status: {capacity: {%s}, allocatable: {%s}}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {namespace: ml, name: pod}
        spec: {nodeName: n1, containers: [{name: c, resources: {requests: {%s}}}]}
        %s\
        """
            .formatted(
                type,
                region,
                labels,
                providerId,
                capacity,
                capacity.contains("hugepages-2Mi: 4Gi")
                    ? capacity.replace("memory: 32Gi", "memory: 28Gi")
                    : capacity,
                request.equals("claim") ? "" : request,
                request.equals("claim") ? claim : "")
            .stripTrailing(),
        Set.of(GcpListPrices.ACCELERATOR_LABEL),
        BUILTIN::devices);
  }

  private static String gpuText(PricedNode node) {
    return text(node.quote())
        .replaceFirst("^\\S+", plain(node.quote().amount()))
        .concat(", %s GPU".formatted(plain(node.capacity().gpus())));
  }

  private static String plain(double amount) {
    return BigDecimal.valueOf(Math.abs(amount) < 1e-12 ? 0 : amount)
        .setScale(6, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
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
