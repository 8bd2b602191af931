package io.namespend.testbed.cli;

import io.namespend.testbed.process.Tools;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The checkout that a command works in, and the programs that it runs there. */
final class Checkout {
  @Option(
      names = "--project",
      defaultValue = ".",
      description =
          "The checkout (default: this folder). Data and logs go to its .benchmark or .demo.")
  private Path folder = Path.of(".");

  Path folder() {
    return folder.toAbsolutePath().normalize();
  }

  /** In the checkout. */
  Path resolve(String path) {
    return folder().resolve(path);
  }

  /** A folder of this process alone, for data and logs. */
  Path scratch(String name) {
    return resolve(".benchmark/" + name + "-" + ProcessHandle.current().pid());
  }

  /**
   * @throws IllegalStateException if there are none
   */
  static Tools tools() {
    return Tools.find()
        .orElseThrow(
            () -> new IllegalStateException("prometheus and promtool must be on the PATH"));
  }
}
