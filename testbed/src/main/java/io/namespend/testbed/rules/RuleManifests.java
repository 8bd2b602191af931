package io.namespend.testbed.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

  private final Map<String, JsonNode> specs = new TreeMap<>();

  /**
   * @param folder with {@code *.yaml} manifests
   */
  public RuleManifests(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
        JsonNode manifest = YAML.readTree(file.toFile());
        if (!manifest.path("kind").asText().equals("PrometheusRule")) {
          throw new IllegalArgumentException(file + " is not a PrometheusRule");
        }
        specs.put(file.getFileName().toString(), manifest.path("spec"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (specs.isEmpty()) {
      throw new IllegalArgumentException("no rule manifests in " + folder);
    }
  }

  /** Every recording rule, in file order. */
  public List<Rule> recordingRules() {
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
                                  if (rule.has("record")) {
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
