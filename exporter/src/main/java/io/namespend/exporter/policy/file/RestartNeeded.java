package io.namespend.exporter.policy.file;

import io.namespend.foundation.settings.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What of a policy file is wired at the start and cannot change while the exporter runs. */
final class RestartNeeded {
  private RestartNeeded() {}

  /** Empty if the new file can take the place of the old one. */
  static List<Problem> between(PolicyFile atStart, PolicyFile now) {
    List<Problem> problems = new ArrayList<>();
    if (!atStart.policy().currency().equals(now.policy().currency())) {
      problems.add(
          new Problem(
              "currency",
              now.policy().currency(),
              "prices were read in %s; restart the exporter to change it"
                  .formatted(atStart.policy().currency())));
    }
    if (!atStart.prices().equals(now.prices())) {
      problems.add(
          new Problem(
              "prices", "(changed)", "sources are opened at the start; restart the exporter"));
    }
    if (!atStart.folding().equals(now.folding())) {
      problems.add(
          new Problem(
              "workloads", "(changed)", "pods were read by the old ones; restart the exporter"));
    }
    Set<String> newNodeLabels = new HashSet<>(now.policy().nodeGroups().labels());
    newNodeLabels.removeAll(atStart.policy().nodeGroups().labels());
    newNodeLabels.stream()
        .sorted()
        .map(
            label ->
                new Problem(
                    "nodeGroups.labels",
                    label,
                    "a label that was not named at the start is not read; restart the exporter"))
        .forEach(problems::add);
    Set<String> newLabels = new HashSet<>(now.policy().ownership().labelNames());
    newLabels.removeAll(atStart.policy().labelNames());
    newLabels.stream()
        .sorted()
        .map(
            label ->
                new Problem(
                    "ownership.labels",
                    label,
                    "a label that was not named at the start is not read; restart the exporter"))
        .forEach(problems::add);
    Set<String> newCustomerLabels = new HashSet<>(now.policy().customers().labels());
    newCustomerLabels.removeAll(atStart.policy().labelNames());
    newCustomerLabels.stream()
        .sorted()
        .map(
            label ->
                new Problem(
                    "customers.labels",
                    label,
                    "a label that was not named at the start is not read; restart the exporter"))
        .forEach(problems::add);
    return problems;
  }
}
