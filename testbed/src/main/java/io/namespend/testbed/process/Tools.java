package io.namespend.testbed.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The programs that are used for real.
 *
 * @param prometheus the Prometheus server
 * @param promtool its companion
 */
public record Tools(Path prometheus, Path promtool) {
  /**
   * Finds the programs on the PATH, to which {@code ./demo} and {@code ./check} add what they got.
   */
  public static Optional<Tools> find() {
    Optional<Path> promtool = onPath("promtool");
    return onPath("prometheus").flatMap(server -> promtool.map(tool -> new Tools(server, tool)));
  }

  /** Finds the programs in one folder. */
  public static Optional<Tools> in(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    Tools tools = new Tools(absolute.resolve("prometheus"), absolute.resolve("promtool"));
    return Optional.of(tools)
        .filter(found -> Files.isExecutable(found.prometheus()))
        .filter(found -> Files.isExecutable(found.promtool()));
  }

  /** A program by its name. */
  public static Optional<Path> onPath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
