package io.namespend.exporter.policy.file;

import io.namespend.exporter.cluster.pod.WorkloadFolding;
import io.namespend.exporter.cluster.pod.WorkloadFolding.Fold;
import io.namespend.exporter.settings.Wildcard;
import io.namespend.foundation.settings.Section;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads which one-off pods are one workload. */
final class WorkloadReader {
  private static final Pattern KIND = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,62}");
  private static final Pattern NAMES = Pattern.compile("[a-z0-9.*-]{1,253}");
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

  private WorkloadReader() {}

  static WorkloadFolding read(Section section) {
    WorkloadFolding folding =
        new WorkloadFolding(
            section.parsed("label", PolicyReader::labelName).orElse(""),
            section.sections("fold").stream().flatMap(fold -> fold(fold).stream()).toList(),
            section
                .parsed("foldGenerated", WorkloadReader::isTrue)
                .orElse(WorkloadFolding.USUAL.generated()));
    section.refuseOthers();
    return folding;
  }

  private static Optional<Fold> fold(Section section) {
    section.requires("ownerKind", "write the kind of the owner, such as Job; Pod for none");
    section.requires("name", "write names of owners, such as \"import-*\"");
    Optional<String> kind = section.parsed("ownerKind", WorkloadReader::kind);
    Optional<Wildcard> names = section.parsed("name", WorkloadReader::names);
    Optional<String> as = section.parsed("as", WorkloadReader::name);
    section.refuseOthers();
    return kind.flatMap(owner -> names.map(name -> new Fold(owner, name, as)));
  }

  private static String kind(String text) {
    if (!KIND.matcher(text).matches()) {
      throw new IllegalArgumentException("write a kind such as Job or Workflow; Pod for no owner");
    }
    if (WorkloadFolding.isLasting(text)) {
      throw new IllegalArgumentException("objects of this kind last and are never folded");
    }
    return text;
  }

  private static Wildcard names(String text) {
    if (!NAMES.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "write a name: lower-case letters, digits, dots and hyphens; * matches any of them");
    }
    return new Wildcard(text);
  }

  private static String name(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "write a name: lower-case letters, digits, dots and hyphens");
    }
    return text;
  }

  private static boolean isTrue(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("write true or false");
    };
  }
}
