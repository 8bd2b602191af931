package io.namespend.reporter.statement;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import io.namespend.reporter.prometheus.Sample;
import java.util.Comparator;

/**
 * Who bears a line; each part can be empty.
 *
 * @param team "unattributed" where nobody is known, "unallocated" where nobody shall be
 */
public record Owner(String costCenter, String team, String environment)
    implements Comparable<Owner> {
  static final Owner UNATTRIBUTED = new Owner("", "unattributed", "");
  static final Owner UNALLOCATED = new Owner("", "unallocated", "");

  private static final Comparator<Owner> ORDER =
      comparing(Owner::costCenter).thenComparing(Owner::team).thenComparing(Owner::environment);

  public Owner {
    requireNonNull(costCenter, "costCenter");
    requireNonNull(team, "team");
    requireNonNull(environment, "environment");
  }

  static Owner of(Sample sample) {
    return new Owner(
        sample.label("cost_center"), sample.label("team"), sample.label("environment"));
  }

  @Override
  public int compareTo(Owner other) {
    return ORDER.compare(this, other);
  }
}
