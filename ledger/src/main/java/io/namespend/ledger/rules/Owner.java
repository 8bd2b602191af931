package io.namespend.ledger.rules;

/** Who pays for a line; empty where nothing says so. */
public record Owner(String namespace, String team, String costCenter) {
  public static final Owner NONE = new Owner("", "", "");

  boolean isNobody() {
    return namespace.isEmpty() && team.isEmpty() && costCenter.isEmpty();
  }
}
