package io.namespend.testbed.manifests;

import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.namespend.testbed.process.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What the real kustomize makes of the manifests and the Kyverno policies. */
final class Manifests {
  static final Path FOLDER = Path.of("../manifests");

  private static final Path KYVERNO_POLICIES = Path.of("../kyverno-policies");
  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory())
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
  private static final Path SCRATCH = Path.of("target/kustomize");
  private static final Map<Path, List<JsonNode>> BUILT = new ConcurrentHashMap<>();

  private Manifests() {}

  static List<String> overlays() {
    return names(FOLDER.resolve("overlays"));
  }

  static List<String> components() {
    return names(FOLDER.resolve("components"));
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> folders = Files.list(folder)) {
      return folders.map(path -> path.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<JsonNode> overlay(String name) {
    return build(FOLDER.resolve("overlays").resolve(name));
  }

  /** An overlay as somebody uses it, in a namespace of another name. */
  static List<JsonNode> overlay(String name, String namespace) {
    return build(
        kustomization(
            name + "-in-" + namespace,
            """
            namespace: %s
            resources: [../../../../manifests/overlays/%s]
            """
                .formatted(namespace, name)));
  }

  /** The folders of {@code kyverno-policies/install} that are applied as they are. */
  static List<String> policySets() {
    return names(KYVERNO_POLICIES.resolve("install")).stream()
        .filter(name -> !name.equals("enforce"))
        .toList();
  }

  static List<JsonNode> policies(String set) {
    return build(KYVERNO_POLICIES.resolve("install").resolve(set));
  }

  static List<JsonNode> costCenters() throws IOException {
    return objects(
        Files.readString(KYVERNO_POLICIES.resolve("known-cost-centers/cost-centers.yaml")));
  }

  /** The base with components. */
  static List<JsonNode> base(List<String> components) {
    StringBuilder text =
        new StringBuilder("namespace: namespend\nresources: [../../../../manifests/base]\n");
    text.append("components:\n");
    components.forEach(name -> text.append("  - ../../../../manifests/components/" + name + "\n"));
    return build(kustomization("base-" + String.join("-", components), text.toString()));
  }

  /**
   * A kustomization that finds the project in a folder {@code namespend}.
   *
   * @param files beside it, by the names that it gives them
   */
  static List<JsonNode> asWritten(String name, String text, Map<String, Path> files) {
    Path folder =
        kustomization(name, text.replace("namespend/manifests/", "../../../../manifests/"));
    try {
      for (var file : files.entrySet()) {
        Files.copy(
            file.getValue(), folder.resolve(file.getKey()), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return build(folder);
  }

  /** In this module's folder, because kustomize takes relative folders only. */
  private static Path kustomization(String name, String text) {
    try {
      Path folder = Files.createDirectories(SCRATCH.resolve(name));
      Files.writeString(
          folder.resolve("kustomization.yaml"),
          "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n" + text);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fails on warnings too. */
  private static List<JsonNode> build(Path folder) {
    return BUILT.computeIfAbsent(folder, path -> objects(text(path)));
  }

  private static String text(Path folder) {
    List<String> program =
        Tools.onPath("kustomize")
            .map(path -> List.of(path.toString(), "build"))
            .or(() -> Tools.onPath("kubectl").map(path -> List.of(path.toString(), "kustomize")))
            .orElseGet(() -> abort("no kustomize and no kubectl on the PATH"));
    List<String> command = new ArrayList<>(program);
    command.add(folder.toString());
    return Output.quiet(command);
  }

  /** The objects of a stream of YAML documents. */
  static List<JsonNode> objects(String yaml) {
    try {
      return YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml).readAll().stream()
          .filter(JsonNode::isObject)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String name(JsonNode object) {
    return object.path("kind").asText() + "/" + object.at("/metadata/name").asText();
  }

  static List<JsonNode> ofKind(List<JsonNode> objects, String kind) {
    return objects.stream().filter(object -> object.path("kind").asText().equals(kind)).toList();
  }

  static JsonNode one(List<JsonNode> objects, String name) {
    List<JsonNode> found = objects.stream().filter(object -> name(object).equals(name)).toList();
    if (found.size() != 1) {
      throw new AssertionError("%d objects are %s".formatted(found.size(), name));
    }
    return found.get(0);
  }
}
