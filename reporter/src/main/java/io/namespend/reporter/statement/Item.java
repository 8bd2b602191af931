package io.namespend.reporter.statement;

import static java.util.Comparator.comparing;

import java.util.Comparator;

/** What is charged: a resource, or a share of a pool. Exactly one of both has a name. */
public record Item(String resource, String pool) implements Comparable<Item> {
  private static final Comparator<Item> ORDER = comparing(Item::pool).thenComparing(Item::resource);

  public Item {
    if (resource.isEmpty() == pool.isEmpty()) {
      throw new IllegalArgumentException(
          "neither a resource nor a pool: \"%s\", \"%s\"".formatted(resource, pool));
    }
  }

  public static Item ofResource(String name) {
    return new Item(name, "");
  }

  public static Item ofPool(String name) {
    return new Item("", name);
  }

  public boolean isPool() {
    return !pool.isEmpty();
  }

  public String name() {
    return isPool() ? pool : resource;
  }

  @Override
  public int compareTo(Item other) {
    return ORDER.compare(this, other);
  }
}
