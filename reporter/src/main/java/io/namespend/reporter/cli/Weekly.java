package io.namespend.reporter.cli;

import io.namespend.foundation.command.ProgramVersion;
import io.namespend.reporter.delivery.AnnotatedChannels;
import io.namespend.reporter.delivery.Courier;
import io.namespend.reporter.delivery.Parcel;
import io.namespend.reporter.delivery.Turn;
import io.namespend.reporter.digest.Brief;
import io.namespend.reporter.digest.BriefReader;
import io.namespend.reporter.digest.Briefs;
import io.namespend.reporter.digest.DayChart;
import io.namespend.reporter.digest.DigestReader;
import io.namespend.reporter.digest.MailPage;
import io.namespend.reporter.digest.PageWriter;
import io.namespend.reporter.digest.TextPage;
import io.namespend.reporter.digest.Week;
import io.namespend.reporter.digest.WeeklyDigest;
import io.namespend.reporter.prometheus.Connection;
import io.namespend.reporter.prometheus.Pause;
import io.namespend.reporter.prometheus.PrometheusClient;
import io.namespend.reporter.settings.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Reads the week, then prints it or writes it. */
@Command(
    name = "weekly",
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class,
    sortOptions = false,
    description = {
      "What the week cost in total and by namespace, compared with the week before.",
      "",
      "Costs are read from recorded hourly series. Without --until it is the last week from Monday"
          + " to Sunday.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kubectl -n monitoring port-forward svc/prometheus-operated 9090 &",
      "  ${ROOT-COMMAND-NAME} weekly --prometheus http://localhost:9090 --dry-run",
      "      the last calendar week as text",
      "  ${ROOT-COMMAND-NAME} weekly --prometheus http://localhost:9090 --dry-run --until now",
      "      the seven days up to the last full hour: for a first look",
      "  ${ROOT-COMMAND-NAME} weekly --prometheus http://localhost:9090 --until 2026-11-16 \\",
      "      --output week.html",
      "      9 to 15 November as a web page",
      "  ${ROOT-COMMAND-NAME} weekly --config reporter.yaml",
      "      send to everyone whom the settings name, once"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:done; all was delivered, now or before",
      " 1:no digest, or not delivered to all; standard error says why",
      " 2:wrong options"
    })
final class Weekly implements Callable<Integer> {
  private final Clock clock;
  private final Map<String, String> environment;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private PrometheusOptions asking = new PrometheusOptions();
  @Mixin private WeeklyOptions options = new WeeklyOptions();

  /**
   * @param environment where secrets can be
   */
  Weekly(Clock clock, Map<String, String> environment) {
    this.clock = clock;
    this.environment = Map.copyOf(environment);
  }

  @Override
  public Integer call() {
    Settings settings = ErrorLine.checked(spec.commandLine(), () -> settings());
    Week week =
        ErrorLine.checked(
            spec.commandLine(),
            () -> WeekOption.week(options.until, clock.instant(), settings.zone()));
    Connection connection =
        ErrorLine.checked(spec.commandLine(), () -> asking.connection(settings));
    PrometheusClient prometheus = PrometheusOptions.client(connection, spec.commandLine());
    WeeklyDigest digest = new DigestReader(prometheus, settings.digest().comparable()).read(week);
    Briefs briefs = new BriefReader(prometheus, settings.digest()).read(digest);
    for (Path file : options.output) {
      write(file, briefs.company(), settings);
    }
    if (asking.config.isEmpty() && !options.dryRun) {
      return 0;
    }
    if (asking.config.isPresent()) {
      Audiences audiences = new Audiences(settings, annotated(prometheus, settings));
      return options.dryRun
          ? show(briefs, audiences, settings)
          : deliver(briefs, audiences, settings);
    }
    StandardOutput.print(
        spec.commandLine(),
        TextPage.render(
            new PageWriter(settings.dashboards(), options.top).write(briefs.company())));
    return 0;
  }

  private void write(Path file, Brief company, Settings settings) {
    if (file.toString().toLowerCase(Locale.ROOT).endsWith(".pdf")) {
      PageWriter writer = new PageWriter(settings.dashboards(), options.top);
      ReportFile.write(file, new Parcel(company, writer).pdf());
    } else {
      ReportFile.write(file, html(company, settings));
    }
  }

  /** The mail as a file, with its chart in it. */
  private String html(Brief company, Settings settings) {
    return MailPage.render(
        new PageWriter(settings.dashboards(), options.top).write(company),
        DayChart.draw(company)
            .map(
                chart -> "data:image/png;base64," + Base64.getEncoder().encodeToString(chart.png()))
            .orElse(""),
        "; --top shows more");
  }

  private Settings settings() {
    options.check(asking.config.isPresent());
    return asking.settings(environment);
  }

  /** Only a bot can use them: a webhook has its channel. */
  private AnnotatedChannels annotated(PrometheusClient prometheus, Settings settings) {
    if (settings.slackToken().isEmpty()) {
      return AnnotatedChannels.NONE;
    }
    AnnotatedChannels channels = AnnotatedChannels.read(prometheus, clock.instant());
    channels.conflicts().forEach(line -> ErrorLine.print(spec.commandLine(), line));
    return channels;
  }

  /** What would be sent, and to whom. */
  private int show(Briefs briefs, Audiences audiences, Settings settings) {
    PageWriter writer = new PageWriter(settings.dashboards(), options.top);
    StringBuilder text = new StringBuilder();
    audiences
        .all()
        .forEach(
            (scope, audience) -> {
              text.append("To %s\n\n".formatted(Audiences.describe(audience)));
              text.append(TextPage.render(writer.write(Audiences.brief(briefs, scope))));
              text.append('\n');
            });
    StandardOutput.print(
        spec.commandLine(),
        text + "nothing sent (--dry-run), %d digests\n".formatted(audiences.all().size()));
    return 0;
  }

  /** The log is then where the digest can be read. */
  private void showToNobody(Briefs briefs, Settings settings) {
    StandardOutput.print(
        spec.commandLine(),
        TextPage.render(new PageWriter(settings.dashboards(), options.top).write(briefs.company()))
            + """

            This digest goes to nobody. To send it, write into %s:
              company: {recipients: [you@example.com]}
              email: {host: smtp.example.com, from: costs@example.com}
            or slackChannel and slack: docs/reporter.md has both.
            """
                .formatted(asking.config.orElseThrow().getFileName()));
  }

  private int deliver(Briefs briefs, Audiences audiences, Settings settings) {
    if (audiences.isEmpty()) {
      if (options.output.isEmpty()) {
        showToNobody(briefs, settings);
      }
      return 0;
    }
    Senders senders = new Senders(settings, environment, Pause.SLEEP);
    Consumer<String> errors = line -> ErrorLine.print(spec.commandLine(), line);
    // One at a time, whoever starts it: what the log has is read when the turn is ours.
    try (Turn turn = senders.turn(errors)) {
      PageWriter writer = new PageWriter(settings.dashboards(), options.top);
      Courier courier = new Courier(senders.log(), turn, errors);
      Courier.Outcome outcome =
          courier.deliver(
              () ->
                  audiences.all().entrySet().stream()
                      .map(
                          entry ->
                              new Courier.Round(
                                  new Parcel(Audiences.brief(briefs, entry.getKey()), writer),
                                  senders.channels(entry.getValue())))
                      .iterator(),
              options.resend);
      StandardOutput.print(spec.commandLine(), outcome.line() + "\n");
      return outcome.failed() == 0 ? 0 : 1;
    } finally {
      senders.close();
    }
  }
}
