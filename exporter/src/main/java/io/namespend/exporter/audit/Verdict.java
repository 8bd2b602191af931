package io.namespend.exporter.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a cluster is ready for policies that refuse.
 *
 * @param threshold percent that each measure must reach
 * @param shortfalls what does not, each with its figure; empty if it is ready
 */
public record Verdict(double threshold, List<String> shortfalls) {
  public Verdict {
    shortfalls = List.copyOf(shortfalls);
  }

  /**
   * Namespaces and workloads must carry all labels themselves; money must have an owner, who may
   * also be the namespace's.
   */
  public static Verdict of(LabelAudit audit, double threshold) {
    Coverage all = audit.coverage();
    Map<String, Share> measures = new LinkedHashMap<>();
    measures.put("namespaces", all.namespaces());
    measures.put("workloads", all.workloads());
    if (audit.hasMoney()) {
      measures.put("money with an owner", all.attributed());
    }
    List<String> shortfalls = new ArrayList<>();
    measures.forEach(
        (name, share) -> {
          if (share.percent() < threshold) {
            shortfalls.add(name + " " + share.percentText());
          }
        });
    if (all.namespaces().whole() + all.workloads().whole() == 0) {
      shortfalls.add("nothing that policies check was read");
    }
    return new Verdict(threshold, shortfalls);
  }

  public boolean isReady() {
    return shortfalls.isEmpty();
  }
}
