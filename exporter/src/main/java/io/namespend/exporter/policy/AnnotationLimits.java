package io.namespend.exporter.policy;

import io.namespend.exporter.settings.Wildcard;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a namespace may say for itself, and how far that may reach.
 *
 * @param allowed annotations that count at all
 * @param raiseBudgets whether a budget may be higher than the policy's
 * @param changeOwners whether a team or cost center may be another than the namespace's labels name
 * @param longestChange days that a planned change may last
 * @param changeAhead days from today within which a planned change must begin
 * @param slackChannels the only ones that count; if empty, any, of namespaces whose labels name
 *     their team
 */
public record AnnotationLimits(
    Set<AnnotationName> allowed,
    boolean raiseBudgets,
    boolean changeOwners,
    int longestChange,
    int changeAhead,
    List<Wildcard> slackChannels) {
  /**
   * What reaches no further than the namespace. A model does: what it lets a namespace request
   * without paying is idle, and paid by all.
   */
  public static final AnnotationLimits SAFE =
      new AnnotationLimits(
          EnumSet.complementOf(EnumSet.of(AnnotationName.MODEL)), false, false, 31, 90, List.of());

  public AnnotationLimits {
    allowed = Set.copyOf(allowed);
    slackChannels = List.copyOf(slackChannels);
  }
}
