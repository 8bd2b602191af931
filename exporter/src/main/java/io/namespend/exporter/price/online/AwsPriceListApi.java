package io.namespend.exporter.price.online;

import io.namespend.exporter.cluster.ClusterPlace;
import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.node.Distribution;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.node.NodeTerms.Management;
import io.namespend.exporter.cluster.node.Provider;
import io.namespend.exporter.cluster.volume.Volume;
import io.namespend.exporter.price.currency.SourceCurrency;
import io.namespend.exporter.price.list.AwsVariant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.pricing.PricingClient;
import software.amazon.awssdk.services.pricing.model.Filter;
import software.amazon.awssdk.services.pricing.model.FilterType;
import software.amazon.awssdk.services.pricing.model.GetProductsRequest;

/**
 * The AWS Price List query API, by the AWS SDK, which signs, pages and retries. One question an
 * instance type, whatever the number of regions, and a few a region for everything else.
 */
final class AwsPriceListApi implements PriceApi {
  private static final String ALL_REGIONS = "*";

  private final Function<String, PricingClient> clientOfRegion;

  /**
   * @param clientOfRegion China has a price list of its own
   */
  AwsPriceListApi(Function<String, PricingClient> clientOfRegion) {
    this.clientOfRegion = clientOfRegion;
  }

  @Override
  public Set<String> questions(ClusterSnapshot cluster) {
    Set<String> questions = new TreeSet<>();
    Map<String, Set<String>> regionsOfType = new TreeMap<>();
    for (Node node : cluster.nodes()) {
      if (node.provider() != Provider.AWS || node.region().isEmpty()) {
        continue;
      }
      if (node.fargatePod().isPresent()) {
        questions.add("eks " + node.region());
      } else if (!node.instanceType().isEmpty()) {
        regionsOfType
            .computeIfAbsent(
                lower(node.instanceType()) + AwsVariant.of(node.terms()).suffix(),
                type -> new TreeSet<>())
            .add(lower(node.region()));
      }
      if (node.terms().management() == Management.EKS_AUTO_MODE) {
        questions.add("eks " + lower(node.region()));
      }
    }
    regionsOfType.forEach((type, regions) -> questions.add(instances(type, regions)));
    ClusterPlace place = cluster.place();
    if (place.distribution() == Distribution.EKS && !place.region().isEmpty()) {
      questions.add("eks " + place.region());
    }
    if (place.provider() == Provider.AWS && !cluster.loadBalancers().isEmpty()) {
      questions.add("load-balancers " + place.region());
    }
    cluster.volumes().forEach(volume -> questions.addAll(volumeQuestions(volume, place.region())));
    return questions;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** All regions in one call if there are several; China is another list and so another call. */
  private static String instances(String type, Set<String> regions) {
    boolean single = regions.size() == 1;
    String region = regions.iterator().next();
    return "instances %s %s"
        .formatted(single || region.startsWith("cn-") ? region : ALL_REGIONS, type);
  }

  private static List<String> volumeQuestions(Volume volume, String home) {
    String region = volume.region().isEmpty() ? home : volume.region();
    List<String> questions = new ArrayList<>();
    switch (volume.driver()) {
      case "ebs.csi.aws.com", "ebs.csi.eks.amazonaws.com", "kubernetes.io/aws-ebs" -> {
        questions.add("volumes " + region);
        Set<String> parameters = volume.parameters().keySet();
        if (parameters.contains("iops") || parameters.contains("iopspergb")) {
          questions.add("iops " + region);
        }
        if (parameters.contains("throughput")) {
          questions.add("throughput " + region);
        }
      }
      case "efs.csi.aws.com" -> questions.add("file-systems " + region);
      default -> {
        // No volume of AWS.
      }
    }
    return questions;
  }

  @Override
  public Map<String, Double> ask(String question) throws IOException {
    String[] words = question.split(" ", -1);
    Map<String, String> filters = new TreeMap<>();
    String service =
        switch (words[0]) {
          case "instances" -> {
            AwsVariant variant = AwsVariant.ofItem(words[2]);
            filters.put("instanceType", words[2].split("/", 2)[0]);
            filters.put("operatingSystem", variant.operatingSystem());
            filters.put("tenancy", variant.tenancy());
            filters.put("capacitystatus", "Used");
            filters.put("preInstalledSw", "NA");
            yield "AmazonEC2";
          }
          case "volumes" -> {
            filters.put("productFamily", "Storage");
            yield "AmazonEC2";
          }
          case "iops" -> {
            filters.put("productFamily", "System Operation");
            yield "AmazonEC2";
          }
          case "throughput" -> {
            filters.put("productFamily", "Provisioned Throughput");
            yield "AmazonEC2";
          }
          case "file-systems" -> {
            filters.put("productFamily", "Storage");
            yield "AmazonEFS";
          }
          case "load-balancers" -> "AWSELB";
          default -> "AmazonEKS";
        };
    if (!words[1].equals(ALL_REGIONS)) {
      filters.put("regionCode", words[1]);
    }
    return products(service, filters, words[1]);
  }

  private Map<String, Double> products(String service, Map<String, String> filters, String region)
      throws IOException {
    GetProductsRequest request =
        GetProductsRequest.builder()
            .serviceCode(service)
            .formatVersion("aws_v1")
            .filters(
                filters.entrySet().stream()
                    .map(
                        filter ->
                            Filter.builder()
                                .type(FilterType.TERM_MATCH)
                                .field(filter.getKey())
                                .value(filter.getValue())
                                .build())
                    .toList())
            .build();
    Map<String, Double> prices = new HashMap<>();
    String currency = SourceCurrency.ofAws(region);
    try {
      for (var page : clientOfRegion.apply(region).getProductsPaginator(request)) {
        for (String product : page.priceList()) {
          AwsProduct.read(product, currency, region.equals(ALL_REGIONS) ? "" : region)
              .ifPresent(
                  found -> prices.put(PriceApi.key(found.region(), found.item()), found.price()));
        }
      }
    } catch (SdkException e) {
      throw AwsProblem.of(e);
    }
    return prices;
  }
}
