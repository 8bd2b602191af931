package io.namespend.exporter.cli;

import io.namespend.exporter.cluster.ClusterDump;
import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.InvalidDumpException;
import io.namespend.exporter.policy.AppliedPolicy;
import io.namespend.exporter.policy.PolicyWarnings;
import io.namespend.exporter.policy.file.PolicyFile;
import io.namespend.exporter.price.currency.SourceCurrency;
import io.namespend.foundation.command.ProgramVersion;
import io.namespend.foundation.settings.InvalidSettingsException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what is wrong with a policy file, and what it does. */
@Command(
    name = "check-policy",
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class,
    sortOptions = false,
    description = {
      "Prints all errors in a policy file: where, what was found, what to write instead. A valid"
          + " file is summarized.",
      "",
      "With --cluster-snapshot it also prints the policy's effect on that cluster: which"
          + " namespaces are tenants, who owns them, their models and budgets, and which parts of"
          + " the policy match nothing.",
      "",
      "A file in short; every key is optional, and docs/policy.md describes them all:",
      "",
      "  ownership:  {labels: {team: [team, squad]}, defaults: {team: nobody}}",
      "  allocation: {overrides: [{namespaces: [\"batch-*\"], model: usage}]}",
      "  pools:      [{name: platform, namespaces: [kube-system, monitoring]}]",
      "  sharedServices: [{name: rds, category: database, monthlyCost: 1450}]",
      "  budgets:    [{namespace: \"team-*\", daily: 500}, {team: data, monthly: 12000}]",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${ROOT-COMMAND-NAME} check-policy policy.yaml",
      "  ${ROOT-COMMAND-NAME} check-policy policy.yaml --cluster-snapshot cluster.json"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the policy is valid",
      "1:it is not, or a file cannot be read",
      "2:wrong options"
    })
final class CheckPolicyCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "FILE", description = "The policy file.")
  private Path file = Path.of("");

  @Option(
      names = "--cluster-snapshot",
      paramLabel = "PATH",
      description =
          "Try the policy on the cluster in this file or folder of \"kubectl get ... -o json\""
              + " output.")
  private Optional<Path> clusterSnapshot = Optional.empty();

  @Override
  public Integer call() {
    try {
      check(System.out);
      return 0;
    } catch (InvalidDumpException | InvalidSettingsException e) {
      System.err.println(
          ("exporter: " + e.getMessage())
              .lines()
              .map(line -> Columns.wrapped(line, 4))
              .collect(Collectors.joining("\n")));
      return 1;
    }
  }

  private void check(PrintStream out) {
    Clock clock = Clock.systemUTC();
    PolicyFile policy = PolicyFile.read(file, clock.instant());
    out.printf("%s is valid%n%n", file);
    out.print(new PolicySummary(policy, clock.instant()).text());
    List<String> warnings = new ArrayList<>();
    if (policy.rates().at(clock.instant()).factor(SourceCurrency.DOLLAR).isEmpty()) {
      warnings.add(
          "currency: the fallback is in USD and prices.exchangeRates has no rate for it, so what no"
              + " source knows costs nothing");
    }
    clusterSnapshot.ifPresent(
        path -> {
          AppliedPolicy applied =
              AppliedPolicy.of(policy.policy(), cluster(path, policy, clock), LocalDate.now(clock));
          out.print(new ClusterEffects(applied).text());
          warnings.addAll(PolicyWarnings.of(applied));
        });
    if (!warnings.isEmpty()) {
      out.println("Warnings:");
      warnings.forEach(warning -> out.println(Columns.wrapped("  " + warning, 4)));
    }
  }

  private static ClusterSnapshot cluster(Path path, PolicyFile policy, Clock clock) {
    Set<String> labels = policy.policy().labelNames();
    return new ClusterDump(path, clock.instant(), Set.of(), labels).snapshot();
  }
}
