package io.namespend.exporter.price.online;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.HttpExecuteResponse;

/**
 * One page of EC2's answer to DescribeSpotPriceHistory.
 *
 * @param nextToken empty on the last page
 */
record SpotPricePage(List<SpotPrice> prices, String nextToken) {
  /** What an instance type costs in a zone now. */
  record SpotPrice(String instanceType, String zone, double hourly) {}

  /**
   * @throws IOException if the answer is an error or not in the documented form
   */
  static SpotPricePage read(HttpExecuteResponse response) throws IOException {
    int status = response.httpResponse().statusCode();
    try (InputStream body =
        response
            .responseBody()
            .orElse(AbortableInputStream.create(InputStream.nullInputStream()))) {
      if (status != 200) {
        throw new IOException(
            "EC2 answered %d: %s".formatted(status, errorCode(body.readNBytes(2000))));
      }
      return parse(body);
    } catch (XMLStreamException | NumberFormatException e) {
      throw new IOException("EC2 answered broken XML: " + e.getMessage(), e);
    }
  }

  private static SpotPricePage parse(InputStream body) throws XMLStreamException, IOException {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    // Nothing outside the document may be read because of what is in it.
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    XMLStreamReader xml = factory.createXMLStreamReader(body);
    List<SpotPrice> prices = new ArrayList<>();
    Map<String, String> item = new HashMap<>();
    String token = "";
    boolean rightDocument = false;
    while (xml.hasNext()) {
      int event = xml.next();
      String name =
          event == XMLStreamConstants.START_ELEMENT || event == XMLStreamConstants.END_ELEMENT
              ? xml.getLocalName()
              : "";
      if (event == XMLStreamConstants.END_ELEMENT && name.equals("item")) {
        price(item).ifPresent(prices::add);
        item.clear();
      } else if (event == XMLStreamConstants.START_ELEMENT) {
        switch (name) {
          case "DescribeSpotPriceHistoryResponse" -> rightDocument = true;
          case "nextToken" -> token = xml.getElementText();
          case "instanceType", "availabilityZone", "spotPrice" ->
              item.put(name, xml.getElementText());
          default -> {
            // The rest is not needed.
          }
        }
      }
    }
    if (!rightDocument) {
      throw new IOException("EC2 answered another document");
    }
    return new SpotPricePage(prices, token);
  }

  private static Optional<SpotPrice> price(Map<String, String> item) {
    String type = item.get("instanceType");
    String zone = item.get("availabilityZone");
    String price = item.get("spotPrice");
    return type == null || zone == null || price == null
        ? Optional.empty()
        : Optional.of(new SpotPrice(type, zone, Double.parseDouble(price)));
  }

  /** The error's code is between tags; the rest of the text may be anything. */
  private static String errorCode(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    int start = text.indexOf("<Code>");
    int end = text.indexOf("</Code>");
    return start >= 0 && end > start ? text.substring(start + 6, end) : "without an error code";
  }
}
