package io.namespend.exporter.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.namespend.exporter.audit.Audited;
import io.namespend.exporter.audit.Coverage;
import io.namespend.exporter.audit.ForeignWorkload;
import io.namespend.exporter.audit.LabelAudit;
import io.namespend.exporter.audit.Share;
import io.namespend.exporter.policy.RefusedAnnotation;
import io.namespend.exporter.policy.owner.Owner;
import io.namespend.exporter.policy.owner.OwnerPart;
import io.namespend.foundation.settings.Constant;
import java.util.Collection;
import java.util.Map;

/** An audit for programs. */
final class AuditJson {
  private final ObjectMapper json = new ObjectMapper();
  private final AuditReport report;
  private final LabelAudit audit;

  AuditJson(AuditReport report) {
    this.report = report;
    this.audit = report.audit();
  }

  String text() {
    ObjectNode root = json.createObjectNode();
    root.put("ready", report.verdict().isReady());
    root.put("threshold", report.verdict().threshold());
    root.set("shortfalls", json.valueToTree(report.verdict().shortfalls()));
    root.put("currency", report.currency());
    ArrayNode leftOut = root.putArray("leftOut");
    report.leftOut().forEach(glob -> leftOut.add(glob.text()));
    ArrayNode coverage = root.putArray("coverage");
    LabelAudit.REQUIRED.forEach(
        part -> coverage.add(coverage(report.label(part), audit.coverage(part))));
    root.set("coverageOfAll", coverage("", audit.coverage()));
    root.set("namespacesWithoutOwner", counts(audit.namespacesWithoutOwner()));
    root.set("workloadsWithoutOwner", counts(audit.workloadsWithoutOwner()));
    ArrayNode offenders = root.putArray("offenders");
    audit.offenders().forEach(offender -> offenders.add(offender(offender)));
    ArrayNode foreign = root.putArray("foreign");
    audit.foreign().forEach(workload -> foreign.add(foreign(workload)));
    ArrayNode refused = root.putArray("refusedAnnotations");
    audit.refused().forEach(annotation -> refused.add(refused(annotation)));
    return root.toPrettyString() + "\n";
  }

  private ObjectNode coverage(String label, Coverage coverage) {
    ObjectNode node = json.createObjectNode();
    if (!label.isEmpty()) {
      node.put("label", label);
    }
    node.set("namespaces", share("labelled", coverage.namespaces()));
    node.set("workloads", share("labelled", coverage.workloads()));
    if (audit.hasMoney()) {
      node.set("hourlyMoneyByWorkload", share("amount", coverage.moneyByWorkload()));
      node.set("hourlyMoneyByNamespace", share("amount", coverage.moneyByNamespace()));
      node.set("hourlyMoneyByNobody", share("amount", coverage.moneyByNobody()));
    }
    return node;
  }

  private ObjectNode share(String part, Share share) {
    return json.createObjectNode()
        .put(part, share.part())
        .put("total", share.whole())
        .put("percent", share.percent());
  }

  private ObjectNode counts(Map<OwnerPart, Long> byPart) {
    ObjectNode node = json.createObjectNode();
    LabelAudit.REQUIRED.forEach(part -> node.put(report.label(part), byPart.get(part)));
    return node;
  }

  private ObjectNode offender(Audited offender) {
    ObjectNode node = json.createObjectNode();
    node.put("kind", offender.kind());
    node.put("namespace", offender.namespace());
    node.put("name", offender.name());
    node.put("check", Constant.text(offender.check()));
    node.set("missing", labels(offender.missing()));
    node.set("missingInTemplate", labels(offender.missingInTemplate()));
    node.put("hourlyCost", offender.hourlyCost());
    node.put("remedy", report.remedy(offender));
    return node;
  }

  private ObjectNode foreign(ForeignWorkload foreign) {
    ObjectNode node = json.createObjectNode();
    node.put("kind", foreign.workload().type());
    node.put("namespace", foreign.workload().namespace());
    node.put("name", foreign.workload().name());
    node.put("hourlyCost", foreign.hourlyCost());
    node.set("names", payer(foreign.claimed()));
    node.set("namespaceHas", payer(foreign.namespaceOwner()));
    node.set("chargedTo", payer(foreign.charged()));
    return node;
  }

  private ObjectNode payer(Owner owner) {
    return json.createObjectNode()
        .put(report.label(OwnerPart.TEAM), owner.team().value())
        .put(report.label(OwnerPart.COST_CENTER), owner.costCenter().value());
  }

  private ObjectNode refused(RefusedAnnotation refused) {
    return json.createObjectNode()
        .put("namespace", refused.namespace())
        .put("annotation", refused.annotation())
        .put("rule", refused.rule().text())
        .put("remedy", refused.remedy());
  }

  private ArrayNode labels(Collection<OwnerPart> parts) {
    return json.valueToTree(report.labels(parts));
  }
}
