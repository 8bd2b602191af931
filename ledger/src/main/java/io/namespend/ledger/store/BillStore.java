package io.namespend.ledger.store;

import io.namespend.ledger.bill.Amount;
import io.namespend.ledger.bill.Costs;
import io.namespend.ledger.bill.LineClass;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The books in one SQLite file. A version is staged in steps and becomes current in one: whoever
 * reads sees the last whole one, also while an import runs or after it was interrupted.
 */
public final class BillStore implements AutoCloseable {
  private static final int SCHEMA = 1;
  private static final int BUSY_MILLIS = 10_000;

  /** Each amount as billionths, and what is above them in billionths of a billionth. */
  private static final String SUMS =
      "coalesce(sum(lines), 0) lines, coalesce(sum(list), 0) list, coalesce(sum(list_attos), 0)"
          + " list_attos, coalesce(sum(negotiated), 0) negotiated, coalesce(sum(negotiated_attos),"
          + " 0) negotiated_attos, coalesce(sum(effective), 0) effective,"
          + " coalesce(sum(effective_attos), 0) effective_attos, coalesce(sum(billed), 0) billed,"
          + " coalesce(sum(billed_attos), 0) billed_attos";

  private static final List<String> TABLES =
      List.of(
          """
          create table version (
            id integer primary key, state text not null check (state in ('staged', 'current', 'superseded')),
            source text not null, period text not null, version text not null, format text not null,
            fingerprint text not null, delivered text not null, imported text not null,
            currency text not null, payer text not null, lines integer not null, until text not null,
            invoiced integer not null) strict
          """,
          "create unique index current_version on version (source, period) where state = 'current'",
          """
          create table total (
            version integer not null references version, class text not null, lines integer not null,
            list integer not null, list_attos integer not null,
            negotiated integer not null, negotiated_attos integer not null,
            effective integer not null, effective_attos integer not null,
            billed integer not null, billed_attos integer not null,
            primary key (version, class)) strict, without rowid
          """,
          """
          create table charge (
            version integer not null references version, day text not null, kind text not null,
            class text not null, component text not null, account text not null, service text not null,
            usage_type text not null, operation text not null, region text not null,
            instance_type text not null, purchase text not null, resource text not null,
            commitment text not null, cluster text not null, namespace text not null, team text not null,
            cost_center text not null, part integer not null, clock integer not null,
            used integer not null, used_attos integer not null, lines integer not null,
            list integer not null, list_attos integer not null,
            negotiated integer not null, negotiated_attos integer not null,
            effective integer not null, effective_attos integer not null,
            billed integer not null, billed_attos integer not null) strict
          """,
          "create index charge_version on charge (version)");

  private final Path file;
  private final Connection connection;

  private BillStore(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /** Creates the file if there is none; its folder must exist. */
  public static BillStore open(Path file) {
    return open(file, true);
  }

  /**
   * @throws StoreException if there is no such file, too
   */
  public static BillStore openExisting(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new StoreException(
          file + ": there are no books; import a bill first, or name the file with --ledger");
    }
    return open(file, false);
  }

  private static BillStore open(Path file, boolean create) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new StoreException(file + ": its folder does not exist; make it, or check --ledger");
    }
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    config.setBusyTimeout(BUSY_MILLIS);
    config.enforceForeignKeys(true);
    try {
      BillStore store =
          new BillStore(file, config.createConnection("jdbc:sqlite:" + file.toAbsolutePath()));
      store.migrate(create);
      return store;
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }

  private void migrate(boolean create) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      int schema = statement.executeQuery("pragma user_version").getInt(1);
      if (schema == SCHEMA) {
        return;
      }
      if (schema != 0 || !create) {
        throw new StoreException(
            "%s: has schema %d, and this program knows %d; use the version that wrote it, or newer"
                .formatted(file, schema, SCHEMA));
      }
      connection.setAutoCommit(false);
      for (String table : TABLES) {
        statement.execute(table);
      }
      statement.execute("pragma user_version = " + SCHEMA);
      connection.commit();
      connection.setAutoCommit(true);
    }
  }

  /** For tests of a full disk. */
  void limit(int pages) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("pragma max_page_count = " + pages);
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }

  /** Those that are valid now, by source and month. */
  public List<BillVersion> current() {
    return versions("state = 'current' order by source, period");
  }

  public Optional<BillVersion> current(String source, YearMonth period) {
    return versions("state = 'current' and source = ? and period = ?", source, period.toString())
        .stream()
        .findFirst();
  }

  /** What was valid before it, if anything was. */
  public Optional<BillVersion> previous(BillVersion version) {
    return versions(
            "state = 'superseded' and source = ? and period = ? order by id desc limit 1",
            version.source(),
            version.period().toString())
        .stream()
        .findFirst();
  }

  /** How many versions of its month were imported so far, with those that were replaced. */
  public int importedVersions(BillVersion version) {
    return versions(
            "state in ('current', 'superseded') and source = ? and period = ?",
            version.source(),
            version.period().toString())
        .size();
  }

  private List<BillVersion> versions(String condition, String... values) {
    try (PreparedStatement query =
        connection.prepareStatement("select * from version where " + condition)) {
      for (int i = 0; i < values.length; i++) {
        query.setString(i + 1, values[i]);
      }
      List<BillVersion> versions = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          versions.add(version(row));
        }
      }
      return versions;
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }

  private static BillVersion version(ResultSet row) throws SQLException {
    return new BillVersion(
        row.getLong("id"),
        row.getString("source"),
        YearMonth.parse(row.getString("period")),
        row.getString("version"),
        row.getString("format"),
        row.getString("fingerprint"),
        Instant.parse(row.getString("delivered")),
        Instant.parse(row.getString("imported")),
        row.getString("currency"),
        row.getString("payer"),
        row.getLong("lines"),
        LocalDate.parse(row.getString("until")),
        row.getBoolean("invoiced"));
  }

  /** Of versions whose charges are gone, too. */
  public Map<LineClass, Sums> totals(BillVersion version) {
    return totals("total where version = ?", version.id());
  }

  /** What a cluster's lines of one class cost; the cluster is empty for lines that name none. */
  public record ClusterTotal(LineClass lineClass, String cluster, Costs costs) {}

  /** Of a current version. */
  public List<ClusterTotal> clusterTotals(BillVersion version) {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select class, cluster, %s from charge where version = ? group by class, cluster"
                .formatted(SUMS))) {
      query.setLong(1, version.id());
      List<ClusterTotal> totals = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          totals.add(
              new ClusterTotal(
                  LineClass.valueOf(row.getString("class")), row.getString("cluster"), costs(row)));
        }
      }
      return totals;
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }

  Map<LineClass, Sums> totals(String from, long version) {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select class, %s from %s group by class".formatted(SUMS, from))) {
      query.setLong(1, version);
      Map<LineClass, Sums> totals = new EnumMap<>(LineClass.class);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          totals.put(
              LineClass.valueOf(row.getString("class")),
              new Sums(row.getLong("lines"), costs(row), Amount.ZERO, 0));
        }
      }
      return totals;
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }

  static Costs costs(ResultSet row) throws SQLException {
    return new Costs(
        amount(row, "list"),
        amount(row, "negotiated"),
        amount(row, "effective"),
        amount(row, "billed"));
  }

  static Amount amount(ResultSet row, String name) throws SQLException {
    return Amount.ofSums(row.getLong(name), row.getLong(name + "_attos"));
  }

  /** Charges of a version, as a stream in this order. */
  public void charges(BillVersion version, String condition, String order, ChargeReader reader) {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select * from charge where version = ? and %s order by %s"
                .formatted(condition, order))) {
      query.setLong(1, version.id());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          reader.read(ChargeRow.of(row));
        }
      }
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }

  /** Takes charges one at a time. */
  @FunctionalInterface
  public interface ChargeReader {
    void read(ChargeRow row);
  }

  /**
   * Begins a version.
   *
   * @throws StoreException if another import runs
   */
  public Staging stage() {
    FileLock lock = lock();
    try {
      return new Staging(this, connection, lock);
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }

  private FileLock lock() {
    Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
    try {
      FileChannel channel =
          FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new StoreException(file + ": another import is running; wait until it has ended");
      }
      return lock;
    } catch (IOException e) {
      throw new StoreException(
          "%s: cannot be made: %s; check the folder's permissions"
              .formatted(lockFile, e.getMessage()),
          e);
    }
  }

  @org.jspecify.annotations.Nullable
  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  Path file() {
    return file;
  }

  static StoreException failure(Path file, SQLException e) {
    SQLiteErrorCode code =
        e instanceof SQLiteException sqlite
            ? sqlite.getResultCode()
            : SQLiteErrorCode.UNKNOWN_ERROR;
    String remedy =
        switch (code) {
          case SQLITE_FULL -> "the disk is full; make room, the books are as they were";
          case SQLITE_BUSY, SQLITE_LOCKED -> "another program uses it; try again";
          case SQLITE_READONLY, SQLITE_READONLY_DIRECTORY, SQLITE_CANTOPEN ->
              "it cannot be opened for writing; check permissions and the volume";
          case SQLITE_NOTADB -> "is no ledger; check --ledger";
          case SQLITE_CORRUPT -> "is damaged; restore it, or import the bills into a new one";
          default -> String.valueOf(e.getMessage());
        };
    return new StoreException(file + ": " + remedy, e);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }
}
