package io.namespend.reporter.statement;

import static io.namespend.reporter.statement.Statements.SHOP;
import static io.namespend.reporter.statement.Statements.october;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class BookedStatementTest {
  private static final String LATER =
      SHOP.replace("100.005", "101.005")
          .replace(
              "{namespace=\"shop\",resource=\"cpu\"}        40",
              "{namespace=\"shop\",resource=\"cpu\"} 44")
          .replace("{pool=\"support\"}                         7", "{pool=\"other\"} 4");

  @Test
  void whatWasBookedRightNeedsNothing() {
    Statement statement = october(SHOP);
    BookedStatement booked = booked(statement, CsvStatement.render(statement));

    Statement corrections = booked.corrections(statement);

    assertThat(corrections.lines()).isEmpty();
    assertThat(corrections.corrects()).contains(statement.total());
  }

  @Test
  void correctionsLeadFromWhatWasBookedToWhatIs() {
    Statement now = october(LATER);
    Statement corrections = booked(now, CsvStatement.render(october(SHOP))).corrections(now);

    assertThat(corrections.lines())
        .extracting(
            line ->
                line.key().owner().team() + " " + line.key().item().name() + " " + line.amount())
        .containsExactly(
            "unallocated other 4.00", "unallocated support -7.00", "web cpu 3.00", "pay cpu 1.00");
    assertThat(Statements.sum(corrections)).isEqualTo("1.00");
    assertThat(CsvStatement.render(corrections)).contains(",final,Correction,");
    assertThat(FocusStatement.render(corrections))
        .contains(",Usage,Correction,")
        .contains(",-7.00,");
  }

  @Test
  void correctionsThatWereBookedCountToo() {
    Statement now = october(LATER);
    BookedStatement booked = booked(now, CsvStatement.render(october(SHOP)));
    booked.add("c.csv", CsvStatement.render(booked.corrections(now)), now);

    assertThat(booked.corrections(now).lines()).isEmpty();
  }

  @Test
  void anAccountThatChangedIsBookedOver() {
    Statement now =
        october(SHOP, GlAccounts.parse("cost_center,resource,pool,gl_account\n,,support,9999\n"));

    assertThat(booked(now, CsvStatement.render(october(SHOP))).corrections(now).lines())
        .extracting(line -> line.glAccount() + " " + line.amount())
        .containsExactly(" -7.00", "9999 7.00");
  }

  @Test
  void refusesWhatIsNoStatementOfThePeriod() {
    Statement now = october(SHOP);
    String csv = CsvStatement.render(now);

    assertRefused(now, "", "its header has no period, status");
    assertRefused(now, "{\"lines\": []}", "its header has no period, status");
    assertRefused(now, csv.replace("2026-10,", "2026-09,"), "has the period \"2026-09\"");
    assertRefused(now, csv.replace(",final,", ",preview,"), "status \"preview\", not \"final\"");
    assertRefused(now, csv.replace("USD", "EUR"), "currency \"EUR\", not \"USD\"");
    assertRefused(now, csv.replace(",7.00,", ",7.001,"), "has the amount \"7.001\"");
    assertRefused(now, csv.replace(",7.00,", ",seven,"), "has the amount \"seven\"");
    assertRefused(now, csv.replace(",Shares,", ","), "cells, its header 22");
    assertRefused(now, csv + "\"", "a quote is not closed");
    assertRefused(
        now,
        CsvStatement.render(now).replace(",unallocated,,,", ",unallocated,,eu,"),
        "is of cluster \"eu\"");
  }

  private static BookedStatement booked(Statement now, String csv) {
    BookedStatement booked = new BookedStatement();
    booked.add("b.csv", csv, now);
    return booked;
  }

  private static void assertRefused(Statement now, String csv, String message) {
    assertThatThrownBy(() -> booked(now, csv))
        .isInstanceOf(CannotStateException.class)
        .hasMessageStartingWith("b.csv is not a statement to correct: ")
        .hasMessageContaining(message);
  }
}
