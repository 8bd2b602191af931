package io.namespend.reporter.delivery;

/** One way to one audience. */
public interface Channel {
  /** Stable between runs, and without secrets. */
  String key();

  /**
   * Sends what has no receipt yet, and gets one for each part that arrived.
   *
   * @throws DeliveryException if not all of it could be sent
   */
  void send(Parcel parcel, Receipts receipts);
}
