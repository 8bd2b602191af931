package io.namespend.ledger.store;

import io.namespend.ledger.bill.Amount;
import io.namespend.ledger.bill.ChargeKind;
import io.namespend.ledger.bill.Component;
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
  static ChargeRow of(ResultSet row) throws SQLException {
    Assignment assignment =
        new Assignment(
            LineClass.valueOf(row.getString("class")),
            Component.valueOf(row.getString("component")),
            new Owner(
                row.getString("namespace"), row.getString("team"), row.getString("cost_center")));
    Product product =
        new Product(
            row.getString("service"),
            row.getString("usage_type"),
            row.getString("operation"),
            row.getString("region"),
            row.getString("instance_type"),
            Purchase.valueOf(row.getString("purchase")));
    return new ChargeRow(
        new Charge(
            LocalDate.parse(row.getString("day")),
            ChargeKind.valueOf(row.getString("kind")),
            assignment,
            product,
            row.getString("account"),
            row.getString("resource"),
            row.getString("commitment"),
            row.getString("cluster"),
            row.getBoolean("part")),
        new Sums(
            row.getLong("lines"),
            BillStore.costs(row),
            Amount.ofSums(row.getLong("used"), row.getLong("used_attos")),
            row.getInt("clock")));
  }
}
