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
import com.lowagie.text.pdf.PdfContentByte;
import com.lowagie.text.pdf.PdfDictionary;
import com.lowagie.text.pdf.PdfName;
import com.lowagie.text.pdf.PdfNumber;
import com.lowagie.text.pdf.PdfPCell;
import com.lowagie.text.pdf.PdfPCellEvent;
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
  private static final Color BAR = new Color(0x0072B2);
  private static final float BAR_HEIGHT = 2.5f;
  private static final float BAR_MARGIN = 16;

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
      for (Page.Section section : page.sections()) {
        add(section, document);
      }
      PdfPTable facts = table(new float[] {22, 58, 20});
      PdfPCell title = cell("Figures", font(13, Color.BLACK), Element.ALIGN_LEFT);
      title.setColspan(3);
      facts.addCell(title);
      facts.setKeepTogether(true);
      page.facts()
          .forEach(
              fact -> {
                facts.addCell(cell(fact.name(), font(10, Color.BLACK), Element.ALIGN_LEFT));
                facts.addCell(cell(fact.meaning(), font(8.5f, MUTED), Element.ALIGN_LEFT));
                facts.addCell(cell(fact.figure(), font(10, Color.BLACK), Element.ALIGN_RIGHT));
              });
      document.add(facts);
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
    for (Page.Alarm alarm : page.alarms()) {
      document.add(
          paragraph(
              (alarm.isGrave() ? "Over budget: " : "At risk: ") + alarm.text(),
              font(11, color(alarm.tone())),
              8));
    }
    document.add(paragraph(page.total(), font(26, Color.BLACK), 12));
    document.add(paragraph(page.change(), font(11, color(page.tone())), 4));
    if (!page.story().isEmpty()) {
      document.add(paragraph(String.join(" ", page.story()), font(11.5f, Color.BLACK), 10));
    }
    for (String warning : page.warnings()) {
      document.add(paragraph("Note: " + warning, font(9.5f, MUTED), 6));
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
      PdfPCell described = styled(new PdfPCell(name), Element.ALIGN_LEFT);
      if (line.share().isPresent()) {
        described.setPaddingBottom(BAR_HEIGHT + 6);
        described.setCellEvent(bar(line.share().getAsDouble(), line.tone()));
      }
      lines.addCell(described);
      lines.addCell(cell(line.amount(), font(10, Color.BLACK), Element.ALIGN_RIGHT));
      lines.addCell(cell(line.change(), font(8.5f, color(line.tone())), Element.ALIGN_RIGHT));
    }
    if (!section.more().isEmpty()) {
      PdfPCell more = cell(section.more(), font(8.5f, MUTED), Element.ALIGN_LEFT);
      more.setColspan(3);
      lines.addCell(more);
    }
    document.add(lines);
  }

  /** Along the bottom of the cell. */
  private static PdfPCellEvent bar(double share, Page.Tone tone) {
    return (cell, place, canvases) -> {
      PdfContentByte canvas = canvases[PdfPTable.BACKGROUNDCANVAS];
      float width = place.getWidth() - BAR_MARGIN;
      canvas.setColorFill(LINE);
      canvas.rectangle(place.getLeft(), place.getBottom() + 2, width, BAR_HEIGHT);
      canvas.fill();
      canvas.setColorFill(tone == Page.Tone.GRAVE ? color(tone) : BAR);
      canvas.rectangle(place.getLeft(), place.getBottom() + 2, (float) (width * share), BAR_HEIGHT);
      canvas.fill();
    };
  }

  private static Color color(Page.Tone tone) {
    return new Color(tone.color());
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
    cell.setLeading(0, 1.25f);
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
