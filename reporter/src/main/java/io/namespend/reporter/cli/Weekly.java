package io.namespend.reporter.cli;

import io.namespend.reporter.digest.DigestReader;
import io.namespend.reporter.digest.HtmlDigest;
import io.namespend.reporter.digest.TextDigest;
import io.namespend.reporter.digest.Week;
import io.namespend.reporter.digest.WeeklyDigest;
import io.namespend.reporter.prometheus.PrometheusClient;
import io.namespend.reporter.prometheus.PrometheusUrl;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Reads the week, then prints it or writes it. */
@Command(
    name = "weekly",
    mixinStandardHelpOptions = true,
    versionProvider = ReporterVersion.class,
    sortOptions = false,
    description = {
      "What the week cost in total and in each namespace, and how that compares with the week"
          + " before.",
      "",
      "Costs are read from recorded series, by the hour and in UTC. Without --until it is the last"
          + " week from Monday to Sunday.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kubectl -n monitoring port-forward svc/prometheus-operated 9090 &",
      "  reporter weekly --prometheus http://localhost:9090 --dry-run",
      "      the last calendar week as text",
      "  reporter weekly --prometheus http://localhost:9090 --dry-run --until now",
      "      the seven days up to the last full hour: for a first look",
      "  reporter weekly --prometheus http://localhost:9090 --until 2026-11-16 \\",
      "      --output week.html",
      "      9 to 15 November as a web page"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {" 0:done", " 1:no digest; standard error says why", " 2:wrong options"})
final class Weekly implements Callable<Integer> {
  private final Clock clock;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private WeeklyOptions options = new WeeklyOptions();

  Weekly(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() {
    Week week = week();
    PrometheusClient prometheus =
        PrometheusClient.of(
            PrometheusUrl.parse(options.prometheus),
            Duration.ofSeconds(options.timeoutSeconds),
            warning -> ErrorLine.print(spec.commandLine(), "Prometheus warns: " + warning));
    WeeklyDigest digest = new DigestReader(prometheus).read(week);
    if (options.output.isPresent()) {
      Path file = options.output.get();
      ReportFile.write(file, new HtmlDigest(options.top).render(digest));
    }
    if (options.dryRun) {
      StandardOutput.print(spec.commandLine(), new TextDigest(options.top).render(digest));
    }
    return 0;
  }

  private Week week() {
    try {
      options.check();
      return WeekOption.week(options.until, clock.instant());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
