package io.namespend.exporter.price.online;

import java.util.Map;
import java.util.TreeMap;

/** Answers in the shape of AWS's. */
final class AwsDocuments {
  private AwsDocuments() {}

  /** GetProducts answers with documents in strings. */
  static String products(String nextToken, String... products) {
    StringBuilder list = new StringBuilder();
    for (String product : products) {
      list.append(list.isEmpty() ? "" : ",")
          .append('"')
          .append(product.replace("\"", "\\\""))
          .append('"');
    }
    return "{\"FormatVersion\":\"aws_v1\",%s\"PriceList\":[%s]}"
        .formatted(nextToken.isEmpty() ? "" : "\"NextToken\":\"" + nextToken + "\",", list);
  }

  static String instance(
      String type, String region, String usd, Map<String, String> otherAttributes) {
    Map<String, String> attributes =
        new TreeMap<>(
            Map.of(
                "instanceType", type,
                "regionCode", region,
                "operatingSystem", "Linux",
                "tenancy", "Shared",
                "capacitystatus", "Used",
                "preInstalledSw", "NA",
                "marketoption", "OnDemand",
                "usagetype", "EU-BoxUsage:" + type));
    attributes.putAll(otherAttributes);
    return document("Compute Instance", attributes, "Hrs", usd);
  }

  static String product(String family, String usageType, String region, String unit, String usd) {
    return document(family, Map.of("usagetype", usageType, "regionCode", region), unit, usd);
  }

  static String document(String family, Map<String, String> attributes, String unit, String usd) {
    StringBuilder list = new StringBuilder();
    attributes.forEach(
        (name, value) ->
            list.append(list.isEmpty() ? "" : ",").append("\"%s\":\"%s\"".formatted(name, value)));
    return ("{\"product\":{\"productFamily\":\"%s\",\"attributes\":{%s},\"sku\":\"S\"},"
            + "\"terms\":{\"OnDemand\":{\"S.T\":{\"priceDimensions\":{\"S.T.R\":{\"unit\":\"%s\","
            + "\"beginRange\":\"0\",\"endRange\":\"Inf\",\"pricePerUnit\":{\"USD\":\"%s\"}}}}},"
            + "\"Reserved\":{\"S.R\":{\"priceDimensions\":{\"S.R.R\":{\"unit\":\"Hrs\","
            + "\"beginRange\":\"0\",\"pricePerUnit\":{\"USD\":\"0.01\"}}}}}}}")
        .formatted(family, list, unit, usd);
  }

  static String spot(String nextToken, String type, String zone, String price) {
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <DescribeSpotPriceHistoryResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
      <requestId>59dbff89-35bd-4eac-99ed-be587EXAMPLE</requestId>
      <spotPriceHistorySet>
        <item>
          <instanceType>%s</instanceType>
          <productDescription>Linux/UNIX</productDescription>
          <spotPrice>%s</spotPrice>
          <timestamp>2026-11-20T23:46:12.000Z</timestamp>
          <availabilityZone>%s</availabilityZone>
        </item>
      </spotPriceHistorySet>
      <nextToken>%s</nextToken>
    </DescribeSpotPriceHistoryResponse>
    """
        .formatted(type, price, zone, nextToken);
  }
}
