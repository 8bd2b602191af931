package io.namespend.exporter.price.file;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** A bill in a file, which is looked at in every round. */
final class BillFile implements BillOrigin {
  private final ChangedFile file;

  BillFile(Path path) {
    this.file = new ChangedFile(path);
  }

  @Override
  public boolean ifChanged(Instant now, Object by, Reader reader) throws IOException {
    return file.ifChanged(by, path -> reader.read(path.toString(), CsvTable.read(path)));
  }

  @Override
  public Optional<Instant> asOf(Instant now) {
    return Optional.of(now);
  }
}
