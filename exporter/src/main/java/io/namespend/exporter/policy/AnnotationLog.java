package io.namespend.exporter.policy;

import static java.lang.System.Logger.Level.WARNING;

import java.util.List;
import java.util.Set;

/** Says once of each wrong annotation what is wrong with it. Used by one thread. */
public final class AnnotationLog {
  private static final System.Logger LOG = System.getLogger(AnnotationLog.class.getName());

  private Set<InvalidAnnotation> said = Set.of();

  /**
   * @param now all that are wrong now
   */
  public void log(List<InvalidAnnotation> now) {
    now.stream()
        .filter(annotation -> !said.contains(annotation))
        .forEach(annotation -> LOG.log(WARNING, "ignored the annotation of {0}", annotation));
    said = Set.copyOf(now);
  }
}
