package io.namespend.testbed.policies;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Manifests as they are applied. */
final class Overlays {
  private static final Path MANIFESTS = Program.PROJECT.resolve("manifests");

  private Overlays() {}

  /** Renders a kustomization. */
  static String render(Path folder) {
    Optional<Program> kustomize =
        Program.onPath("kustomize").map(p -> new Program(List.of(p.toString(), "build")));
    Program renderer =
        kustomize
            .or(
                () ->
                    Program.onPath("kubectl")
                        .map(p -> new Program(List.of(p.toString(), "kustomize"))))
            .orElseGet(() -> abort("no kustomize and no kubectl on the PATH"));
    Program.Result result = renderer.run(folder.toString());
    if (result.exit() != 0) {
      throw new AssertionError(folder + ": " + result.output());
    }
    return result.output();
  }

  /**
   * Every kustomization of the project's manifests, and the manifests that are applied as they are.
   */
  static List<String> ours() throws IOException {
    List<String> manifests = new ArrayList<>();
    for (Path file : PolicyFiles.files(MANIFESTS).toList()) {
      String text = Files.readString(file);
      if (file.endsWith("kustomization.yaml")) {
        if (text.contains("kind: Kustomization")) {
          manifests.add(render(file.getParent()));
        }
      } else if (text.contains("apiVersion:") && !belongsToMore(file)) {
        manifests.add(text);
      }
    }
    return manifests;
  }

  /** Parts of kustomizations and templates of charts. */
  private static boolean belongsToMore(Path file) {
    for (Path folder = file.getParent();
        folder.startsWith(MANIFESTS);
        folder = folder.getParent()) {
      if (Files.exists(folder.resolve("kustomization.yaml"))
          || Files.exists(folder.resolve("Chart.yaml"))) {
        return true;
      }
    }
    return false;
  }
}
