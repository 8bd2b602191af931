package io.namespend.ledger.export;

import io.namespend.ledger.bill.Amount;
import java.util.Optional;

/**
 * A column of a CSV file.
 *
 * @param name as the file has it
 */
record Column(String name, int place) {
  static final int ABSENT = -1;

  boolean isThere() {
    return place != ABSENT;
  }

  /** Empty for every way to write that there is nothing. */
  String text(CsvLines lines) {
    if (place == ABSENT) {
      return "";
    }
    String cell = lines.cell(place);
    return switch (cell.length()) {
      case 0 -> "";
      case 2 -> cell.equals("\\N") ? "" : cell;
      case 4 -> cell.equalsIgnoreCase("null") ? "" : cell;
      default -> cell;
    };
  }

  /** Empty where nothing is written. */
  Optional<Amount> amount(CsvLines lines) {
    String text = text(lines);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Amount.parse(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s \"%s\" %s".formatted(name, text, e.getMessage()), e);
    }
  }

  Amount amountOrZero(CsvLines lines) {
    return amount(lines).orElse(Amount.ZERO);
  }

  Amount requiredAmount(CsvLines lines) {
    return amount(lines)
        .orElseThrow(() -> new IllegalArgumentException(name + " is empty; export it again"));
  }
}
