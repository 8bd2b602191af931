package io.namespend.exporter.price.refresh;

import java.io.IOException;

/** A source answered all that it was asked, and does not know a price for some of it. */
public final class PriceUnknownException extends IOException {
  private static final long serialVersionUID = 1;

  /**
   * @param message says of what
   */
  public PriceUnknownException(String message) {
    super(message);
  }
}
