package io.namespend.testbed.policies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The policies as they are installed, and their tests. */
final class PolicyFiles {
  static final Path FOLDER = Program.PROJECT.resolve("kyverno-policies");

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private PolicyFiles() {}

  /**
   * One policy in one flavour.
   *
   * @param flavour cel or clusterpolicy
   */
  record Policy(String name, String flavour, JsonNode manifest) {
    boolean mutates() {
      return manifest.path("kind").asText().equals("MutatingPolicy")
          || manifest.at("/spec/rules/0").has("mutate");
    }

    boolean selectsNamespaces() {
      return manifest.at("/spec/matchConstraints").has("namespaceSelector")
          || manifest.at("/spec/rules/0/match/any/0/resources").has("namespaceSelector");
    }

    /** Resources of the API, such as deployments. */
    Set<String> kinds() {
      Set<String> kinds = new TreeSet<>();
      for (JsonNode rule : manifest.at("/spec/matchConstraints/resourceRules")) {
        rule.path("resources").forEach(r -> kinds.add(r.asText()));
      }
      for (JsonNode rule : manifest.at("/spec/rules")) {
        rule.at("/match/any/0/resources/kinds")
            .forEach(k -> kinds.add(k.asText().toLowerCase(java.util.Locale.ROOT) + "s"));
      }
      return kinds;
    }

    JsonNode test() {
      return read(FOLDER
              .resolve(name)
              .resolve("tests")
              .resolve(flavour)
              .resolve("kyverno-test.yaml"))
          .get(0);
    }

    @Override
    public String toString() {
      return flavour + " " + name;
    }
  }

  /** All that a kustomization of {@code install} has. */
  static List<Policy> installed() {
    return files(FOLDER.resolve("install"))
        .filter(f -> !f.endsWith("kustomization.yaml"))
        .map(
            f -> {
              String folder = f.getParent().getFileName().toString();
              String flavour = folder.startsWith("cel") ? "cel" : "clusterpolicy";
              String name = f.getFileName().toString().replace(".yaml", "");
              return new Policy(name, flavour, read(f).get(0));
            })
        .toList();
  }

  static Stream<Path> files(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<JsonNode> read(Path file) {
    try {
      return parse(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** The documents of a text. */
  static List<JsonNode> parse(String yaml) throws IOException {
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
      return documents.readAll();
    }
  }
}
