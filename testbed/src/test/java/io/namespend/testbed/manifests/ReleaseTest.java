package io.namespend.testbed.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The scripts of a release, as far as they need nothing but the checkout. */
class ReleaseTest {
  @Test
  void everyFileHasOneVersion() {
    Output checked = script("version", "--check");

    assertThat(checked.err()).isEmpty();
    assertThat(checked.out()).matches("\\d+\\.\\d+\\.\\d+\\S*\\n");
    assertThat(script("version").out()).isEqualTo(checked.out());
  }

  @Test
  void aTagOfAnotherVersionIsRefused() {
    Output checked = script("version", "--check", "v99.9.9");

    assertThat(checked.exit()).isEqualTo(1);
    assertThat(checked.err())
        .startsWith("release/version: the tag is v99.9.9, but pom.xml has ")
        .contains("release/version --set 99.9.9");
  }

  @Test
  void theNotesAreThoseOfTheVersion() {
    assertThat(script("notes").out()).contains("\n- ").doesNotContain("\n## ");
    assertThat(script("notes", "99.9.9").exit()).isEqualTo(1);
  }

  @Test
  void imagesSayWhereTheyCanBeLoaded() {
    Output nowhere = script("images", "load", "nomad");

    assertThat(nowhere.exit()).isEqualTo(1);
    assertThat(nowhere.err()).contains("\"nomad\"", "kind, k3d or minikube");
  }

  private static Output script(String name, String... arguments) {
    return Output.of(
        Stream.concat(
                Stream.of(Path.of("../release", name).toAbsolutePath().normalize().toString()),
                Stream.of(arguments))
            .toList());
  }
}
