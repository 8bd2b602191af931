package io.namespend.ledger.bill;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A decimal to 18 places, as two integers that SQLite adds exactly: it has no decimals. Doubles
 * would lose cents of a large bill, and nano-dollars alone the last digits of a small line.
 *
 * @param nanos billionths, rounded down
 * @param attos what is above them, in billionths of a billionth: from 0 to 999,999,999
 */
public record Amount(long nanos, long attos) implements Comparable<Amount> {
  public static final Amount ZERO = new Amount(0, 0);

  private static final int PLACES = 18;
  private static final int FAST_PLACES = 9;
  private static final int FAST_WHOLES = 9;
  private static final long BASE = 1_000_000_000L;
  private static final long[] POWERS = {
    1L, 10L, 100L, 1_000L, 10_000L, 100_000L, 1_000_000L, 10_000_000L, 100_000_000L, BASE
  };

  /** Beyond it a number is no amount of a bill. */
  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE / BASE);

  public Amount {
    if (attos < 0 || attos >= BASE) {
      throw new IllegalArgumentException("attos are from 0 to 999,999,999: " + attos);
    }
  }

  /** Of sums, whose attos may be any number. */
  public static Amount ofSums(long nanos, long attos) {
    return new Amount(Math.addExact(nanos, Math.floorDiv(attos, BASE)), Math.floorMod(attos, BASE));
  }

  /** More than 18 places are the noise of a binary fraction and are rounded. */
  public static Amount of(BigDecimal value) {
    if (value.abs().compareTo(MOST) > 0) {
      throw new IllegalArgumentException("is more than a bill can be");
    }
    BigDecimal[] parts =
        value
            .setScale(PLACES, RoundingMode.HALF_EVEN)
            .movePointRight(FAST_PLACES)
            .divideAndRemainder(BigDecimal.ONE);
    return ofSums(parts[0].longValueExact(), parts[1].movePointRight(FAST_PLACES).longValueExact());
  }

  /**
   * Such as {@code 1.5}, {@code -0.0000000001} or {@code 1.2E-7}.
   *
   * @throws IllegalArgumentException if the text is not a number
   */
  public static Amount parse(String text) {
    int length = text.length();
    int start = length > 0 && text.charAt(0) == '-' ? 1 : 0;
    int point = text.indexOf('.');
    int end = point < 0 ? length : point;
    if (end - start < 1 || end - start > FAST_WHOLES || length - end > PLACES + 1) {
      return parseSlowly(text);
    }
    long wholes = digits(text, start, end);
    long nanos = 0;
    long attos = 0;
    if (point >= 0) {
      int middle = Math.min(length, point + 1 + FAST_PLACES);
      nanos = digits(text, point + 1, middle);
      attos = digits(text, middle, length);
      if (nanos >= 0 && attos >= 0) {
        nanos *= POWERS[FAST_PLACES - (middle - point - 1)];
        attos *= POWERS[FAST_PLACES - (length - middle)];
      }
    }
    if (wholes < 0 || nanos < 0 || attos < 0) {
      return parseSlowly(text);
    }
    nanos += wholes * BASE;
    return start == 0 ? new Amount(nanos, attos) : ofSums(-nanos, -attos);
  }

  public Amount plus(Amount other) {
    return ofSums(Math.addExact(nanos, other.nanos), attos + other.attos);
  }

  public Amount minus(Amount other) {
    return ofSums(Math.subtractExact(nanos, other.nanos), attos - other.attos);
  }

  public Amount times(BigDecimal factor) {
    return of(decimal().multiply(factor));
  }

  public boolean isZero() {
    return nanos == 0 && attos == 0;
  }

  public int signum() {
    return nanos == 0 ? Long.signum(attos) : Long.signum(nanos);
  }

  public BigDecimal decimal() {
    return BigDecimal.valueOf(nanos, FAST_PLACES).add(BigDecimal.valueOf(attos, PLACES));
  }

  public BigDecimal cents() {
    return decimal().setScale(2, RoundingMode.HALF_EVEN);
  }

  @Override
  public int compareTo(Amount other) {
    int byNanos = Long.compare(nanos, other.nanos);
    return byNanos == 0 ? Long.compare(attos, other.attos) : byNanos;
  }

  @Override
  public String toString() {
    BigDecimal value = decimal().stripTrailingZeros();
    return (value.scale() < 0 ? value.setScale(0) : value).toPlainString();
  }

  private static Amount parseSlowly(String text) {
    try {
      BigDecimal value = new BigDecimal(text.strip());
      // An exponent of a million would make a number of a million digits.
      if (Math.abs((long) value.precision() - value.scale()) > 1_000 && value.signum() != 0) {
        if (value.precision() - value.scale() < 0) {
          return ZERO;
        }
        throw new IllegalArgumentException("is more than a bill can be");
      }
      return of(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("is not a number", e);
    }
  }

  /** Negative if another character is among them. */
  private static long digits(String text, int from, int to) {
    long value = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
