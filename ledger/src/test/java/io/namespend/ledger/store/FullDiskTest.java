package io.namespend.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.namespend.ledger.bill.Amount;
import io.namespend.ledger.bill.ChargeKind;
import io.namespend.ledger.bill.Component;
import io.namespend.ledger.bill.Costs;
import io.namespend.ledger.bill.LineClass;
import io.namespend.ledger.bill.Product;
import io.namespend.ledger.bill.Purchase;
import io.namespend.ledger.rules.Assignment;
import io.namespend.ledger.rules.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {
  @TempDir private Path folder;

  private static Map<Charge, Sums> charges(int count) {
    Map<Charge, Sums> charges = new HashMap<>();
    for (int i = 0; i < count; i++) {
      charges.put(
          new Charge(
              LocalDate.of(2026, 10, 1),
              ChargeKind.USAGE,
              new Assignment(LineClass.RESOURCE, Component.NODE, Owner.NONE),
              new Product("AmazonEC2", "BoxUsage", "", "", "", Purchase.ON_DEMAND),
              "1",
              "i-" + i,
              "",
              "",
              false),
          new Sums(1, Costs.same(Amount.parse("0.1")), Amount.ZERO, 1));
    }
    return charges;
  }

  private static BillVersion version() {
    return new BillVersion(
        0,
        "aws",
        YearMonth.of(2026, 10),
        "v",
        "AWS_CUR",
        "f",
        Instant.EPOCH,
        Instant.EPOCH,
        "USD",
        "1",
        1,
        LocalDate.of(2026, 10, 1),
        false);
  }

  private static Sums resources(Map<LineClass, Sums> totals) {
    return totals.getOrDefault(LineClass.RESOURCE, Sums.NONE);
  }

  @Test
  void leavesTheBooksAsTheyWere() {
    try (BillStore store = BillStore.open(folder.resolve("ledger.db"))) {
      try (Staging staging = store.stage()) {
        staging.add(charges(10));
        staging.swap(version(), staging.totals());
      }
      store.limit(40);

      try (Staging staging = store.stage()) {
        assertThatThrownBy(() -> staging.add(charges(10_000)))
            .isInstanceOf(StoreException.class)
            .hasMessage(
                folder.resolve("ledger.db")
                    + ": the disk is full; make room, the books are as they were");
      }

      assertThat(store.current()).hasSize(1);
      assertThat(resources(store.totals(store.current().get(0))).costs().billed()).hasToString("1");
    }
  }

  /** A process that was killed leaves what it had staged, which the next one removes. */
  @Test
  void whatWasStagedBeforeACrashIsNobodysVersion() {
    Path file = folder.resolve("ledger.db");
    BillStore killed = BillStore.open(file);
    Staging lost = killed.stage();
    lost.add(charges(10));
    killed.close();

    try (BillStore store = BillStore.open(file)) {
      assertThat(store.current()).isEmpty();
      // The lock goes with the process; here it is still ours.
      lost.close();
      try (Staging staging = store.stage()) {
        staging.add(charges(3));
        assertThat(resources(staging.totals()).lines()).isEqualTo(3);
        staging.swap(version(), staging.totals());
      }
      assertThat(resources(store.totals(store.current().get(0))).lines()).isEqualTo(3);
    }
  }

  @Test
  void saysWhatIsNoLedger() throws IOException {
    Path file = Files.writeString(folder.resolve("notes.txt"), "x".repeat(4_096));

    assertThatThrownBy(() -> BillStore.open(file))
        .isInstanceOf(StoreException.class)
        .hasMessage(file + ": is no ledger; check --ledger");
    assertThatThrownBy(() -> BillStore.open(folder.resolve("no/ledger.db")))
        .hasMessageEndingWith(": its folder does not exist; make it, or check --ledger");
    assertThatThrownBy(() -> BillStore.openExisting(folder.resolve("none.db")))
        .hasMessageContaining("there are no books; import a bill first");
  }
}
