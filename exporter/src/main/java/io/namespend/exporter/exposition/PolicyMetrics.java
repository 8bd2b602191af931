package io.namespend.exporter.exposition;

import io.namespend.exporter.policy.AppliedPolicy;
import io.namespend.exporter.policy.Budget;
import io.namespend.exporter.policy.InvalidAnnotation;
import io.namespend.exporter.policy.NamespaceTerms;
import io.namespend.exporter.policy.Policy;
import io.namespend.exporter.policy.RefusedAnnotation;
import io.namespend.exporter.policy.owner.Owner;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What the policy says of namespaces, as series, so that the rules need no numbers of their own.
 */
final class PolicyMetrics {
  private PolicyMetrics() {}

  static List<MetricSnapshot> of(AppliedPolicy applied) {
    var currency =
        new InfoFamily(
            "namespend_currency", "[STABLE] Currency of every price, ISO 4217.", "currency");
    currency.add(applied.policy().currency());
    return List.of(
        weights(applied.namespaces()),
        namespaces(applied.namespaces()),
        budgets(applied),
        plannedChanges(applied.namespaces()),
        slackChannels(applied.namespaces()),
        invalidAnnotations(applied.namespaces()),
        refusedAnnotations(applied),
        currency.snapshot());
  }

  private static MetricSnapshot weights(List<NamespaceTerms> namespaces) {
    var weights =
        new GaugeFamily(
            "namespend_allocation_weight",
            "[STABLE] How much of a namespace's CPU and memory cost comes from each basis"
                + " (request, usage, max); sums to 1. From the policy.",
            "namespace",
            "basis");
    for (NamespaceTerms terms : namespaces) {
      weights.add(terms.weights().request(), terms.namespace(), "request");
      weights.add(terms.weights().usage(), terms.namespace(), "usage");
      weights.add(terms.weights().max(), terms.namespace(), "max");
    }
    return weights.snapshot();
  }

  private static MetricSnapshot namespaces(List<NamespaceTerms> namespaces) {
    var info =
        new InfoFamily(
            "namespend_namespace",
            "[STABLE] Who owns the namespace, and whether it is a tenant or shared. From its"
                + " annotations and labels, and the policy.",
            "namespace",
            "tenancy",
            "pool",
            "team",
            "cost_center",
            "environment",
            "product",
            "owner_source");
    for (NamespaceTerms terms : namespaces) {
      Owner owner = terms.owner();
      info.add(
          terms.namespace(),
          terms.isTenant() ? "tenant" : "shared",
          terms.pool().orElse(""),
          owner.team().value(),
          owner.costCenter().value(),
          owner.environment().value(),
          owner.product().value(),
          owner.team().source().text());
    }
    return info.snapshot();
  }

  private static MetricSnapshot budgets(AppliedPolicy applied) {
    var budgets =
        new GaugeFamily(
            "namespend_budget",
            "[STABLE] What may be spent in a UTC day or calendar month, in the currency. From the"
                + " policy and annotations.",
            "scope",
            "name",
            "period");
    for (NamespaceTerms terms : applied.namespaces()) {
      add(budgets, Budget.Scope.NAMESPACE, terms.namespace(), "day", terms.dailyBudget());
      add(budgets, Budget.Scope.NAMESPACE, terms.namespace(), "month", terms.monthlyBudget());
    }
    for (Budget budget : applied.policy().budgets()) {
      // Those of namespaces are in the terms of each that they match.
      if (budget.scope() != Budget.Scope.NAMESPACE) {
        add(budgets, budget.scope(), budget.owner(), "day", budget.daily());
        add(budgets, budget.scope(), budget.owner(), "month", budget.monthly());
      }
    }
    return budgets.snapshot();
  }

  /** What the rules can compare with what they recorded. */
  static MetricSnapshot bills(Policy policy, Instant now) {
    var bills =
        new GaugeFamily(
            "namespend_bill_cost",
            "[EXPERIMENTAL] What was billed for a month, by its number; of the last two that are"
                + " over. From the policy.",
            "month");
    policy.bills().stream()
        .filter(bill -> bill.isComparedAt(now))
        .forEach(bill -> bills.add(bill.amount(), String.valueOf(bill.month().getMonthValue())));
    return bills.snapshot();
  }

  private static void add(
      GaugeFamily budgets, Budget.Scope scope, String name, String period, OptionalDouble amount) {
    amount.ifPresent(value -> budgets.add(value, scope.metricLabel(), name, period));
  }

  private static MetricSnapshot plannedChanges(List<NamespaceTerms> namespaces) {
    var changes =
        new GaugeFamily(
            "namespend_planned_change_timestamp_seconds",
            "[STABLE] Start of a planned change of cost, and its end if it has one; anomalies of"
                + " the namespace are silent. From the annotation namespend.io/planned-change.",
            "namespace",
            "boundary");
    for (NamespaceTerms terms : namespaces) {
      terms
          .plannedChange()
          .ifPresent(
              change -> {
                changes.add((double) change.start().getEpochSecond(), terms.namespace(), "start");
                change
                    .end()
                    .ifPresent(
                        end ->
                            changes.add((double) end.getEpochSecond(), terms.namespace(), "end"));
              });
    }
    return changes.snapshot();
  }

  private static MetricSnapshot slackChannels(List<NamespaceTerms> namespaces) {
    var channels =
        new InfoFamily(
            "namespend_slack_channel",
            "[EXPERIMENTAL] Channel for the digest of the namespace's team. From the annotation"
                + " namespend.io/slack-channel.",
            "namespace",
            "team",
            "channel");
    for (NamespaceTerms terms : namespaces) {
      terms
          .slackChannel()
          .ifPresent(
              channel -> channels.add(terms.namespace(), terms.owner().team().value(), channel));
    }
    return channels.snapshot();
  }

  private static MetricSnapshot invalidAnnotations(List<NamespaceTerms> namespaces) {
    var invalid =
        new GaugeFamily(
            "namespend_invalid_annotations",
            "[STABLE] 1 for each namespend.io annotation of a namespace that is wrong and"
                + " therefore ignored; the log says why.",
            "namespace",
            "annotation");
    for (NamespaceTerms terms : namespaces) {
      for (InvalidAnnotation annotation : terms.invalid()) {
        invalid.add(1, annotation.namespace(), annotation.annotation());
      }
    }
    return invalid.snapshot();
  }

  private static MetricSnapshot refusedAnnotations(AppliedPolicy applied) {
    var refused =
        new GaugeFamily(
            "namespend_annotations_refused",
            "[STABLE] 1 for each namespend.io annotation of a namespace that the policy does not"
                + " let count, by the rule that refuses it; the log says more.",
            "namespace",
            "annotation",
            "rule");
    for (RefusedAnnotation annotation : applied.refusedAnnotations()) {
      refused.add(1, annotation.namespace(), annotation.annotation(), annotation.rule().text());
    }
    return refused.snapshot();
  }
}
