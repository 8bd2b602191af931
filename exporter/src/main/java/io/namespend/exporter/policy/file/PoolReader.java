package io.namespend.exporter.policy.file;

import io.namespend.exporter.policy.pool.NamespaceGlobs;
import io.namespend.exporter.policy.pool.Per;
import io.namespend.exporter.policy.pool.Pool;
import io.namespend.exporter.policy.pool.Sharing;
import io.namespend.exporter.policy.pool.Sharing.Weights;
import io.namespend.exporter.policy.pool.Split;
import io.namespend.exporter.settings.Wildcard;
import io.namespend.foundation.settings.Constant;
import io.namespend.foundation.settings.Section;
import java.util.ArrayList;
import java.util.List;

/** Reads pools, and how they are shared. */
final class PoolReader {
  private PoolReader() {}

  static List<Pool> pools(Section root, Names names) {
    return root.sections("pools").stream().map(section -> pool(section, names)).toList();
  }

  private static Pool pool(Section section, Names names) {
    String name = names.ofPool(section);
    boolean standing = Pool.STANDING.contains(name);
    if (standing && section.has("namespaces")) {
      section.problem(
          "namespaces",
          "the pool %s holds no namespaces; choose another name for a group".formatted(name));
    } else if (!standing && !section.has("namespaces")) {
      section.problem(
          "namespaces",
          "is missing; write the shared namespaces, or name one of the standing pools "
              + String.join(", ", Pool.STANDING));
    }
    Pool pool =
        new Pool(
            name,
            Globs.optional(section, "namespaces", NamespaceGlobs.NONE),
            sharing(section),
            per(name, section));
    section.refuseOthers();
    return pool;
  }

  private static Per per(String name, Section section) {
    Per per = section.parsed("per", Per::parse).orElse(Per.CLUSTER);
    if (per != Per.CLUSTER && !Pool.OF_NODES.contains(name)) {
      section.problem(
          "per",
          "only what arises on nodes can be split so, the pools %s; remove it"
              .formatted(String.join(" and ", Pool.OF_NODES)));
      return Per.CLUSTER;
    }
    return per;
  }

  /** The keys that pools and shared services have in common. */
  static Sharing sharing(Section section) {
    Split split =
        section
            .parsed("split", text -> Constant.parse(Split.class, text))
            .orElse(Split.PROPORTIONAL);
    Weights weights = weights(section);
    if (split == Split.WEIGHTED) {
      section.requires("weights", "write them, such as {shop: 3, \"team-*\": 1}");
    } else if (section.has("weights")) {
      section.problem("weights", "count in split weighted only; write that, or remove them");
    }
    double floor = section.number("floor", 0, Money.MOST).orElse(0);
    NamespaceGlobs tenants = Globs.optional(section, "tenants", NamespaceGlobs.ALL);
    NamespaceGlobs except = Globs.optional(section, "except", NamespaceGlobs.NONE);
    for (String key : List.of("floor", "tenants", "except")) {
      if (split == Split.NONE && section.has(key)) {
        section.problem(key, "split none shares nothing; remove it, or choose another split");
      }
    }
    return new Sharing(split, weights, floor, tenants, except);
  }

  private static Weights weights(Section section) {
    Section entries = section.section("weights");
    List<Wildcard> globs = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    double sum = 0;
    for (String key : entries.keys()) {
      entries.requires(key, "write a weight");
      double weight = entries.number(key, 0, Money.MOST).orElse(1);
      try {
        globs.add(Globs.glob(key));
        values.add(weight);
      } catch (IllegalArgumentException e) {
        entries.problem(key, String.valueOf(e.getMessage()));
      }
      sum += weight;
    }
    if (section.value("weights").isObject() && sum == 0) {
      section.problem("weights", "nobody has one above 0; write at least one");
    }
    return new Weights(new NamespaceGlobs(section.at("weights"), globs), values);
  }
}
