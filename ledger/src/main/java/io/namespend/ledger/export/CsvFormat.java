package io.namespend.ledger.export;

/** Reads the lines of a format that comes as CSV. */
interface CsvFormat {
  /**
   * Hands on what the current line says.
   *
   * @throws IllegalArgumentException that says what is wrong with it and what to do
   */
  void read(CsvLines lines, LineSink sink);
}
