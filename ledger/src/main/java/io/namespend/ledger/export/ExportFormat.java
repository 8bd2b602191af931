package io.namespend.ledger.export;

import java.io.IOException;
import java.io.PushbackInputStream;
import java.util.List;

/** The formats of bills, by whose line types costs are told apart. */
public enum ExportFormat {
  AWS_CUR("aws"),
  FOCUS("focus"),
  AZURE_ACTUAL("azure"),
  AZURE_AMORTIZED("azure"),
  GOOGLE("google");

  private final String source;

  ExportFormat(String source) {
    this.source = source;
  }

  /** What bills in this format are called unless somebody names them. */
  public String source() {
    return source;
  }

  public boolean isAzure() {
    return this == AZURE_ACTUAL || this == AZURE_AMORTIZED;
  }

  /**
   * @throws UnreadableExportException if it is none of them
   */
  static ExportFormat detect(ExportFile file) {
    try (PushbackInputStream in = new PushbackInputStream(file.open(bytes -> {}))) {
      int first = in.read();
      while (first == ' ' || first == '\n' || first == '\r' || first == '\t') {
        first = in.read();
      }
      if (first == '[') {
        throw new UnreadableExportException(
            file + ": is one JSON array; export JSON lines, one object a line");
      }
      if (first == '{') {
        return GOOGLE;
      }
      if (first >= 0) {
        in.unread(first);
      }
      try (CsvLines lines = new CsvLines(file.toString(), in)) {
        return ofHeader(file, lines.header());
      }
    } catch (IOException e) {
      throw ExportFile.unreadable(file.toString(), e);
    }
  }

  private static ExportFormat ofHeader(ExportFile file, List<String> names) {
    Header header = new Header(names);
    if (header.has("BilledCost") && header.has("ChargeCategory")) {
      return FOCUS;
    }
    if (header.has("line_item_line_item_type")) {
      return AWS_CUR;
    }
    if (header.has("ChargeType") && header.has("MeterCategory")) {
      throw new UnreadableExportException(
          file
              + ": the header does not tell whether these are Azure's actual or amortized costs;"
              + " give --format azure-actual or azure-amortized, or the folder with manifest.json");
    }
    throw new UnreadableExportException(
        file
            + ": the header is that of no known bill export (AWS CUR, FOCUS, Azure cost details,"
            + " Google as JSON lines); check the file, or name its format with --format");
  }
}
