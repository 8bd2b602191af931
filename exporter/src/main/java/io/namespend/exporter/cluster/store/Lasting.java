package io.namespend.exporter.cluster.store;

import static java.util.Objects.requireNonNull;

/** What costs the same from its begin to its end, whatever is changed about it. */
public record Lasting<F>(F facts, long since) implements Held<Lasting<F>> {
  public Lasting {
    requireNonNull(facts, "facts");
  }

  @Override
  public Lasting<F> since(long second) {
    return new Lasting<>(facts, second);
  }

  @Override
  public boolean tellsBegin() {
    return false;
  }

  @Override
  public boolean holdsAs(Lasting<F> other) {
    return true;
  }
}
