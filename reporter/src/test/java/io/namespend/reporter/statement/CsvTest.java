package io.namespend.reporter.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvTest {
  @Test
  void quotesWhatNeedsIt() {
    assertThat(Csv.row(List.of("a", "b,c", "d\"e", "f\ng", "")))
        .isEqualTo("a,\"b,c\",\"d\"\"e\",\"f\ng\",\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"=1+1", "+1", "-1", "@sum", "\tx", "\rx", "'x", "'=x", "''", "＝1", "x=1", "", "'"})
  void guardsFormulasAndReadsThemBack(String text) {
    String cell = Csv.guarded(text);
    List<CsvReader.Row> rows = CsvReader.read(Csv.row(List.of(cell, "last")));

    assertThat(cell).doesNotMatch("(?s)[=+\\-@\t\r＝].*");
    assertThat(rows).hasSize(1);
    assertThat(Csv.unguarded(rows.get(0).cells().get(0))).isEqualTo(text);
  }

  @Test
  void readsWhatSpreadsheetsWrite() {
    assertThat(CsvReader.read("\uFEFFa,b\n\n\"c\nd\",\"e\"\"f\"\r\ng,"))
        .containsExactly(
            new CsvReader.Row(1, List.of("a", "b")),
            new CsvReader.Row(3, List.of("c\nd", "e\"f")),
            new CsvReader.Row(5, List.of("g", "")));
  }

  @Test
  void refusesAnOpenQuote() {
    assertThatThrownBy(() -> CsvReader.read("a\nb,\"c\nd"))
        .hasMessage("line 2: a quote is not closed");
  }
}
