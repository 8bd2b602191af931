package io.namespend.ledger.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.namespend.ledger.export.Export;
import io.namespend.ledger.export.ExportFolder;
import io.namespend.ledger.export.ExportFormat;
import io.namespend.ledger.export.UnreadableExportException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is wrong: one line says what, where and what to do, and the books stay as they were. */
class BadInputTest {
  @TempDir private Path folder;
  private OpenBooks books;

  @BeforeEach
  void importAGoodMonth() throws IOException {
    books = new OpenBooks(folder);
    books.importText(good().text());
    Files.setLastModifiedTime(
        folder.resolve("bill.csv"), FileTime.from(Instant.parse("2026-10-02T00:00:00Z")));
  }

  @AfterEach
  void nothingEnteredTheBooks() {
    assertThat(books.total()).isEqualTo("2.40 2.40 2.40 2.40");
    assertThat(books.store().current()).hasSize(1);
    books.close();
  }

  private static CurFile good() {
    return new CurFile()
        .hours(
            0,
            24,
            "Usage",
            "resource=i-0aaa",
            "service=AmazonEC2",
            "usage=BoxUsage:m5.large",
            "amount=1",
            "unit=Hrs",
            "unblended=0.1");
  }

  private void refused(String text, String message) {
    assertThatThrownBy(() -> books.importText(text))
        .isInstanceOfAny(UnreadableExportException.class, RejectedBillException.class)
        .hasMessage(folder.resolve("bill.csv") + message)
        .message()
        .hasLineCount(1);
  }

  @Test
  void truncatedGzip() throws IOException {
    byte[] whole = CurFile.gzip(good().text());
    Path file = Files.write(folder.resolve("cut.csv.gz"), Arrays.copyOf(whole, whole.length - 20));

    assertThatThrownBy(() -> books.importFile(file))
        .isInstanceOf(UnreadableExportException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageEndingWith(": the gzip data ends too early; copy the file again, whole");
  }

  @Test
  void damagedGzip() throws IOException {
    byte[] whole = CurFile.gzip(good().text());
    whole[whole.length - 6] ^= 1;
    Path file = Files.write(folder.resolve("cut.csv.gz"), whole);

    assertThatThrownBy(() -> books.importFile(file))
        .isInstanceOf(UnreadableExportException.class)
        .hasMessageContaining("the gzip data is damaged");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PAR1....... | is Parquet, which is not read yet; deliver the export as CSV with gzip, or"
            + " convert it",
        "PK345678    | is a zip archive; unzip it, or deliver the export with gzip",
        "version https://git-lfs | is a Git LFS pointer; fetch the file itself",
      })
  void otherKindsOfFiles(String content, String message) {
    refused(content, ": " + message);
  }

  @Test
  void emptyFile() {
    refused("", ": is empty; check the export");
  }

  @Test
  void headerWithoutLines() {
    refused(
        good().text().lines().findFirst().orElseThrow(),
        ": has no line; check the export and --month");
  }

  @Test
  void unknownHeader() {
    refused(
        "a,b\n1,2\n",
        ": the header is that of no known bill export (AWS CUR, FOCUS, Azure cost details, Google"
            + " as JSON lines); check the file, or name its format with --format");
  }

  @Test
  void missingColumns() {
    refused(
        "line_item_line_item_type,line_item_unblended_cost,line_item_usage_start_date,line_item_usage_end_date,line_item_product_code,line_item_usage_type\n",
        " line 1: the columns line_item_resource_id, line_item_currency_code are missing; add them"
            + " to the export");
  }

  @Test
  void aColumnThatThisKindOfLineNeeds() {
    refused(
        new CurFile()
            .hours(
                0, 1, "DiscountedUsage", "resource=i-0aaa", "service=AmazonEC2", "usage=BoxUsage")
            .text(),
        " line 2: a line of type DiscountedUsage needs the column reservation_effective_cost; add"
            + " it to the export");
  }

  @Test
  void mixedCurrencies() {
    refused(
        good().hours(24, 25, "Usage", "currency=EUR").text(),
        " line 26: is in EUR, but lines before it are in USD, and currencies are not added; import"
            + " each account by itself, with --source");
  }

  @Test
  void noCurrency() {
    refused(
        good().hours(24, 25, "Usage", "currency=").text(),
        " line 26: the currency is \"\"; it must be one such as USD");
  }

  @Test
  void unknownLineType() {
    refused(
        good().hours(24, 25, "MoonTax").text(),
        " line 26: line_item_line_item_type \"MoonTax\" is not known; say what it is under"
            + " lineTypes in the settings, and report it");
  }

  @ParameterizedTest
  @CsvSource({
    "'1,5', '\"1,5\" is not a number'",
    "1e99, '\"1e99\" is more than a bill can be'",
    "'', 'is empty; export it again'",
  })
  void noNumber(String cost, String message) {
    String line = "Usage,\"%s\",2026-10-02,2026-10-03,AmazonEC2,BoxUsage,i-1,USD".formatted(cost);
    refused(
        "line_item_line_item_type,line_item_unblended_cost,line_item_usage_start_date,line_item_usage_end_date,line_item_product_code,line_item_usage_type,line_item_resource_id,line_item_currency_code\n"
            + line
            + "\n",
        " line 2: line_item_unblended_cost " + message);
  }

  @Test
  void aQuoteTooMany() {
    refused(
        good().text().replaceFirst("i-0aaa", "\"i-0aaa"),
        " line 2: a quote is not closed; copy the file again");
  }

  @Test
  void aLineThatWasCut() {
    String text = good().text();
    refused(
        text.substring(0, text.length() - 40),
        " line 25: has 9 cells, but the header 12: a quote or comma too many, or the file was cut;"
            + " copy it again");
  }

  @Test
  void aDateThatIsNone() {
    refused(
        good().line("Usage", "start=31.10.2026", "end=2026-11-01").text(),
        " line 26: line_item_usage_start_date \"31.10.2026\" is no date such as"
            + " 2026-10-01T00:00:00Z, 2026-10-01 00:00:00 or 10/01/2026 (month first); export it"
            + " again");
  }

  /** Three spellings of one day in one file are no mistake. */
  @Test
  void datesInThreeSpellingsAreOneDay() throws IOException {
    books.importText(
        new CurFile()
            .line(
                "Usage",
                "start=2026-10-01T00:00:00.000Z",
                "end=2026-10-01T08:00:00Z",
                "unblended=0.8")
            .line(
                "Usage",
                "start=2026-10-01 08:00:00+00:00",
                "end=2026-10-01 16:00:00 UTC",
                "unblended=0.8")
            .line("Usage", "start=10/01/2026", "end=10/02/2026", "unblended=0.8")
            .text());
  }

  @Test
  void aMonthThatIsHalfThere() throws IOException {
    Path file =
        good()
            .line("Tax", "unblended=1", "start=2026-10-31", "end=2026-11-01")
            .write(folder.resolve("half.csv"));

    assertThatThrownBy(
            () -> books.run(ImportRequest.of("aws", Export.of(List.of(file), Optional.empty()))))
        .isInstanceOf(RejectedBillException.class)
        .hasMessage(
            file
                + ": 2026-10 is over, but usage ends with 2026-10-01; deliver the whole month, or"
                + " import what there is with --accept-partial");
  }

  @Test
  void severalMonthsInAFile() {
    refused(
        good().line("Usage", "start=2026-09-30", "end=2026-10-01", "month=2026-09-01").text(),
        " line 26: is of 2026-09, but lines before it are of 2026-10; say which month with"
            + " --month");
  }

  @Test
  void anOlderVersion() throws IOException {
    Path file = good().hours(24, 25, "Usage", "unblended=1").write(folder.resolve("older.csv"));
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    Export export = Export.of(List.of(file), Optional.empty());
    String current = books.store().current().get(0).version();

    assertThatThrownBy(() -> books.run(OpenBooks.partial(export)))
        .isInstanceOf(RejectedBillException.class)
        .hasMessage(
            "%s: version %s of 2026-10 is older than version %s in the books; sync the folder, or import it anyway with --accept-older"
                .formatted(file, export.version(), current));
  }

  @Test
  void anotherAccountsBillUnderTheSameName() throws IOException {
    Path file = new CurFile().hours(0, 1, "Usage", "payer=999").write(folder.resolve("other.csv"));

    assertThatThrownBy(() -> books.importFile(file))
        .hasMessage(
            file
                + ": is the bill of account 999, but aws is that of account 111122223333; give this"
                + " one a name of its own with --source");
  }

  @Test
  void anInvoiceThatSaysSomethingElse() throws IOException {
    Path file = good().hours(24, 25, "Usage", "unblended=0.004").write(folder.resolve("b.csv"));
    Export export = Export.of(List.of(file), Optional.empty());

    assertThatThrownBy(
            () ->
                books.run(
                    new ImportRequest(
                        "aws",
                        export,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new BigDecimal("2.41")),
                        true,
                        false,
                        false)))
        .hasMessage(
            file
                + ": the lines of 2026-10 add up to 2.40, but the invoice says 2.41; check that the"
                + " export has all accounts and is final");
  }

  @Test
  void aManifestWithoutItsFiles() throws IOException {
    Path manifest =
        Files.writeString(
            folder.resolve("report-Manifest.json"),
            """
            {"assemblyId":"a","reportKeys":["p/report/20261001-20261101/a/report-00001.csv.gz"],
             "billingPeriod":{"start":"20261001T000000.000Z","end":"20261101T000000.000Z"}}
            """);

    assertThatThrownBy(() -> ExportFolder.find(folder, Optional.empty(), Optional.empty()))
        .isInstanceOf(UnreadableExportException.class)
        .hasMessage(
            manifest
                + ": names p/report/20261001-20261101/a/report-00001.csv.gz, which is not there"
                + " whole; sync the folder again");
  }

  @Test
  void aManifestCannotNameFilesOutsideItsFolder() throws IOException {
    Path inside = Files.createDirectories(folder.resolve("bucket"));
    good().write(folder.resolve("secret.csv"));
    Files.writeString(
        inside.resolve("report-Manifest.json"),
        """
        {"assemblyId":"a","reportKeys":["../secret.csv"],"billingPeriod":{"start":"20261001T000000.000Z"}}
        """);

    assertThatThrownBy(() -> ExportFolder.find(inside, Optional.empty(), Optional.empty()))
        .hasMessageContaining("names ../secret.csv, which is not there whole");
  }

  @Test
  void aFolderWithoutManifest() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));

    assertThatThrownBy(
            () -> ExportFolder.find(empty, Optional.of(YearMonth.of(2026, 10)), Optional.empty()))
        .hasMessage(
            empty
                + ": has no manifest of 2026-10, so which of its files are one version is not"
                + " known; give a folder that has it, or name the files");
  }

  @Test
  void azureThatDoesNotSayWhichCostsItHas() {
    refused(
        "Date,CostInBillingCurrency,BillingCurrency,ChargeType,ResourceId,MeterCategory\n",
        ": the header does not tell whether these are Azure's actual or amortized costs; give"
            + " --format azure-actual or azure-amortized, or the folder with manifest.json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"cost\":1            | is no JSON object, or was cut; export JSON lines again",
        "{\"currency\":\"USD\"} | cost is missing; extract the detailed export with all columns",
        "{\"cost\":1,\"cost_type\":\"moon\"} | cost_type \"moon\" is not known; report it",
        "{\"cost\":1,\"credits\":[{\"type\":\"MOON\",\"amount\":-1}]} | credits.type \"MOON\" is"
            + " not known; report it, and import without it",
      })
  void googleLinesThatAreWrong(String line, String message) {
    refused(line + "\n", " line 1: " + message);
  }

  @Test
  void aJsonArray() {
    refused("[{}]", ": is one JSON array; export JSON lines, one object a line");
  }

  @Test
  void filesOfTwoFormats() throws IOException {
    Path cur = good().write(folder.resolve("a.csv"));
    Path json = Files.writeString(folder.resolve("b.json"), "{}");

    assertThatThrownBy(() -> books.importFile(cur, json))
        .hasMessage(json + ": is GOOGLE, but " + cur + " is AWS_CUR; import each bill by itself");
  }

  @Test
  void aFileThatChangesWhileItIsRead() throws IOException {
    Path file = good().hours(24, 25, "Usage", "unblended=1").write(folder.resolve("moving.csv"));
    Export export = Export.of(List.of(file), Optional.of(ExportFormat.AWS_CUR));
    Files.writeString(file, good().hours(24, 26, "Usage", "unblended=1").text());

    assertThatThrownBy(() -> books.run(OpenBooks.partial(export)))
        .hasMessage(
            file
                + ": changed while it was read, as exports that overwrite files do; import it"
                + " again");
  }
}
