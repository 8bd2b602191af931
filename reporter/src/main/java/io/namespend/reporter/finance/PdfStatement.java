package io.namespend.reporter.finance;

import com.lowagie.text.Document;
import com.lowagie.text.DocumentException;
import com.lowagie.text.Element;
import com.lowagie.text.Font;
import com.lowagie.text.PageSize;
import com.lowagie.text.Paragraph;
import com.lowagie.text.Phrase;
import com.lowagie.text.Rectangle;
import com.lowagie.text.pdf.ColumnText;
import com.lowagie.text.pdf.PdfPCell;
import com.lowagie.text.pdf.PdfPTable;
import com.lowagie.text.pdf.PdfPageEventHelper;
import com.lowagie.text.pdf.PdfWriter;
import io.namespend.reporter.digest.PdfLetters;
import io.namespend.reporter.statement.Line;
import io.namespend.reporter.statement.Statement;
import io.namespend.reporter.statement.StatementPart;
import io.namespend.reporter.statement.Subtotal;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** A statement as a PDF, A4 across: subtotals first, then all lines with their audit keys. */
public final class PdfStatement {
  private static final Color MUTED = new Color(0x57606A);
  private static final Color RULE = new Color(0xD0D7DE);
  private static final Color NOTE = new Color(0x9A6700);
  private static final float MARGIN = 36;

  private PdfStatement() {}

  public static byte[] render(StatementPart part) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Document document = new Document(PageSize.A4.rotate(), MARGIN, MARGIN, MARGIN, MARGIN + 12);
    String head =
        "%s, %s"
            .formatted(
                StatementWords.title(part), StatementWords.period(part.statement().period()));
    try {
      PdfWriter.getInstance(document, bytes).setPageEvent(new Foot(head));
      document.addTitle(PdfLetters.shown(head));
      document.open();
      addHead(part, document);
      List<Subtotal> subtotals = Subtotal.byOwner(part.lines());
      document.add(subtotals(part, subtotals));
      for (Subtotal subtotal : subtotals) {
        document.add(lines(part.statement(), subtotal));
      }
      document.close();
    } catch (DocumentException e) {
      throw new IllegalStateException("cannot write the PDF of " + head, e);
    }
    return bytes.toByteArray();
  }

  private static void addHead(StatementPart part, Document document) {
    Statement statement = part.statement();
    document.add(paragraph(StatementWords.title(part), font(18, Color.BLACK), 0));
    document.add(
        paragraph(
            "%s: %s, %s"
                .formatted(
                    StatementWords.period(statement.period()),
                    StatementWords.dates(statement.period()),
                    statement.status()),
            font(9, MUTED),
            2));
    document.add(
        paragraph(StatementWords.amount(part.amount(), statement), font(24, Color.BLACK), 10));
    for (String note : StatementWords.notes(part)) {
      document.add(paragraph(note, font(9, NOTE), 4));
    }
  }

  private static PdfPTable subtotals(StatementPart part, List<Subtotal> subtotals) {
    PdfPTable table = table(new float[] {20, 34, 8, 12, 12, 14});
    table.setHeaderRows(1);
    heads(table, List.of("Cost center", "Team", "Lines", "Direct", "Pool shares", "Amount"), 2);
    for (Subtotal subtotal : subtotals) {
      row(table, subtotal.costCenter(), subtotal.team(), subtotal, 9);
    }
    row(table, "Total", "", new Subtotal("", "", part.lines()), 11);
    return table;
  }

  private static void row(
      PdfPTable table, String costCenter, String team, Subtotal subtotal, float size) {
    table.addCell(cell(costCenter, font(size, Color.BLACK), Element.ALIGN_LEFT));
    table.addCell(cell(team, font(size, Color.BLACK), Element.ALIGN_LEFT));
    for (String figure :
        List.of(
            String.valueOf(subtotal.lines().size()),
            StatementWords.digits(subtotal.direct()),
            StatementWords.digits(subtotal.pools()),
            StatementWords.digits(subtotal.amount()))) {
      table.addCell(cell(figure, font(size, Color.BLACK), Element.ALIGN_RIGHT));
    }
  }

  private static PdfPTable lines(Statement statement, Subtotal subtotal) {
    PdfPTable table = table(new float[] {22, 14, 17, 10, 14, 8, 7, 8});
    table.setSpacingBefore(18);
    table.setHeaderRows(2);
    PdfPCell owner =
        cell(
            StatementWords.owner(subtotal.costCenter(), subtotal.team()),
            font(12, Color.BLACK),
            Element.ALIGN_LEFT);
    owner.setColspan(8);
    table.addCell(owner);
    heads(table, List.of("Namespace", "What", "Method", "Environment"), 4);
    heads(table, List.of("Quantity", "Unit price", "Account", "Amount"), 0);
    for (Line line : subtotal.lines()) {
      add(statement, line, table);
    }
    PdfPCell name = cell("Subtotal", font(9, Color.BLACK), Element.ALIGN_LEFT);
    name.setColspan(7);
    table.addCell(name);
    table.addCell(
        cell(StatementWords.digits(subtotal.amount()), font(9, Color.BLACK), Element.ALIGN_RIGHT));
    return table;
  }

  /** Two rows that stay together: what is charged, and the key by which it is found again. */
  private static void add(Statement statement, Line line, PdfPTable table) {
    Font font = font(8.5f, Color.BLACK);
    String what = line.key().item().name();
    for (String text :
        List.of(
            StatementWords.place(line.key(), statement),
            line.key().item().isPool() ? "share of " + what : what,
            line.method(),
            line.key().owner().environment())) {
      table.addCell(open(cell(text, font, Element.ALIGN_LEFT)));
    }
    for (String text :
        List.of(
            "%s %s"
                .formatted(StatementWords.rounded(line.quantity().value()), line.quantity().unit()),
            StatementWords.rounded(line.quantity().unitPrice()),
            line.glAccount(),
            StatementWords.digits(line.amount()))) {
      table.addCell(open(cell(text, font, Element.ALIGN_RIGHT)));
    }
    PdfPCell key = cell(line.auditKey(), font(6.5f, MUTED), Element.ALIGN_LEFT);
    key.setColspan(8);
    key.setPaddingTop(1);
    table.addCell(key);
  }

  /**
   * @param left how many of them are aligned left
   */
  private static void heads(PdfPTable table, List<String> names, int left) {
    for (int i = 0; i < names.size(); i++) {
      table.addCell(
          cell(names.get(i), font(8, MUTED), i < left ? Element.ALIGN_LEFT : Element.ALIGN_RIGHT));
    }
  }

  private static PdfPTable table(float[] widths) {
    PdfPTable table = new PdfPTable(widths);
    table.setWidthPercentage(100);
    table.setSpacingBefore(14);
    table.setSplitLate(true);
    return table;
  }

  private static PdfPCell cell(String text, Font font, int align) {
    PdfPCell cell = new PdfPCell(new Phrase(PdfLetters.shown(text), font));
    cell.setHorizontalAlignment(align);
    cell.setVerticalAlignment(Element.ALIGN_MIDDLE);
    cell.setBorder(Rectangle.BOTTOM);
    cell.setBorderColor(RULE);
    cell.setPaddingTop(3);
    cell.setPaddingBottom(4);
    return cell;
  }

  /** Without the rule below. */
  private static PdfPCell open(PdfPCell cell) {
    cell.setBorder(Rectangle.NO_BORDER);
    cell.setPaddingBottom(1);
    return cell;
  }

  private static Paragraph paragraph(String text, Font font, float before) {
    Paragraph paragraph = new Paragraph(PdfLetters.shown(text), font);
    paragraph.setSpacingBefore(before);
    paragraph.setLeading(font.getSize() * 1.25f);
    return paragraph;
  }

  private static Font font(float size, Color color) {
    return PdfLetters.font(size, color);
  }

  /** On every page: what it belongs to, and its number. */
  private static final class Foot extends PdfPageEventHelper {
    private final String text;

    Foot(String text) {
      this.text = text;
    }

    @Override
    public void onEndPage(PdfWriter writer, Document document) {
      Phrase foot =
          new Phrase(
              PdfLetters.shown("%s, page %d".formatted(text, writer.getPageNumber())),
              font(7.5f, MUTED));
      ColumnText.showTextAligned(
          writer.getDirectContent(),
          Element.ALIGN_RIGHT,
          foot,
          document.right(),
          document.bottom() - 16,
          0);
    }
  }
}
