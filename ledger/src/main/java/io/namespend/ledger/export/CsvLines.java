package io.namespend.ledger.export;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of a CSV file, one at a time. Cells become texts only in columns that somebody asked
 * for: of the 200 of AWS 30 are read.
 */
final class CsvLines implements AutoCloseable {
  /** A record of its own, unless a quote before it is still open, which FastCSV does not tell. */
  private static final char END = '\uE000';

  private static final int LONGEST_CELL = 1 << 20;
  private static final Pattern LINE = Pattern.compile("line (\\d+)");

  private final String file;
  private final Cells cells = new Cells();
  private final CsvReader<Boolean> reader;
  private final CloseableIterator<Boolean> records;
  private final List<String> header;

  CsvLines(String file, InputStream in) {
    this.file = file;
    InputStream marked =
        new SequenceInputStream(
            in, new ByteArrayInputStream(("\n" + END).getBytes(StandardCharsets.UTF_8)));
    this.reader =
        CsvReader.builder()
            .allowExtraFields(true)
            .allowMissingFields(true)
            .detectBomHeader(true)
            .maxBufferSize(LONGEST_CELL)
            .build(cells, marked);
    this.records = reader.iterator();
    if (!advance()) {
      throw new UnreadableExportException(file + ": is empty; check the export");
    }
    this.header = List.copyOf(cells.all);
  }

  List<String> header() {
    return header;
  }

  /** From now on the cells of this column are kept. */
  void keep(Column column) {
    if (column.isThere()) {
      cells.keep(column.place());
    }
  }

  /** Whether there is one more. */
  boolean next() {
    cells.isHeader = false;
    if (!advance()) {
      return false;
    }
    if (cells.count != header.size()) {
      throw wrongCount(cells.line, cells.count);
    }
    return true;
  }

  /** A quote that is not closed takes the rest of the file into its cell, the end too. */
  private UnreadableExportException wrongCount(long line, int count) {
    return isMore()
        ? new UnreadableExportException(
            "%s line %d: has %d cells, but the header %d: a quote or comma too many, or the file was cut; copy it again"
                .formatted(file, line, count, header.size()))
        : new UnreadableExportException(
            "%s line %d: a quote is not closed; copy the file again".formatted(file, line));
  }

  private boolean isMore() {
    try {
      return records.hasNext();
    } catch (CsvParseException | UncheckedIOException e) {
      return true;
    }
  }

  long line() {
    return cells.line;
  }

  String cell(int place) {
    return cells.kept[place];
  }

  private boolean advance() {
    try {
      if (!records.hasNext()) {
        throw new UnreadableExportException(
            "%s line %d: a quote is not closed; copy the file again".formatted(file, cells.line));
      }
      return records.next();
    } catch (CsvParseException e) {
      if (e.getCause() instanceof IOException io) {
        throw ExportFile.unreadable(place(), io);
      }
      String message = String.valueOf(Optional.ofNullable(e.getCause()).orElse(e).getMessage());
      Matcher named = LINE.matcher(String.valueOf(e.getMessage()));
      throw new UnreadableExportException(
          "%s line %s: %s"
              .formatted(
                  file,
                  named.find() ? named.group(1) : cells.line + 1,
                  message.contains("buffer")
                      ? "a cell is longer than a million characters: a quote is not closed"
                      : "is no CSV: " + message),
          e);
    } catch (UncheckedIOException e) {
      throw ExportFile.unreadable(place(), Objects.requireNonNull(e.getCause()));
    }
  }

  private String place() {
    return cells.line == 0 ? file : "%s after line %d".formatted(file, cells.line);
  }

  @Override
  public void close() throws IOException {
    records.close();
    reader.close();
  }

  /** False is the record at the end. */
  private static final class Cells extends AbstractBaseCsvCallbackHandler<Boolean> {
    private static final int SHARED = 1 << 13;
    private static final int LONGEST_SHARED = 128;

    /** Most cells repeat; one text for all of them spares memory and hashing. */
    private final String[] shared = new String[SHARED];

    private final List<String> all = new ArrayList<>();
    private boolean isHeader = true;
    private boolean isEnd;
    private String[] kept = {};
    private boolean[] isKept = {};
    private int count;
    private long line;

    Cells() {
      Arrays.fill(shared, "");
    }

    void keep(int place) {
      if (kept.length < all.size()) {
        kept = new String[all.size()];
        Arrays.fill(kept, "");
        isKept = new boolean[all.size()];
      }
      isKept[place] = true;
    }

    @Override
    protected void handleBegin(long startingLineNumber) {
      line = startingLineNumber;
      count = 0;
      isEnd = false;
    }

    @Override
    protected void handleField(int field, char[] text, int offset, int length, boolean quoted) {
      count = field + 1;
      if (field == 0 && length == 1 && text[offset] == END) {
        isEnd = true;
      } else if (isHeader) {
        all.add(new String(text, offset, length));
      } else if (field < isKept.length && isKept[field]) {
        kept[field] = shared(text, offset, length);
      }
    }

    @Override
    protected Boolean buildRecord() {
      return !isEnd;
    }

    private String shared(char[] text, int offset, int length) {
      if (length == 0) {
        return "";
      }
      if (length > LONGEST_SHARED) {
        return new String(text, offset, length);
      }
      int hash = length;
      for (int i = offset; i < offset + length; i++) {
        hash = 31 * hash + text[i];
      }
      int place = (hash ^ (hash >>> 15)) & (SHARED - 1);
      String found = shared[place];
      if (found.length() != length || !equal(found, text, offset)) {
        found = new String(text, offset, length);
        shared[place] = found;
      }
      return found;
    }

    private static boolean equal(String found, char[] text, int offset) {
      for (int i = 0; i < found.length(); i++) {
        if (found.charAt(i) != text[offset + i]) {
          return false;
        }
      }
      return true;
    }
  }
}
