package io.namespend.exporter.policy.file;

import io.namespend.exporter.policy.AnnotationLimits;
import io.namespend.exporter.policy.AnnotationName;
import io.namespend.exporter.policy.AnnotationPolicy;
import io.namespend.exporter.policy.AnnotationPolicy.LimitsOverride;
import io.namespend.exporter.settings.Wildcard;
import io.namespend.foundation.settings.Constant;
import io.namespend.foundation.settings.Section;
import java.util.Set;

/** Reads what annotations of namespaces may override. */
final class AnnotationReader {
  private static final int LONGEST_DAYS = 366;

  private AnnotationReader() {}

  static AnnotationPolicy read(Section root) {
    Section section = root.section("annotations");
    AnnotationLimits limits = limits(section, AnnotationLimits.SAFE);
    AnnotationPolicy policy =
        new AnnotationPolicy(
            limits,
            section.sections("overrides").stream()
                .map(override -> override(override, limits))
                .toList());
    section.refuseOthers();
    return policy;
  }

  private static LimitsOverride override(Section section, AnnotationLimits otherwise) {
    LimitsOverride override =
        new LimitsOverride(Globs.required(section, "namespaces"), limits(section, otherwise));
    section.refuseOthers();
    return override;
  }

  private static AnnotationLimits limits(Section section, AnnotationLimits otherwise) {
    return new AnnotationLimits(
        section.has("allow")
            ? Set.copyOf(
                section.parsedItems("allow", text -> Constant.parse(AnnotationName.class, text)))
            : otherwise.allowed(),
        section.flag("raiseBudgets", otherwise.raiseBudgets()),
        section.flag("changeOwners", otherwise.changeOwners()),
        section.whole("plannedChangeDays", 0, LONGEST_DAYS).orElse(otherwise.longestChange()),
        section.whole("plannedChangeAheadDays", 0, LONGEST_DAYS).orElse(otherwise.changeAhead()),
        section.has("slackChannels")
            ? section.parsedItems("slackChannels", Wildcard::new)
            : otherwise.slackChannels());
  }
}
