package io.namespend.exporter.price.file;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where a bill is from. Used by one thread. */
interface BillOrigin {
  /**
   * Reads the bill if it is new, or what it is read by.
   *
   * @param by with a text that tells it from others
   * @return whether it was read
   * @throws IOException if it could not be had; the message says why
   */
  boolean ifChanged(Instant now, Object by, Reader reader) throws IOException, InterruptedException;

  /** When it was found to be as it was read; empty before it was read. */
  Optional<Instant> asOf(Instant now);

  /** Reads the whole bill, or throws and changes nothing. */
  interface Reader {
    /**
     * @param name for messages
     */
    void read(String name, List<CsvTable.Row> rows);
  }
}
