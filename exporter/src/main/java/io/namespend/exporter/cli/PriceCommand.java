package io.namespend.exporter.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.namespend.exporter.cluster.ClusterDump;
import io.namespend.exporter.cluster.ClusterListing;
import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.InvalidDumpException;
import io.namespend.exporter.cluster.UnreadableClusterException;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.pod.WorkloadFolding;
import io.namespend.exporter.cluster.watch.WatchTiming;
import io.namespend.exporter.policy.file.PolicyFile;
import io.namespend.exporter.price.PriceExplanation;
import io.namespend.exporter.price.currency.RatesInForce;
import io.namespend.exporter.price.refresh.PriceRefresher;
import io.namespend.foundation.command.ProgramVersion;
import io.namespend.foundation.settings.InvalidSettingsException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells how the price of one node comes about. */
@Command(
    name = "price",
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class,
    sortOptions = false,
    description = {
      "Prints what a node costs and why: what is known about the node, each source in order and"
          + " its price, the discount, the split and the rates. If the price is an estimate, the"
          + " first line says so.",
      "",
      "With --region it prices an instance type. Otherwise it looks up the node in the cluster that"
          + " it runs in, in the one of the kubeconfig, or in a dump.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${ROOT-COMMAND-NAME} price m5.xlarge --region eu-west-1",
      "  ${ROOT-COMMAND-NAME} price Standard_D4s_v5 --region westeurope --spot",
      "  ${ROOT-COMMAND-NAME} price ip-10-0-3-7.ec2.internal --context staging \\",
      "      --policy policy.yaml",
      "  kubectl get nodes -o json > nodes.json",
      "  ${ROOT-COMMAND-NAME} price ip-10-0-3-7.ec2.internal \\",
      "      --cluster-snapshot nodes.json"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the price is printed, known or estimated",
      "1:no such node, type or region, or the cluster or a file cannot be read",
      "2:wrong options"
    })
final class PriceCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "NODE|INSTANCE_TYPE",
      description = "The name of a node, or with --region an instance type.")
  private String subject = "";

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "Price an instance type in this region.")
  private String region = "";

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "Zone of the instance type, for AWS spot prices.")
  private String zone = "";

  @Option(names = "--spot", description = "Price the instance type as spot capacity.")
  private boolean spot;

  @Mixin private KubeconfigOptions cluster = new KubeconfigOptions();

  @Option(
      names = "--cluster-snapshot",
      paramLabel = "PATH",
      description =
          "Look up the node in this file or folder of \"kubectl get ... -o json\" or \"kubectl"
              + " cluster-info dump\" output instead of a live cluster.")
  private Optional<Path> clusterSnapshot = Optional.empty();

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "The policy file, for its prices (default: the built-in table).")
  private Optional<Path> policy = Optional.empty();

  @Override
  public Integer call() throws InterruptedException {
    refuseMixedQuestions();
    try {
      explain(System.out);
      return 0;
    } catch (CannotStartException
        | InvalidDumpException
        | InvalidSettingsException
        | UnreadableClusterException e) {
      System.err.println("exporter: " + e.getMessage());
      return 1;
    }
  }

  private void refuseMixedQuestions() {
    boolean ofType = !region.isEmpty() || !zone.isEmpty() || spot;
    if (ofType && (clusterSnapshot.isPresent() || cluster.isGiven())) {
      throw new ParameterException(
          spec.commandLine(),
          "--region, --zone and --spot are of instance types, and a node has its own; leave them"
              + " out, or the cluster");
    }
    if (clusterSnapshot.isPresent() && cluster.isGiven()) {
      throw new ParameterException(
          spec.commandLine(),
          "--cluster-snapshot and --kubeconfig or --context name two clusters; leave one out");
    }
    if (ofType && region.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "an instance type has a price only in a region; name it with --region");
    }
  }

  private void explain(PrintStream out) throws InterruptedException {
    Clock clock = Clock.systemUTC();
    PolicyFile file = PolicyFile.readOrDefaults(policy, clock.instant());
    RatesInForce rates = file.rates().at(clock.instant());
    AtomicReference<ClusterSnapshot> asked = new AtomicReference<>(ClusterSnapshot.EMPTY);
    PriceSources sources = PriceSources.open(file.prices(), () -> rates, asked::get, clock);
    InstanceType type = new InstanceType(subject, region, zone, spot);
    Node node = region.isEmpty() ? node(sources, clock) : type.asNode(sources.capacity());
    asked.set(new ClusterSnapshot(List.of(node), List.of(), List.of()));
    // Once and on this thread: whoever asks wants the price, and the reason if there is none.
    new PriceRefresher(sources.refreshed(), clock, () -> {}).refreshAll();
    if (!region.isEmpty()) {
      type.requireKnown(node, sources);
    }
    out.print(
        new PriceExplanation(sources.chain(), sources.capacity(), file.prices().split())
            .of(node, rates));
  }

  private Node node(PriceSources sources, Clock clock) throws InterruptedException {
    if (clusterSnapshot.isPresent()) {
      Path path = clusterSnapshot.get();
      List<Node> nodes =
          new ClusterDump(
                  path,
                  clock.instant(),
                  sources.nodeLabels(),
                  Set.of(),
                  sources.instanceTypes(),
                  WorkloadFolding.NONE)
              .snapshot()
              .nodes();
      return named(nodes, path.toString());
    }
    if (!cluster.isGiven() && sources.typeNames().stream().anyMatch(subject::equalsIgnoreCase)) {
      throw new CannotStartException(
          "an instance type has a price only in a region; name it with --region");
    }
    try (KubernetesClient client = client()) {
      List<Node> nodes =
          ClusterListing.nodes(
              client, WatchTiming.DEFAULTS, sources.nodeLabels(), sources.instanceTypes(), subject);
      return named(nodes, "the cluster at " + client.getMasterUrl());
    }
  }

  private KubernetesClient client() {
    try {
      return cluster.open();
    } catch (CannotStartException e) {
      if (cluster.isGiven()) {
        throw e;
      }
      throw new CannotStartException(
          e.getMessage() + "; to price an instance type, name its region with --region", e);
    }
  }

  private Node named(List<Node> nodes, String where) {
    return nodes.stream()
        .filter(node -> node.name().equals(subject))
        .findFirst()
        .orElseThrow(
            () -> {
              List<String> nearest =
                  NearestNames.of(subject, nodes.stream().map(Node::name).toList());
              String like =
                  nearest.isEmpty()
                      ? "none of the %,d in %s has a name like it".formatted(nodes.size(), where)
                      : "nearest of the %,d in %s: %s"
                          .formatted(nodes.size(), where, String.join(", ", nearest));
              return new CannotStartException(
                  "unknown node %s; %s; to price an instance type, name its region with --region"
                      .formatted(subject, like));
            });
  }
}
