package io.namespend.exporter.cluster.node;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a node is by its {@code spec.providerID}, for nodes without labels of their zone. What it
 * does not tell is empty.
 */
record ProviderIdPlace(String region, String zone) {
  private static final ProviderIdPlace UNKNOWN = new ProviderIdPlace("", "");
  private static final Pattern AWS = Pattern.compile("aws:///([a-z\\d-]+)/.+");

  /** The region that an AWS zone begins with, local zones and wavelength zones too. */
  private static final Pattern AWS_REGION = Pattern.compile("[a-z]{2}(?:-[a-z]+)+-\\d+");

  private static final Pattern HYBRID = Pattern.compile("eks-hybrid:///([a-z\\d-]+)/.+");
  private static final Pattern GOOGLE = Pattern.compile("gce://[^/]+/(([a-z\\d-]+)-[a-z])/.+");

  static ProviderIdPlace of(String providerId) {
    Matcher aws = AWS.matcher(providerId);
    if (aws.matches()) {
      Matcher region = AWS_REGION.matcher(aws.group(1));
      return region.lookingAt() ? new ProviderIdPlace(region.group(), aws.group(1)) : UNKNOWN;
    }
    Matcher google = GOOGLE.matcher(providerId);
    if (google.matches()) {
      return new ProviderIdPlace(google.group(2), google.group(1));
    }
    Matcher hybrid = HYBRID.matcher(providerId);
    return hybrid.matches() ? new ProviderIdPlace(hybrid.group(1), "") : UNKNOWN;
  }
}
