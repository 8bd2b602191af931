package io.namespend.exporter.policy.file;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;

import io.namespend.exporter.health.Loops;
import io.namespend.exporter.policy.Policy;
import io.namespend.exporter.price.currency.ExchangeRate;
import io.namespend.exporter.price.currency.ExchangeRates;
import io.namespend.exporter.price.currency.RatesInForce;
import io.namespend.foundation.settings.InvalidSettingsException;
import io.namespend.foundation.settings.Problem;
import io.namespend.foundation.settings.YamlFile;
import java.nio.ByteBuffer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The policy that is in force. A changed file takes its place as a whole; a file that is wrong
 * changes nothing.
 */
public final class LivePolicy {
  private static final System.Logger LOG = System.getLogger(LivePolicy.class.getName());

  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Optional<Path> file;
  private final Clock clock;
  private final PolicyFile atStart;
  private volatile Policy current;
  private volatile ExchangeRates allRates;
  private volatile RatesInForce rates;
  private volatile ReloadStatus status;

  /** The content that was tried last; empty if there was none to be had. */
  private Optional<ByteBuffer> tried = Optional.empty();

  /** Of the list of customers that the file named when it was tried last. */
  private Optional<Path> directory = Optional.empty();

  private Optional<ByteBuffer> triedDirectory = Optional.empty();

  private String problem = "";

  /**
   * Reads the file.
   *
   * @param file without one the defaults are in force
   * @throws InvalidSettingsException with everything that is wrong
   */
  public LivePolicy(Optional<Path> file, Clock clock) {
    this.file = file;
    this.clock = clock;
    this.atStart = file.map(this::firstRead).orElseGet(PolicyFile::defaults);
    this.current = atStart.policy();
    this.allRates = atStart.rates();
    this.rates = allRates.at(clock.instant());
    this.status = new ReloadStatus(clock.instant(), true, 0);
  }

  /** The one in force; whoever needs it twice for one answer keeps it. */
  public Policy current() {
    return current;
  }

  /** The exchange rates that prices are converted by now. */
  public RatesInForce rates() {
    return rates;
  }

  /** As it was at the start, with what cannot change. */
  public PolicyFile atStart() {
    return atStart;
  }

  public ReloadStatus status() {
    return status;
  }

  /**
   * Looks at the file, and which exchange rates have begun, every five seconds.
   *
   * @param onChange called after another policy is in force
   * @param loops gets one more
   */
  public void start(ScheduledExecutorService timer, Runnable onChange, Loops loops) {
    var unused =
        timer.scheduleWithFixedDelay(
            loops.add("policy", PATIENCE).guarding(() -> check(onChange)),
            PAUSE.toMillis(),
            PAUSE.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** Reads the file now, changed or not. */
  public synchronized void reload(Runnable onChange) {
    file.ifPresent(path -> attempt(path, true, onChange));
  }

  /** Compares contents: a ConfigMap is a link whose target may have the same time and size. */
  public synchronized void check(Runnable onChange) {
    file.ifPresent(path -> attempt(path, false, onChange));
    if (takeRates()) {
      onChange.run();
    }
  }

  /** Whether prices are converted by other rates than before. */
  private boolean takeRates() {
    RatesInForce now = allRates.at(clock.instant());
    if (now.equals(rates)) {
      return false;
    }
    rates = now;
    now.byCurrency().values().stream()
        .sorted(Comparator.comparing(ExchangeRate::from))
        .forEach(
            rate ->
                LOG.log(
                    INFO,
                    "prices in {0} are converted at {1} {2}, the rate since {3}",
                    rate.from(),
                    Double.toString(rate.rate()),
                    now.currency(),
                    rate.since()));
    return true;
  }

  private PolicyFile firstRead(Path path) {
    ByteBuffer content = ByteBuffer.wrap(YamlFile.content(path));
    tried = Optional.of(content);
    directory = directory(path, content);
    triedDirectory = directoryContent();
    return PolicyFile.parse(path, content.array(), clock.instant());
  }

  private void attempt(Path path, boolean always, Runnable onChange) {
    Optional<ByteBuffer> before = tried;
    tried = Optional.empty();
    try {
      ByteBuffer content = ByteBuffer.wrap(YamlFile.content(path));
      tried = Optional.of(content);
      if (!tried.equals(before)) {
        directory = directory(path, content);
      }
      // Before the policy is read, so that what is written meanwhile is another content later.
      Optional<ByteBuffer> directoryBefore = triedDirectory;
      triedDirectory = directoryContent();
      if (always || !tried.equals(before) || !triedDirectory.equals(directoryBefore)) {
        accept(path, PolicyFile.parse(path, content.array(), clock.instant()));
        onChange.run();
      }
    } catch (RuntimeException | StackOverflowError e) {
      if (always || before.isPresent() || tried.isPresent()) {
        refuse(String.valueOf(e.getMessage()));
      }
    }
  }

  private void accept(Path path, PolicyFile now) {
    List<Problem> problems = RestartNeeded.between(atStart, now);
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(path.toString(), problems);
    }
    current = now.policy();
    allRates = now.rates();
    takeRates();
    status = new ReloadStatus(clock.instant(), true, status.failures());
    problem = "";
    LOG.log(INFO, "the policy is now that of {0}", path);
  }

  /** Also of a policy that is wrong, which the list may be what is wrong with. */
  private static Optional<Path> directory(Path path, ByteBuffer content) {
    byte[] bytes = new byte[content.remaining()];
    content.duplicate().get(bytes);
    try {
      return PolicyReader.directory(path, YamlFile.parse(path, bytes));
    } catch (InvalidSettingsException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** Of a list that cannot be read, nothing: reading it as such says why. */
  private Optional<ByteBuffer> directoryContent() {
    return directory.map(
        path -> {
          try {
            return ByteBuffer.wrap(YamlFile.content(path));
          } catch (InvalidSettingsException e) {
            return ByteBuffer.allocate(0);
          }
        });
  }

  private void refuse(String message) {
    status = new ReloadStatus(status.lastSuccess(), false, status.failures() + 1);
    if (!message.equals(problem)) {
      problem = message;
      LOG.log(
          ERROR,
          "the policy read at {0} stays in force: {1}",
          status.lastSuccess(),
          message.lines().map(String::strip).collect(Collectors.joining("; ")));
    }
  }
}
