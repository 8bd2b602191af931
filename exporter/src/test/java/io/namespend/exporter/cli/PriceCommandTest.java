package io.namespend.exporter.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.cluster.StandInApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Whoever asks what a node costs hears what the exporter publishes, and how far to believe it. */
class PriceCommandTest {
  private static final String NODE =
      """
      {"apiVersion": "v1", "kind": "Node",
       "metadata": {"name": "%s", "labels": {
         "node.kubernetes.io/instance-type": "%s", "kubernetes.io/arch": "amd64",
         "topology.kubernetes.io/region": "eu-west-1", "topology.kubernetes.io/zone": "eu-west-1a"}},
       "spec": {"providerID": "aws:///eu-west-1a/i-1"},
       "status": {"capacity": {"cpu": "4", "memory": "16Gi"}}}
      """;

  @TempDir private Path folder;

  @Test
  void explainsANodeOfADump() throws IOException {
    Run run = price("ip-10-0-3-7.ec2.internal", "--cluster-snapshot", dump());

    assertThat(run.err()).isEmpty();
    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            ip-10-0-3-7.ec2.internal: 0.214000 USD per hour

            Type:     m5.xlarge
            Capacity: on-demand
            Region:   eu-west-1
            Zone:     eu-west-1a
            Arch:     amd64
            Cloud:    aws

            Sources, in order (USD per hour):
              builtin    0.214000  builtin  <- taken
              fallback   0.194236  fallback (an estimate: fallback)

            Discount: none
            Price:    0.214000  price_source="builtin"

            Split opencost over the capacity:
                  4.000 vCPU x 0.034827 = 0.139310
                 16.000 GiB  x 0.004668 = 0.074690
            """);
  }

  /** As the README promises; one that is not in the cluster too. */
  @Test
  void explainsANodeOfTheLiveCluster() throws IOException {
    String name = "ip-10-0-3-7.ec2.internal";
    try (StandInApiServer api = StandInApiServer.start()) {
      api.apply(NODE.formatted(name, "m5.xlarge"));
      String kubeconfig = kubeconfig(api.port());

      assertThat(price(name, "--kubeconfig", kubeconfig))
          .isEqualTo(price(name, "--cluster-snapshot", dump()));
      Run unknown = price("ip-10-0-3-8.ec2.internal", "--kubeconfig", kubeconfig, "--context", "c");
      assertThat(unknown.exit()).isEqualTo(1);
      assertThat(unknown.out()).isEmpty();
      assertThat(unknown.err())
          .hasLineCount(1)
          .startsWith(
              "exporter: unknown node ip-10-0-3-8.ec2.internal; nearest of the 1 in the cluster at"
                  + " http")
          .contains(": ip-10-0-3-7.ec2.internal;");
    }
  }

  /** Its pods say what it costs. */
  @Test
  void readsThePodOfAFargateNode() throws IOException {
    String name = "fargate-ip-10-0-9-9.ec2.internal";
    String node =
        NODE.formatted(name, "")
            .replace(
                "\"labels\": {", "\"labels\": {\"eks.amazonaws.com/compute-type\": \"fargate\",");
    String pod =
        """
        {"apiVersion": "v1", "kind": "Pod",
         "metadata": {"namespace": "shop", "name": "web", "annotations": {"CapacityProvisioned": "1vCPU 4GB"}},
         "spec": {"nodeName": "%s", "containers": [{"name": "app"}]}}
        """
            .formatted(name);
    try (StandInApiServer api = StandInApiServer.start()) {
      api.apply(node);
      api.apply(pod);

      assertThat(price(name, "--kubeconfig", kubeconfig(api.port())).out())
          .contains("1.000 vCPU", "4.000 GiB");
    }
  }

  /**
   * A node of the cluster has the price that is published, and that it is a guess is said first.
   */
  @Test
  void saysFirstThatAPriceIsTheFallback() throws IOException {
    Path dump = Files.writeString(folder.resolve("own.json"), NODE.formatted("n1", "rack-7"));

    Run run = price("n1", "--cluster-snapshot", dump.toString());

    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .startsWith("n1: 0.194236 USD per hour, an estimate (fallback): no source knows it");
  }

  @Test
  void saysFirstThatAPriceIsAnEstimate() {
    assertThat(price("m5.xlarge", "--region", "mx-central-1").out().lines().findFirst())
        .hasValueSatisfying(line -> assertThat(line).contains("an estimate (region)"));
    assertThat(price("m5.xlarge", "--region", "us-east-1", "--spot").out().lines().findFirst())
        .hasValueSatisfying(line -> assertThat(line).contains("an estimate (spot)"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          m5.xlrge          | us-east-1     | unknown instance type m5.xlrge; nearest: m5.xlarge
          M5XLARGE          | us-east-1     | unknown instance type M5XLARGE; nearest: m5.xlarge
          Standard_D4_v5s   | eastus        | unknown instance type Standard_D4_v5s; nearest: Standard_D4
          e2-standrad-4     | us-central1   | unknown instance type e2-standrad-4; nearest: e2-standard-4
          m5.xlarge         | us-esat-1     | unknown region us-esat-1; nearest: us-east-1
          Standard_D4s_v5   | westeuropa    | unknown region westeuropa; nearest: westeurope
          n2-standard-4     | us-centrall   | unknown region us-centrall; nearest: us-central1
          Standard_D4s_v5   | us-east-1     | unknown region us-east-1; no region of azure has a name like it
          m5.xlarge         | eastus        | unknown region eastus; no region of aws has a name like it
          nothing.like-this | us-east-1     | unknown instance type nothing.like-this; no source has a name like it
          m5.xlarge         | mars          | unknown region mars; no region of aws has a name like it
          n2-custom-4       | us-central1   | unknown instance type n2-custom-4
          """)
  void whatNobodyKnowsIsAnErrorWithTheNearestNames(String type, String region, String message) {
    Run run = price(type, "--region", region);

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).hasLineCount(1).startsWith("exporter: " + message);
  }

  @Test
  void aTypeOfGoogleCostsWhatItsNameSaysItHas() {
    assertThat(price("n2-standard-4", "--region", "us-central1").out())
        .startsWith("n2-standard-4: 0.19")
        .contains("4.000 vCPU", "16.000 GiB");
  }

  @Test
  void aCustomTypeCostsItsCoresAndItsMemory() {
    assertThat(price("n2-custom-4-8192", "--region", "us-central1").out())
        .contains("4.000 vCPU", "8.000 GiB")
        .startsWith("n2-custom-4-8192: 0.1");
  }

  /** A region that Google has and the table does not. */
  @Test
  void aRegionThatExistsIsAnEstimateAndNoError() {
    Run run = price("n2-standard-4", "--region", "europe-west12");

    assertThat(run.exit()).isZero();
    assertThat(run.out().lines().findFirst())
        .hasValueSatisfying(line -> assertThat(line).contains("an estimate (region)"));
  }

  /** What the sheet knows is known, whatever its name. */
  @Test
  void aTypeOfTheSheetNeedsNoTable() throws IOException {
    Files.writeString(folder.resolve("prices.csv"), "instance_type,price,per\nrack-*,2,hour\n");
    Path policy =
        Files.writeString(
            folder.resolve("policy.yaml"),
            "prices: {sources: [sheet, builtin], sheet: {file: prices.csv}}\n");

    assertThat(price("rack-7", "--region", "cellar", "--policy", policy.toString()).out())
        .startsWith("rack-7: 2.000000 USD per hour\n");
  }

  @Test
  void convertedPricesAreSaidToBe() throws IOException {
    Path policy =
        Files.writeString(
            folder.resolve("policy.yaml"),
            """
            currency: EUR
            prices: {exchangeRates: [{from: USD, to: EUR, rate: 0.5, since: 2020-01-01}]}
            """);

    assertThat(price("m5.xlarge", "--region", "us-east-1", "--policy", policy.toString()).out())
        .startsWith("m5.xlarge: 0.096000 EUR per hour\n")
        .contains(
            "builtin    0.096000  builtin  <- taken",
            "prices in USD are converted at 0.5 EUR, the rate since 2020-01-01T00:00:00Z");
  }

  @ParameterizedTest
  @CsvSource({
    "--region us-east-1 --cluster-snapshot x.json",
    "--region us-east-1 --context staging",
    "--spot --cluster-snapshot x.json",
    "--cluster-snapshot x.json --kubeconfig y",
    "--spot",
    "--zone us-east-1a",
  })
  void questionsThatContradictThemselvesAreRefused(String options) {
    List<String> arguments = new ArrayList<>(List.of("m5.xlarge"));
    arguments.addAll(List.of(options.split(" ")));

    assertThat(price(arguments.toArray(String[]::new)).exit()).isEqualTo(2);
  }

  @Test
  void aTypeWithoutARegionIsAskedForOne() {
    assertThat(price("m5.xlarge"))
        .isEqualTo(
            new Run(
                1,
                "",
                "exporter: an instance type has a price only in a region; name it with --region"
                    + System.lineSeparator()));
  }

  /** The examples of --help that need no cluster run as they are printed. */
  @Test
  void theExamplesRunAsPrinted() {
    String help = price("--help").out();
    List<String> examples =
        Pattern.compile("(?m)^  exporter (price \\S+ --region .*)$")
            .matcher(help)
            .results()
            .map(example -> example.group(1))
            .toList();

    assertThat(examples).hasSizeGreaterThanOrEqualTo(2);
    for (String example : examples) {
      assertThat(Run.of(example.split(" ")).exit()).as(example).isZero();
    }
    requireNonNull(new CommandLine(new Exporter()).getSubcommands().get("price"))
        .getCommandSpec()
        .options()
        .forEach(option -> assertThat(help).contains(option.longestName()));
  }

  private static Run price(String... arguments) {
    List<String> all = new ArrayList<>(List.of("price"));
    all.addAll(List.of(arguments));
    return Run.of(all.toArray(String[]::new));
  }

  private String dump() throws IOException {
    return Files.writeString(
            folder.resolve("cluster.json"), NODE.formatted("ip-10-0-3-7.ec2.internal", "m5.xlarge"))
        .toString();
  }

  private String kubeconfig(int port) throws IOException {
    return Files.writeString(
            folder.resolve("kubeconfig"),
            """
            apiVersion: v1
            kind: Config
            clusters: [{name: c, cluster: {server: "%s"}}]
            users: [{name: u, user: {}}]
            contexts: [{name: c, context: {cluster: c, user: u}}]
            current-context: c
            """
                .formatted(StandInApiServer.url(port)))
        .toString();
  }
}
