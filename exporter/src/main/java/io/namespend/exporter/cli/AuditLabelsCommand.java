package io.namespend.exporter.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.namespend.exporter.audit.LabelAudit;
import io.namespend.exporter.audit.Verdict;
import io.namespend.exporter.cluster.ClusterDump;
import io.namespend.exporter.cluster.ClusterListing;
import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.InvalidDumpException;
import io.namespend.exporter.cluster.SurveyedCluster;
import io.namespend.exporter.cluster.UnreadableClusterException;
import io.namespend.exporter.cluster.watch.WatchTiming;
import io.namespend.exporter.policy.AppliedPolicy;
import io.namespend.exporter.policy.file.PolicyFile;
import io.namespend.exporter.price.currency.RatesInForce;
import io.namespend.exporter.price.refresh.PriceRefresher;
import io.namespend.exporter.settings.Wildcard;
import io.namespend.foundation.command.ProgramVersion;
import io.namespend.foundation.settings.Constant;
import io.namespend.foundation.settings.InvalidSettingsException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Tells what lacks the labels of its owner, before policies refuse it. */
@Command(
    name = "audit-labels",
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class,
    sortOptions = false,
    description = {
      "Prints how many namespaces and workloads have the labels of team, cost center and"
          + " environment, how much of the requested cost has an owner, and what to add where.",
      "",
      "A workload complies if it and its pod template have all three labels. A label inherited from"
          + " its namespace gives its cost an owner, but does not make it comply.",
      "",
      "Without --cluster-snapshot it lists the cluster that the kubeconfig names, once.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${ROOT-COMMAND-NAME} audit-labels",
      "  ${ROOT-COMMAND-NAME} audit-labels --cluster-snapshot cluster.json \\",
      "      --policy policy.yaml",
      "  ${ROOT-COMMAND-NAME} audit-labels --format csv > labels.csv"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:ready for policies that refuse (Enforce)",
      "1:the cluster or a file cannot be read",
      "2:wrong options",
      "3:not ready"
    })
final class AuditLabelsCommand implements Callable<Integer> {
  private static final int NOT_READY = 3;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--cluster-snapshot",
      paramLabel = "PATH",
      description =
          "Audit the cluster in this file or folder of \"kubectl get ... -o json\" output instead"
              + " of a live one.")
  private Optional<Path> clusterSnapshot = Optional.empty();

  @Mixin private KubeconfigOptions cluster = new KubeconfigOptions();

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description =
          "The policy file, for label names and prices (default: team, cost-center, environment;"
              + " the built-in table).")
  private Optional<Path> policy = Optional.empty();

  @Option(
      names = "--threshold",
      paramLabel = "PERCENT",
      defaultValue = "95",
      description =
          "The percentage that namespaces, workloads and cost must each reach (default:"
              + " ${DEFAULT-VALUE}).")
  private double threshold = 95;

  @Option(
      names = "--exclude",
      paramLabel = "NAMESPACES",
      split = ",",
      defaultValue = "kube-*,kyverno",
      description =
          "Namespaces that the label policies exclude; * matches any characters (default:"
              + " ${DEFAULT-VALUE}).")
  private List<String> exclude = List.of();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      converter = FormatName.class,
      description = "table, json or csv (default: ${DEFAULT-VALUE}).")
  private Format format = Format.TABLE;

  private enum Format {
    TABLE,
    JSON,
    CSV
  }

  /** As on the command line. */
  private static final class FormatName implements ITypeConverter<Format> {
    @Override
    public Format convert(String value) {
      try {
        return Constant.parse(Format.class, value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException("\"%s\": %s".formatted(value, e.getMessage()));
      }
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    if (!(threshold >= 0 && threshold <= 100)) {
      throw new ParameterException(
          spec.commandLine(), "--threshold is %s; it must be from 0 to 100".formatted(threshold));
    }
    try {
      return audit(System.out);
    } catch (CannotStartException
        | InvalidDumpException
        | InvalidSettingsException
        | UnreadableClusterException e) {
      System.err.println("exporter: " + e.getMessage());
      return 1;
    }
  }

  private int audit(PrintStream out) throws InterruptedException {
    Clock clock = Clock.systemUTC();
    PolicyFile file = PolicyFile.readOrDefaults(policy, clock.instant());
    RatesInForce rates = file.rates().at(clock.instant());
    AtomicReference<ClusterSnapshot> snapshot = new AtomicReference<>(ClusterSnapshot.EMPTY);
    PriceSources prices = PriceSources.open(file.prices(), () -> rates, snapshot::get, clock);
    SurveyedCluster cluster = survey(prices, file.policy().ownership().labelNames());
    snapshot.set(cluster.snapshot());
    // Once and on this thread, as nothing is shown before prices are there.
    new PriceRefresher(prices.refreshed(), clock, () -> {}).refreshAll();
    List<Wildcard> leftOut =
        exclude.stream().filter(name -> !name.isBlank()).map(Wildcard::new).toList();
    LabelAudit audit =
        LabelAudit.of(
            cluster,
            AppliedPolicy.of(file.policy(), cluster.snapshot(), LocalDate.now(clock)),
            prices.pricer().price(cluster.snapshot()).nodes(),
            namespace -> leftOut.stream().anyMatch(glob -> glob.matches(namespace)));
    Verdict verdict = Verdict.of(audit, threshold);
    AuditReport report = new AuditReport(audit, verdict, file.policy().currency(), leftOut);
    switch (format) {
      case TABLE -> out.print(new AuditTable(report).text());
      case JSON -> out.print(new AuditJson(report).text());
      case CSV -> {
        out.print(new AuditCsv(report).text());
        // Rows only, for a spreadsheet; the verdict is for whoever looks.
        System.err.println(report.conclusion());
      }
    }
    out.flush();
    return verdict.isReady() ? 0 : NOT_READY;
  }

  private SurveyedCluster survey(PriceSources prices, Set<String> labels)
      throws InterruptedException {
    if (clusterSnapshot.isPresent()) {
      return ClusterDump.survey(
          clusterSnapshot.get(), prices.nodeLabels(), labels, prices.instanceTypes());
    }
    try (KubernetesClient client = cluster.open()) {
      return ClusterListing.survey(
          client, WatchTiming.DEFAULTS, prices.nodeLabels(), labels, prices.instanceTypes());
    }
  }
}
