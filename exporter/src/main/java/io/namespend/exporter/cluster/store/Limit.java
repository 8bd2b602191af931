package io.namespend.exporter.cluster.store;

import java.util.Locale;

/** What of a tenant's object is more than the exporter takes. */
public enum Limit {
  /** A name or text was too long, and stands cut with a hash of the whole. */
  TEXT_CUT("long texts of {0} are cut: \"{1}\": {2}"),
  /** It has fields that make no sense, too many of them, or amounts beyond any machine's. */
  UNREADABLE("cannot read {0}, so it costs nothing: {2}"),
  /** Its namespace, or all together, have more objects than memory allows. */
  TOO_MANY("left out of {0}, so it costs nothing: \"{1}\": {2}");

  private final String message;

  /**
   * @param message of the kind, the object, and why
   */
  Limit(String message) {
    this.message = message;
  }

  /** The spelling in metric labels. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  String message() {
    return message;
  }
}
