package io.namespend.exporter.cluster.node;

/** The cloud that a node runs in, read from the scheme of its {@code spec.providerID}. */
public enum Provider {
  AWS,
  AZURE,
  GCP,
  OTHER;

  static Provider ofProviderId(String providerId) {
    int colon = providerId.indexOf(':');
    return switch (colon < 0 ? "" : providerId.substring(0, colon)) {
      case "aws" -> AWS;
      case "azure" -> AZURE;
      case "gce" -> GCP;
      default -> OTHER;
    };
  }
}
