package io.namespend.ledger.books;

import io.namespend.ledger.bill.Amount;
import io.namespend.ledger.bill.BillLine;
import io.namespend.ledger.bill.ChargeKind;
import io.namespend.ledger.bill.Purchase;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What must be zero in a bill with commitments:
 *
 * <ul>
 *   <li>by savings plan and day, what covered usage is billed at and the negation of it;
 *   <li>by commitment, its amortized cost less what usage took of it and what nothing used;
 *   <li>discounts as lines of their own, and as the difference of the net columns.
 * </ul>
 */
final class CommitmentCheck {
  private static final BigDecimal CENT = new BigDecimal("0.01");

  /** Exports round each line to ten decimals. */
  private static final BigDecimal RELATIVE = new BigDecimal("0.000001");

  private record PlanDay(String plan, LocalDate day) {}

  private final Map<PlanDay, Amount> billed = new HashMap<>();
  private final Map<PlanDay, Amount> negated = new HashMap<>();
  private final Map<String, Amount> used = new HashMap<>();
  private final Map<String, Amount> unused = new HashMap<>();
  private final Map<String, Amount> committed = new HashMap<>();
  private final Map<String, Boolean> isWholeMonth = new HashMap<>();
  private Amount discounts = Amount.ZERO;
  private boolean hasDiscountLines;

  void add(BillLine line) {
    if (line.product().purchase() == Purchase.SAVINGS_PLAN) {
      PlanDay day = new PlanDay(line.commitment(), line.span().day());
      if (line.charge() == ChargeKind.NEGATION) {
        negated.merge(day, line.costs().billed(), Amount::plus);
      } else {
        billed.merge(day, line.costs().billed(), Amount::plus);
      }
    }
    if (line.charge() == ChargeKind.COVERED_USAGE && !line.commitment().isEmpty()) {
      used.merge(line.commitment(), line.costs().effective(), Amount::plus);
    }
    if (line.charge() == ChargeKind.COMMITMENT_FEE && line.committed().isPresent()) {
      committed.merge(line.commitment(), line.committed().get(), Amount::plus);
      unused.merge(line.commitment(), line.costs().effective(), Amount::plus);
      // A reservation's fee is one line for its month.
      isWholeMonth.merge(line.commitment(), line.span().clock() == 0, Boolean::logicalOr);
    }
  }

  void discounted(Amount above, boolean isDiscountLine) {
    discounts = discounts.plus(above);
    hasDiscountLines |= isDiscountLine;
  }

  /**
   * @param isComplete whether the month is over and whole: a reservation's fee is of all of it
   * @throws RejectedBillException with the first that is not zero
   */
  void check(String file, boolean isComplete, boolean isAccepted) {
    Optional<String> wrong = discountsDiffer();
    if (wrong.isEmpty()) {
      wrong = negationDiffers();
    }
    if (wrong.isEmpty()) {
      wrong = useDiffers(isComplete);
    }
    if (wrong.isPresent() && !isAccepted) {
      throw new RejectedBillException(
          file
              + ": "
              + wrong.get()
              + "; check that the export is whole and of the payer, or import it anyway with"
              + " --accept-unbalanced");
    }
  }

  private Optional<String> discountsDiffer() {
    return hasDiscountLines && isMore(discounts, Amount.ZERO)
        ? Optional.of("discount lines and net columns differ by %s".formatted(discounts.cents()))
        : Optional.empty();
  }

  /** FOCUS and Azure have no negations: what they cover is not billed at list price. */
  private Optional<String> negationDiffers() {
    for (Map.Entry<PlanDay, Amount> entry : negated.entrySet()) {
      Amount covered = billed.getOrDefault(entry.getKey(), Amount.ZERO);
      if (isMore(covered.plus(entry.getValue()), covered)) {
        return Optional.of(
            "on %s usage covered by savings plan %s is billed at %s, but its negation is %s"
                .formatted(
                    entry.getKey().day(),
                    entry.getKey().plan(),
                    covered.cents(),
                    entry.getValue().cents()));
      }
    }
    for (Map.Entry<PlanDay, Amount> entry : billed.entrySet()) {
      if (!committed.isEmpty()
          && committed.containsKey(entry.getKey().plan())
          && !negated.containsKey(entry.getKey())
          && isMore(entry.getValue(), Amount.ZERO)) {
        return Optional.of(
            "on %s usage covered by savings plan %s is billed at %s, but has no negation"
                .formatted(entry.getKey().day(), entry.getKey().plan(), entry.getValue().cents()));
      }
    }
    return Optional.empty();
  }

  private Optional<String> useDiffers(boolean isComplete) {
    for (Map.Entry<String, Amount> entry : committed.entrySet()) {
      String plan = entry.getKey();
      if (isWholeMonth.getOrDefault(plan, false) && !isComplete) {
        continue;
      }
      Amount took = used.getOrDefault(plan, Amount.ZERO);
      Amount left = unused.getOrDefault(plan, Amount.ZERO);
      if (isMore(entry.getValue().minus(took).minus(left), entry.getValue())) {
        return Optional.of(
            "commitment %s costs %s, but usage took %s of it and %s was not used"
                .formatted(plan, entry.getValue().cents(), took.cents(), left.cents()));
      }
    }
    return Optional.empty();
  }

  private static boolean isMore(Amount difference, Amount of) {
    BigDecimal tolerance = of.decimal().abs().multiply(RELATIVE).max(CENT);
    return difference.decimal().abs().compareTo(tolerance) >= 0;
  }
}
