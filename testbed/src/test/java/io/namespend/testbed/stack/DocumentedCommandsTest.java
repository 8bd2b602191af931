package io.namespend.testbed.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Commands as README and docs show them. Those that need nothing are run; of the others, which need
 * a cluster, a Prometheus or files of the reader, every option must be one that the program has.
 * Other programs (kubectl, helm, mvn and so on) are not ours to check.
 */
class DocumentedCommandsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path COMMAND = ROOT.resolve("bin/namespend");
  private static final Pattern FENCE = Pattern.compile("(?ms)^ *```[a-z]*\\n(.*?)^ *```");

  /** How the programs are called, with the subcommand if there is one. */
  private static final Pattern OURS =
      Pattern.compile(
          "^ *(?:\\S*java [^|]*-jar \\S*(?<jar>exporter|reporter)\\.jar"
              + "|(?<program>exporter|reporter|(?:\\./)?(?:bin/)?namespend))"
              + "(?: (?<command>price|check-policy|audit-labels|weekly|statement|monthly|explain"
              + "|doctor|completion|demo))?(?= |$)(?<rest>.*)$");

  private static final Pattern OPTION = Pattern.compile("(?<=[ \\[|])--[a-z][a-z.-]+");
  private static final Pattern NEEDS_NOTHING =
      Pattern.compile(" *(bin/)?namespend price [A-Za-z0-9_.]+ --region [a-z0-9-]+( --spot)?");

  private static final Map<String, String> HELP = new TreeMap<>();

  /** A line, and where it stands. */
  record Shown(String file, String line) {
    @Override
    public String toString() {
      return "%s: %s".formatted(file, line.strip());
    }
  }

  static Stream<Shown> shown() throws IOException {
    List<Shown> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
      List<Path> pages =
          new ArrayList<>(files.filter(file -> file.toString().endsWith(".md")).sorted().toList());
      pages.add(ROOT.resolve("README.md"));
      pages.add(ROOT.resolve("CONTRIBUTING.md"));
      for (Path page : pages) {
        FENCE
            .matcher(Files.readString(page))
            .results()
            .flatMap(block -> block.group(1).replaceAll(" *\\\\\\n *", " ").lines())
            .filter(line -> OURS.matcher(line).matches())
            .forEach(line -> all.add(new Shown(ROOT.relativize(page).toString(), line)));
      }
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shown")
  void hasOptionsThatThereAre(Shown shown) throws Exception {
    Matcher ours = OURS.matcher(shown.line());
    assertThat(ours.matches()).isTrue();
    String command = ours.group("command") == null ? "" : ours.group("command");
    String help = help(command, ours);

    Matcher option = OPTION.matcher(" " + ours.group("rest").replaceFirst(" (#| {3,}).*$", ""));
    while (option.find()) {
      assertThat(help).as(shown.toString()).containsPattern(Pattern.quote(option.group()) + "\\b");
    }
  }

  @Test
  void whatNeedsNothingRuns() throws Exception {
    List<Shown> runnable =
        shown()
            .map(shown -> new Shown(shown.file(), shown.line().replaceFirst(" +#.*$", "").strip()))
            .filter(shown -> NEEDS_NOTHING.matcher(shown.line()).matches())
            .distinct()
            .toList();

    assertThat(runnable).isNotEmpty();
    for (Shown shown : runnable) {
      List<String> words = List.of(shown.line().split(" +"));
      assertThat(run(COMMAND, words.subList(1, words.size())))
          .as(shown.toString())
          .contains(" per hour");
    }
  }

  private static String help(String command, Matcher ours) throws Exception {
    String program = ours.group("jar") == null ? ours.group("program") : ours.group("jar");
    boolean isExporter = command.isEmpty() && program.equals("exporter");
    String key = isExporter ? "exporter" : command;
    if (!HELP.containsKey(key)) {
      HELP.put(
          key,
          isExporter
              ? run(
                  Path.of(System.getProperty("java.home"), "bin", "java"),
                  List.of(
                      "-jar", ROOT.resolve("exporter/target/exporter.jar").toString(), "--help"))
              : run(COMMAND, command.isEmpty() ? List.of("--help") : List.of(command, "--help")));
    }
    return HELP.get(key);
  }

  private static String run(Path program, List<String> arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of(program.toString()));
    line.addAll(arguments);
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(line + "\n" + out).isZero();
    return out;
  }
}
