package io.namespend.exporter.price.online;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.namespend.exporter.price.list.AwsListPrices;
import io.namespend.exporter.price.list.AwsVariant;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One product of the AWS price list.
 *
 * @param item as {@link io.namespend.exporter.price.list.AwsListPrices} looks it up
 * @param price per hour, GB-month, IOPS-month or MiB/s-month
 */
record AwsProduct(String region, String item, double price) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Without a prefix in us-east-1, with one such as {@code EU-} elsewhere. */
  private static final Pattern VOLUME =
      Pattern.compile("(?:[A-Z\\d]+-)?EBS:VolumeUsage(?:\\.(\\w+))?");

  private static final Pattern IOPS = Pattern.compile("(?:[A-Z\\d]+-)?EBS:VolumeP-IOPS\\.(\\w+)");
  private static final Pattern THROUGHPUT =
      Pattern.compile("(?:[A-Z\\d]+-)?EBS:VolumeP-Throughput\\.gp3");
  private static final Pattern LOAD_BALANCER = Pattern.compile("(?:[A-Z\\d]+-)?LoadBalancerUsage");
  private static final Pattern CLUSTER =
      Pattern.compile("(?:[A-Z\\d]+-)?AmazonEKS-Hours:perCluster");
  private static final Pattern EXTENDED_SUPPORT =
      Pattern.compile("(?:[A-Z\\d]+-)?AmazonEKS-Hours:extendedSupport");
  private static final Pattern INSTANCE =
      Pattern.compile("(?:[A-Z\\d]+-)?(?:BoxUsage|DedicatedUsage)(?::.+)?");

  /** What AWS charges for managing an instance of the type. */
  private static final Pattern AUTO_MODE =
      Pattern.compile("(?:[A-Z\\d]+-)?EKS-Auto:([a-z\\d.-]+?)(?:-management-hours)?");

  private static final Pattern HYBRID =
      Pattern.compile("(?:[A-Z\\d]+-)?AmazonEKSHybridNodes-Hours:pervCPU");
  private static final Pattern FARGATE_CPU =
      Pattern.compile("(?:[A-Z\\d]+-)?Fargate-vCPU-Hours:perCPU");
  private static final Pattern FARGATE_MEMORY = Pattern.compile("(?:[A-Z\\d]+-)?Fargate-GB-Hours");
  private static final Pattern FILE_SYSTEM = Pattern.compile("(?:[A-Z\\d]+-)?TimedStorage-ByteHrs");
  private static final double MIB_PER_GIB = 1024;

  /**
   * @param askedRegion for products that do not say it, as old ones; empty if all were asked
   * @return empty for a product that prices nothing here
   * @throws IOException if the document is broken
   */
  static Optional<AwsProduct> read(String document, String currency, String askedRegion)
      throws IOException {
    try {
      JsonNode root = JSON.readTree(document);
      JsonNode attributes = root.path("product").path("attributes");
      if (!attributes.isObject()) {
        throw new IOException("a product has no attributes");
      }
      String region = attributes.path("regionCode").asText(askedRegion);
      String item = item(root.path("product").path("productFamily").asText(), attributes);
      OptionalDouble price = onDemand(root, currency);
      return item.isEmpty() || region.isEmpty() || price.isEmpty()
          ? Optional.empty()
          : Optional.of(new AwsProduct(region, item, price.getAsDouble()));
    } catch (JsonProcessingException e) {
      throw new IOException("a product is broken JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static String item(String family, JsonNode attributes) {
    String usage = attributes.path("usagetype").asText();
    // Local zones and outposts have prices of their own under the region's code.
    if (!attributes.path("locationType").asText("AWS Region").equals("AWS Region")) {
      return "";
    }
    return switch (family) {
      case "Compute Instance", "Compute Instance (bare metal)" -> instance(attributes, usage);
      case "Storage" -> storage(usage, attributes);
      case "System Operation" -> suffixed(IOPS.matcher(usage), "ebs_", "_iops");
      case "Provisioned Throughput" ->
          THROUGHPUT.matcher(usage).matches() ? "ebs_gp3_throughput" : "";
      case "Load Balancer" -> LOAD_BALANCER.matcher(usage).matches() ? "classic_elb" : "";
      case "Load Balancer-Application" -> LOAD_BALANCER.matcher(usage).matches() ? "alb" : "";
      case "Load Balancer-Network" -> LOAD_BALANCER.matcher(usage).matches() ? "nlb" : "";
      default -> cluster(usage);
    };
  }

  /** The filters of the question again: an unfiltered answer has dozens of prices a type. */
  private static String instance(JsonNode attributes, String usage) {
    AwsVariant variant =
        new AwsVariant(
            attributes.path("operatingSystem").asText("Linux"),
            attributes.path("tenancy").asText("Shared"));
    boolean wanted =
        is(attributes, "capacitystatus", "Used")
            && is(attributes, "preInstalledSw", "NA")
            && is(attributes, "marketoption", "OnDemand")
            // Others are for customers who bring their own.
            && is(attributes, "licenseModel", "No License required")
            && INSTANCE.matcher(usage).matches()
            && !variant.tenancy().equals("Host");
    return wanted ? attributes.path("instanceType").asText() + variant.suffix() : "";
  }

  /** What a product does not say does not speak against it. */
  private static boolean is(JsonNode attributes, String name, String value) {
    return attributes.path(name).asText(value).equals(value);
  }

  private static String storage(String usage, JsonNode attributes) {
    Matcher volume = VOLUME.matcher(usage);
    if (volume.matches()) {
      String type = volume.group(1) == null ? "standard" : volume.group(1);
      return "ebs_" + (type.equals("piops") ? "io1" : type) + "_storage";
    }
    return FILE_SYSTEM.matcher(usage).matches() && is(attributes, "storageClass", "General Purpose")
        ? "efs_standard_storage"
        : "";
  }

  private static String cluster(String usage) {
    if (CLUSTER.matcher(usage).matches()) {
      return "eks_cluster_standard";
    }
    if (EXTENDED_SUPPORT.matcher(usage).matches()) {
      return AwsListPrices.EXTENDED_SUPPORT;
    }
    Matcher autoMode = AUTO_MODE.matcher(usage);
    if (autoMode.matches()) {
      return AwsListPrices.AUTO_MODE_FEE + autoMode.group(1);
    }
    if (HYBRID.matcher(usage).matches()) {
      return AwsListPrices.HYBRID_VCPU;
    }
    if (FARGATE_CPU.matcher(usage).matches()) {
      return "eks_fargate_vcpu";
    }
    return FARGATE_MEMORY.matcher(usage).matches() ? "eks_fargate_memory_gb" : "";
  }

  private static String suffixed(Matcher matcher, String before, String after) {
    if (!matcher.matches()) {
      return "";
    }
    return before + (matcher.group(1).equals("piops") ? "io1" : matcher.group(1)) + after;
  }

  /** The first tier that costs something, in the wanted currency. */
  private static OptionalDouble onDemand(JsonNode root, String currency) {
    for (JsonNode term : root.path("terms").path("OnDemand")) {
      for (JsonNode dimension : term.path("priceDimensions")) {
        double price = dimension.path("pricePerUnit").path(currency).asDouble();
        if (price > 0 && dimension.path("beginRange").asText("0").equals("0")) {
          boolean perGibibyte = dimension.path("unit").asText().startsWith("GiBps");
          return OptionalDouble.of(perGibibyte ? price / MIB_PER_GIB : price);
        }
      }
    }
    return OptionalDouble.empty();
  }
}
