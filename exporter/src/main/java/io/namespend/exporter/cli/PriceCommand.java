package io.namespend.exporter.cli;

import io.namespend.exporter.cluster.CapacityType;
import io.namespend.exporter.cluster.ClusterDump;
import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.InvalidDumpException;
import io.namespend.exporter.cluster.Node;
import io.namespend.exporter.cluster.Resources;
import io.namespend.exporter.policy.file.PolicyFile;
import io.namespend.exporter.price.PriceExplanation;
import io.namespend.exporter.price.PriceRefresher;
import io.namespend.exporter.price.settings.PriceSettings;
import io.namespend.exporter.settings.InvalidSettingsException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells how the price of one node comes about. */
@Command(
    name = "price",
    mixinStandardHelpOptions = true,
    versionProvider = ExporterVersion.class,
    sortOptions = false,
    usageHelpWidth = 100,
    description = {
      "Prints how a price comes about: the sources in order and what each says, the discount, the"
          + " split and the rates.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  exporter price m5.xlarge --region eu-west-1",
      "  exporter price ip-10-0-3-7.ec2.internal --cluster-snapshot cluster.json --policy"
          + " policy.yaml"
    })
final class PriceCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "NODE|INSTANCE_TYPE",
      description = "A node of the cluster snapshot, or an instance type.")
  private String subject = "";

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "Region of the instance type; a node knows its own.")
  private String region = "";

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "Zone of the instance type, for AWS spot prices.")
  private String zone = "";

  @Option(names = "--spot", description = "Price the instance type as spot capacity.")
  private boolean spot;

  @Option(
      names = "--cluster-snapshot",
      paramLabel = "PATH",
      description =
          "Look for the node in this file or folder of \"kubectl get ... -o json\" output.")
  private Optional<Path> clusterSnapshot = Optional.empty();

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "The policy file, for its prices (default: the built-in table).")
  private Optional<Path> policy = Optional.empty();

  @Override
  public Integer call() {
    try {
      explain(System.out);
      return 0;
    } catch (CannotStartException | InvalidDumpException | InvalidSettingsException e) {
      System.err.println("exporter: " + e.getMessage());
      return 1;
    }
  }

  private void explain(PrintStream out) {
    Clock clock = Clock.systemUTC();
    PolicyFile file = PolicyFile.readOrDefaults(policy, clock.instant());
    PriceSettings settings = file.prices();
    String currency = file.policy().currency();
    AtomicReference<ClusterSnapshot> cluster = new AtomicReference<>(ClusterSnapshot.EMPTY);
    PriceSources sources = PriceSources.open(settings, currency, cluster::get, clock);
    Node node = node(sources, clock);
    cluster.set(new ClusterSnapshot(List.of(node), List.of(), List.of()));
    // Once and on this thread: whoever asks wants the price, and the reason if there is none.
    new PriceRefresher(sources.refreshed(), clock, () -> {}).refreshAll();
    out.print(
        new PriceExplanation(sources.chain(), sources.capacity(), settings.split())
            .of(node, currency));
  }

  private Node node(PriceSources sources, Clock clock) {
    if (clusterSnapshot.isPresent()) {
      return new ClusterDump(
              clusterSnapshot.get(),
              clock.instant(),
              sources.nodeLabels(),
              Set.of(),
              sources.instanceTypes())
          .snapshot().nodes().stream()
              .filter(node -> node.name().equals(subject))
              .findFirst()
              .orElseThrow(
                  () ->
                      new CannotStartException(
                          "%s has no node \"%s\"; see its nodes, or leave out --cluster-snapshot to"
                                  .formatted(clusterSnapshot.get(), subject)
                              + " price an instance type"));
    }
    if (region.isEmpty()) {
      throw new CannotStartException(
          "an instance type has a price only in a region; name it with --region");
    }
    return new Node(
        subject,
        subject,
        region,
        zone,
        "",
        providerScheme() + "://",
        spot ? CapacityType.SPOT : CapacityType.ON_DEMAND,
        Resources.NONE,
        Resources.NONE);
  }

  /** The providers name their types in different ways. */
  private String providerScheme() {
    if (subject.startsWith("Standard_") || subject.startsWith("Basic_")) {
      return "azure";
    }
    return subject.contains(".") ? "aws" : "gce";
  }
}
