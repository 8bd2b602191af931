package io.namespend.exporter.policy.file;

import static java.util.Objects.requireNonNull;

import io.namespend.exporter.policy.Policy;
import io.namespend.exporter.price.settings.PriceSettings;
import io.namespend.exporter.settings.InvalidSettingsException;
import io.namespend.exporter.settings.YamlFile;
import java.nio.file.Path;

/** All that a policy file says. */
public record PolicyFile(Policy policy, PriceSettings prices) {
  public PolicyFile {
    requireNonNull(policy, "policy");
    requireNonNull(prices, "prices");
  }

  /** What an empty file says. */
  public static PolicyFile defaults() {
    return new PolicyFile(Policy.defaults(), PriceSettings.defaults());
  }

  /**
   * Relative paths in the file start at its folder.
   *
   * @throws InvalidSettingsException with everything that is wrong
   */
  public static PolicyFile read(Path file) {
    return parse(file, YamlFile.content(file));
  }

  static PolicyFile parse(Path file, byte[] content) {
    return new PolicyReader(file).read(YamlFile.parse(file, content));
  }
}
