package io.namespend.reporter.cli;

import java.io.PrintWriter;
import picocli.CommandLine;

/** Where a report goes that names no file. */
final class StandardOutput {
  private StandardOutput() {}

  static void print(CommandLine command, String text) {
    PrintWriter out = command.getOut();
    out.print(text);
    if (out.checkError()) {
      throw new CannotReportException(
          "cannot write to standard output; is its disk full or its reader gone?");
    }
  }
}
