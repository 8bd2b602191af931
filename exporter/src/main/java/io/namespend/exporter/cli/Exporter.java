package io.namespend.exporter.cli;

import io.namespend.exporter.cluster.ClusterDump;
import io.namespend.exporter.cluster.InvalidDumpException;
import io.namespend.foundation.command.ErrorLines;
import io.namespend.foundation.command.ProgramVersion;
import io.namespend.foundation.settings.InvalidSettingsException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The program: parses, wires, serves until it is stopped. */
@Command(
    name = "exporter",
    subcommands = {PriceCommand.class, CheckPolicyCommand.class, AuditLabelsCommand.class},
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class,
    sortOptions = false,
    usageHelpWidth = 100,
    description = {
      "Publishes what the nodes of a Kubernetes cluster cost, and what the requests on them cost,"
          + " as Prometheus metrics.",
      "",
      "Without --cluster-snapshot it watches the cluster that it runs in, or that the kubeconfig"
          + " names.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  exporter                                       the cluster of the current context",
      "  exporter --context staging --port 9100         another one, on another port",
      "  " + ClusterDump.KUBECTL_GET,
      "  exporter --cluster-snapshot cluster.json       price a cluster from a dump",
      "  exporter price m5.xlarge --region eu-west-1    how a price comes about",
      "  exporter --policy policy.yaml                  with prices, owners, pools and budgets of"
          + " yours",
      "  exporter check-policy policy.yaml              what is wrong with them, and what they do",
      "  exporter audit-labels                          what lacks the labels of its owner"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {" 1:could not start", " 2:wrong options", "143:stopped by SIGTERM"})
public final class Exporter implements Callable<Integer> {
  @Mixin private ExporterOptions options = new ExporterOptions();

  public static void main(String[] args) {
    OneLineLog.install();
    System.exit(
        new CommandLine(new Exporter())
            .setCommandName(System.getProperty("namespend.command", "exporter"))
            .setParameterExceptionHandler(new ErrorLines("exporter")::wrongOptions)
            .execute(args));
  }

  @Override
  public Integer call() throws InterruptedException {
    try (RunningExporter exporter = RunningExporter.start(options)) {
      exporter.awaitStop();
      return 0;
    } catch (CannotStartException | InvalidDumpException | InvalidSettingsException e) {
      System.err.println("exporter: " + e.getMessage());
      return 1;
    }
  }
}
