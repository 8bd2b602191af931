package io.namespend.exporter.policy.file;

import static java.util.Objects.requireNonNull;

import io.namespend.exporter.cluster.pod.WorkloadFolding;
import io.namespend.exporter.policy.Policy;
import io.namespend.exporter.price.currency.ExchangeRates;
import io.namespend.exporter.price.settings.PriceSettings;
import io.namespend.foundation.settings.InvalidSettingsException;
import io.namespend.foundation.settings.YamlFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that a policy file says.
 *
 * @param rates a section of the prices that, unlike them, can change while the exporter runs
 */
public record PolicyFile(
    Policy policy, PriceSettings prices, ExchangeRates rates, WorkloadFolding folding) {
  public PolicyFile {
    requireNonNull(policy, "policy");
    requireNonNull(prices, "prices");
    requireNonNull(rates, "rates");
    requireNonNull(folding, "folding");
  }

  /** What an empty file says. */
  public static PolicyFile defaults() {
    Policy policy = Policy.defaults();
    return new PolicyFile(
        policy,
        PriceSettings.defaults(),
        new ExchangeRates(policy.currency(), List.of()),
        WorkloadFolding.USUAL);
  }

  /**
   * Relative paths in the file start at its folder.
   *
   * @param now bills are of months that are over
   * @throws InvalidSettingsException with everything that is wrong
   */
  public static PolicyFile read(Path file, Instant now) {
    return parse(file, YamlFile.content(file), now);
  }

  /** The file's if there is one, else the defaults. */
  public static PolicyFile readOrDefaults(Optional<Path> file, Instant now) {
    return file.map(path -> read(path, now)).orElseGet(PolicyFile::defaults);
  }

  static PolicyFile parse(Path file, byte[] content, Instant now) {
    return new PolicyReader(file, now).read(YamlFile.parse(file, content));
  }
}
