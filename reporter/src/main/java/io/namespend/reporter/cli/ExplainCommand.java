package io.namespend.reporter.cli;

import io.namespend.foundation.command.ProgramVersion;
import io.namespend.reporter.explain.Explanation;
import io.namespend.reporter.explain.ExplanationReader;
import io.namespend.reporter.explain.JsonExplanation;
import io.namespend.reporter.explain.TextExplanation;
import io.namespend.reporter.prometheus.Connection;
import io.namespend.reporter.statement.AuditKey;
import io.namespend.reporter.statement.Period;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Takes the amounts of a namespace, or of a line of a statement, apart. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class,
    sortOptions = false,
    description = {
      "Breaks down the cost of a namespace, or one line of a statement: quantities and prices,"
          + " workloads and nodes, pool shares with their keys. Every level adds up to the lines of"
          + " the statement.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${ROOT-COMMAND-NAME} explain --prometheus http://localhost:9090 --namespace shop \\",
      "      --month 2026-10",
      "      a month of a namespace; without --month, this month so far",
      "  ${ROOT-COMMAND-NAME} explain --prometheus http://localhost:9090 --audit-key KEY",
      "      a statement line, by its last column"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {" 0:done", " 1:no explanation; standard error says why", " 2:wrong options"})
final class ExplainCommand implements Callable<Integer> {
  private final Clock clock;
  private final Map<String, String> environment;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private PrometheusOptions prometheus = new PrometheusOptions();

  @Option(names = "--namespace", paramLabel = "NAME", description = "The namespace to explain.")
  private Optional<String> namespace = Optional.empty();

  @Option(
      names = "--cluster",
      paramLabel = "NAME",
      description = "Its cluster, if several have a namespace of that name.")
  private Optional<String> cluster = Optional.empty();

  @ArgGroup private @Nullable CalendarPeriod calendar;

  @Option(
      names = "--from",
      paramLabel = "WHEN",
      description = "A date (its 00:00 UTC) or an instant such as 2026-11-16T06:00:00Z.")
  private Optional<String> from = Optional.empty();

  @Option(names = "--to", paramLabel = "WHEN", description = "Likewise; exclusive.")
  private Optional<String> to = Optional.empty();

  @Option(
      names = "--audit-key",
      paramLabel = "KEY",
      description = "The statement line to explain, instead of a namespace.")
  private Optional<String> auditKey = Optional.empty();

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description =
          "How many nodes of each node group to show below the shares of pools; json has all of"
              + " them. With 0 they are not read, which is faster where there are thousands"
              + " (default: "
              + TextExplanation.NODES
              + ").")
  private int nodes = TextExplanation.NODES;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json (default: ${DEFAULT-VALUE}).")
  private Format format = Format.TEXT;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Write the explanation to this file instead of standard output.")
  private Optional<Path> output = Optional.empty();

  /**
   * @param environment where secrets can be
   */
  ExplainCommand(Clock clock, Map<String, String> environment) {
    this.clock = clock;
    this.environment = Map.copyOf(environment);
  }

  @Override
  public Integer call() {
    Explanation explanation = read();
    explanation
        .statement()
        .warnings()
        .forEach(warning -> ErrorLine.print(spec.commandLine(), warning));
    String text =
        switch (format) {
          case TEXT -> TextExplanation.render(explanation, nodes);
          case JSON -> JsonExplanation.render(explanation);
        };
    ReportFile.write(output, spec.commandLine(), text);
    return 0;
  }

  private Explanation read() {
    Asked asked = ErrorLine.checked(spec.commandLine(), this::asked);
    ExplanationReader reader =
        new ExplanationReader(
            PrometheusOptions.client(asked.connection(), spec.commandLine()), nodes > 0);
    if (asked.key().isEmpty()) {
      return reader.namespace(asked.period(), namespace.orElseThrow(), cluster);
    }
    AuditKey key = asked.key().get();
    Explanation explanation = reader.line(asked.period(), key);
    if (!key.rules().equals(explanation.statement().rules())) {
      ErrorLine.print(
          spec.commandLine(),
          "the audit key is of rules %s, the recorded hours now are of %s"
              .formatted(key.rules(), explanation.statement().rules()));
    }
    return explanation;
  }

  private Asked asked() {
    if (nodes < 0) {
      throw new IllegalArgumentException("--nodes is " + nodes + "; use 0 or more");
    }
    Connection connection = prometheus.connection(prometheus.settings(environment));
    Instant now = clock.instant();
    boolean ofTime = calendar != null || from.isPresent() || to.isPresent();
    if (auditKey.isPresent() && namespace.isEmpty() && cluster.isEmpty() && !ofTime) {
      AuditKey key = AuditKey.parse(auditKey.get());
      return new Asked(connection, Period.named(key.period(), now).recorded(), Optional.of(key));
    }
    if (auditKey.isPresent() || namespace.isEmpty()) {
      throw new IllegalArgumentException(
          "what to explain? Use --namespace with a period, or --audit-key alone");
    }
    return new Asked(connection, period(now), Optional.empty());
  }

  private Period period(Instant now) {
    if (from.isPresent() != to.isPresent() || (calendar != null && from.isPresent())) {
      throw new IllegalArgumentException(
          "which period? Use --month, --week or --day, or --from together with --to");
    }
    if (from.isPresent()) {
      return Period.between(
          WeekOption.instant(from.get()), WeekOption.instant(to.orElseThrow()), now);
    }
    return (calendar == null ? Period.monthOf(now) : calendar.period(now)).recorded();
  }

  private enum Format {
    TEXT,
    JSON
  }

  private record Asked(Connection connection, Period period, Optional<AuditKey> key) {}
}
