package io.namespend.exporter.policy.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.namespend.exporter.MovingClock;
import io.namespend.exporter.policy.AllocationModel;
import io.namespend.exporter.policy.CustomerEntry;
import io.namespend.exporter.policy.Policy;
import io.namespend.foundation.settings.InvalidSettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LivePolicyTest {
  private static final Instant START = Instant.parse("2026-11-20T08:00:00Z");
  private static final String USAGE = "allocation: {model: usage}\n";
  private static final String BROKEN = "allocation: {model: fair}\nbudgets: [{team: a}]\n";

  @TempDir private Path folder;
  private final MovingClock clock = new MovingClock(START);
  private final Lines log = new Lines();
  private Path file;
  private int changes;

  @BeforeEach
  void listen() throws IOException {
    Logger.getLogger(LivePolicy.class.getName()).addHandler(log);
    file = write("");
  }

  @AfterEach
  void stopListening() {
    Logger.getLogger(LivePolicy.class.getName()).removeHandler(log);
  }

  @Test
  void withoutAFileTheDefaultsAreInForce() {
    LivePolicy policy = new LivePolicy(Optional.empty(), clock);

    policy.check(this::changed);
    policy.reload(this::changed);

    assertThat(policy.current()).isEqualTo(Policy.defaults());
    assertThat(policy.status()).isEqualTo(new ReloadStatus(START, true, 0));
    assertThat(changes).isZero();
  }

  @Test
  void aBadFileAtTheStartIsAnErrorWithAllProblems() throws IOException {
    write(BROKEN);

    assertThatThrownBy(this::open)
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("has 2 errors")
        .hasMessageContaining("allocation.model")
        .hasMessageContaining("budgets[0].monthly");
  }

  @Test
  void aChangedFileComesIntoForceOnce() throws IOException {
    LivePolicy policy = open();
    clock.pass(Duration.ofMinutes(5));
    write(USAGE);

    policy.check(this::changed);
    policy.check(this::changed);

    assertThat(model(policy)).isEqualTo(AllocationModel.USAGE);
    assertThat(policy.status())
        .isEqualTo(new ReloadStatus(START.plus(Duration.ofMinutes(5)), true, 0));
    assertThat(changes).isEqualTo(1);
  }

  @Test
  void aChangedListOfCustomersComesIntoForceOnce() throws IOException {
    write("customers: {directory: customers.csv}\n");
    customers("id\nacme\n");
    LivePolicy policy = open();
    customers("id\nacme\nbeta\n");

    policy.check(this::changed);
    policy.check(this::changed);

    assertThat(ids(policy)).containsExactly("acme", "beta");
    assertThat(changes).isEqualTo(1);
  }

  @Test
  void aListOfCustomersThatIsMissingOrWrongChangesNothingUntilItIsMended() throws IOException {
    LivePolicy policy = open();
    write("customers: {directory: customers.csv}\n");
    policy.check(this::changed);
    policy.check(this::changed);
    assertThat(policy.status().failures()).isEqualTo(1);

    customers("id,weight\nacme,many\n");
    policy.check(this::changed);
    policy.check(this::changed);
    assertThat(policy.status().failures()).isEqualTo(2);
    assertThat(changes).isZero();

    customers("id,weight\nacme,2\n");
    policy.check(this::changed);

    assertThat(ids(policy)).containsExactly("acme");
    assertThat(changes).isEqualTo(1);
  }

  private void customers(String csv) throws IOException {
    Files.writeString(folder.resolve("customers.csv"), csv);
  }

  private static List<String> ids(LivePolicy policy) {
    return policy.current().customers().directory().stream().map(CustomerEntry::id).toList();
  }

  /** As the kubelet does it: the file is a link to a link, and the latter is swapped. */
  @Test
  void aSwappedConfigMapIsSeenAlthoughTimeAndSizeAreTheSame() throws IOException {
    FileTime same = FileTime.from(START);
    for (String version : List.of("request", "blended")) {
      Path target = Files.createDirectory(folder.resolve(".." + version)).resolve("policy.yaml");
      Files.writeString(target, "allocation: {model: %s}\n".formatted(version));
      Files.setLastModifiedTime(target, same);
    }
    Path data = Files.createSymbolicLink(folder.resolve("..data"), Path.of("..request"));
    Path mounted =
        Files.createSymbolicLink(folder.resolve("mounted.yaml"), Path.of("..data/policy.yaml"));
    LivePolicy policy = new LivePolicy(Optional.of(mounted), clock);
    assertThat(model(policy)).isEqualTo(AllocationModel.REQUEST);

    Path next = Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("..blended"));
    Files.move(next, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    policy.check(this::changed);

    assertThat(model(policy)).isEqualTo(AllocationModel.BLENDED);
    assertThat(changes).isEqualTo(1);
  }

  @Test
  void aBadReloadKeepsThePolicyWholeAndIsCountedAndSaidOnce() throws IOException {
    write(USAGE + "currency: USD\n");
    LivePolicy policy = open();
    Policy before = policy.current();
    write("currency: USD\npools: [{name: idle, split: even}]\n" + BROKEN);

    policy.check(this::changed);
    policy.check(this::changed);

    assertThat(policy.current()).isSameAs(before);
    assertThat(policy.status()).isEqualTo(new ReloadStatus(START, false, 1));
    assertThat(changes).isZero();
    assertThat(log.lines)
        .containsExactly(
            "the policy read at %s stays in force: %s has 2 errors:; allocation.model: \"fair\": write one of blended, request, usage, max; budgets[0].monthly: \"\": is missing; write an amount for daily, monthly or both"
                .formatted(START, file));

    write("currency: USD\n");
    policy.check(this::changed);
    assertThat(policy.status()).isEqualTo(new ReloadStatus(START, true, 1));
    assertThat(changes).isEqualTo(1);
  }

  @Test
  void goingBackToTheGoodFileIsASuccess() throws IOException {
    LivePolicy policy = open();
    write(BROKEN);
    policy.check(this::changed);
    write("");
    policy.check(this::changed);

    assertThat(policy.status().lastSuccessful()).isTrue();
  }

  @Test
  void aFileThatVanishesIsCountedOnceAndReadWhenItIsBack() throws IOException {
    LivePolicy policy = open();
    Files.delete(file);
    policy.check(this::changed);
    policy.check(this::changed);
    assertThat(policy.status()).isEqualTo(new ReloadStatus(START, false, 1));

    write("");
    policy.check(this::changed);
    assertThat(policy.status()).isEqualTo(new ReloadStatus(START, true, 1));
  }

  @Test
  void aReloadThatIsAskedForReadsTheFileAlthoughItIsTheSame() throws IOException {
    write(USAGE);
    LivePolicy policy = open();
    clock.pass(Duration.ofHours(1));
    policy.reload(this::changed);
    assertThat(policy.status().lastSuccess()).isEqualTo(START.plus(Duration.ofHours(1)));

    write(BROKEN);
    policy.reload(this::changed);
    policy.reload(this::changed);
    assertThat(policy.status().failures()).isEqualTo(2);
    assertThat(model(policy)).isEqualTo(AllocationModel.USAGE);
  }

  @Test
  void whatIsWiredAtTheStartNeedsARestart() throws IOException {
    write("ownership: {labels: {team: [team, squad]}}\n");
    LivePolicy policy = open();
    Policy before = policy.current();
    write(
        """
        currency: EUR
        ownership: {labels: {team: [squad, tribe]}}
        prices: {split: scad, exchangeRates: [{from: USD, rate: 0.92, since: 2026-01-01}]}
        workloads: {foldGenerated: false}
        allocation: {model: usage}
        """);

    policy.check(this::changed);

    assertThat(policy.current()).isSameAs(before);
    assertThat(log.lines.toString())
        .contains("currency: \"EUR\": prices were read in USD; restart the exporter")
        .contains("prices: \"(changed)\": sources are opened at the start; restart the exporter")
        .contains("workloads: \"(changed)\": pods were read by the old ones; restart the exporter")
        .contains("ownership.labels: \"tribe\": a label that was not named at the start");
  }

  @Test
  void aRateIsInForceFromItsMomentOn() throws IOException {
    write(
        """
        currency: EUR
        prices:
          exchangeRates:
            - {from: USD, rate: 0.92, since: 2026-11-01}
            - {from: USD, rate: 0.8, since: 2026-11-20T09:00:00Z}
        """);
    LivePolicy policy = open();
    assertThat(policy.rates().factor("USD")).hasValue(0.92);

    policy.check(this::changed);
    assertThat(changes).isZero();
    clock.pass(Duration.ofHours(1));
    policy.check(this::changed);
    policy.check(this::changed);

    assertThat(policy.rates().factor("USD")).hasValue(0.8);
    assertThat(changes).isEqualTo(1);
  }

  /** Unlike the rest of the prices. */
  @Test
  void anotherRateNeedsNoRestartAndNoneIsRefused() throws IOException {
    write("currency: EUR\nprices: {exchangeRates: [{from: USD, rate: 0.92, since: 2026-11-01}]}\n");
    LivePolicy policy = open();

    write("currency: EUR\nprices: {exchangeRates: [{from: USD, rate: 0.9, since: 2026-11-01}]}\n");
    policy.check(this::changed);
    assertThat(policy.rates().factor("USD")).hasValue(0.9);

    write("currency: EUR\n");
    policy.check(this::changed);
    assertThat(policy.rates().factor("USD")).hasValue(0.9);
    assertThat(policy.status().lastSuccessful()).isFalse();
    assertThat(log.lines.toString())
        .contains("stays in force", "currency: \"EUR\": builtin has prices in USD");
  }

  @Test
  void labelsThatWereNamedAtTheStartCanBeReordered() throws IOException {
    write("ownership: {labels: {team: [team, squad]}}\n");
    LivePolicy policy = open();
    write("ownership: {labels: {team: [squad]}, defaults: {team: nobody}}\n");

    policy.check(this::changed);

    assertThat(policy.status().lastSuccessful()).isTrue();
    assertThat(changes).isEqualTo(1);
  }

  private LivePolicy open() {
    return new LivePolicy(Optional.of(file), clock);
  }

  private static AllocationModel model(LivePolicy policy) {
    return policy.current().allocation().model();
  }

  private void changed() {
    changes++;
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(folder.resolve("policy.yaml"), yaml);
  }

  private static final class Lines extends Handler {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void publish(LogRecord entry) {
      if (entry.getLevel().intValue() > java.util.logging.Level.INFO.intValue()) {
        lines.add(new SimpleFormatter().formatMessage(entry));
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
