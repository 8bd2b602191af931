package io.namespend.ledger.store;

import io.namespend.ledger.bill.Amount;
import io.namespend.ledger.bill.ChargeKind;
import io.namespend.ledger.bill.Component;
import io.namespend.ledger.bill.Costs;
import io.namespend.ledger.bill.LineClass;
import io.namespend.ledger.bill.Product;
import io.namespend.ledger.bill.Purchase;
import io.namespend.ledger.rules.Assignment;
import io.namespend.ledger.rules.Owner;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;

/** Lines kept as one; the same charge can be there in several rows. */
public record ChargeRow(Charge charge, Sums sums) {
  /** By place, as the table has them: looking up 31 names a row takes longer than reading it. */
  static ChargeRow of(ResultSet row) throws SQLException {
    Assignment assignment =
        new Assignment(
            LineClass.valueOf(row.getString(4)),
            Component.valueOf(row.getString(5)),
            new Owner(row.getString(16), row.getString(17), row.getString(18)));
    Product product =
        new Product(
            row.getString(7),
            row.getString(8),
            row.getString(9),
            row.getString(10),
            row.getString(11),
            Purchase.valueOf(row.getString(12)));
    Charge charge =
        new Charge(
            LocalDate.parse(row.getString(2)),
            ChargeKind.valueOf(row.getString(3)),
            assignment,
            product,
            row.getString(6),
            row.getString(13),
            row.getString(14),
            row.getString(15),
            row.getBoolean(19));
    Costs costs = new Costs(amount(row, 24), amount(row, 26), amount(row, 28), amount(row, 30));
    return new ChargeRow(charge, new Sums(row.getLong(23), costs, amount(row, 21), row.getInt(20)));
  }

  private static Amount amount(ResultSet row, int place) throws SQLException {
    return Amount.ofSums(row.getLong(place), row.getLong(place + 1));
  }
}
