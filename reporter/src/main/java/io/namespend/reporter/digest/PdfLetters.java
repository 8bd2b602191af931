package io.namespend.reporter.digest;

import static java.util.Objects.requireNonNull;

import com.lowagie.text.Document;
import com.lowagie.text.Font;
import com.lowagie.text.pdf.BaseFont;
import java.awt.Color;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The letters of PDFs: OpenPDF's own font, which every machine has. */
public final class PdfLetters {
  private static final String FONT_FILE = "/font-fallback/LiberationSans-Regular.ttf";

  /** Read once: a run writes hundreds of pages. */
  private static final BaseFont LETTERS = letters();

  private static final int MISSING = '\u25A1';

  private PdfLetters() {}

  public static Font font(float size, Color color) {
    return new Font(LETTERS, size, Font.NORMAL, color);
  }

  /** Letters that the font lacks would leave no trace, and two names could look alike. */
  public static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    PlainText.printable(text)
        .codePoints()
        .map(letter -> LETTERS.charExists(letter) ? letter : MISSING)
        .forEach(shown::appendCodePoint);
    return shown.toString();
  }

  private static BaseFont letters() {
    try (InputStream font =
        requireNonNull(Document.class.getResourceAsStream(FONT_FILE), FONT_FILE)) {
      return BaseFont.createFont(
          "LiberationSans.ttf",
          BaseFont.IDENTITY_H,
          BaseFont.EMBEDDED,
          true,
          font.readAllBytes(),
          null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
