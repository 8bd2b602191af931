package io.namespend.exporter.price.currency;

import java.util.Set;

/** In which currencies prices come from where. */
public final class SourceCurrency {
  public static final String DOLLAR = "USD";

  /** AWS China sells in this and has no list in dollars. */
  private static final String YUAN = "CNY";

  /**
   * What the Azure Retail Prices API can be asked in.
   *
   * @see <a
   *     href="https://learn.microsoft.com/en-us/rest/api/cost-management/retail-prices/azure-retail-prices">its
   *     description</a>
   */
  private static final Set<String> OF_AZURE =
      Set.of(
          "USD", "AUD", "BRL", "CAD", "CHF", "CNY", "DKK", "EUR", "GBP", "INR", "JPY", "KRW", "NOK",
          "NZD", "RUB", "SEK", "TWD");

  private SourceCurrency() {}

  /** In which AWS lists the prices of a region or zone. */
  public static String ofAws(String region) {
    return region.startsWith("cn-") ? YUAN : DOLLAR;
  }

  /** In which Azure is asked, so that as little as possible is converted by us. */
  public static String ofAzure(String wanted) {
    return OF_AZURE.contains(wanted) ? wanted : DOLLAR;
  }

  /** Whether AWS sells in it somewhere. */
  public static boolean isOfAws(String currency) {
    return currency.equals(DOLLAR) || currency.equals(YUAN);
  }
}
