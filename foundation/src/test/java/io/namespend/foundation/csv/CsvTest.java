package io.namespend.foundation.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvTest {
  @Test
  void quotesWhatNeedsIt() {
    assertThat(Csv.row(List.of("a", "b,c", "d\"e", "f\ng", "", " h", "i;j")))
        .isEqualTo("a,\"b,c\",\"d\"\"e\",\"f\ng\",,\" h\",\"i;j\"\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1", "+1", "-1", "@sum", "\tx", "\rx", "'x", "'=x", "''", "＝1", " =x", "|x", "%x", " '",
        "x=1", "", "'"
      })
  void guardsFormulasAndReadsThemBack(String text) {
    String cell = Csv.guarded(text);
    List<Csv.Row> rows = Csv.read(Csv.row(List.of(cell, "last")));

    assertThat(cell).doesNotMatch("(?s)[=+\\-@\t\r＝].*");
    assertThat(rows).hasSize(1);
    assertThat(Csv.unguarded(rows.get(0).cells().get(0))).isEqualTo(text);
  }

  @Test
  void readsWhatSpreadsheetsWrite() {
    assertThat(Csv.read("\uFEFFa,b\n\n\"c\nd\",\"e\"\"f\"\r\ng,"))
        .containsExactly(
            new Csv.Row(1, List.of("a", "b")),
            new Csv.Row(3, List.of("c\nd", "e\"f")),
            new Csv.Row(5, List.of("g", "")));
  }

  @Test
  void toleratesWhatPeopleWrite() {
    assertThat(Csv.readCommented("# a\na, \"b, c\" ,d\"e\n   \n# \"\n1,2,3,4\n5\n"))
        .containsExactly(
            new Csv.Row(2, List.of("a", "b, c", "d\"e")),
            new Csv.Row(5, List.of("1", "2", "3", "4")),
            new Csv.Row(6, List.of("5")));
    assertThat(Csv.read("#1,2")).containsExactly(new Csv.Row(1, List.of("#1", "2")));
    assertThat(Csv.read("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb,\"c\nd", "a\n\"", "a\nb,\"\"\"", "a\nb,\"c\r\n"})
  void refusesAnOpenQuote(String text) {
    assertThatThrownBy(() -> Csv.read(text))
        .isInstanceOf(InvalidCsvException.class)
        .hasMessage("line 2: a quote is not closed");
  }

  @Test
  void refusesTextBehindAQuote() {
    assertThatThrownBy(() -> Csv.read("a,b\n\"c\"d,e"))
        .isInstanceOf(InvalidCsvException.class)
        .hasMessage("line 2: Unexpected character after closing quote: 'd' (0x64)");
  }

  /** FastCSV has an end of its patience; the rest of a file behind an open quote can be longer. */
  @Test
  void aHugeCellIsNoCrash() {
    assertThatThrownBy(() -> Csv.read("a\n\"" + "x".repeat(20_000_000)))
        .isInstanceOf(InvalidCsvException.class)
        .hasMessageStartingWith("line 2: ");
  }
}
