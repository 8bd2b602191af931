package io.namespend.exporter.policy.pool;

import static java.util.Objects.requireNonNull;

import io.namespend.exporter.settings.Wildcard;
import java.util.List;

/**
 * Namespaces by their names, in which {@code *} stands for any characters.
 *
 * @param path where the policy file lists them; empty for those that it does not
 */
public record NamespaceGlobs(String path, List<Wildcard> globs) {
  public static final NamespaceGlobs NONE = new NamespaceGlobs("", List.of());
  public static final NamespaceGlobs ALL = new NamespaceGlobs("", List.of(new Wildcard("*")));

  public NamespaceGlobs {
    requireNonNull(path, "path");
    globs = List.copyOf(globs);
  }

  public boolean matches(String namespace) {
    return globs.stream().anyMatch(glob -> glob.matches(namespace));
  }
}
