package io.namespend.testbed.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages that lead readers through the code name only what is there. */
class DocsNameRealThingsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern QUOTED = Pattern.compile("`([^`\n]+)`");
  private static final Pattern CLASS =
      Pattern.compile("(?:[a-z]+\\.)*([A-Z][a-z0-9]+(?:[A-Z]\\w*)?)");
  private static final Pattern PACKAGE =
      Pattern.compile("(?:exporter|reporter|ledger|foundation|testbed)(?:\\.[a-z]+)+");
  private static final Pattern SERIES = Pattern.compile("[a-z_]+:\\w+:\\w+");
  private static final Pattern FILE = Pattern.compile("[\\w.-]+(?:/[\\w.*-]+)+/?");

  /** Words in code type that are not ours to have. */
  private static final Set<String> OTHERS = Set.of("Kustomization", "PATH", "NAME");

  @ParameterizedTest
  @ValueSource(strings = {"CONTRIBUTING.md", "docs/architecture.md"})
  void everyNameExists(String page) throws IOException {
    Set<String> classes = fileNames(".java");
    String rules = rules();
    Set<String> missing = new TreeSet<>();
    int checked = 0;
    Matcher quoted = QUOTED.matcher(Files.readString(ROOT.resolve(page)));
    while (quoted.find()) {
      String name = quoted.group(1);
      Optional<Boolean> exists = exists(name, classes, rules, ROOT.resolve(page).getParent());
      if (exists.isPresent()) {
        checked++;
        if (!exists.get()) {
          missing.add(name);
        }
      }
    }
    assertThat(missing).as(page).isEmpty();
    assertThat(checked).as("names in " + page).isGreaterThan(20);
  }

  /** Empty for text that is not a name of ours. */
  private static Optional<Boolean> exists(
      String name, Set<String> classes, String rules, Path folder) {
    if (SERIES.matcher(name).matches()) {
      return Optional.of(rules.contains("- record: " + name + "\n"));
    }
    if (PACKAGE.matcher(name).matches()) {
      return Optional.of(isPackage(name));
    }
    Matcher type = CLASS.matcher(name);
    if (type.matches() && !OTHERS.contains(name)) {
      String simple = type.group(1);
      return Optional.of(classes.contains(simple) || isNested(simple));
    }
    if (FILE.matcher(name).matches() && !name.contains("NAME") && !name.startsWith(".")) {
      String path = name.replaceFirst("/?\\*.*", "");
      return Optional.of(Files.exists(ROOT.resolve(path)) || Files.exists(folder.resolve(path)));
    }
    return Optional.empty();
  }

  private static boolean isPackage(String name) {
    String module = name.substring(0, name.indexOf('.'));
    return Files.isDirectory(
        ROOT.resolve(module + "/src/main/java/io/namespend").resolve(name.replace('.', '/')));
  }

  private static boolean isNested(String name) {
    try (Stream<Path> files = sources()) {
      Pattern declared = Pattern.compile("\\b(class|enum|record|interface) " + name + "\\b");
      return files.anyMatch(file -> declared.matcher(read(file)).find());
    }
  }

  private static Set<String> fileNames(String ending) {
    try (Stream<Path> files = sources()) {
      return files
          .map(file -> file.getFileName().toString().replace(ending, ""))
          .collect(Collectors.toSet());
    }
  }

  private static Stream<Path> sources() {
    return Stream.of("foundation", "exporter", "reporter", "ledger", "testbed", "kyverno-policies")
        .flatMap(module -> files(ROOT.resolve(module)))
        .filter(file -> file.toString().endsWith(".java"));
  }

  private static String rules() {
    return files(ROOT.resolve("alert-rules"))
        .filter(file -> file.toString().endsWith(".yaml"))
        .map(DocsNameRealThingsTest::read)
        .collect(Collectors.joining());
  }

  @SuppressWarnings("StreamResourceLeak") // closed by the list
  private static Stream<Path> files(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> !file.toString().contains("/target/")).toList().stream();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
