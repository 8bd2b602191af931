package io.namespend.exporter.cluster.node;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A minor version of Kubernetes, such as 1.33. */
public record KubernetesVersion(int major, int minor) implements Comparable<KubernetesVersion> {
  /** Older than all others, so that it raises no lower bound. */
  public static final KubernetesVersion UNKNOWN = new KubernetesVersion(0, 0);

  private static final Comparator<KubernetesVersion> BY_AGE =
      Comparator.comparingInt(KubernetesVersion::major).thenComparingInt(KubernetesVersion::minor);

  private static final Pattern TEXT = Pattern.compile("v?(\\d{1,4})\\.(\\d{1,4})(?:\\D.*)?");

  /**
   * @param text such as {@code 1.33} or {@code v1.33.1-eks-1a2b3c4}
   * @return {@link #UNKNOWN} for what is no version
   */
  public static KubernetesVersion of(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? new KubernetesVersion(
            Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)))
        : UNKNOWN;
  }

  public boolean isKnown() {
    return !equals(UNKNOWN);
  }

  public KubernetesVersion later(int minors) {
    return new KubernetesVersion(major, minor + minors);
  }

  @Override
  public int compareTo(KubernetesVersion other) {
    return BY_AGE.compare(this, other);
  }
}
