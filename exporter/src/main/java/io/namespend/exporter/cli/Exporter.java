package io.namespend.exporter.cli;

import io.namespend.exporter.cluster.InvalidDumpException;
import io.namespend.foundation.command.ErrorLines;
import io.namespend.foundation.command.ProgramVersion;
import io.namespend.foundation.net.EnvironmentProxies;
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
    description = {
      "Publishes the cost of a Kubernetes cluster's nodes, and of the requests on them, as"
          + " Prometheus metrics.",
      "",
      "Without --cluster-snapshot it watches the cluster that it runs in, or the one in the"
          + " kubeconfig.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  exporter",
      "      the cluster of the current context",
      "  exporter --context staging --port 9100",
      "      another cluster and port",
      "  exporter --policy policy.yaml",
      "      with your own prices, owners and budgets",
      "  kubectl cluster-info dump --all-namespaces --output-directory=dump",
      "  exporter --cluster-snapshot dump",
      "      price a cluster from a dump",
      "  exporter price m5.xlarge --region eu-west-1",
      "      explain a price",
      "  exporter check-policy policy.yaml",
      "      check the policy, and show its effect",
      "  exporter audit-labels",
      "      list what lacks owner labels"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {" 1:could not start", " 2:wrong options", "143:stopped by SIGTERM"})
public final class Exporter implements Callable<Integer> {
  @Mixin private ExporterOptions options = new ExporterOptions();

  public static void main(String[] args) {
    OneLineLog.install();
    try {
      EnvironmentProxies.install(System.getenv());
    } catch (IllegalArgumentException e) {
      System.err.println("exporter: " + e.getMessage());
      System.exit(2);
    }
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
