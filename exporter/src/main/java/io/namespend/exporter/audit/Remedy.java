package io.namespend.exporter.audit;

import io.namespend.exporter.policy.owner.Owner.Named;
import io.namespend.exporter.policy.owner.OwnerPart;
import io.namespend.exporter.policy.owner.OwnerSource;
import io.namespend.exporter.policy.owner.Ownership;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What to write where, so that an object has its labels. */
public final class Remedy {
  /** Annotations and defaults may have other characters. */
  private static final Pattern LABEL_VALUE =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");

  private final Ownership ownership;

  public Remedy(Ownership ownership) {
    this.ownership = ownership;
  }

  /**
   * One line. A value that is known, since the namespace or the other half of the object names it,
   * is written out; others stand in angle brackets.
   */
  public String of(Audited offender) {
    return switch (offender.check()) {
      case UNSEEN -> "only its pods were read: read the " + offender.kind() + " too";
      case UNCHECKED ->
          "label its pods or its namespace: " + labels(offender, offender.missing(), ": ", ", ");
      case CHECKED ->
          offender.kind().equals("namespace")
              ? "kubectl label namespace %s %s"
                  .formatted(offender.name(), labels(offender, offender.missing(), "=", " "))
              : workload(offender);
    };
  }

  private String workload(Audited offender) {
    List<String> places = new ArrayList<>();
    if (!offender.missing().isEmpty()) {
      places.add("metadata.labels: " + labels(offender, offender.missing(), ": ", ", "));
    }
    if (!offender.missingInTemplate().isEmpty()) {
      String template =
          offender.kind().equals("cronjob") ? "spec.jobTemplate.spec.template" : "spec.template";
      places.add(
          template
              + ".metadata.labels: "
              + labels(offender, offender.missingInTemplate(), ": ", ", "));
    }
    return String.join("; ", places);
  }

  private String labels(
      Audited offender, Set<OwnerPart> missing, String assigned, String separator) {
    return missing.stream()
        .map(part -> ownership.labelName(part) + assigned + value(offender, part))
        .collect(Collectors.joining(separator));
  }

  private String value(Audited offender, OwnerPart part) {
    Named named = offender.owner().part(part);
    return named.source() != OwnerSource.DEFAULT && LABEL_VALUE.matcher(named.value()).matches()
        ? named.value()
        : "<" + ownership.labelName(part) + ">";
  }
}
