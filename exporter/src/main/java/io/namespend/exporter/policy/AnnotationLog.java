package io.namespend.exporter.policy;

import static java.lang.System.Logger.Level.WARNING;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Says once of each annotation that does not count why. Used by one thread. */
public final class AnnotationLog {
  private static final System.Logger LOG = System.getLogger(AnnotationLog.class.getName());

  private Set<Record> said = Set.of();

  /**
   * @param wrong all that are wrong now
   * @param refused all that the policy does not let count now
   */
  public void log(List<InvalidAnnotation> wrong, List<RefusedAnnotation> refused) {
    Set<Record> now = new HashSet<>(wrong);
    now.addAll(refused);
    Stream.concat(wrong.stream(), refused.stream())
        .filter(annotation -> !said.contains(annotation))
        .forEach(annotation -> LOG.log(WARNING, "ignored the annotation of {0}", annotation));
    said = now;
  }
}
