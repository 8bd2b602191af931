package io.namespend.ledger.export;

import io.namespend.ledger.bill.ChargeKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

/** Reads files of an export line by line. */
public final class ExportReader {
  private final Set<String> tags;
  private final Map<String, ChargeKind> lineTypes;

  /**
   * @param tags whose values are wanted, by {@link TagReader#plain}
   * @param lineTypes line types that the formats do not know, in lower case
   */
  public ExportReader(Set<String> tags, Map<String, ChargeKind> lineTypes) {
    this.tags = Set.copyOf(tags);
    this.lineTypes = Map.copyOf(lineTypes);
  }

  /**
   * @param costs which of an Azure file's costs count
   * @param progress takes how many more bytes were read
   * @throws UnreadableExportException that says where the file is wrong
   */
  public void read(
      ExportFile file,
      ExportFormat format,
      AzureCosts costs,
      LineSink sink,
      LongConsumer progress) {
    try (InputStream in = file.open(progress)) {
      if (format == ExportFormat.GOOGLE) {
        new GoogleLines(file.toString(), new TagReader(tags)).read(in, sink);
      } else {
        readCsv(file, in, format, costs, sink);
      }
    } catch (IOException e) {
      throw ExportFile.unreadable(file.toString(), e);
    }
    file.checkUnchanged();
  }

  private void readCsv(
      ExportFile file, InputStream in, ExportFormat format, AzureCosts costs, LineSink sink)
      throws IOException {
    try (CsvLines lines = new CsvLines(file.toString(), in)) {
      Header header = new Header(lines.header());
      TagReader tagReader = new TagReader(tags);
      CsvFormat reader =
          switch (format) {
            case AWS_CUR ->
                new CurLines(file.toString(), header, tagReader, lineTypes, lines::keep);
            case FOCUS -> new FocusLines(file.toString(), header, tagReader, lines::keep);
            case AZURE_ACTUAL, AZURE_AMORTIZED ->
                new AzureLines(file.toString(), header, tagReader, costs, lineTypes, lines::keep);
            case GOOGLE -> throw new IllegalStateException("is JSON");
          };
      while (lines.next()) {
        try {
          reader.read(lines, sink);
        } catch (IllegalArgumentException e) {
          throw new UnreadableExportException(
              "%s line %d: %s".formatted(file, lines.line(), e.getMessage()), e);
        }
      }
    }
  }
}
