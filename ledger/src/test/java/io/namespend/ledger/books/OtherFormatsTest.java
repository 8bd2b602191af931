package io.namespend.ledger.books;

import static io.namespend.ledger.bill.LineClass.CREDIT;
import static io.namespend.ledger.bill.LineClass.FEE;
import static io.namespend.ledger.bill.LineClass.RESOURCE;
import static io.namespend.ledger.bill.LineClass.SHARED_SERVICE;
import static io.namespend.ledger.bill.LineClass.TAX;
import static io.namespend.ledger.bill.LineClass.UNUSED_COMMITMENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.ledger.export.Export;
import io.namespend.ledger.export.ExportFormat;
import io.namespend.ledger.price.EffectivePrices;
import io.namespend.ledger.rules.BillSettings.Commitments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Months of FOCUS, Azure and Google whose right figures a person can check. */
class OtherFormatsTest {
  private static final String SCALE_SET =
      "/subscriptions/s/resourceGroups/MC_rg_c/providers/Microsoft.Compute/virtualMachineScaleSets/aks-np-1-vmss";

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

  private String prices() {
    return new EffectivePrices(books.store(), Commitments.AS_BILLED, 31).bill();
  }

  private static ImportRequest request(Export export, Optional<Export> amortized) {
    return new ImportRequest(
        "azure", export, amortized, Optional.empty(), Optional.empty(), true, false, false);
  }

  /** Dates, nulls and tags as the providers' files have them. */
  @Test
  void focusWithACommitmentTaxAndCredit() throws IOException {
    books.importText(
        """
        ChargeCategory,BilledCost,EffectiveCost,ListCost,ContractedCost,ChargePeriodStart,ChargePeriodEnd,BillingPeriodStart,BillingCurrency,ServiceName,ResourceId,CommitmentDiscountId,CommitmentDiscountStatus,CommitmentDiscountCategory,ConsumedQuantity,ConsumedUnit,PricingCategory,Tags,x_Unknown
        Usage,0.00,0.60,1.00,0.90,2026-10-01T00:00:00Z,2026-10-01T10:00:00Z,2026-10-01T00:00:00Z,USD,Amazon Elastic Compute Cloud,arn:aws:ec2:eu-west-1:1:instance/i-0aaa,arn:sp,Used,Spend,10,Hours,Committed,{},1
        Usage,0.00,0.15,NULL,\\N,2026-10-01 00:00:00,2026-10-01 10:00:00,2026-10-01 00:00:00,USD,Amazon Elastic Compute Cloud,arn:sp,arn:sp,Unused,Spend,,,Committed,,1
        Purchase,0.75,0.00,0.75,0.75,2026-10-01 00:00:00 UTC,2026-10-01 10:00:00 UTC,2026-10-01 00:00:00 UTC,USD,Savings Plans,arn:sp,arn:sp,,Spend,,,Standard,,1
        Usage,2.00,2.00,2.00,2.00,2026-10-01T00:00:00Z,2026-10-01T01:00:00Z,2026-10-01T00:00:00Z,USD,Amazon NAT,nat-1,,,,,,Standard,"{""env"":null}",1
        Tax,0.30,0.30,0.30,0.30,2026-10-01,2026-11-01,2026-10-01,USD,Tax,,,,,,,,,1
        Credit,-0.10,-0.10,0,0,2026-10-01,2026-11-01,2026-10-01,USD,Credit,,,,,,,,,1
        Purchase,5,5,5,5,2026-10-01,2026-11-01,2026-10-01,USD,Support,,,,,,,,,1
        """);

    assertThat(books.of(RESOURCE)).isEqualTo("1.00 0.90 0.60 0.00");
    assertThat(books.of(UNUSED_COMMITMENT)).isEqualTo("0.00 0.00 0.15 0.75");
    assertThat(books.of(SHARED_SERVICE)).isEqualTo("2.00 2.00 2.00 2.00");
    assertThat(books.of(TAX)).isEqualTo("0.30 0.30 0.30 0.30");
    assertThat(books.of(CREDIT)).isEqualTo("-0.10 -0.10 -0.10 -0.10");
    assertThat(books.of(FEE)).isEqualTo("5.00 5.00 5.00 5.00");
    assertThat(books.total()).isEqualTo("8.20 8.10 7.95 7.95");
    assertThat(prices().lines())
        .containsExactly("resource_id,hourly,currency", "i-0aaa,0.0600000000,USD");
  }

  private static String allocated(String... rows) {
    return "ChargeCategory,BilledCost,EffectiveCost,ChargePeriodStart,ChargePeriodEnd,BillingPeriodStart,BillingCurrency,ServiceName,ResourceId,AllocatedMethodId,AllocatedResourceId\n"
        + String.join("\n", rows)
        + "\n";
  }

  private static String part(String cost, String method, String to) {
    return "Usage,%s,%s,2026-10-01T00:00:00Z,2026-10-01T01:00:00Z,2026-10-01,USD,EC2,i-0aaa,%s,%s"
        .formatted(cost, cost, method, to);
  }

  /** FOCUS 1.3: what is split comes instead of the whole, or beside it. */
  @Test
  void allocatedPartsOrTheirOriginCountButNeverBoth() throws IOException {
    String[] parts = {
      part("0.7", "split", "pod-a"), part("0.2", "split", "pod-b"), part("0.1", "split", "")
    };

    books.importText(allocated(parts));
    assertThat(books.total()).isEqualTo("1.00 1.00 1.00 1.00");

    ImportResult both =
        books.importText(allocated(parts[0], parts[1], parts[2], part("1.0", "", "")));
    assertThat(both.doubledParts()).isEqualTo(3);
    assertThat(books.total()).isEqualTo("1.00 1.00 1.00 1.00");

    books.importText(allocated(part("1.0", "", "")));
    assertThat(books.total()).isEqualTo("1.00 1.00 1.00 1.00");
  }

  private static String azure(String... rows) {
    return "Date,costInBillingCurrency,billingCurrency,ChargeType,PricingModel,ResourceId,MeterCategory,MeterSubCategory,MeterName,Quantity,UnitOfMeasure,PayGPrice,UnitPrice,ReservationId,AdditionalInfo,Tags\n"
        + String.join("\n", rows)
        + "\n";
  }

  /**
   * Three instances for a day, one for another half: 84 hours; a reservation pays for 24 of them.
   */
  @Test
  void azureScaleSetOverADayActualAndAmortized() throws IOException {
    String vm =
        ",EUR,Usage,%s,"
            + SCALE_SET
            + ",Virtual Machines,Dv3,D2 v3,%s,1 Hour,0.10,0.09,%s,"
            + "\"{\"\"ServiceType\"\":\"\"Standard_D2_v3\"\"}\",\"\"\"team\"\": \"\"shop\"\"\"";
    Path actual =
        Files.writeString(
            folder.resolve("actual.csv"),
            azure(
                "10/01/2026,5.40" + vm.formatted("OnDemand", "60", ""),
                "10/01/2026,0" + vm.formatted("Reservation", "24", "r-1"),
                "10/01/2026,30,EUR,Purchase,Reservation,,Virtual Machines,Reservation,D2"
                    + " v3,1,1,,,r-1,,"));
    Path amortized =
        Files.writeString(
            folder.resolve("amortized.csv"),
            azure(
                "10/01/2026,5.40" + vm.formatted("OnDemand", "60", ""),
                "10/01/2026,0.96" + vm.formatted("Reservation", "24", "r-1"),
                "10/01/2026,0.04,EUR,UnusedReservation,Reservation,r-1,Virtual Machines,Dv3,D2"
                    + " v3,1,1 Hour,,,r-1,,"));

    books.run(
        request(
            Export.of(List.of(actual), Optional.of(ExportFormat.AZURE_ACTUAL)),
            Optional.of(Export.of(List.of(amortized), Optional.of(ExportFormat.AZURE_AMORTIZED)))));

    // 84 x 0.10, 84 x 0.09, 5.40 + 0.96, 5.40; the reservation is paid with 30 and 0.04 of it
    // unused.
    assertThat(books.of(RESOURCE)).isEqualTo("8.40 7.56 6.36 5.40");
    assertThat(books.of(UNUSED_COMMITMENT)).isEqualTo("0.00 0.00 0.04 30.00");
    assertThat(books.total()).isEqualTo("8.40 7.56 6.40 35.40");
    // 6.36 over 84 hours of instances.
    assertThat(prices()).contains(SCALE_SET + ",0.0757142857,EUR");
  }

  /**
   * Azure spells an id differently from day to day, and the exporter adds up one resource's lines.
   */
  @Test
  void spellingsOfOneResourceAreOnePrice() throws IOException {
    String line = ",2.4,USD,Usage,OnDemand,%s,Virtual Machines,Dv3,D2 v3,24,1 Hour,,,,,";
    Path file =
        Files.writeString(
            folder.resolve("actual.csv"),
            azure(
                "2026-10-01" + line.formatted(SCALE_SET),
                "2026-10-02" + line.formatted(SCALE_SET.toUpperCase(java.util.Locale.ROOT))));

    books.run(
        request(
            Export.of(List.of(file), Optional.of(ExportFormat.AZURE_ACTUAL)), Optional.empty()));

    assertThat(prices().lines())
        .hasSize(2)
        .last(org.assertj.core.api.InstanceOfAssertFactories.STRING)
        .endsWithIgnoringCase("-vmss,0.1000000000,USD");
  }

  @Test
  void azurePricesAreForBlocksAndQuantitiesAreNot() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("actual.csv"),
            azure(
                "2026-10-01,2.4,USD,Usage,OnDemand,"
                    + SCALE_SET
                    + ",Virtual Machines,Dv3,D2 v3,24,100 Hours,11,10,,,"));

    books.run(
        request(
            Export.of(List.of(file), Optional.of(ExportFormat.AZURE_ACTUAL)), Optional.empty()));

    assertThat(books.of(RESOURCE)).isEqualTo("2.64 2.40 2.40 2.40");
    assertThat(prices()).contains(SCALE_SET + ",0.1000000000,USD");
  }

  private static String google(String sku, String cost, String credits, String more) {
    return """
    {"billing_account_id":"B","service":{"id":"6F81","description":"Compute Engine"},"sku":{"id":"S","description":"%s"},"usage_start_time":"2026-10-01 05:00:00 UTC","usage_end_time":"2026-10-01T06:00:00Z","project":{"id":"p","number":"1"},"labels":[{"key":"team","value":"shop"}],"system_labels":[{"key":"compute.googleapis.com/machine_spec","value":"n2-standard-4"},{"key":"compute.googleapis.com/cores","value":"4"}],"location":{"location":"europe-west1-b","region":"europe-west1"},"cost":%s,"currency":"USD","credits":[%s],"invoice":{"month":"202610"}%s}
    """
        .formatted(sku, cost, credits, more);
  }

  private static String instance(String usage) {
    return ",\"cost_type\":\"regular\",\"resource\":{\"name\":\"gke-n-1\",\"global_name\":\"//compute.googleapis.com/projects/1/zones/europe-west1-b/instances/42\"}"
        + usage;
  }

  /** A machine of four cores for 20 minutes, with a sustained use discount and a promotion. */
  @Test
  void googleCreditsAreInsideTheLines() throws IOException {
    Path file =
        Files.write(
            folder.resolve("bill.json.gz"),
            CurFile.gzip(
                google(
                        "N2 Instance Core running in EMEA",
                        "0.06",
                        "{\"name\":\"SUD\",\"type\":\"SUSTAINED_USAGE_DISCOUNT\",\"amount\":-0.01},{\"name\":\"Gift\",\"type\":\"PROMOTION\",\"amount\":-0.02}",
                        instance(
                            ",\"cost_at_list\":0.07,\"usage\":{\"amount\":4800,\"unit\":\"seconds\"}"))
                    + google(
                        "N2 Instance Ram running in EMEA",
                        "0.02",
                        "",
                        instance(",\"usage\":{\"amount\":1e12,\"unit\":\"byte-seconds\"}"))
                    + google(
                        "N2 Instance Ram running in EMEA",
                        "1.1e-1",
                        "{\"type\":\"COMMITTED_USAGE_DISCOUNT\",\"amount\":-0.11}",
                        instance(""))
                    + google(
                        "Commitment v1: N2 Ram",
                        "0.05",
                        "",
                        ",\"cost_type\":\"regular\",\"resource\":{}")
                    + google("Tax", "0.03", "", ",\"cost_type\":\"tax\"")
                    + "\n"));

    books.importFile(file);

    // list 0.07 + 0.02 + 0.11; contracted 0.05 + 0.02 + 0.11; the committed use takes 0.11.
    assertThat(books.of(RESOURCE)).isEqualTo("0.20 0.18 0.07 0.07");
    assertThat(books.of(CREDIT)).isEqualTo("-0.02 -0.02 -0.02 -0.02");
    assertThat(books.of(UNUSED_COMMITMENT)).isEqualTo("0.05 0.05 0.05 0.05");
    assertThat(books.of(TAX)).isEqualTo("0.03 0.03 0.03 0.03");
    // 0.07 over 4,800 core seconds / 4 cores = 1/3 hour
    assertThat(prices())
        .contains(
            "//compute.googleapis.com/projects/1/zones/europe-west1-b/instances/gke-n-1,0.2100000");
  }

  /** One hour's memory in three rows, one for each namespace, is one hour. */
  @Test
  void rowsOfNamespacesAreOfTheSameHours() throws IOException {
    String ram = google("N2 Instance Ram running in EMEA", "0.02", "", instance(""));
    books.importFile(Files.writeString(folder.resolve("bill.json"), ram + ram + ram));

    assertThat(prices()).contains("instances/gke-n-1,0.0600000000,USD");
  }
}
