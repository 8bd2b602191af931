package io.namespend.reporter.finance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.lowagie.text.pdf.PdfReader;
import com.lowagie.text.pdf.parser.PdfTextExtractor;
import io.namespend.reporter.statement.CsvStatement;
import io.namespend.reporter.statement.CsvSubtotals;
import io.namespend.reporter.statement.Statement;
import io.namespend.reporter.statement.StatementPart;
import io.namespend.reporter.statement.Statements;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DocumentsTest {
  private static final Statement OCTOBER = Statements.october(Statements.SHOP);

  @TempDir private Path folder;

  @Test
  void everyDocumentAddsUpToTheSameTotalAndHasEveryAuditKey() throws IOException {
    StatementPart all = StatementPart.whole(OCTOBER);
    String pdf = pdfText(PdfStatement.render(all));
    Map<String, String> xlsx = files(XlsxStatement.render(all));
    String csv = CsvStatement.render(all);

    assertThat(all.amount()).isEqualByComparingTo("100.01");
    assertThat(pdf).contains("100.01 USD").contains("October 2026: 1 October 2026 to 31");
    assertThat(CsvSubtotals.render(all))
        .isEqualTo(
            """
            period,status,cost_center,team,lines,direct,pools,amount,currency\r
            2026-10,final,,unallocated,1,0.00,7.00,7.00,USD\r
            2026-10,final,cc-1,web,5,57.51,16.25,73.76,USD\r
            2026-10,final,cc-2,pay,3,12.50,3.75,16.25,USD\r
            2026-10,final,cc-3,data,1,3.00,0.00,3.00,USD\r
            2026-10,final,TOTAL,,10,73.01,27.00,100.01,USD\r
            """);
    for (String subtotal : List.of("73.76", "16.25", "7.00", "3.00")) {
      assertThat(pdf).contains(subtotal);
      assertThat(xlsx.get("xl/worksheets/sheet1.xml")).contains("<v>" + subtotal + "</v>");
    }
    OCTOBER
        .lines()
        .forEach(
            line -> {
              assertThat(pdf.replaceAll("\\s", "")).contains(line.auditKey());
              assertThat(xlsx.get("xl/sharedStrings.xml")).contains(line.auditKey());
              assertThat(csv).contains(line.auditKey());
            });
    List<BigDecimal> amounts = amounts(xlsx.getOrDefault("xl/worksheets/sheet2.xml", ""), "K");
    assertThat(amounts).hasSize(10);
    assertThat(amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo("100.01");
  }

  @Test
  void aTeamGetsItsOwnLinesOnly() throws IOException {
    StatementPart pay = StatementPart.ofTeam(OCTOBER, "pay");
    String pdf = pdfText(PdfStatement.render(pay));
    Map<String, String> xlsx = files(XlsxStatement.render(pay));

    assertThat(pay.amount()).isEqualByComparingTo("16.25");
    assertThat(CsvStatement.render(pay)).hasLineCount(4).doesNotContain("cc-1");
    assertThat(CsvSubtotals.render(pay)).contains("TOTAL,,3,12.50,3.75,16.25");
    assertThat(pdf).contains("statement of pay").contains("16.25 USD").doesNotContain("cc-1");
    assertThat(String.join("", xlsx.values())).contains("cc-2").doesNotContain("cc-1");
    assertThat(StatementWords.fileName(pay)).isEqualTo("statement-2026-10-pay");
  }

  @Test
  void namesThatFilesDoNotTakeStayApart() {
    String hostile = Statements.SHOP.replace("team=\"web\"", "team=\"../we·b\"".replace('·', '/'));
    StatementPart part = StatementPart.ofTeam(Statements.october(hostile), "../we/b");

    assertThat(part.lines()).isNotEmpty();
    assertThat(StatementWords.fileName(part)).matches("statement-2026-10-\\.\\._we_b~[0-9a-f]{8}");
  }

  /** Text that a spreadsheet would run is text, and what no XML or font can hold does no harm. */
  @Test
  void hostileNamesAreText() throws IOException {
    String hostile = Statements.SHOP.replace("team=\"web\"", "team=\"=cmd|\\u0001<b>&漢\"");
    StatementPart part = StatementPart.whole(Statements.october(hostile));

    Map<String, String> xlsx = files(XlsxStatement.render(part));

    assertThat(xlsx.get("xl/sharedStrings.xml")).contains("=cmd|&lt;b&gt;&amp;");
    assertThat(String.join("", xlsx.values())).doesNotContain("<f>").doesNotContain("\u0001");
    assertThat(pdfText(PdfStatement.render(part))).contains("=cmd|<b>&\u25A1");
  }

  @Test
  void whatIsNotCompleteIsSaidOnTheFirstPage() throws IOException {
    String gaps = Statements.SHOP.replaceFirst("(coverage:ratio1h +\\{} +)744", "$1700");
    Statement statement = Statements.october(gaps);

    for (StatementPart part :
        List.of(StatementPart.whole(statement), StatementPart.ofTeam(statement, "web"))) {
      assertThat(pdfText(PdfStatement.render(part))).contains("Note: 94.08 % of the");
      assertThat(files(XlsxStatement.render(part)).get("xl/sharedStrings.xml"))
          .contains("Note: 94.08 % of the");
    }
  }

  @Test
  void aTeamWithoutLinesHasNothing() {
    StatementPart nobody = StatementPart.ofTeam(OCTOBER, "nobody");

    assertThat(nobody.lines()).isEmpty();
    assertThat(nobody.amount()).isEqualByComparingTo("0");
    assertThat(PdfStatement.render(nobody)).isNotEmpty();
    assertThat(XlsxStatement.render(nobody)).isNotEmpty();
  }

  private static String pdfText(byte[] pdf) throws IOException {
    try (PdfReader reader = new PdfReader(pdf)) {
      StringBuilder text = new StringBuilder();
      for (int page = 1; page <= reader.getNumberOfPages(); page++) {
        text.append(new PdfTextExtractor(reader).getTextFromPage(page)).append('\n');
      }
      return text.toString();
    }
  }

  private Map<String, String> files(byte[] zip) throws IOException {
    Path file = Files.write(folder.resolve("statement.xlsx"), zip);
    Map<String, String> files = new HashMap<>();
    try (ZipFile opened = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(opened.entries())) {
        files.put(entry.getName(), new String(opened.getInputStream(entry).readAllBytes(), UTF_8));
      }
    }
    return files;
  }

  /** What a column has, below its head. */
  private static List<BigDecimal> amounts(String sheet, String column) {
    List<BigDecimal> amounts = new ArrayList<>();
    Matcher cells =
        Pattern.compile("<c r=\"" + column + "(\\d+)\"[^>]*><v>([^<]*)</v>").matcher(sheet);
    while (cells.find()) {
      if (!cells.group(1).equals("1")) {
        amounts.add(new BigDecimal(cells.group(2)));
      }
    }
    return amounts;
  }
}
