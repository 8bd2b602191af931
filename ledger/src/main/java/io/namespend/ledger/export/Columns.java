package io.namespend.ledger.export;

import java.util.function.Consumer;

/** Looks up columns and says which are read. */
record Columns(Header header, Consumer<Column> keep) {
  /** The first of these names that is there. */
  Column of(String... alternatives) {
    Column column = header.column(alternatives);
    keep.accept(column);
    return column;
  }
}
