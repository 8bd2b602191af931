package io.namespend.ledger.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.namespend.ledger.bill.LineClass;
import io.namespend.ledger.export.Export;
import io.namespend.ledger.export.ExportFolder;
import io.namespend.ledger.store.BillStore;
import io.namespend.ledger.store.Staging;
import io.namespend.ledger.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A month is replaced as a whole, or not at all. */
class VersionsTest {
  @TempDir private Path folder;
  private OpenBooks books;

  @BeforeEach
  void open() {
    books = new OpenBooks(folder);
  }

  @AfterEach
  void close() {
    books.close();
  }

  private static CurFile month(int hours, String invoice) {
    return new CurFile()
        .hours(
            0,
            hours,
            "Usage",
            "resource=i-0aaa",
            "service=AmazonEC2",
            "usage=BoxUsage:m5.large",
            "amount=1",
            "unit=Hrs",
            "unblended=0.1",
            "invoice=" + invoice);
  }

  private Path legacy(String assembly, String delivered, String content) throws IOException {
    Path period = folder.resolve("bucket/report/20261001-20261101");
    Path files = Files.createDirectories(period.resolve(assembly));
    Files.write(files.resolve("report-00001.csv.gz"), CurFile.gzip(content));
    Path manifest = files.resolve("report-Manifest.json");
    Files.writeString(
        manifest,
        """
        {"assemblyId":"%s","compression":"GZIP","reportKeys":["prefix/report/20261001-20261101/%s/report-00001.csv.gz"],
         "billingPeriod":{"start":"20261001T000000.000Z","end":"20261101T000000.000Z"}}
        """
            .formatted(assembly, assembly));
    Files.setLastModifiedTime(manifest, FileTime.from(Instant.parse(delivered)));
    return files;
  }

  private List<Export> exports() {
    return ExportFolder.find(folder.resolve("bucket"), Optional.empty(), Optional.empty());
  }

  @Test
  void aFinalVersionReplacesAPartialOne() throws IOException {
    legacy("v1", "2026-10-02T00:00:00Z", month(24, "").text());
    ImportResult partial = books.run(OpenBooks.partial(exports().get(0)));

    legacy("v2", "2026-11-05T00:00:00Z", month(744, "inv-1").text());
    ImportResult whole = books.run(ImportRequest.of("aws", exports().get(0)));

    assertThat(partial.version().isInvoiced()).isFalse();
    assertThat(partial.version().until()).isEqualTo(LocalDate.of(2026, 10, 1));
    assertThat(whole.version().version()).isEqualTo("v2");
    assertThat(whole.version().isInvoiced()).isTrue();
    assertThat(books.total()).isEqualTo("74.40 74.40 74.40 74.40");
    // What the statement booked before stays known.
    assertThat(books.store().totals(books.store().previous(whole.version()).orElseThrow()))
        .containsOnlyKeys(LineClass.RESOURCE);
  }

  @Test
  void anUnchangedVersionIsNotReadAgain() throws IOException {
    Path files = legacy("v1", "2026-10-02T00:00:00Z", month(24, "").text());
    ImportResult first = books.run(OpenBooks.partial(exports().get(0)));
    // Whoever reads it now would fail.
    FileTime time = Files.getLastModifiedTime(files.resolve("report-00001.csv.gz"));
    long size = Files.size(files.resolve("report-00001.csv.gz"));
    Files.write(files.resolve("report-00001.csv.gz"), new byte[(int) size]);
    Files.setLastModifiedTime(files.resolve("report-00001.csv.gz"), time);

    ImportResult second =
        books.run(
            OpenBooks.partial(
                ExportFolder.find(
                        folder.resolve("bucket"),
                        Optional.empty(),
                        Optional.of(io.namespend.ledger.export.ExportFormat.AWS_CUR))
                    .get(0)));

    assertThat(second.isUnchanged()).isTrue();
    assertThat(second.version()).isEqualTo(first.version());
  }

  @Test
  void otherRulesReadItAgain() throws IOException {
    Path file = month(24, "").write(folder.resolve("a.csv"));
    books.importFile(file);
    books.close();

    books = new OpenBooks(folder, "rules: [{account: '*', class: outside-scope}]");
    ImportResult again = books.importFile(file);

    assertThat(again.isUnchanged()).isFalse();
    assertThat(books.of(LineClass.OUTSIDE_SCOPE)).isEqualTo("2.40 2.40 2.40 2.40");
  }

  /** Chunks that no manifest names are of an older run. */
  @Test
  void orphanChunksAreIgnored() throws IOException {
    Path files = legacy("v1", "2026-10-02T00:00:00Z", month(24, "").text());
    Files.write(files.resolve("report-00002.csv.gz"), CurFile.gzip(month(24, "").text()));

    books.run(OpenBooks.partial(exports().get(0)));

    assertThat(books.total()).isEqualTo("2.40 2.40 2.40 2.40");
  }

  /** The newest one is on its way: its manifest is there before its files. */
  @Test
  void theNewestWholeVersionCounts() throws IOException {
    legacy("v1", "2026-10-02T00:00:00Z", month(24, "").text());
    Files.delete(
        legacy("v2", "2026-10-03T00:00:00Z", month(48, "").text()).resolve("report-00001.csv.gz"));

    assertThat(exports()).singleElement().extracting(Export::version).isEqualTo("v1");
  }

  @Test
  void dataExportsHaveTheirMonthInThePath() throws IOException {
    Path root = folder.resolve("bucket");
    Path data = Files.createDirectories(root.resolve("export/data/BILLING_PERIOD=2026-10/x-1"));
    Path metadata =
        Files.createDirectories(root.resolve("export/metadata/BILLING_PERIOD=2026-10/x-1"));
    month(24, "").write(data.resolve("export-00001.csv"));
    Files.writeString(
        metadata.resolve("export-Manifest.json"),
        """
        {"executionId":"x-1","exportArn":"arn","dataFiles":["s3://bucket/prefix/export/data/BILLING_PERIOD=2026-10/x-1/export-00001.csv"]}
        """);

    books.run(OpenBooks.partial(exports().get(0)));

    assertThat(books.store().current().get(0).version()).isEqualTo("x-1");
    assertThat(books.total()).startsWith("2.40");
  }

  private Export azure(String type, int rows, long bytes) throws IOException {
    Path run = Files.createDirectories(folder.resolve("bucket/export/20261001-20261031/run-1"));
    String text =
        """
        Date,CostInBillingCurrency,BillingCurrency,ChargeType,ResourceId,MeterCategory
        10/31/2026,1.5,USD,Usage,/subscriptions/s/x,Storage
        """;
    Files.writeString(run.resolve("part_0_0001.csv"), text);
    Files.writeString(
        run.resolve("manifest.json"),
        """
        {"blobs":[{"blobName":"dir/export/20261001-20261031/run-1/part_0_0001.csv","byteCount":%d,"dataRowCount":%d}],
         "exportConfig":{"type":"%s"},"runInfo":{"runId":"run-1","startDate":"2026-10-01T00:00:00"}}
        """
            .formatted(bytes < 0 ? text.length() : bytes, rows, type));
    return exports().get(0);
  }

  @Test
  void azuresManifestSaysWhichCostsAndHowManyLines() throws IOException {
    books.run(ImportRequest.of("azure", azure("AmortizedCost", 1, -1)));
    assertThat(books.store().current().get(0).format()).isEqualTo("AZURE_AMORTIZED");

    Export cut = azure("ActualCost", 2, -1);
    assertThatThrownBy(() -> books.run(ImportRequest.of("azure", cut)))
        .hasMessageContaining(
            "has 1 lines with the other files of its version, but the manifest counts 2");
    assertThatThrownBy(() -> azure("ActualCost", 1, 7)).hasMessageContaining("not there whole");
  }

  @Test
  void eachMonthOfAFolderIsAnExport() throws IOException {
    legacy("v1", "2026-10-02T00:00:00Z", month(24, "").text());
    Path other = Files.createDirectories(folder.resolve("bucket/report/20260901-20261001/s1"));
    new CurFile().hours(0, 1, "Usage", "month=2026-09-01").write(other.resolve("r-1.csv"));
    Files.writeString(
        other.resolve("r-Manifest.json"),
        """
        {"assemblyId":"s1","reportKeys":["r-1.csv"],"billingPeriod":{"start":"20260901T000000.000Z"}}
        """);

    assertThat(exports()).extracting(Export::version).containsExactly("s1", "v1");
  }

  /** As after a crash: the process ends between two steps. */
  @Test
  void anInterruptedImportLeavesTheLastGoodVersion() throws IOException {
    books.importText(month(24, "").text());
    Path file = month(48, "").write(folder.resolve("next.csv"));
    Progress dies =
        new Progress() {
          @Override
          public void begin(long bytes) {}

          @Override
          public void advance(String name, long bytes, long lines) {
            throw new IllegalStateException("killed");
          }
        };

    assertThatThrownBy(
            () ->
                new BillImport(books.store(), books.settings(), OpenBooks.CLOCK)
                    .run(
                        OpenBooks.partial(
                            Export.of(
                                List.of(file),
                                Optional.of(io.namespend.ledger.export.ExportFormat.AWS_CUR))),
                        dies))
        .hasMessage("killed");

    assertThat(books.total()).startsWith("2.40");
    books.importFile(file);
    assertThat(books.total()).startsWith("4.80");
  }

  @Test
  void twoImportsAtOnceAreOneTooMany() {
    try (Staging first = books.store().stage();
        BillStore second = BillStore.open(folder.resolve("ledger.db"))) {
      assertThatThrownBy(second::stage)
          .isInstanceOf(StoreException.class)
          .hasMessageEndingWith("another import is running; wait until it has ended");
      assertThat(first.totals()).isEmpty();
    }
  }

  @Test
  void linesOfOtherMonthsAreLeftOutWhereAMonthIsAsked() throws IOException {
    Path file =
        month(24, "")
            .line("Usage", "start=2026-09-30", "end=2026-10-01", "month=2026-09-01", "unblended=7")
            .write(folder.resolve("two.csv"));
    ImportResult result =
        books.run(
            new ImportRequest(
                "aws",
                Export.of(List.of(file), Optional.empty()),
                Optional.empty(),
                Optional.of(java.time.YearMonth.of(2026, 10)),
                Optional.empty(),
                true,
                false,
                false));

    assertThat(result.otherMonths()).isEqualTo(1);
    assertThat(books.total()).startsWith("2.40");
  }
}
