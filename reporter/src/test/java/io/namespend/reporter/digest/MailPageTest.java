package io.namespend.reporter.digest;

import static org.assertj.core.api.Assertions.assertThat;

import com.lowagie.text.pdf.PdfReader;
import com.lowagie.text.pdf.parser.PdfTextExtractor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class MailPageTest {
  @Test
  void namesAreText() {
    Page page =
        new Page(
            "<img src=x onerror=alert(1)>",
            "p",
            "$1",
            "c",
            List.of(),
            List.of("<script>"),
            List.of(
                new Page.Section("t", List.of(new Page.Line("<!channel>", "<b>", "$1", "")), "")),
            Optional.empty());

    assertThat(MailPage.render(page, "cid:chart"))
        .doesNotContain("<img src=x", "<script>", "<!channel>", "<b>")
        .contains("&lt;!channel&gt;")
        .contains("<img src=\"cid:chart\"");
  }

  @Test
  void thousandsOfNamespacesStayBelowWhatGmailCuts() {
    StringBuilder many = new StringBuilder(RecordedWeek.TWO_TEAMS);
    IntStream.range(0, 3_000)
        .forEach(
            i ->
                many.append(
                    "2026-11-16T00:05:00Z (namespace:cost:sum1h[7d] {namespace=\"n%d\"} 1\n"
                        .formatted(i)));
    Brief company = RecordedWeek.read(many.toString(), DigestSettings.DEFAULT).company();

    String html = MailPage.render(new PageWriter(Optional.empty(), 20).write(company), "");

    assertThat(html.getBytes(StandardCharsets.UTF_8).length).isLessThan(80_000);
    assertThat(html).contains("and 2982 more").doesNotContain("<style", "<script", "class=");
    assertThat(CsvPage.render(company).lines()).hasSize(3_004);
  }

  @Test
  void formulasAreTextInSpreadsheets() {
    String week =
        RecordedWeek.TWO_TEAMS
            + "2026-11-16T00:05:00Z (namespace:cost:sum1h[7d] {namespace=\"=1+1\"} 1\n";
    Brief company = RecordedWeek.read(week, DigestSettings.DEFAULT).company();

    assertThat(CsvPage.render(company)).contains(",\"'=1+1\",USD,1.00,0.00\r\n");
  }

  @Test
  void thePdfHasItsPages() {
    Brief company = RecordedWeek.twoTeams().company();
    byte[] pdf =
        new PdfPage()
            .render(new PageWriter(Optional.empty(), 20).write(company), DayChart.draw(company));

    assertThat(new String(pdf, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
    assertThat(pdf.length).isBetween(10_000, 200_000);
  }

  @Test
  void thePdfShowsThatItLacksLetters() throws IOException {
    Page page =
        new Page(
            "\u652f\u4ed8-1 \ud83d\ude00 équipe ▲▼▬",
            "p",
            "$1",
            "c",
            List.of(),
            List.of(),
            List.of(),
            Optional.empty());

    try (PdfReader reader = new PdfReader(new PdfPage().render(page, Optional.empty()))) {
      assertThat(new PdfTextExtractor(reader).getTextFromPage(1)).contains("□□-1 □ équipe ▲▼▬");
    }
  }
}
