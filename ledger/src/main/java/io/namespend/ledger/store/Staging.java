package io.namespend.ledger.store;

import io.namespend.ledger.bill.Amount;
import io.namespend.ledger.bill.Costs;
import io.namespend.ledger.bill.LineClass;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.Map;

/**
 * A version on its way into the books. Nobody reads it before {@link #swap}; without that, closing
 * removes it, and if the process ends before, the next import does.
 */
public final class Staging implements AutoCloseable {
  private static final int COLUMNS = 31;

  private static final String INSERT =
      "insert into charge values (%s)"
          .formatted(String.join(", ", Collections.nCopies(COLUMNS, "?")));

  /** What makes an allocated part and the whole charge the same charge. */
  private static final String SAME =
      """
      whole.version = part.version and whole.day = part.day and whole.kind = part.kind
        and whole.account = part.account and whole.service = part.service
        and whole.usage_type = part.usage_type and whole.region = part.region
        and whole.purchase = part.purchase and whole.resource = part.resource
        and whole.commitment = part.commitment
      """;

  private final BillStore store;
  private final Connection connection;
  private final FileLock lock;
  private final long id;
  private boolean isSwapped;

  Staging(BillStore store, Connection connection, FileLock lock) throws SQLException {
    this.store = store;
    this.connection = connection;
    this.lock = lock;
    try (Statement statement = connection.createStatement()) {
      removeStaged(statement);
      statement.executeUpdate(
          "insert into version values (null, 'staged', '', '', '', '', '', '', '', '', '', 0, '',"
              + " 0)");
      this.id = statement.executeQuery("select last_insert_rowid()").getLong(1);
    }
  }

  private static void removeStaged(Statement statement) throws SQLException {
    statement.executeUpdate(
        "delete from charge where version in (select id from version where state = 'staged')");
    statement.executeUpdate(
        "delete from total where version in (select id from version where state = 'staged')");
    statement.executeUpdate("delete from version where state = 'staged'");
  }

  /** In one transaction. */
  public void add(Map<Charge, Sums> charges) {
    inTransaction(
        () -> {
          try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Map.Entry<Charge, Sums> entry : charges.entrySet()) {
              bind(insert, entry.getKey(), entry.getValue());
              insert.executeUpdate();
            }
          }
        });
  }

  @FunctionalInterface
  private interface Steps {
    void run() throws SQLException;
  }

  private void inTransaction(Steps steps) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("begin immediate");
      try {
        steps.run();
        statement.execute("commit");
      } catch (SQLException e) {
        rollBack(statement, e);
        throw e;
      }
    } catch (SQLException e) {
      throw BillStore.failure(store.file(), e);
    }
  }

  /** On a full disk SQLite has done it itself. */
  private static void rollBack(Statement statement, SQLException cause) {
    try {
      statement.execute("rollback");
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private void bind(PreparedStatement insert, Charge charge, Sums sums) throws SQLException {
    Object[] values = {
      id,
      charge.day().toString(),
      charge.kind().name(),
      charge.assignment().lineClass().name(),
      charge.assignment().component().name(),
      charge.account(),
      charge.product().service(),
      charge.product().usageType(),
      charge.product().operation(),
      charge.product().region(),
      charge.product().instanceType(),
      charge.product().purchase().name(),
      charge.resource(),
      charge.commitment(),
      charge.cluster(),
      charge.assignment().owner().namespace(),
      charge.assignment().owner().team(),
      charge.assignment().owner().costCenter(),
      charge.isPart() ? 1 : 0,
      sums.clock(),
      sums.used().nanos(),
      sums.used().attos(),
      sums.lines(),
    };
    int place = 1;
    for (Object value : values) {
      if (value instanceof String text) {
        insert.setString(place++, text);
      } else {
        insert.setLong(place++, ((Number) value).longValue());
      }
    }
    Costs costs = sums.costs();
    for (Amount amount :
        new Amount[] {costs.list(), costs.negotiated(), costs.effective(), costs.billed()}) {
      insert.setLong(place++, amount.nanos());
      insert.setLong(place++, amount.attos());
    }
  }

  /**
   * Removes allocated parts whose whole is there too, with the same cost, and returns what was
   * removed.
   */
  public Sums removeDoubledParts() {
    String sums =
        """
        select day, kind, account, service, usage_type, region, purchase, resource, commitment,
          version, sum(billed) + sum(billed_attos) / 1000000000 billed,
          sum(effective) + sum(effective_attos) / 1000000000 effective
        from charge where version = ? and part = %d
        group by day, kind, account, service, usage_type, region, purchase, resource, commitment
        """;
    String doubled =
        ("select part.* from (%s) part join (%s) whole on "
                + SAME
                + " and whole.billed between part.billed - 1 and part.billed + 1"
                + " and whole.effective between part.effective - 1 and part.effective + 1")
            .formatted(sums.formatted(1), sums.formatted(0));
    String removed =
        "charge whole where whole.version = ? and whole.part = 1 and exists (select 1 from doubled"
            + " part where "
            + SAME
            + ")";
    try {
      try (Statement statement = connection.createStatement()) {
        statement.execute("drop table if exists temp.doubled");
      }
      try (PreparedStatement find =
          connection.prepareStatement("create temp table doubled as " + doubled)) {
        find.setLong(1, id);
        find.setLong(2, id);
        find.executeUpdate();
      }
      Sums sum = store.totals(removed, id).values().stream().reduce(Sums.NONE, Sums::plus);
      if (sum.lines() > 0) {
        try (PreparedStatement delete =
            connection.prepareStatement(
                "delete from charge where rowid in (select whole.rowid from " + removed + ")")) {
          delete.setLong(1, id);
          delete.executeUpdate();
        }
      }
      return sum;
    } catch (SQLException e) {
      throw BillStore.failure(store.file(), e);
    }
  }

  /** What is in the books, read back. */
  public Map<LineClass, Sums> totals() {
    return store.totals("charge where version = ?", id);
  }

  /**
   * Makes it the current version of its month, in one step. The charges of the one before are
   * removed; its totals stay.
   */
  public BillVersion swap(BillVersion version, Map<LineClass, Sums> totals) {
    inTransaction(
        () -> {
          supersede(version);
          describe(version);
          for (Map.Entry<LineClass, Sums> entry : totals.entrySet()) {
            addTotal(entry.getKey(), entry.getValue());
          }
        });
    isSwapped = true;
    return store.current(version.source(), version.period()).orElseThrow();
  }

  private void supersede(BillVersion version) throws SQLException {
    try (PreparedStatement remove =
            connection.prepareStatement(
                "delete from charge where version in (select id from version"
                    + " where state = 'current' and source = ? and period = ?)");
        PreparedStatement supersede =
            connection.prepareStatement(
                "update version set state = 'superseded'"
                    + " where state = 'current' and source = ? and period = ?")) {
      for (PreparedStatement statement : new PreparedStatement[] {remove, supersede}) {
        statement.setString(1, version.source());
        statement.setString(2, version.period().toString());
        statement.executeUpdate();
      }
    }
  }

  private void describe(BillVersion version) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update version set state = 'current', source = ?, period = ?, version = ?, format = ?,"
                + " fingerprint = ?, delivered = ?, imported = ?, currency = ?, payer = ?, until ="
                + " ?, lines = ?, invoiced = ? where id = ?")) {
      String[] texts = {
        version.source(),
        version.period().toString(),
        version.version(),
        version.format(),
        version.fingerprint(),
        version.delivered().toString(),
        version.imported().toString(),
        version.currency(),
        version.payer(),
        version.until().toString(),
      };
      int place = 1;
      for (String text : texts) {
        update.setString(place++, text);
      }
      update.setLong(place++, version.lines());
      update.setInt(place++, version.isInvoiced() ? 1 : 0);
      update.setLong(place, id);
      update.executeUpdate();
    }
  }

  private void addTotal(LineClass lineClass, Sums sums) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("insert into total values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      Costs costs = sums.costs();
      insert.setLong(1, id);
      insert.setString(2, lineClass.name());
      insert.setLong(3, sums.lines());
      int place = 4;
      for (Amount amount :
          new Amount[] {costs.list(), costs.negotiated(), costs.effective(), costs.billed()}) {
        insert.setLong(place++, amount.nanos());
        insert.setLong(place++, amount.attos());
      }
      insert.executeUpdate();
    }
  }

  @Override
  public void close() {
    try {
      if (!isSwapped) {
        try (Statement statement = connection.createStatement()) {
          removeStaged(statement);
        }
      }
    } catch (SQLException e) {
      // The next import removes it: nobody reads it until then.
      isSwapped = false;
    } finally {
      release();
    }
  }

  private void release() {
    try {
      lock.channel().close();
    } catch (IOException e) {
      throw new StoreException(store.file() + ".lock: cannot be released: " + e.getMessage(), e);
    }
  }
}
