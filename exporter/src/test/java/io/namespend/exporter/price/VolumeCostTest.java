package io.namespend.exporter.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.namespend.exporter.cluster.ClusterYaml;
import io.namespend.exporter.price.PricedCluster.PricedVolume;
import io.namespend.exporter.price.file.SheetPrices;
import io.namespend.exporter.price.list.BuiltinPrices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What volumes cost for a month by the built-in prices, as their objects describe them. */
class VolumeCostTest {
  private static final String AWS =
      """
      apiVersion: v1
      kind: Node
      metadata: {name: n1, labels: {topology.kubernetes.io/region: us-east-1}}
      spec: {providerID: "aws:///us-east-1a/i-1"}
      """;

  @TempDir private Path folder;

  @ParameterizedTest(name = "{0} of {1} with {2} costs {3} a month")
  @CsvSource(
      delimiter = '|',
      value = {
        // The driver's limits: in all, and by size.
        "io1 | 4000Gi | iopsPerGB: '50'                                       |  4660.00 | known",
        "io2 | 2000Gi | iopsPerGB: '500'                                      |  9901.20 | known",
        "io1 |  100Gi | iops: '64000'                                         |   337.50 | known",
        "io1 |  100Gi | iopsPerGB: '60'                                       |   337.50 | known",
        "io2 |   10Gi | iops: '64000'                                         |   326.25 | known",
        "io2 | 2000Gi | iops: '999999999999'                                  |  9901.20 | known",
        "IO1 |  100Gi | IOPS: '1000'                                          |    77.50 | known",
        "GP3 |  100Gi | ''                                                    |     8.00 | known",
        "gp3 |  100Gi | {iops: '16000', throughput: '1000'}                   |   108.00 | known",
        "gp3 |   10Gi | iops: '16000'                                         |    10.80 | known",
        "gp3 |    4Gi | iops: '16000'                                         |     0.32 | guess",
        "gp3 |  100Gi | iopsPerGB: '50'                                       |    18.00 | known",
        // Too little: raised where the class lets the driver do it.
        "io1 |    1Gi | {iopsPerGB: '50', allowAutoIOPSPerGBIncrease: 'true'} |    6.625 | known",
        "io1 |    1Gi | iopsPerGB: '50'                                       |    6.625 | guess",
        // No such volume was made by that class.
        "io1 |  100Gi | ''                                                    |    19.00 | guess",
        "gp3 |  100Gi | {iops: '100000', throughput: '5000'}                  |   318.00 | guess",
        "gp3 |  100Gi | throughput: '1000'                                    |    33.00 | guess",
        "gp3 |  100Gi | iops: '-5000'                                         |     8.00 | guess",
        "gp3 |  100Gi | iops: 1e99                                            |     8.00 | guess",
        "gp3 |  100Gi | {iops: NaN, throughput: Infinity}                     |     8.00 | guess",
        "io1 |  100Gi | iops: many                                            |    19.00 | guess",
        "io2 |  100Gi | iopsPerGB: '99999999999999999999'                     |    19.00 | guess",
        "gp9 |  100Gi | ''                                                    |     4.00 | guess",
      })
  void ebs(String type, String size, String parameters, double monthly, String certainty) {
    String asked =
        parameters.isEmpty() ? "" : ", " + parameters.replaceFirst("^\\{", "").replace("}", "");
    PricedVolume volume =
        price(
                AWS
                    + """
                    ---
                    apiVersion: storage.k8s.io/v1
                    kind: StorageClass
                    metadata: {name: fast}
                    parameters: {type: %s%s}
                    """
                        .formatted(type, asked)
                    + volume(
                        "a", size, "fast", "csi: {driver: ebs.csi.aws.com, volumeHandle: vol-a}"))
            .volumes()
            .get(0);

    assertThat(volume.hourly() * 730).isCloseTo(monthly, offset(1e-6));
    assertThat(volume.perGibHour().estimated()).isEqualTo(certainty.equals("guess"));
  }

  @Test
  void anAttributesClassThatIsNotReadMakesAnEstimate() {
    String described =
        AWS
            + """
            ---
            apiVersion: storage.k8s.io/v1
            kind: StorageClass
            metadata: {name: gp3}
            provisioner: ebs.csi.aws.com
            parameters: {type: gp3}
            """
            + volume("a", "100Gi", "gp3", "csi: {driver: ebs.csi.aws.com, volumeHandle: v}");

    assertThat(price(described).volumes().get(0).perGibHour().doubts()).isEmpty();
    assertThat(
            price(described + "  volumeAttributesClassName: fast\n")
                .volumes()
                .get(0)
                .perGibHour()
                .doubts())
        .containsExactly(EstimateReason.PARAMETERS);
  }

  @Test
  void aClassThatWasNotReadMakesAnEstimate() {
    Quote quote =
        price(AWS + volume("a", "100Gi", "gone", "csi: {driver: ebs.csi.aws.com, volumeHandle: v}"))
            .volumes()
            .get(0)
            .perGibHour();

    assertThat(quote.doubt()).contains(EstimateReason.PARAMETERS);
    assertThat(quote.amount() * 100 * 730).isCloseTo(8, offset(1e-9));
  }

  /** The case volumes-without-a-disk, and its like. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "nfs: {server: 10.0.0.2, path: /export/00}",
        "nfs: {server: fs-0a.efs.us-east-1.amazonaws.com, path: /}",
        "hostPath: {path: /var/data}",
        "local: {path: /mnt/ssd1}",
        "iscsi: {targetPortal: 10.0.0.3, iqn: iqn.2001, lun: 0}",
        "rbd: {pool: kube, image: a}",
        "cephfs: {monitors: [a], path: /}",
        "flexVolume: {driver: example.com/disk}",
        "csi: {driver: smb.csi.k8s.io, volumeHandle: x}",
        "csi: {driver: nfs.csi.k8s.io, volumeHandle: x}",
        "csi: {driver: driver.longhorn.io, volumeHandle: l1}",
        "csi: {driver: local.csi.openebs.io, volumeHandle: l1}",
        "csi: {driver: cstor.csi.openebs.io, volumeHandle: l1}",
        "csi: {driver: rook-ceph.rbd.csi.ceph.com, volumeHandle: l1}",
        "csi: {driver: rook-ceph.cephfs.csi.ceph.com, volumeHandle: l1}",
        "csi: {driver: gcsfuse.csi.storage.gke.io, volumeHandle: bucket}",
        "csi: {driver: s3.csi.aws.com, volumeHandle: s3}",
        "csi: {driver: blob.csi.azure.com, volumeHandle: b}",
        "csi: {driver: topolvm.io, volumeHandle: b}",
        "csi: {driver: pxd.portworx.com, volumeHandle: b}",
        "csi: {driver: nobody.knows.example.com, volumeHandle: b}",
        "{}",
      })
  void whatNoCloudBillsCostsNothing(String source) {
    String spec = source.equals("{}") ? "accessModes: [ReadWriteOnce]" : source;
    PricedVolume volume = price(AWS + volume("a", "1Pi", "", spec)).volumes().get(0);

    assertThat(volume.hourly()).isZero();
    assertThat(volume.perGibHour()).isEqualTo(Quote.NOTHING);
  }

  @ParameterizedTest(name = "{0} {1} costs {2} a GiB-month")
  @CsvSource(
      delimiter = '|',
      value = {
        "filestore.csi.storage.gke.io | tier: standard                  | 0.30  | fallback",
        "filestore.csi.storage.gke.io | tier: ENTERPRISE                | 0.60  | fallback",
        "efs.csi.aws.com              | provisioningMode: efs-ap        | 0.30  | fallback size",
        "fsx.csi.aws.com              | deploymentType: SCRATCH_2       | 0.14  | fallback",
        "fsx.csi.aws.com | {deploymentType: PERSISTENT_2, perUnitStorageThroughput: '1000'} | 0.60"
            + " | fallback",
        "fsx.csi.aws.com | {deploymentType: PERSISTENT_1, storageType: HDD,"
            + " perUnitStorageThroughput: '12'} | 0.025 | fallback",
        "file.csi.azure.com           | skuName: Premium_LRS            | 0.16  | fallback",
        "file.csi.azure.com           | skuname: standard_lrs           | 0.06  | fallback size",
        "disk.csi.azure.com           | skuName: Premium_LRS            | 0.04  | fallback",
        "dobs.csi.digitalocean.com    | ''                              | 0.04  | fallback",
      })
  void fileSystemsHaveTheirOwnMeters(
      String driver, String parameters, double perGibMonth, String doubts) {
    Quote quote =
        price(
                AWS
                    + """
                    ---
                    apiVersion: storage.k8s.io/v1
                    kind: StorageClass
                    metadata: {name: shared}
                    parameters: %s
                    """
                        .formatted(parameters.contains("{") ? parameters : "{" + parameters + "}")
                    + volume(
                        "a",
                        "1Ti",
                        "shared",
                        "csi: {driver: %s, volumeHandle: x}".formatted(driver)))
            .volumes()
            .get(0)
            .perGibHour();

    assertThat(quote.amount() * 730).isCloseTo(perGibMonth, offset(1e-9));
    assertThat(quote.doubts().stream().sorted().map(EstimateReason::label).toList())
        .containsExactly(doubts.split(" ", -1));
  }

  @Test
  void oneFileSystemBehindSeveralVolumesCostsOnce() {
    assertThat(
            monthly(
                AWS
                    + volume(
                        "a",
                        "5Gi",
                        "",
                        "csi: {driver: efs.csi.aws.com, volumeHandle: 'fs-0abc::fsap-00'}")
                    + volume(
                        "b",
                        "5Gi",
                        "",
                        "csi: {driver: efs.csi.aws.com, volumeHandle: 'fs-0abc::fsap-01'}")
                    + volume(
                        "c",
                        "10Gi",
                        "",
                        "csi: {driver: efs.csi.aws.com, volumeHandle: 'fs-0abc:/data'}")
                    + volume(
                        "d", "5Gi", "", "csi: {driver: efs.csi.aws.com, volumeHandle: fs-0def}")))
        .as("10 GiB at 0.30, shared by size; another file system has its own")
        .isEqualTo(Map.of("a", 0.75, "b", 0.75, "c", 1.5, "d", 1.5));
  }

  @Test
  void theSameDiskTwiceCostsOnceWhateverTheDriverIsCalled() {
    assertThat(
            monthly(
                AWS
                    + volume(
                        "a", "100Gi", "", "csi: {driver: ebs.csi.aws.com, volumeHandle: vol-1}")
                    + volume(
                        "b", "300Gi", "", "csi: {driver: ebs.csi.aws.com, volumeHandle: vol-1}")
                    + volume(
                        "c",
                        "100Gi",
                        "",
                        "awsElasticBlockStore: {volumeID: 'aws://us-east-1a/vol-2'}")
                    + volume(
                        "d", "100Gi", "", "csi: {driver: ebs.csi.aws.com, volumeHandle: vol-2}")))
        .as("300 GiB of gp3 in parts of 1 and 3; then gp2 and gp3 of one disk, a half each")
        .isEqualTo(Map.of("a", 6.0, "b", 18.0, "c", 5.0, "d", 4.0));
  }

  @Test
  void oneAzureShareMountedTwiceCostsOnceAndTwoSharesOfAnAccountTwice() {
    String driver = "csi: {driver: file.csi.azure.com, volumeHandle: '%s'}";
    String byHand =
        "csi: {driver: file.csi.azure.com, volumeHandle: unique-7, volumeAttributes:"
            + " {storageAccount: ACC, shareName: one}}";

    assertThat(
            monthly(
                AWS
                    + volume("a", "100Gi", "", driver.formatted("rg#acc#one#x#uid-1"))
                    + volume("b", "100Gi", "", byHand)
                    + volume("c", "100Gi", "", driver.formatted("rg#acc#two#x#uid-2"))))
        .isEqualTo(Map.of("a", 3.0, "b", 3.0, "c", 6.0));
  }

  @Test
  void volumesWithoutAnIdAndLocalPathsShareNothing() throws IOException {
    SheetPrices sheet = sheet("kind,driver,price,per\nvolume,*,0.10,month\n");

    assertThat(
            monthly(
                AWS
                    + volume("a", "10Gi", "", "hostPath: {path: /data}")
                    + volume("b", "10Gi", "", "hostPath: {path: /data}")
                    + volume("c", "10Gi", "", "nfs: {server: s, path: /x}")
                    + volume("d", "10Gi", "", "nfs: {server: s, path: /x}")
                    + volume("e", "10Gi", "", "nfs: {server: s, path: /y}"),
                sheet))
        .as("one export twice is one; two exports are two")
        .isEqualTo(Map.of("a", 1.0, "b", 1.0, "c", 0.5, "d", 0.5, "e", 1.0));
  }

  @Test
  void aSheetSelectsVolumesByDriverAndByTheEmptyClass() throws IOException {
    SheetPrices sheet =
        sheet(
            """
            kind,driver,storage_class,price,per
            volume,nfs,(none),0.01,month
            volume,nfs,,0.02,month
            volume,hostpath,,0.03,month
            volume,LOCAL,,0.04,month
            volume,*.longhorn.io,,0.05,month
            volume,,(none),0.06,month
            volume,kubernetes.io/rbd,gold,0.07,month
            """);

    assertThat(
            monthly(
                AWS
                    + volume("a-nfs", "100Gi", "", "nfs: {server: s, path: /a}")
                    + volume("b-nfs-class", "100Gi", "slow", "nfs: {server: s, path: /b}")
                    + volume("c-host", "100Gi", "manual", "hostPath: {path: /data}")
                    + volume("d-local", "100Gi", "ssd", "local: {path: /data}")
                    + volume(
                        "e-lh", "100Gi", "lh", "csi: {driver: driver.longhorn.io, volumeHandle: l}")
                    + volume("f-none", "100Gi", "", "csi: {driver: x.example.com, volumeHandle: l}")
                    + volume("g-rbd", "100Gi", "gold", "rbd: {pool: kube, image: a}")
                    + volume(
                        "h-else", "100Gi", "c", "csi: {driver: x.example.com, volumeHandle: m}"),
                sheet))
        .isEqualTo(
            Map.of(
                "a-nfs",
                1.0,
                "b-nfs-class",
                2.0,
                "c-host",
                3.0,
                "d-local",
                4.0,
                "e-lh",
                5.0,
                "f-none",
                6.0,
                "g-rbd",
                7.0,
                "h-else",
                0.0));
  }

  private SheetPrices sheet(String csv) throws IOException {
    Path file = Files.writeString(folder.resolve("prices.csv"), csv);
    SheetPrices sheet = new SheetPrices(file, "USD");
    sheet.refresh(Instant.EPOCH);
    return sheet;
  }

  private static String volume(String name, String size, String storageClass, String source) {
    return """
    ---
    apiVersion: v1
    kind: PersistentVolume
    metadata: {name: %s}
    spec:
      capacity: {storage: %s}
      storageClassName: "%s"
      %s
    """
        .formatted(name, size, storageClass, source);
  }

  /** To the cent, by name. */
  private static Map<String, Double> monthly(String yaml, PriceSource... before) {
    Map<String, Double> monthly = new TreeMap<>();
    price(yaml, before)
        .volumes()
        .forEach(
            volume ->
                monthly.put(
                    volume.volume().name(), Math.round(volume.hourly() * 730 * 100) / 100.0));
    return monthly;
  }

  private static PricedCluster price(String yaml, PriceSource... before) {
    List<PriceSource> sources = new java.util.ArrayList<>(List.of(before));
    BuiltinPrices builtin = new BuiltinPrices();
    sources.add(builtin);
    NodeCapacity capacity = new NodeCapacity(builtin::resources);
    PriceChain chain = new PriceChain(sources, List.of(), capacity);
    return new ClusterPricer(chain, new NodePricer(chain, capacity, RateSplit.OPENCOST))
        .price(ClusterYaml.snapshot(yaml));
  }
}
