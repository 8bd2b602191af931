package io.namespend.reporter.delivery;

import java.util.UUID;

/** The right to deliver, which one reporter has at a time. */
public interface Turn extends AutoCloseable {
  /** Of a reporter that remembers nothing, and so has nothing to share with others. */
  static Turn alone() {
    String installation = UUID.randomUUID().toString();
    return new Turn() {
      @Override
      public String installation() {
        return installation;
      }

      @Override
      public void check() {}

      @Override
      public void close() {}
    };
  }

  /** The same in each run with the same log, and another with each other log. */
  String installation();

  /**
   * To be asked before anything is sent.
   *
   * @throws DeliveryException if another reporter may have the turn by now
   */
  void check();

  /** Lets the next one deliver. */
  @Override
  void close();
}
