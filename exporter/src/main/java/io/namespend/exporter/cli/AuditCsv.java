package io.namespend.exporter.cli;

import io.namespend.exporter.audit.Audited;
import io.namespend.exporter.audit.ForeignWorkload;
import io.namespend.exporter.audit.LabelAudit;
import io.namespend.exporter.cluster.pod.Workload;
import io.namespend.exporter.policy.owner.Owner.Named;
import io.namespend.exporter.policy.owner.OwnerPart;
import io.namespend.foundation.csv.Csv;
import io.namespend.foundation.settings.Constant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every namespace and workload of an audit, for a spreadsheet. */
final class AuditCsv {
  private final AuditReport report;

  /** Who pays for foreign workloads. */
  private final Map<Workload, String> foreign;

  AuditCsv(AuditReport report) {
    this.report = report;
    foreign =
        report.audit().foreign().stream()
            .collect(Collectors.toMap(ForeignWorkload::workload, named -> named.charged().payer()));
  }

  String text() {
    StringBuilder csv = new StringBuilder();
    List<String> heading =
        new ArrayList<>(
            List.of(
                "kind",
                "namespace",
                "name",
                "check",
                "compliant",
                "missing",
                "missing_in_template",
                "hourly_cost",
                "currency"));
    for (OwnerPart part : LabelAudit.REQUIRED) {
      heading.add(part.metricLabel());
      heading.add(part.metricLabel() + "_source");
    }
    heading.add("remedy");
    csv.append(Csv.row(heading));
    Stream.concat(report.audit().namespaces().stream(), report.audit().workloads().stream())
        .forEach(audited -> csv.append(Csv.row(cells(audited))));
    return csv.toString();
  }

  /** An owner by annotation can be any text. */
  private List<String> cells(Audited audited) {
    List<String> cells =
        new ArrayList<>(
            List.of(
                audited.kind(),
                audited.namespace(),
                audited.name(),
                Constant.text(audited.check()),
                Boolean.toString(audited.isCompliant()),
                String.join(" ", report.labels(audited.missing())),
                String.join(" ", report.labels(audited.missingInTemplate())),
                Double.toString(audited.hourlyCost()),
                report.currency()));
    for (OwnerPart part : LabelAudit.REQUIRED) {
      Named named = audited.owner().part(part);
      cells.add(named.value());
      cells.add(named.source().text());
    }
    cells.add(remedy(audited));
    return cells.stream().map(Csv::guarded).toList();
  }

  private String remedy(Audited audited) {
    String remedy = report.remedy(audited);
    String payer = foreign.get(workload(audited));
    return payer == null
        ? remedy
        : "%s%snames another owner than its namespace, charged to %s"
            .formatted(remedy, remedy.isEmpty() ? "" : "; ", payer);
  }

  private static Workload workload(Audited audited) {
    return new Workload(audited.namespace(), audited.kind(), audited.name());
  }
}
