package io.namespend.reporter.cli;

import io.namespend.foundation.command.ProgramVersion;
import io.namespend.reporter.delivery.Courier;
import io.namespend.reporter.delivery.DeliveryLog;
import io.namespend.reporter.delivery.MailChannel;
import io.namespend.reporter.delivery.ReceiptKey;
import io.namespend.reporter.delivery.Receipts;
import io.namespend.reporter.delivery.Turn;
import io.namespend.reporter.delivery.Window;
import io.namespend.reporter.finance.Readiness;
import io.namespend.reporter.finance.StatementFolder;
import io.namespend.reporter.finance.StatementLetter;
import io.namespend.reporter.finance.WorkingDays;
import io.namespend.reporter.prometheus.Connection;
import io.namespend.reporter.prometheus.Pause;
import io.namespend.reporter.prometheus.PrometheusClient;
import io.namespend.reporter.settings.Settings;
import io.namespend.reporter.settings.Settings.Audience;
import io.namespend.reporter.settings.Settings.Monthly;
import io.namespend.reporter.settings.Settings.State;
import io.namespend.reporter.statement.GlAccounts;
import io.namespend.reporter.statement.Period;
import io.namespend.reporter.statement.Statement;
import io.namespend.reporter.statement.StatementPart;
import io.namespend.reporter.statement.StatementReader;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** States the last month for finance, once, as soon as it can be booked. */
@Command(
    name = "monthly",
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class,
    sortOptions = false,
    description = {
      "The statement of the last month for finance: by mail and to a folder, as CSV, XLSX and PDF;"
          + " each team gets its own lines.",
      "",
      "Made to run every day. From the third working day on it states the month once; if figures or"
          + " the bill are missing, it says what it waits for.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${ROOT-COMMAND-NAME} monthly --config reporter.yaml --dry-run --anyway",
      "      what would be sent, and to whom",
      "  ${ROOT-COMMAND-NAME} monthly --config reporter.yaml",
      "      state the last month, unless that is done or it is too early",
      "  ${ROOT-COMMAND-NAME} monthly --config reporter.yaml --month 2026-10 --anyway",
      "      state October although it has gaps"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:stated, now or before; or waiting, and standard output says for what",
      " 1:no statement, not delivered to all, or waiting since the tenth working day",
      " 2:wrong options"
    })
final class MonthlyCommand implements Callable<Integer> {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEEE d MMMM uuuu", Locale.ENGLISH);

  /** From then on a Job that waits fails, so that the alert on failed Jobs tells. */
  private static final int LATE = 10;

  private static final String SCOPE = "statement";

  private final Clock clock;
  private final Map<String, String> environment;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private PrometheusOptions asking = new PrometheusOptions();
  @Mixin private MonthlyOptions options = new MonthlyOptions();

  /**
   * @param environment where secrets can be
   */
  MonthlyCommand(Clock clock, Map<String, String> environment) {
    this.clock = clock;
    this.environment = Map.copyOf(environment);
  }

  @Override
  public Integer call() {
    Settings settings = ErrorLine.checked(spec.commandLine(), this::settings);
    Monthly monthly = settings.statement().orElseThrow();
    Period period = ErrorLine.checked(spec.commandLine(), this::period);
    YearMonth month = YearMonth.parse(period.name());
    WorkingDays days = new WorkingDays(monthly.holidays());
    LocalDate today = LocalDate.ofInstant(clock.instant(), settings.zone());
    LocalDate due = days.nth(month.plusMonths(1), monthly.workingDay());
    if (!options.anyway && today.isBefore(due)) {
      say(
          "%s waits for working day %d, %s"
              .formatted(period.name(), monthly.workingDay(), DAY.format(due)));
      return 0;
    }
    Senders senders = new Senders(settings, environment, Pause.SLEEP);
    try (Turn turn = options.dryRun ? Turn.alone() : senders.turn(this::warn)) {
      Job job = new Job(settings, monthly, period, month, senders, turn);
      if (!options.dryRun && !options.resend && isDone(job)) {
        say("%s was stated before".formatted(period.name()));
        return 0;
      }
      Statement statement = read(job);
      List<String> reasons =
          options.anyway ? List.of() : readiness(job).waitingFor(month, statement);
      if (reasons.isEmpty()) {
        return options.dryRun ? show(job, statement) : deliver(job, statement);
      }
      say("%s waits for %s".formatted(period.name(), Readiness.line(reasons)));
      int told = options.dryRun ? 0 : tell(job, reasons);
      return today.isBefore(days.nth(month.plusMonths(1), LATE)) ? told : 1;
    } finally {
      senders.close();
    }
  }

  private Settings settings() {
    if (asking.config.isEmpty()) {
      throw new IllegalArgumentException(
          "who gets the statement? Use --config FILE with the section \"statement\""
              + " (docs/statement.md)");
    }
    Settings settings = asking.settings(environment);
    if (settings.statement().isEmpty()) {
      throw new IllegalArgumentException(
          "%s has no section \"statement\", so nobody gets one; write recipients or a folder there"
                  .formatted(asking.config.get())
              + " (docs/statement.md)");
    }
    return settings;
  }

  private Period period() {
    YearMonth last = YearMonth.from(clock.instant().atZone(ZoneOffset.UTC)).minusMonths(1);
    Period period = Period.month(options.month.orElse(last.toString()), clock.instant());
    if (period.isOpen()) {
      throw new IllegalArgumentException(
          "%s is not over: hours are recorded up to %s; \"statement --preview\" shows it so far"
              .formatted(period.name(), period.until()));
    }
    return period;
  }

  /** That everybody has it, and that it is in the folder. */
  private static boolean isDone(Job job) {
    boolean isKept =
        job.monthly().folder().map(at -> new StatementFolder(at).has(job.period())).orElse(true);
    return isKept
        && (job.settings().state() instanceof State.Nowhere
            || job.senders().log().load(job.window()).containsKey(job.done().toString()));
  }

  private Statement read(Job job) {
    Statement statement =
        new StatementReader(prometheus(job), accounts(job.monthly()))
            .read(job.period(), new TreeSet<>());
    statement.warnings().forEach(this::warn);
    return statement;
  }

  private Readiness readiness(Job job) {
    return new Readiness(
        prometheus(job), job.monthly(), clock.instant().truncatedTo(ChronoUnit.MINUTES));
  }

  private PrometheusClient prometheus(Job job) {
    Connection connection =
        ErrorLine.checked(spec.commandLine(), () -> asking.connection(job.settings()));
    return PrometheusOptions.client(connection, spec.commandLine());
  }

  private static GlAccounts accounts(Monthly monthly) {
    if (monthly.glAccounts().isEmpty()) {
      return GlAccounts.none();
    }
    Path file = monthly.glAccounts().get();
    try {
      return GlAccounts.parse(InputFile.read("statement.glAccounts", file));
    } catch (IllegalArgumentException e) {
      throw new CannotReportException("%s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private int show(Job job, Statement statement) {
    StringBuilder text = new StringBuilder();
    job.monthly()
        .folder()
        .ifPresent(
            folder ->
                text.append(
                    "To the folder %s: %s, and those of %d teams\n\n"
                        .formatted(
                            folder,
                            new StatementFolder(folder).booked(job.period()).getFileName(),
                            StatementPart.teams(statement).size())));
    mails(job, statement)
        .forEach(
            mail ->
                text.append(
                    "To %s\n\n%s\n"
                        .formatted(
                            String.join(", ", mail.recipients()),
                            StatementLetter.text(mail.part()))));
    StandardOutput.print(spec.commandLine(), text + "nothing sent or written (--dry-run)\n");
    return 0;
  }

  private int deliver(Job job, Statement statement) {
    job.monthly()
        .folder()
        .ifPresent(
            folder -> {
              new StatementFolder(folder).write(statement, StatementPart.teams(statement));
              say("written: " + new StatementFolder(folder).booked(job.period()));
            });
    DeliveryLog log = job.senders().log();
    List<Courier.Round> rounds = new ArrayList<>();
    for (Recipients mail : mails(job, statement)) {
      rounds.add(
          job.round(
              SCOPE + mail.part().team().map(team -> "/team/" + team).orElse(""),
              mail.recipients(),
              channel ->
                  receipts -> channel.sendLetter(() -> StatementLetter.of(mail.part()), receipts)));
    }
    Courier.Outcome outcome = courier(job, log).deliver(rounds, options.resend);
    if (!rounds.isEmpty()) {
      say(outcome.line());
    }
    if (outcome.failed() > 0) {
      return 1;
    }
    log.add(job.done(), "stated");
    return 0;
  }

  /** Once, so that nobody wonders where the statement is. */
  private int tell(Job job, List<String> reasons) {
    if (job.monthly().recipients().isEmpty()) {
      return 0;
    }
    Courier.Round round =
        job.round(
            SCOPE + "-waits",
            job.monthly().recipients(),
            channel ->
                receipts ->
                    channel.sendLetter(
                        () -> StatementLetter.waiting(job.period(), reasons), receipts));
    return courier(job, job.senders().log()).deliver(List.of(round), false).failed() == 0 ? 0 : 1;
  }

  private Courier courier(Job job, DeliveryLog log) {
    return new Courier(log, job.turn(), this::warn);
  }

  /** Finance first, then each team that has lines. */
  private static List<Recipients> mails(Job job, Statement statement) {
    List<Recipients> mails = new ArrayList<>();
    if (!job.monthly().recipients().isEmpty()) {
      mails.add(new Recipients(job.monthly().recipients(), StatementPart.whole(statement)));
    }
    if (job.monthly().teams()) {
      for (Map.Entry<String, Audience> team : new TreeMap<>(job.settings().teams()).entrySet()) {
        StatementPart part = StatementPart.ofTeam(statement, team.getKey());
        if (!team.getValue().recipients().isEmpty() && !part.lines().isEmpty()) {
          mails.add(new Recipients(team.getValue().recipients(), part));
        }
      }
    }
    return mails;
  }

  private void say(String line) {
    StandardOutput.print(spec.commandLine(), line + "\n");
  }

  private void warn(String line) {
    ErrorLine.print(spec.commandLine(), line);
  }

  private record Recipients(List<String> recipients, StatementPart part) {}

  private interface Sending {
    Consumer<Receipts> through(MailChannel channel);
  }

  /** What a run is about, and with what it works. */
  private record Job(
      Settings settings,
      Monthly monthly,
      Period period,
      YearMonth month,
      Senders senders,
      Turn turn) {

    Window window() {
      return new Window(period.end(), period.hours());
    }

    /** The receipt for the whole month. */
    ReceiptKey done() {
      return new ReceiptKey(window(), SCOPE, "all", "done");
    }

    Courier.Round round(String scope, List<String> recipients, Sending sending) {
      MailChannel channel = senders.mail(recipients);
      return new Courier.Round(
          window(), scope, List.of(new Courier.Way(channel.key(), sending.through(channel))));
    }
  }
}
