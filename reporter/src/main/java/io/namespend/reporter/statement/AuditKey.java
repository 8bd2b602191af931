package io.namespend.reporter.statement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.stream.Stream;

/**
 * Leads from a line back to what it was made of: the series, the period, its labels, the owner, and
 * the version of the rules. As text it needs no quotes in a shell or a CSV file:
 *
 * <pre>ledger_line:cost:sum1h/2026-10/eu-1/checkout/resource=cpu/payments/cc-1001/production/0.1.0
 * </pre>
 *
 * What is empty is a hyphen.
 *
 * @param period name of the recorded hours
 */
public record AuditKey(String period, LineKey line, String rules) {
  private static final String RESOURCE = "resource";
  private static final String POOL = "pool";
  private static final int PARTS = 9;

  public AuditKey {
    requireNonNull(period, "period");
    requireNonNull(line, "line");
    requireNonNull(rules, "rules");
  }

  /**
   * @throws IllegalArgumentException if the text is no such key; the message is for the user
   */
  public static AuditKey parse(String text) {
    String[] parts = text.strip().split("/", -1);
    String[] item = parts.length == PARTS ? parts[4].split("=", 2) : new String[0];
    if (item.length != 2
        || !parts[0].equals(LedgerEntry.SERIES)
        || !(item[0].equals(RESOURCE) || item[0].equals(POOL))
        || decoded(item[1]).isEmpty()) {
      throw new IllegalArgumentException(
          "\"%s\" is not an audit key; take one from the column audit_key of a statement, such as"
                  .formatted(text)
              + " ledger_line:cost:sum1h/2026-10/eu-1/shop/resource=cpu/web/cc-1/production/0.1.0");
    }
    return new AuditKey(
        decoded(parts[1]),
        new LineKey(
            new Owner(decoded(parts[6]), decoded(parts[5]), decoded(parts[7])),
            decoded(parts[2]),
            decoded(parts[3]),
            item[0].equals(POOL)
                ? Item.ofPool(decoded(item[1]))
                : Item.ofResource(decoded(item[1]))),
        decoded(parts[8]));
  }

  public String text() {
    return Stream.of(
            LedgerEntry.SERIES,
            encoded(period),
            encoded(line.cluster()),
            encoded(line.namespace()),
            (line.item().isPool() ? POOL : RESOURCE) + "=" + encoded(line.item().name()),
            encoded(line.owner().team()),
            encoded(line.owner().costCenter()),
            encoded(line.owner().environment()),
            encoded(rules))
        .collect(joining("/"));
  }

  private static String encoded(String text) {
    return switch (text) {
      case "" -> "-";
      case "-" -> "%2D";
      default -> URLEncoder.encode(text, UTF_8).replace("+", "%20").replace("*", "%2A");
    };
  }

  private static String decoded(String text) {
    try {
      return text.equals("-") ? "" : URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "\"%s\" is not part of an audit key; copy the whole key".formatted(text), e);
    }
  }
}
