package io.namespend.exporter.price.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.ClusterYaml;
import io.namespend.exporter.price.BillCoverage.State;
import io.namespend.exporter.price.ClusterPricer;
import io.namespend.exporter.price.NodeCapacity;
import io.namespend.exporter.price.NodePricer;
import io.namespend.exporter.price.PriceBasis;
import io.namespend.exporter.price.PriceChain;
import io.namespend.exporter.price.PricedCluster;
import io.namespend.exporter.price.Quote;
import io.namespend.exporter.price.RateSplit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which line of a bill prices which object of a cluster, and which line none. */
class BillMatchTest {
  private static final String SCALE_SETS =
      "/subscriptions/1111/resourceGroups/mc_rg/providers/Microsoft.Compute/virtualMachineScaleSets/";

  @TempDir private Path folder;

  /** The case bill-vmss. */
  @Test
  void eachInstanceOfAScaleSetHasItsOwnLineWhateverItsCase()
      throws IOException, InterruptedException {
    String cluster =
        Stream.of(
                "sys/virtualMachines/0",
                "gpu/virtualMachines/0",
                "usr/virtualMachines/0",
                "usr/virtualMachines/1")
            .map(
                id ->
                    node("n-" + id.replace("/virtualMachines/", "-"), "azure://" + SCALE_SETS + id))
            .reduce("", String::concat);
    String bill =
        """
        %ssys/virtualMachines/0,0.08
        %sgpu/virtualMachines/0,3.1
        %susr/virtualMachines/0,0.33
        %susr/virtualMachines/1,0.33
        """
            .replace("%s", SCALE_SETS);

    for (String spelled : List.of(bill, bill.toUpperCase(java.util.Locale.ROOT))) {
      assertThat(priced(cluster, spelled))
          .isEqualTo(
              """
              node n-gpu-0 3.10
              node n-sys-0 0.08
              node n-usr-0 0.33
              node n-usr-1 0.33
              matched 4 3.84
              unmatched 0 0.00
              ambiguous 0 0.00
              """);
    }
  }

  @Test
  void aLineThatFitsSeveralObjectsPricesNone() throws IOException, InterruptedException {
    String cluster =
        node("a", "azure://" + SCALE_SETS + "sys/virtualMachines/0")
            + node("b", "azure://" + SCALE_SETS + "gpu/virtualMachines/0")
            + node("c", "azure://" + SCALE_SETS + "gpu/virtualMachines/1");

    assertThat(
            priced(
                cluster,
                """
                0,5
                1,0.5
                gpu/virtualMachines/0,3
                %sgpu,9
                nobody,7
                """
                    .formatted(SCALE_SETS)))
        .as("a number is no instance; the whole scale set is none of its instances")
        .isEqualTo(
            """
            node a -
            node b 3.00
            node c -
            matched 1 3.00
            unmatched 2 16.00
            ambiguous 2 5.50
            """);
  }

  /** As spreadsheets save it. */
  @Test
  void aByteOrderMarkAndTheCaseOfHeaderAndCurrencyDoNotMatter()
      throws IOException, InterruptedException {
    Path file =
        Files.writeString(
            folder.resolve("bill.csv"), "\uFEFFResource_ID,Hourly,Currency\r\nI-0A,0.1,usd\r\n");
    BillPrices bill = new BillPrices(file, "USD");
    bill.refresh(Instant.EPOCH);
    ClusterSnapshot cluster =
        ClusterYaml.snapshot(node("a", "aws:///us-east-1a/i-0a").substring(4));

    assertThat(bill.node(cluster.nodes().get(0))).map(Quote::amount).contains(0.1);
  }

  /** Nodes come and go while the bill stays: each match is as if it were the first. */
  @Test
  void aMatchAfterAChangeIsAsIfItWereTheFirst() throws IOException, InterruptedException {
    StringBuilder lines = new StringBuilder("resource_id,hourly\n");
    for (int i = 0; i < 40; i++) {
      lines.append(SCALE_SETS).append("set%d/virtualMachines/%d,%d%n".formatted(i % 7, i, i));
    }
    lines.append("set3/virtualMachines/3,9\n3,9\nset1/virtualMachines/1,9\n");
    Path file = Files.writeString(folder.resolve("bill.csv"), lines);
    BillPrices kept = new BillPrices(file, "USD");
    kept.refresh(Instant.EPOCH);

    for (int step = 0; step < 30; step++) {
      StringBuilder yaml = new StringBuilder();
      for (int i = step; i < step + 12; i++) {
        yaml.append(
            node(
                "n%02d".formatted(i),
                "azure://%sset%d/virtualMachines/%d".formatted(SCALE_SETS, i % 7, i)));
      }
      ClusterSnapshot cluster = ClusterYaml.snapshot(yaml.substring(4));
      BillPrices first = new BillPrices(file, "USD");
      first.refresh(Instant.EPOCH);
      kept.look(cluster);
      first.look(cluster);

      assertThat(kept.coverage()).as("step " + step).isPresent().isEqualTo(first.coverage());
      assertThat(cluster.nodes())
          .allSatisfy(node -> assertThat(kept.node(node)).isEqualTo(first.node(node)))
          .anySatisfy(node -> assertThat(kept.node(node)).isPresent());
    }
  }

  @Test
  void aNameInTwoZonesIsTwoMachinesOfGoogle() throws IOException, InterruptedException {
    String cluster =
        node("a", "gce://shop/us-central1-a/same")
            + node("b", "gce://shop/us-central1-b/same")
            + node("c", "gce://shop/us-central1-b/other");

    assertThat(
            priced(
                cluster,
                """
                //compute.googleapis.com/projects/shop/zones/us-central1-a/instances/same,0.1
                https://www.googleapis.com/compute/v1/projects/12345/zones/us-central1-b/instances/same,0.2
                //compute.googleapis.com/projects/shop/zones/us-central1-b/disks/other,0.3
                us-central1-b/other,0.4
                """))
        .isEqualTo(
            """
            node a 0.10
            node b 0.20
            node c 0.40
            matched 3 0.70
            unmatched 1 0.30
            ambiguous 0 0.00
            """);
    assertThat(priced(cluster, "same,0.1\nother,0.2\n"))
        .isEqualTo(
            """
            node a -
            node b -
            node c 0.20
            matched 1 0.20
            unmatched 0 0.00
            ambiguous 1 0.10
            """);
    assertThat(priced(cluster, "gce://shop/us-central1-b/same,0.1\n")).contains("node b 0.10");
  }

  @Test
  void linesOfDifferentIdsAreNeverAdded() throws IOException, InterruptedException {
    String cluster = node("a", "gce://shop/us-central1-a/x") + node("b", "aws:///us-east-1a/i-0a");

    assertThat(
            priced(
                cluster,
                """
                x,5
                projects/shop/zones/us-central1-a/instances/x,0.1
                arn:aws:ec2:us-east-1:1:instance/i-0a,0.2
                arn:aws:ec2:us-east-1:2:instance/i-0a,0.4
                arn:aws:ec2:eu-west-1:1:instance/i-0a,0.8
                """))
        .as("the name is less than the id; nobody knows the account of the node")
        .isEqualTo(
            """
            node a 0.10
            node b -
            matched 1 0.10
            unmatched 1 0.80
            ambiguous 3 5.60
            """);
  }

  @Test
  void anArnAndABareIdAreOneAndItsLinesAreAdded() throws IOException, InterruptedException {
    assertThat(
            priced(
                node("a", "aws:///us-east-1a/i-0a") + node("b", "aws:///us-east-1a/i-0b"),
                """
                i-0a,0.1
                arn:aws:ec2:us-east-1:1:instance/i-0a,0.2
                I-0A,0.4
                aws:///us-east-1a/i-0b,0.8
                """))
        .isEqualTo(
            """
            node a 0.70
            node b 0.80
            matched 4 1.50
            unmatched 0 0.00
            ambiguous 0 0.00
            """);
  }

  @Test
  void nodesOfAlibabaHaveTheirRegionBeforeTheirId() throws IOException, InterruptedException {
    assertThat(
            priced(
                node("a", "cn-hangzhou.i-bp1a") + node("b", "alicloud://cn-beijing.i-2ze"),
                """
                i-bp1a,0.1
                acs:ecs:cn-beijing:1:instance/i-2ze,0.2
                acs:ecs:cn-shanghai:1:instance/i-bp1a,0.4
                """))
        .isEqualTo(
            """
            node a 0.10
            node b 0.20
            matched 2 0.30
            unmatched 1 0.40
            ambiguous 0 0.00
            """);
  }

  @Test
  void twoNodesWithOneIdHaveNoLine() throws IOException, InterruptedException {
    assertThat(priced(node("a", "aws:///z/i-1") + node("b", "aws:///z/i-1"), "i-1,0.5\n"))
        .isEqualTo(
            """
            node a -
            node b -
            matched 0 0.00
            unmatched 0 0.00
            ambiguous 1 0.50
            """);
  }

  @Test
  void aFileSystemIsSharedBySizeAndAnAccessPointMayHaveItsOwnLine()
      throws IOException, InterruptedException {
    String cluster =
        volume("a", "10Gi", "efs.csi.aws.com", "fs-0abc::fsap-00")
            + volume("b", "30Gi", "efs.csi.aws.com", "fs-0abc::fsap-01")
            + volume("c", "10Gi", "efs.csi.aws.com", "fs-0abc:/data")
            + volume("d", "50Gi", "ebs.csi.aws.com", "vol-1")
            + volume("e", "50Gi", "ebs.csi.aws.com", "vol-1");

    assertThat(
            priced(
                cluster,
                """
                arn:aws:elasticfilesystem:us-east-1:1:file-system/fs-0abc,1.00
                arn:aws:ec2:us-east-1:1:volume/vol-1,0.50
                """))
        .isEqualTo(
            """
            volume a 0.20
            volume b 0.60
            volume c 0.20
            volume d 0.25
            volume e 0.25
            matched 2 1.50
            unmatched 0 0.00
            ambiguous 0 0.00
            """);
    assertThat(
            priced(
                cluster,
                """
                fs-0abc,1.00
                fs-0abc::fsap-00,0.11
                arn:aws:elasticfilesystem:us-east-1:1:access-point/fsap-01,0.22
                """))
        .as("the rest of the file system's volumes pay for the file system")
        .startsWith("volume a 0.11\nvolume b 0.22\nvolume c 1.00\n")
        .contains("matched 3 1.33");
  }

  @Test
  void disksAndSharesMatchByTheirWholeIds() throws IOException, InterruptedException {
    String disk = "/subscriptions/1/resourceGroups/mc_rg/providers/Microsoft.Compute/disks/pvc-1";
    String cluster =
        volume("a", "10Gi", "disk.csi.azure.com", disk)
            + volume("b", "10Gi", "pd.csi.storage.gke.io", "projects/p/zones/us-central1-a/disks/d")
            + volume("c", "10Gi", "pd.csi.storage.gke.io", "projects/p/zones/us-central1-b/disks/d")
            + volume("d", "10Gi", "file.csi.azure.com", "mc_rg#acc#one#x#u1")
            + volume("e", "30Gi", "file.csi.azure.com", "mc_rg#acc#two#x#u2")
            + volume("f", "1Ti", "filestore.csi.storage.gke.io", "modeInstance/us-central1-a/i/v");

    assertThat(
            priced(
                cluster,
                """
                %s,0.10
                //compute.googleapis.com/projects/p/zones/us-central1-b/disks/d,0.20
                /subscriptions/1/resourceGroups/MC_rg/providers/Microsoft.Storage/storageAccounts/acc,0.40
                //file.googleapis.com/projects/p/locations/us-central1-a/instances/i,0.80
                """
                    .formatted(disk.toUpperCase(java.util.Locale.ROOT))))
        .isEqualTo(
            """
            volume a 0.10
            volume b -
            volume c 0.20
            volume d 0.10
            volume e 0.30
            volume f 0.80
            matched 4 1.50
            unmatched 0 0.00
            ambiguous 0 0.00
            """);
  }

  @Test
  void loadBalancersMatchByNameAndHashAndTheirRegion() throws IOException, InterruptedException {
    String cluster =
        node("n", "aws:///us-east-1a/i-1")
            + service("nlb", "web-8fa1.elb.us-east-1.amazonaws.com")
            + service("dual", "dualstack.gw-0123.elb.us-east-1.amazonaws.com")
            + service("classic", "internal-a12f-99.us-east-1.elb.amazonaws.com")
            + service("one", "k8s-grp-01-11.us-east-1.elb.amazonaws.com")
            + service("two", "k8s-grp-01-11.us-east-1.elb.amazonaws.com")
            + service("none", "k8s-other-22.us-east-1.elb.amazonaws.com");
    String arn = "arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/";

    assertThat(
            priced(
                cluster,
                """
                %1$snet/web/8fa1,0.03
                %1$snet/gw/0123,0.04
                %1$sa12f,0.05
                %1$sapp/k8s-grp-01/50dc6c495c0c9188,0.06
                arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/k8s-other/9,0.07
                """
                    .formatted(arn)))
        .isEqualTo(
            """
            balancer classic 0.05
            balancer dual 0.04
            balancer nlb 0.03
            balancer none -
            balancer one 0.03
            balancer two 0.03
            node n -
            matched 4 0.18
            unmatched 1 0.07
            ambiguous 0 0.00
            """);
  }

  @Test
  void anObjectThatMakesAnIdAmbiguousReprices() throws IOException, InterruptedException {
    BillPrices bill = bill("same,0.1\n");
    ClusterPricer pricer = pricer(bill);
    String one = node("a", "gce://shop/us-central1-a/same");

    assertThat(text(pricer.price(snapshot(one)))).contains("node a 0.10");
    assertThat(text(pricer.price(snapshot(one + node("b", "gce://shop/us-central1-b/same")))))
        .startsWith("node a -\nnode b -\n");
    assertThat(text(pricer.price(snapshot(one)))).contains("node a 0.10");
  }

  @Test
  void oddIdsMatchNothing() throws IOException, InterruptedException {
    assertThat(
            priced(
                node("a", "aws:///us-east-1a/i-1")
                    + node("b", "")
                    + volume("c", "1Gi", "kubernetes.io/nothing", "data")
                    + volume("d", "0", "ebs.csi.aws.com", "vol-0"),
                """
                /,1
                ://,1
                arn:aws:,1
                projects,1
                fs-:::,1
                vol-0,1
                data,1
                """))
        .startsWith(
            "node a -\nnode b -\nvolume c -\nvolume d -\nmatched 0 0.00\nunmatched 7 7.00\n");
  }

  private String priced(String cluster, String lines) throws IOException, InterruptedException {
    return text(pricer(bill(lines)).price(snapshot(cluster)));
  }

  private static ClusterSnapshot snapshot(String yaml) {
    return ClusterYaml.snapshot(yaml.replaceFirst("^---\n", ""));
  }

  private BillPrices bill(String lines) throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("bill.csv"), "resource_id,hourly\n" + lines);
    BillPrices bill = new BillPrices(file, "USD");
    bill.refresh(Instant.EPOCH);
    return bill;
  }

  private static ClusterPricer pricer(BillPrices bill) {
    NodeCapacity capacity = new NodeCapacity(type -> Optional.empty());
    PriceChain chain = new PriceChain(List.of(bill), List.of(), capacity);
    return new ClusterPricer(chain, new NodePricer(chain, capacity, RateSplit.OPENCOST));
  }

  /** What each object costs by the bill, and what became of its lines. */
  private static String text(PricedCluster cluster) {
    Stream<String> objects =
        Stream.of(
                cluster.nodes().stream()
                    .map(n -> "node " + n.node().name() + amount(n.quote(), n.quote().amount())),
                cluster.volumes().stream()
                    .map(v -> "volume " + v.volume().name() + amount(v.perGibHour(), v.hourly())),
                cluster.loadBalancers().stream()
                    .map(
                        b ->
                            "balancer "
                                + b.loadBalancer().service()
                                + amount(b.quote(), b.quote().amount() * b.loadBalancer().share())))
            .flatMap(s -> s)
            .sorted();
    Stream<String> states =
        Stream.of(State.values())
            .map(
                state ->
                    "%s %d %.2f"
                        .formatted(
                            state.label(),
                            cluster.bill().orElseThrow().lines().get(state),
                            cluster.bill().orElseThrow().hourly().get(state)));
    return Stream.concat(objects, states).map(line -> line + "\n").reduce("", String::concat);
  }

  private static String amount(Quote quote, double hourly) {
    return quote.basis() == PriceBasis.BILLED ? " %.2f".formatted(hourly) : " -";
  }

  private static String node(String name, String providerId) {
    return """
    ---
    apiVersion: v1
    kind: Node
    metadata: {name: %s}
    spec: {providerID: "%s"}
    """
        .formatted(name, providerId);
  }

  private static String volume(String name, String size, String driver, String handle) {
    return """
    ---
    apiVersion: v1
    kind: PersistentVolume
    metadata: {name: %s}
    spec: {capacity: {storage: %s}, csi: {driver: %s, volumeHandle: "%s"}}
    """
        .formatted(name, size, driver, handle);
  }

  private static String service(String name, String host) {
    return """
    ---
    apiVersion: v1
    kind: Service
    metadata: {namespace: a, name: %s}
    spec: {type: LoadBalancer, ports: [{port: 80}]}
    status: {loadBalancer: {ingress: [{hostname: %s}]}}
    """
        .formatted(name, host);
  }
}
