package io.namespend.ledger.books;

/** Hears how far an import is. */
public interface Progress {
  /** Nobody listens. */
  Progress SILENT =
      new Progress() {
        @Override
        public void begin(long bytes) {}

        @Override
        public void advance(String file, long bytes, long lines) {}
      };

  /**
   * @param bytes of all files
   */
  void begin(long bytes);

  /**
   * @param bytes since the last time
   * @param lines so far
   */
  void advance(String file, long bytes, long lines);
}
