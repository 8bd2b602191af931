package io.namespend.reporter.digest;

import java.util.Optional;

/**
 * Whose costs a digest is about.
 *
 * @param team empty for the whole company
 */
public record Scope(Optional<String> team) {
  public static final Scope COMPANY = new Scope(Optional.empty());

  public static Scope of(String team) {
    return new Scope(Optional.of(team));
  }

  /** Stable, for what is remembered between runs. */
  public String key() {
    return team.map(name -> "team/" + name).orElse("company");
  }
}
