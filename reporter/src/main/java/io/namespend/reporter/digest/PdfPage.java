package io.namespend.reporter.digest;

import com.lowagie.text.Chunk;
import com.lowagie.text.Document;
import com.lowagie.text.DocumentException;
import com.lowagie.text.Element;
import com.lowagie.text.Font;
import com.lowagie.text.Image;
import com.lowagie.text.PageSize;
import com.lowagie.text.Paragraph;
import com.lowagie.text.Phrase;
import com.lowagie.text.Rectangle;
import com.lowagie.text.pdf.PdfArray;
import com.lowagie.text.pdf.PdfDictionary;
import com.lowagie.text.pdf.PdfName;
import com.lowagie.text.pdf.PdfNumber;
import com.lowagie.text.pdf.PdfPCell;
import com.lowagie.text.pdf.PdfPTable;
import com.lowagie.text.pdf.PdfString;
import com.lowagie.text.pdf.PdfWriter;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** A page as a PDF, A4. */
public final class PdfPage {
  private static final int KEPT_TOGETHER = 12;

  private static final Color MUTED = new Color(0x57606A);
  private static final Color LINE = new Color(0xE5E7EB);

  public byte[] render(Page page, Optional<Picture> chart) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Document document = new Document(PageSize.A4, 48, 48, 48, 48);
    try {
      PdfWriter.getInstance(document, bytes);
      document.addTitle(page.title() + ", " + page.period());
      document.open();
      head(page, document);
      if (chart.isPresent()) {
        Image image = image(chart.get());
        image.scaleToFit(document.right() - document.left(), document.top() - document.bottom());
        image.setSpacingBefore(8);
        document.add(image);
      }
      PdfPTable facts = table(new float[] {22, 58, 20});
      page.facts()
          .forEach(
              fact -> {
                facts.addCell(cell(fact.name(), font(10, Color.BLACK), Element.ALIGN_LEFT));
                facts.addCell(cell(fact.meaning(), font(8.5f, MUTED), Element.ALIGN_LEFT));
                facts.addCell(cell(fact.figure(), font(10, Color.BLACK), Element.ALIGN_RIGHT));
              });
      document.add(facts);
      for (Page.Section section : page.sections()) {
        add(section, document);
      }
      document.close();
    } catch (DocumentException e) {
      throw new IllegalStateException("cannot write the PDF of " + page.title(), e);
    }
    return bytes.toByteArray();
  }

  /** As it is: from a PNG each of its pixels would be unpacked and packed again. */
  private static Image image(Picture picture) {
    Image image = Image.getInstance(picture.width(), picture.height(), 1, 8, picture.pixels());
    PdfArray colors = new PdfArray();
    colors.add(PdfName.INDEXED);
    colors.add(PdfName.DEVICERGB);
    colors.add(new PdfNumber(picture.colors() - 1));
    colors.add(new PdfString(picture.palette()));
    PdfDictionary more = new PdfDictionary();
    more.put(PdfName.COLORSPACE, colors);
    image.setAdditional(more);
    return image;
  }

  private void head(Page page, Document document) {
    document.add(paragraph(page.title(), font(18, Color.BLACK), 0));
    document.add(paragraph(page.period(), font(9, MUTED), 2));
    document.add(paragraph(page.total(), font(26, Color.BLACK), 12));
    document.add(paragraph(page.change(), font(11, Color.BLACK), 4));
    for (String warning : page.warnings()) {
      document.add(paragraph("Note: " + warning, font(10, new Color(0x9A6700)), 6));
    }
  }

  private void add(Page.Section section, Document document) {
    PdfPTable lines = table(new float[] {64, 20, 16});
    lines.setHeaderRows(1);
    lines.setKeepTogether(section.lines().size() <= KEPT_TOGETHER);
    PdfPCell title = cell(section.title(), font(13, Color.BLACK), Element.ALIGN_LEFT);
    title.setColspan(3);
    lines.addCell(title);
    for (Page.Line line : section.lines()) {
      Phrase name = new Phrase();
      name.add(new Chunk(PdfLetters.shown(line.name()), font(10, Color.BLACK)));
      if (!line.note().isEmpty()) {
        name.add(new Chunk("  " + PdfLetters.shown(line.note()), font(8.5f, MUTED)));
      }
      lines.addCell(styled(new PdfPCell(name), Element.ALIGN_LEFT));
      lines.addCell(cell(line.amount(), font(10, Color.BLACK), Element.ALIGN_RIGHT));
      lines.addCell(cell(line.change(), font(8.5f, MUTED), Element.ALIGN_RIGHT));
    }
    if (!section.more().isEmpty()) {
      PdfPCell more = cell(section.more(), font(8.5f, MUTED), Element.ALIGN_LEFT);
      more.setColspan(3);
      lines.addCell(more);
    }
    document.add(lines);
  }

  private static PdfPTable table(float[] widths) {
    PdfPTable table = new PdfPTable(widths);
    table.setWidthPercentage(100);
    table.setSpacingBefore(14);
    return table;
  }

  private static PdfPCell cell(String text, Font font, int align) {
    return styled(new PdfPCell(new Phrase(PdfLetters.shown(text), font)), align);
  }

  private static PdfPCell styled(PdfPCell cell, int align) {
    cell.setHorizontalAlignment(align);
    cell.setVerticalAlignment(Element.ALIGN_MIDDLE);
    cell.setBorder(Rectangle.BOTTOM);
    cell.setBorderColor(LINE);
    cell.setPaddingTop(4);
    cell.setPaddingBottom(6);
    return cell;
  }

  private static Paragraph paragraph(String text, Font font, float before) {
    Paragraph paragraph = new Paragraph(PdfLetters.shown(text), font);
    paragraph.setSpacingBefore(before);
    paragraph.setLeading(font.getSize() * 1.25f);
    return paragraph;
  }

  private Font font(float size, Color color) {
    return PdfLetters.font(size, color);
  }
}
