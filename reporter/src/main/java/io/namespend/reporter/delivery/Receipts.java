package io.namespend.reporter.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** What of one digest arrived through one channel, in this run or before. */
public final class Receipts {
  private final Run run;
  private final Window window;
  private final String scope;
  private final String channel;

  /**
   * What all receipts of a run share.
   *
   * @param known what was remembered; this run's receipts are added
   * @param copy empty, or what sets this run's parts apart from those that were sent before
   */
  record Run(DeliveryLog log, Turn turn, Map<String, String> known, String copy) {}

  Receipts(Run run, Window window, String scope, String channel) {
    this.run = run;
    this.window = window;
    this.scope = scope;
    this.channel = channel;
  }

  /**
   * What the receiver gave for it.
   *
   * @throws DeliveryException if another reporter may be sending it by now
   */
  public Optional<String> of(String part) {
    run.turn().check();
    ReceiptKey key = key(part);
    String receipt = run.known().get(key.toString());
    return Optional.ofNullable(receipt == null ? run.known().get(key.before()) : receipt);
  }

  /**
   * The same for the same part in each run, and for no other part of any installation.
   *
   * @return letters and digits
   */
  public String idOf(String part) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(
                  "%s\n%s\n%s"
                      .formatted(run.turn().installation(), key(part), run.copy())
                      .getBytes(UTF_8));
      return HexFormat.of().formatHex(hash, 0, 20);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * @throws DeliveryException if it arrived, but that cannot be remembered
   */
  public void add(String part, String value) {
    String clean = value.replaceAll("\\s+", " ");
    ReceiptKey key = key(part);
    run.known().put(key.toString(), clean);
    try {
      run.log().add(key, clean);
    } catch (DeliveryException e) {
      throw new DeliveryException(
          "it arrived, but the next run will send it again: " + e.getMessage(), e);
    }
  }

  private ReceiptKey key(String part) {
    return new ReceiptKey(window, scope, channel, part);
  }
}
