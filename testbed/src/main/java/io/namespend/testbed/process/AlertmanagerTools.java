package io.namespend.testbed.process;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Alertmanager's programs.
 *
 * @param server Alertmanager itself
 * @param amtool its companion
 */
public record AlertmanagerTools(Path server, Path amtool) {
  /** Finds the programs on the PATH, the server by its own name or by Debian's. */
  public static Optional<AlertmanagerTools> find() {
    Optional<Path> amtool = Tools.onPath("amtool");
    return Tools.onPath("alertmanager")
        .or(() -> Tools.onPath("prometheus-alertmanager"))
        .flatMap(server -> amtool.map(tool -> new AlertmanagerTools(server, tool)));
  }
}
