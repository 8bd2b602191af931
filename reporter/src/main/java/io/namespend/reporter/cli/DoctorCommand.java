package io.namespend.reporter.cli;

import io.namespend.foundation.command.ProgramVersion;
import io.namespend.reporter.delivery.AnnotatedChannels;
import io.namespend.reporter.digest.PlainText;
import io.namespend.reporter.doctor.Check;
import io.namespend.reporter.doctor.Finding;
import io.namespend.reporter.doctor.Installation;
import io.namespend.reporter.prometheus.Connection;
import io.namespend.reporter.prometheus.PrometheusClient;
import io.namespend.reporter.settings.Settings;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Names the first thing that is wrong with an installation. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class,
    sortOptions = false,
    description = {
      "Checks an installation in the order in which figures come to be, from the exporter to the"
          + " digest, and names the first thing that is wrong with its remedy.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${ROOT-COMMAND-NAME} doctor",
      "      the installation in the cluster of your kubeconfig",
      "  ${ROOT-COMMAND-NAME} doctor --config reporter.yaml --context staging",
      "      also who gets the digest; another cluster"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:nothing is wrong",
      " 1:something is wrong; standard output says what, and what to do",
      " 2:wrong options"
    })
final class DoctorCommand implements Callable<Integer> {
  private final Clock clock;
  private final Map<String, String> environment;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private PrometheusOptions asking = new PrometheusOptions();

  /**
   * @param environment where secrets can be
   */
  DoctorCommand(Clock clock, Map<String, String> environment) {
    this.clock = clock;
    this.environment = Map.copyOf(environment);
  }

  @Override
  public Integer call() {
    Settings settings = ErrorLine.checked(spec.commandLine(), () -> asking.settings(environment));
    Connection connection =
        ErrorLine.checked(spec.commandLine(), () -> asking.connection(settings));
    PrometheusClient prometheus = PrometheusOptions.client(connection, spec.commandLine());
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    List<Check> checks =
        new Installation(
                prometheus,
                now,
                new Installation.Recipients(
                    asking.config.map(file -> audiences(settings, prometheus, now))))
            .checks();
    int width = checks.stream().mapToInt(check -> check.name().length()).max().orElse(0);
    for (int i = 0; i < checks.size(); i++) {
      Check check = checks.get(i);
      Finding finding = check.look().get();
      print(finding, check.name(), width);
      if (finding.kind() == Finding.Kind.WRONG) {
        int more = checks.size() - i - 1;
        if (more > 0) {
          StandardOutput.print(
              spec.commandLine(),
              "%d more check%s once this is fixed\n"
                  .formatted(more, more == 1 ? " follows" : "s follow"));
        }
        return 1;
      }
    }
    return 0;
  }

  private void print(Finding finding, String name, int width) {
    String mark =
        switch (finding.kind()) {
          case FINE -> "ok   ";
          case WRONG -> "WRONG";
          case UNKNOWN -> "?    ";
        };
    StringBuilder text =
        new StringBuilder(
            "%s  %s  %s\n"
                .formatted(
                    mark,
                    name + " ".repeat(width - name.length()),
                    PlainText.printable(finding.text())));
    for (String line : Wrapped.lines(finding.remedy(), 72)) {
      text.append("       ").append(line).append('\n');
    }
    StandardOutput.print(spec.commandLine(), text.toString());
  }

  private static int audiences(Settings settings, PrometheusClient prometheus, Instant now) {
    AnnotatedChannels channels =
        settings.slackToken().isEmpty()
            ? AnnotatedChannels.NONE
            : AnnotatedChannels.read(prometheus, now);
    return (int)
        new Audiences(settings, channels)
            .all().values().stream().filter(audience -> !audience.isEmpty()).count();
  }
}
