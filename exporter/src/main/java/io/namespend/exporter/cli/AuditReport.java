package io.namespend.exporter.cli;

import io.namespend.exporter.audit.Audited;
import io.namespend.exporter.audit.LabelAudit;
import io.namespend.exporter.audit.Remedy;
import io.namespend.exporter.audit.Verdict;
import io.namespend.exporter.policy.owner.OwnerPart;
import io.namespend.exporter.settings.Wildcard;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;

/**
 * What is told of an audit, in whatever form.
 *
 * @param leftOut namespaces that were not looked at
 */
record AuditReport(LabelAudit audit, Verdict verdict, String currency, List<Wildcard> leftOut) {
  AuditReport {
    leftOut = List.copyOf(leftOut);
  }

  String conclusion() {
    String needed = percent(verdict.threshold());
    return verdict.isReady()
        ? "ready for Enforce: namespaces%s all reach %s"
            .formatted(audit.hasMoney() ? ", workloads and money" : " and workloads", needed)
        : "not ready for Enforce, which needs %s: %s"
            .formatted(needed, String.join(", ", verdict.shortfalls()));
  }

  String remedy(Audited offender) {
    return offender.isOffender() ? new Remedy(audit.ownership()).of(offender) : "";
  }

  String label(OwnerPart part) {
    return audit.ownership().labelName(part);
  }

  List<String> labels(Collection<OwnerPart> parts) {
    return parts.stream().map(this::label).toList();
  }

  private static String percent(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString() + "%";
  }
}
