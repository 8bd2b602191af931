package io.namespend.testbed.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The PrometheusRule manifests as shipped, and the plain rule files that Prometheus reads. */
public final class RuleManifests {
  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER));

  /** Subfolders of files that are off until someone applies them. */
  private static final List<String> OPTIONAL = List.of("drivers", "network", "optional");

  private final Map<String, JsonNode> specs = new TreeMap<>();

  /**
   * The rules that every installation runs.
   *
   * @param folder with {@code *.yaml} manifests; its subfolders are not read
   */
  public RuleManifests(Path folder) {
    read(folder, "");
    if (specs.isEmpty()) {
      throw new IllegalArgumentException("no rule manifests in " + folder);
    }
  }

  /** The rules that every installation runs, and the optional ones, named {@code folder/file}. */
  public static RuleManifests withOptional(Path folder) {
    RuleManifests manifests = new RuleManifests(folder);
    OPTIONAL.forEach(name -> manifests.read(folder.resolve(name), name + "/"));
    return manifests;
  }

  private void read(Path folder, String prefix) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
        JsonNode manifest = YAML.readTree(file.toFile());
        if (!manifest.path("kind").asText().equals("PrometheusRule")) {
          throw new IllegalArgumentException(file + " is not a PrometheusRule");
        }
        specs.put(prefix + file.getFileName(), manifest.path("spec"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names of the optional files. */
  public List<String> optionalFiles() {
    return specs.keySet().stream().filter(RuleManifests::isOptional).toList();
  }

  static boolean isOptional(String file) {
    return file.contains("/");
  }

  /** Every recording rule, in file order. */
  public List<Rule> recordingRules() {
    return rules("record");
  }

  /** Every alert, in file order. */
  public List<Rule> alerts() {
    return rules("alert");
  }

  private List<Rule> rules(String kind) {
    List<Rule> rules = new ArrayList<>();
    specs.forEach(
        (file, spec) ->
            spec.path("groups")
                .forEach(
                    group ->
                        group
                            .path("rules")
                            .forEach(
                                rule -> {
                                  if (rule.has(kind)) {
                                    rules.add(
                                        new Rule(
                                            file,
                                            group.path("name").asText(),
                                            group.path("interval").asText("1m"),
                                            rule));
                                  }
                                })));
    return rules;
  }

  /** Writes what each manifest's {@code spec} holds, under the manifest's file name. */
  public List<Path> writeRuleFiles(Path folder) {
    List<Path> files = new ArrayList<>();
    specs.forEach((name, spec) -> files.add(write(folder.resolve(name), spec)));
    return files;
  }

  /**
   * The same with every group at one minute, which a small cluster can afford and people wait for.
   */
  public RuleManifests everyMinute() {
    specs
        .values()
        .forEach(
            spec ->
                spec.path("groups").forEach(group -> ((ObjectNode) group).put("interval", "1m")));
    return this;
  }

  /** Writes the groups of the base and of one optional file as a single rule file. */
  Path writeTogether(String optionalFile, Path file) {
    List<JsonNode> groups = new ArrayList<>();
    specs.forEach(
        (name, spec) -> {
          if (!isOptional(name) || name.equals(optionalFile)) {
            spec.path("groups").forEach(groups::add);
          }
        });
    return write(file, Map.of("groups", groups));
  }

  /** Writes one rule file; creates its folder. */
  static Path write(Path file, Object content) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      YAML.writeValue(file.toFile(), content);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
