package io.namespend.testbed.process;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Runs promtool. */
public final class Promtool {
  /** As few blocks as possible: promtool reads its whole input again for each. */
  private static final String BLOCK = "--max-block-duration=486h";

  /** A range query may have 11,000 points; a week of minutes has 10,080. */
  private static final String RULE_BLOCK = "--max-block-duration=162h";

  private final Path program;
  private final Path log;

  /**
   * @param log where its output goes
   */
  public Promtool(Tools tools, Path log) {
    this.program = tools.promtool();
    this.log = log;
  }

  /** Turns files of samples into blocks, side by side. */
  public void createBlocks(List<Path> openMetrics, Path data) {
    List<ChildProcess> runs =
        openMetrics.stream()
            .map(
                file ->
                    start(
                        "tsdb",
                        "create-blocks-from",
                        "openmetrics",
                        "--quiet",
                        BLOCK,
                        file.toString(),
                        data.toString()))
            .toList();
    awaitAll(runs);
  }

  /**
   * Fills the past of recording rules from what the server has, in two halves side by side.
   *
   * @param from second since 1970
   */
  public void createBlocksFromRules(
      URI prometheus, List<Path> rules, long from, long to, Path data) {
    // A range query includes both ends, and no moment may be calculated twice; groups are evaluated
    // at
    // any millisecond of a minute.
    long middle = from + (to - from) / 120 * 60;
    awaitAll(
        rules.stream()
            .flatMap(
                file ->
                    Stream.of(
                        startRules(prometheus, file, from, (middle - 1) + ".999", data),
                        startRules(prometheus, file, middle, String.valueOf(to), data)))
            .toList());
  }

  private ChildProcess startRules(URI prometheus, Path file, long from, String to, Path data) {
    return start(
        "tsdb",
        "create-blocks-from",
        "rules",
        RULE_BLOCK,
        "--url=" + prometheus,
        "--start=" + from,
        "--end=" + to,
        "--eval-interval=1m",
        "--output-dir=" + data,
        file.toString());
  }

  /** Runs unit tests of rules. */
  public void testRules(Path tests) {
    start("test", "rules", tests.toString()).awaitSuccess();
  }

  /** Checks rule files, style included. */
  public void checkRules(List<Path> files) {
    start(
            Stream.concat(
                    Stream.of("check", "rules", "--lint=all", "--lint-fatal"),
                    files.stream().map(Path::toString))
                .toArray(String[]::new))
        .awaitSuccess();
  }

  private ChildProcess start(String... arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    return ChildProcess.start("promtool", command, log);
  }

  private static void awaitAll(List<ChildProcess> runs) {
    try {
      runs.forEach(ChildProcess::awaitSuccess);
    } finally {
      runs.forEach(ChildProcess::close);
    }
  }
}
