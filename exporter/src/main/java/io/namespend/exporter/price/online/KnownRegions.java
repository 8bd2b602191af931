package io.namespend.exporter.price.online;

import io.namespend.exporter.cluster.node.Provider;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.regions.Region;

/**
 * Regions that the providers have, to tell a new one from a name that was mistyped. As of 2026-06
 * for Azure and Google, and of the SDK for AWS.
 */
public final class KnownRegions {
  private static final Set<String> AZURE =
      Set.of(
          "australiacentral",
          "australiacentral2",
          "australiaeast",
          "australiasoutheast",
          "austriaeast",
          "belgiumcentral",
          "brazilsouth",
          "brazilsoutheast",
          "canadacentral",
          "canadaeast",
          "centralindia",
          "centralus",
          "chilecentral",
          "chinaeast",
          "chinaeast2",
          "chinaeast3",
          "chinanorth",
          "chinanorth2",
          "chinanorth3",
          "denmarkeast",
          "eastasia",
          "eastus",
          "eastus2",
          "eastus3",
          "francecentral",
          "francesouth",
          "germanynorth",
          "germanywestcentral",
          "indonesiacentral",
          "israelcentral",
          "italynorth",
          "japaneast",
          "japanwest",
          "jioindiacentral",
          "jioindiawest",
          "koreacentral",
          "koreasouth",
          "malaysiawest",
          "mexicocentral",
          "newzealandnorth",
          "northcentralus",
          "northeurope",
          "norwayeast",
          "norwaywest",
          "polandcentral",
          "qatarcentral",
          "southafricanorth",
          "southafricawest",
          "southcentralus",
          "southeastasia",
          "southindia",
          "spaincentral",
          "swedencentral",
          "swedensouth",
          "switzerlandnorth",
          "switzerlandwest",
          "uaecentral",
          "uaenorth",
          "uksouth",
          "ukwest",
          "usdodcentral",
          "usdodeast",
          "usgovarizona",
          "usgovtexas",
          "usgovvirginia",
          "westcentralus",
          "westeurope",
          "westindia",
          "westus",
          "westus2",
          "westus3");

  private static final Set<String> GOOGLE =
      Set.of(
          "africa-south1",
          "asia-east1",
          "asia-east2",
          "asia-northeast1",
          "asia-northeast2",
          "asia-northeast3",
          "asia-south1",
          "asia-south2",
          "asia-southeast1",
          "asia-southeast2",
          "asia-southeast3",
          "australia-southeast1",
          "australia-southeast2",
          "europe-central2",
          "europe-north1",
          "europe-north2",
          "europe-southwest1",
          "europe-west1",
          "europe-west10",
          "europe-west12",
          "europe-west2",
          "europe-west3",
          "europe-west4",
          "europe-west6",
          "europe-west8",
          "europe-west9",
          "me-central1",
          "me-central2",
          "me-west1",
          "northamerica-northeast1",
          "northamerica-northeast2",
          "northamerica-south1",
          "southamerica-east1",
          "southamerica-west1",
          "us-central1",
          "us-east1",
          "us-east4",
          "us-east5",
          "us-south1",
          "us-west1",
          "us-west2",
          "us-west3",
          "us-west4");

  private KnownRegions() {}

  /** Of the provider; of none where it is another one. */
  public static Set<String> of(Provider provider) {
    return switch (provider) {
      case AWS ->
          Region.regions().stream()
              .filter(region -> !region.isGlobalRegion())
              .map(Region::id)
              .collect(Collectors.toUnmodifiableSet());
      case AZURE -> AZURE;
      case GCP -> GOOGLE;
      case OTHER -> Set.of();
    };
  }
}
