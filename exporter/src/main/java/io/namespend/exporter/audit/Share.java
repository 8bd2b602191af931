package io.namespend.exporter.audit;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** A part of a whole: how many of how many, or how much money of how much. */
public record Share(double part, double whole) {
  /** 100 where there is nothing. Rounded so far that a sum of money equals its parts. */
  public double percent() {
    return whole > 0 ? Math.rint(1e11 * part / whole) / 1e9 : 100;
  }

  /** Rounded down, so that what is short of a threshold never looks as if it were not. */
  public String percentText() {
    return BigDecimal.valueOf(percent()).setScale(1, RoundingMode.DOWN).toPlainString() + "%";
  }
}
