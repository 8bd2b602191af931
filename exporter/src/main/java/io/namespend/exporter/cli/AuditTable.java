package io.namespend.exporter.cli;

import io.namespend.exporter.audit.Audited;
import io.namespend.exporter.audit.Coverage;
import io.namespend.exporter.audit.LabelAudit;
import io.namespend.exporter.audit.Share;
import io.namespend.exporter.policy.owner.OwnerPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An audit for people. */
final class AuditTable {
  private final AuditReport report;
  private final LabelAudit audit;

  AuditTable(AuditReport report) {
    this.report = report;
    this.audit = report.audit();
  }

  String text() {
    return coverage()
        + withoutOwner()
        + offenders()
        + foreign()
        + refused()
        + leftOut()
        + report.conclusion()
        + "\n";
  }

  private String coverage() {
    List<Coverage> columns = new ArrayList<>();
    List<String> heading = new ArrayList<>(List.of("COVERAGE"));
    for (OwnerPart part : LabelAudit.REQUIRED) {
      columns.add(audit.coverage(part));
      heading.add(report.label(part));
    }
    columns.add(audit.coverage());
    heading.add("all of them");
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("namespaces labelled", columns, AuditTable::count, Coverage::namespaces));
    rows.add(row("workloads labelled", columns, AuditTable::count, Coverage::workloads));
    if (audit.hasMoney()) {
      String unit = report.currency() + "/h ";
      rows.add(row(unit + "by own label", columns, AuditTable::money, Coverage::moneyByWorkload));
      rows.add(row(unit + "by namespace", columns, AuditTable::money, Coverage::moneyByNamespace));
      rows.add(row(unit + "by nobody", columns, AuditTable::money, Coverage::moneyByNobody));
    }
    return Columns.withHeading(heading, rows)
        + (audit.hasMoney()
            ? ""
            : "No prices: the nodes, or the requests on them, are unknown.\n\n");
  }

  private static List<String> row(
      String name,
      List<Coverage> columns,
      Function<Share, String> cell,
      Function<Coverage, Share> measure) {
    List<String> row = new ArrayList<>(List.of(name));
    columns.forEach(column -> row.add(cell.apply(measure.apply(column))));
    return row;
  }

  private static String count(Share share) {
    return "%d/%d %s".formatted((long) share.part(), (long) share.whole(), share.percentText());
  }

  private static String money(Share share) {
    return amount(share.part()) + " " + share.percentText();
  }

  private static String amount(double amount) {
    return String.format(Locale.ROOT, "%.4f", amount);
  }

  private String withoutOwner() {
    return Columns.wrapped(
            "Without an owner, in all namespaces: namespaces "
                + counts(audit.namespacesWithoutOwner())
                + "; workloads with pods "
                + counts(audit.workloadsWithoutOwner())
                + ".",
            0)
        + "\n\n";
  }

  private String counts(Map<OwnerPart, Long> byPart) {
    return LabelAudit.REQUIRED.stream()
        .map(part -> report.label(part) + " " + byPart.get(part))
        .collect(Collectors.joining(", "));
  }

  private String offenders() {
    return Columns.withHeading(
        List.of("PER HOUR", "OFFENDER", "WHAT TO DO"),
        audit.offenders().stream()
            .map(
                offender ->
                    List.of(
                        amount(offender.hourlyCost()), subject(offender), report.remedy(offender)))
            .toList());
  }

  private static String subject(Audited offender) {
    return offender.kind().equals("namespace")
        ? "namespace " + offender.name()
        : "%s %s/%s".formatted(offender.kind(), offender.namespace(), offender.name());
  }

  private String foreign() {
    return Columns.withHeading(
        List.of("PER HOUR", "FOREIGN", "NAMES", "NAMESPACE HAS", "CHARGED TO"),
        audit.foreign().stream()
            .map(
                foreign ->
                    List.of(
                        amount(foreign.hourlyCost()),
                        "%s %s/%s"
                            .formatted(
                                foreign.workload().type(),
                                foreign.workload().namespace(),
                                foreign.workload().name()),
                        foreign.claimed().payer(),
                        foreign.namespaceOwner().payer(),
                        foreign.charged().payer()))
            .toList());
  }

  private String refused() {
    return Columns.withHeading(
        List.of("NAMESPACE", "REFUSED ANNOTATION", "WHY"),
        audit.refused().stream()
            .map(refused -> List.of(refused.namespace(), refused.annotation(), refused.remedy()))
            .toList());
  }

  private String leftOut() {
    return report.leftOut().isEmpty()
        ? ""
        : Columns.wrapped(
                "Left out: "
                    + report.leftOut().stream()
                        .map(Object::toString)
                        .collect(Collectors.joining(", ")),
                0)
            + "\n\n";
  }
}
