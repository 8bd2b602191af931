package io.namespend.ledger.books;

import io.namespend.ledger.bill.LineClass;
import io.namespend.ledger.export.Export;
import io.namespend.ledger.rules.BillSettings;
import io.namespend.ledger.rules.BillSettingsReader;
import io.namespend.ledger.store.BillStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Books for a test, on a day on which October 2026 is over. */
public final class OpenBooks implements AutoCloseable {
  public static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-10T08:00:00Z"), ZoneOffset.UTC);

  private final Path folder;
  private final BillStore store;
  private final BillSettings settings;

  public OpenBooks(Path folder) {
    this(folder, "");
  }

  public OpenBooks(Path folder, String settings) {
    try {
      this.folder = folder;
      this.store = BillStore.open(folder.resolve("ledger.db"));
      this.settings =
          BillSettingsReader.read(
              Optional.of(Files.writeString(folder.resolve("settings.yaml"), settings)));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** A bill whose month is shorter than October. */
  public ImportResult importText(String text) throws IOException {
    return importFile(Files.writeString(folder.resolve("bill.csv"), text));
  }

  public ImportResult importFile(Path... files) {
    return run(partial(Export.of(List.of(files), Optional.empty())));
  }

  public ImportResult run(ImportRequest request) {
    return new BillImport(store, settings, CLOCK).run(request, Progress.SILENT);
  }

  public static ImportRequest partial(Export export) {
    return new ImportRequest(
        export.format().source(),
        export,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        true,
        false,
        false);
  }

  public Bridge bridge() {
    return new Bridge(store.totals(store.current().get(0)));
  }

  /** List, negotiated, effective, billed. */
  public String of(LineClass lineClass) {
    return String.join(" ", bridge().of(lineClass).stream().map(Object::toString).toList());
  }

  public String total() {
    Bridge bridge = bridge();
    return "%s %s %s %s"
        .formatted(bridge.list(), bridge.negotiated(), bridge.effective(), bridge.billed());
  }

  public BillStore store() {
    return store;
  }

  public BillSettings settings() {
    return settings;
  }

  @Override
  public void close() {
    store.close();
  }
}
