package io.namespend.ledger.books;

import static io.namespend.ledger.bill.LineClass.CREDIT;
import static io.namespend.ledger.bill.LineClass.FEE;
import static io.namespend.ledger.bill.LineClass.RESOURCE;
import static io.namespend.ledger.bill.LineClass.SERVICE;
import static io.namespend.ledger.bill.LineClass.SHARED_SERVICE;
import static io.namespend.ledger.bill.LineClass.TAX;
import static io.namespend.ledger.bill.LineClass.UNUSED_COMMITMENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.namespend.ledger.bill.LineClass;
import io.namespend.ledger.price.EffectivePrices;
import io.namespend.ledger.rules.BillSettings.Commitments;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Months of AWS whose right figures a person can check: each figure is worked out beside it. */
class AwsMonthsTest {
  private static final String NODE = "resource=i-0aaa";
  private static final String EC2 = "service=AmazonEC2";
  private static final String BOX = "usage=EU-BoxUsage:m5.large";

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

  private String price(String resource) {
    return priceOf(resource, Commitments.AS_BILLED);
  }

  private String priceOf(String resource, Commitments commitments) {
    return new EffectivePrices(books.store(), commitments, 31)
        .bill()
        .lines()
        .filter(line -> line.startsWith(resource + ","))
        .findFirst()
        .orElse("no price");
  }

  /** 48 h x 0.10 on demand, spot for 20 minutes, a volume, traffic, a database with an owner. */
  @Test
  void onDemandAndSpot() throws IOException {
    books.importText(
        new CurFile()
            .hours(
                0, 48, "Usage", NODE, EC2, BOX, "amount=1", "unit=Hrs", "unblended=0.1", "list=0.1")
            .hours(
                3,
                4,
                "Usage",
                "resource=i-0bbb",
                EC2,
                "usage=EU-SpotUsage:m5.large",
                "amount=0.333333",
                "unit=Hrs",
                "unblended=0.0111",
                "list=0.0333")
            .hours(
                0,
                24,
                "Usage",
                "resource=vol-0ccc",
                EC2,
                "usage=EU-EBS:VolumeUsage.gp3",
                "amount=0.0134",
                "unit=GB-Mo",
                "unblended=0.001")
            .hours(
                0,
                24,
                "Usage",
                "resource=vol-0ccc",
                EC2,
                "usage=EU-EBS:VolumeP-IOPS.gp3",
                "amount=1",
                "unit=IOPS-Mo",
                "unblended=0.0005")
            .hours(
                0,
                1,
                "Usage",
                NODE,
                EC2,
                "usage=EU-DataTransfer-Out-Bytes",
                "amount=10",
                "unit=GB",
                "unblended=0.9")
            .hours(
                0,
                10,
                "Usage",
                "resource=arn:aws:rds:eu-west-1:1:db:orders",
                "service=AmazonRDS",
                "usage=EU-InstanceUsage:db.t3",
                "amount=1",
                "unit=Hrs",
                "unblended=0.2",
                "tags={\"user_team\":\"shop\"}")
            .text());

    // 4.8 + 0.0111 + 24 x 0.0015 = 4.8471; list has 0.0333 of spot instead.
    assertThat(books.of(RESOURCE)).isEqualTo("4.87 4.85 4.85 4.85");
    assertThat(books.of(SERVICE)).isEqualTo("2.00 2.00 2.00 2.00");
    assertThat(books.of(SHARED_SERVICE)).isEqualTo("0.90 0.90 0.90 0.90");
    assertThat(books.total()).isEqualTo("7.77 7.75 7.75 7.75");
    assertThat(price("i-0aaa")).isEqualTo("i-0aaa,0.1000000000,USD");
    assertThat(price("i-0bbb")).isEqualTo("i-0bbb,0.0333000333,USD");
    assertThat(price("vol-0ccc")).isEqualTo("vol-0ccc,0.0015000000,USD");
  }

  private static CurFile savingsPlan(String negation, String used) {
    String plan = "plan=arn:aws:savingsplans::1:savingsplan/p";
    return new CurFile()
        .hours(
            0,
            24,
            "SavingsPlanCoveredUsage",
            NODE,
            EC2,
            BOX,
            "amount=1",
            "unit=Hrs",
            "unblended=0.10",
            "list=0.10",
            "planCost=0.06",
            plan)
        .hours(0, 24, "SavingsPlanNegation", NODE, EC2, BOX, "unblended=" + negation, plan)
        .hours(
            24, 48, "Usage", NODE, EC2, BOX, "amount=1", "unit=Hrs", "unblended=0.10", "list=0.10")
        // 0.08 an hour, of which 0.05 is paid each hour, and the rest was paid in advance.
        .hours(
            0,
            24,
            "SavingsPlanRecurringFee",
            "service=ComputeSavingsPlans",
            "usage=ComputeSP",
            "unblended=0.05",
            "planTotal=0.08",
            "planUsed=" + used,
            plan)
        .line(
            "SavingsPlanUpfrontFee",
            "start=" + CurFile.at(0),
            "end=" + CurFile.at(744),
            "service=ComputeSavingsPlans",
            "usage=ComputeSP",
            "unblended=262.8",
            plan);
  }

  @Test
  void savingsPlanWithNegationUnusedPartAndUpfrontFee() throws IOException {
    books.importText(savingsPlan("-0.10", "0.06").text());

    // Used 24 x 0.06 = 1.44 and on demand 2.40; unused 24 x 0.02 = 0.48; paid 24 x 0.05 + 262.80.
    assertThat(books.of(RESOURCE)).isEqualTo("4.80 4.80 3.84 2.40");
    assertThat(books.of(UNUSED_COMMITMENT)).isEqualTo("0.00 0.00 0.48 264.00");
    assertThat(books.total()).isEqualTo("4.80 4.80 4.32 266.40");
    // (1.44 + 2.40) / 48 h
    assertThat(price("i-0aaa")).isEqualTo("i-0aaa,0.0800000000,USD");
  }

  @Test
  void refusesNegationsThatDoNotCancel() {
    assertThatExceptionOfType(RejectedBillException.class)
        .isThrownBy(() -> books.importText(savingsPlan("-0.09", "0.06").text()))
        .withMessageContaining(
            "on 2026-10-01 usage covered by savings plan arn:aws:savingsplans::1:savingsplan/p is"
                + " billed at 2.40, but its negation is -2.16");
    assertThat(books.store().current()).isEmpty();
  }

  @Test
  void refusesUseThatIsNotWhatThePlanSays() {
    assertThatExceptionOfType(RejectedBillException.class)
        .isThrownBy(() -> books.importText(savingsPlan("-0.10", "0.03").text()))
        .withMessageContaining("costs 1.92, but usage took 1.44 of it and 1.20 was not used");
    assertThat(books.store().current()).isEmpty();
  }

  /** Two machines, of which the plan covered one: together they cost what they cost. */
  @Test
  void blendedCommitmentsPreserveTheTotal() throws IOException {
    String plan = "plan=arn:sp";
    books.importText(
        new CurFile()
            .hours(
                0,
                24,
                "SavingsPlanCoveredUsage",
                NODE,
                EC2,
                BOX,
                "amount=1",
                "unit=Hrs",
                "unblended=0.10",
                "list=0.10",
                "planCost=0.06",
                plan)
            .hours(0, 24, "SavingsPlanNegation", NODE, EC2, BOX, "unblended=-0.10", plan)
            .hours(
                0,
                24,
                "Usage",
                "resource=i-0bbb",
                EC2,
                "usage=EU-BoxUsage:m5.xlarge",
                "amount=1",
                "unit=Hrs",
                "unblended=0.20",
                "list=0.20")
            .hours(
                0,
                24,
                "Usage",
                "resource=i-0ccc",
                EC2,
                "usage=EU-SpotUsage:m5.xlarge",
                "amount=1",
                "unit=Hrs",
                "unblended=0.05",
                "list=0.20")
            .text());

    // (0.06 + 0.20) / (0.10 + 0.20) of each list price; spot is not part of it.
    assertThat(priceOf("i-0aaa", Commitments.BLENDED)).isEqualTo("i-0aaa,0.0866666667,USD");
    assertThat(priceOf("i-0bbb", Commitments.BLENDED)).isEqualTo("i-0bbb,0.1733333333,USD");
    assertThat(priceOf("i-0ccc", Commitments.BLENDED)).isEqualTo("i-0ccc,0.0500000000,USD");
    assertThat(priceOf("i-0aaa", Commitments.AS_BILLED)).isEqualTo("i-0aaa,0.0600000000,USD");
  }

  /** All upfront: 0.06 an hour of it, for 744 hours, of which 24 were used; then no upfront. */
  @Test
  void reservationsAllAndNoUpfrontWithUnusedHours() throws IOException {
    String all = "reservation=arn:aws:ec2:eu-west-1:1:reserved-instances/all";
    String none = "reservation=arn:aws:ec2:eu-west-1:1:reserved-instances/none";
    books.importText(
        new CurFile()
            .hours(
                0,
                24,
                "DiscountedUsage",
                NODE,
                EC2,
                BOX,
                "amount=1",
                "unit=Hrs",
                "list=0.10",
                "reservationCost=0.06",
                all)
            .line(
                "RIFee",
                "start=" + CurFile.at(0),
                "end=" + CurFile.at(744),
                EC2,
                "usage=EU-HeavyUsage:m5.large",
                "unusedUpfront=43.2",
                "unusedRecurring=0",
                "reservedUpfront=44.64",
                all)
            .line(
                "Fee",
                "start=" + CurFile.at(0),
                "end=" + CurFile.at(1),
                EC2,
                "usage=EU-HeavyUsage:m5.large",
                "unblended=525.6",
                all)
            .hours(
                0,
                744,
                "DiscountedUsage",
                "resource=i-0bbb",
                EC2,
                BOX,
                "amount=1",
                "unit=Hrs",
                "list=0.10",
                "reservationCost=0.07",
                none)
            .line(
                "RIFee",
                "start=" + CurFile.at(0),
                "end=" + CurFile.at(744),
                EC2,
                "usage=EU-HeavyUsage:m5.large",
                "unblended=52.08",
                "unusedUpfront=0",
                "unusedRecurring=0",
                "reservedUpfront=0",
                none)
            .text());

    // 24 x 0.06 + 744 x 0.07 = 53.52; 720 x 0.06 = 43.20 not used; 525.60 + 744 x 0.07 paid.
    assertThat(books.of(RESOURCE)).isEqualTo("76.80 76.80 53.52 0.00");
    assertThat(books.of(UNUSED_COMMITMENT)).isEqualTo("0.00 0.00 43.20 577.68");
    assertThat(books.total()).isEqualTo("76.80 76.80 96.72 577.68");
    assertThat(price("i-0aaa")).isEqualTo("i-0aaa,0.0600000000,USD");
    assertThat(price("i-0bbb")).isEqualTo("i-0bbb,0.0700000000,USD");
  }

  @Test
  void refusesAReservationWhosePartsAreNotTheWhole() {
    String all = "reservation=arn:ri";
    CurFile bill =
        new CurFile()
            .hours(
                0,
                744,
                "DiscountedUsage",
                NODE,
                EC2,
                BOX,
                "amount=1",
                "unit=Hrs",
                "list=0.10",
                "reservationCost=0.06",
                all)
            .line(
                "RIFee",
                "start=" + CurFile.at(0),
                "end=" + CurFile.at(744),
                EC2,
                "usage=EU-HeavyUsage:m5.large",
                "unusedUpfront=0",
                "unusedRecurring=0",
                "reservedUpfront=50",
                all);

    assertThatExceptionOfType(RejectedBillException.class)
        .isThrownBy(() -> books.importText(bill.text()))
        .withMessageContaining(
            "commitment arn:ri costs 50.00, but usage took 44.64 of it and 0.00");
  }

  /** EDP of 10 % as lines by product: what is left to pay is the price. */
  @Test
  void enterpriseDiscountAsLines() throws IOException {
    books.importText(
        new CurFile()
            .hours(
                0,
                24,
                "Usage",
                NODE,
                EC2,
                BOX,
                "amount=1",
                "unit=Hrs",
                "unblended=0.10",
                "list=0.10")
            .line(
                "EdpDiscount",
                "start=" + CurFile.at(0),
                "end=" + CurFile.at(744),
                EC2,
                "usage=",
                "unblended=-0.24")
            .text());

    assertThat(books.of(RESOURCE)).isEqualTo("2.40 2.40 2.40 2.40");
    assertThat(books.of(CREDIT)).isEqualTo("0.00 -0.24 -0.24 -0.24");
    assertThat(books.total()).isEqualTo("2.40 2.16 2.16 2.16");
    assertThat(price("i-0aaa")).isEqualTo("i-0aaa,0.0900000000,USD");
  }

  private static CurFile netColumns(String discount) {
    return new CurFile()
        .hours(
            0,
            24,
            "Usage",
            NODE,
            EC2,
            BOX,
            "amount=1",
            "unit=Hrs",
            "unblended=0.10",
            "net=0.09",
            "list=0.10")
        .line(
            "EdpDiscount",
            "start=" + CurFile.at(0),
            "end=" + CurFile.at(744),
            EC2,
            "usage=",
            "unblended=" + discount,
            "net=0");
  }

  @Test
  void enterpriseDiscountInNetColumnsCountsOnce() throws IOException {
    books.importText(netColumns("-0.24").text());

    assertThat(books.of(RESOURCE)).isEqualTo("2.40 2.16 2.16 2.16");
    assertThat(books.of(CREDIT)).isEqualTo("0.00 0.00 0.00 0.00");
    assertThat(books.total()).isEqualTo("2.40 2.16 2.16 2.16");
    assertThat(price("i-0aaa")).isEqualTo("i-0aaa,0.0900000000,USD");
  }

  @Test
  void refusesDiscountLinesThatTheNetColumnsDoNotHave() {
    assertThatExceptionOfType(RejectedBillException.class)
        .isThrownBy(() -> books.importText(netColumns("-0.60").text()))
        .withMessageContaining("discount lines and net columns differ by -0.36");
  }

  @Test
  void creditsTaxSupportAndARefund() throws IOException {
    books.importText(
        new CurFile()
            .hours(0, 24, "Usage", NODE, EC2, BOX, "amount=1", "unit=Hrs", "unblended=0.10")
            .line(
                "Credit",
                "start=" + CurFile.at(0),
                "end=" + CurFile.at(744),
                EC2,
                "usage=",
                "unblended=-0.4")
            .line(
                "Refund",
                "start=" + CurFile.at(0),
                "end=" + CurFile.at(744),
                EC2,
                "usage=",
                "unblended=-0.005")
            .line(
                "Tax",
                "start=" + CurFile.at(0),
                "end=" + CurFile.at(744),
                EC2,
                "usage=",
                "unblended=0.456")
            .line(
                "Fee",
                "start=" + CurFile.at(0),
                "end=" + CurFile.at(744),
                "service=OCBPremiumSupport",
                "usage=Dollar",
                "unblended=100")
            .hours(0, 1, "Usage", "service=AWSSupportBusiness", "usage=Dollar", "unblended=10")
            .text());

    assertThat(books.of(TAX)).isEqualTo("0.46 0.46 0.46 0.46");
    assertThat(books.of(CREDIT)).isEqualTo("-0.41 -0.41 -0.41 -0.41");
    assertThat(books.of(FEE)).isEqualTo("110.00 110.00 110.00 110.00");
    // 2.40 - 0.405 + 0.456 + 110 = 112.451; the cents of the classes add up to it.
    assertThat(books.total()).isEqualTo("112.45 112.45 112.45 112.45");
    assertThat(
            java.util.Arrays.stream(LineClass.values())
                .map(lineClass -> books.bridge().of(lineClass).get(3))
                .reduce(java.math.BigDecimal.ZERO, java.math.BigDecimal::add))
        .isEqualByComparingTo("112.45");
  }

  /** AWS' published example: a machine of $1 an hour, split by its four pods. */
  @Test
  void splitRowsAreNeverAdded() throws IOException {
    CurFile bill =
        new CurFile()
            .hours(0, 1, "Usage", NODE, EC2, BOX, "amount=1", "unit=Hrs", "unblended=1", "list=1");
    for (String pod : new String[] {"0.218210", "0.383830", "0.179749", "0.179749", "0.038462"}) {
      bill.hours(
          0,
          1,
          "Usage",
          "resource=arn:aws:eks:eu-west-1:1:pod/c/ns/p/u",
          EC2,
          "usage=EU-EKS-EC2-vCPU-Hours",
          "unblended=",
          "parent=i-0aaa",
          "splitCost=" + pod);
    }

    ImportResult result = books.importText(bill.text());

    assertThat(result.splitLines()).isEqualTo(5);
    assertThat(books.total()).isEqualTo("1.00 1.00 1.00 1.00");
  }

  /** A day's line has its machine's hours as quantity, which is what it is priced by. */
  @Test
  void dailyGranularity() throws IOException {
    books.importText(
        new CurFile()
            .line(
                "Usage",
                "start=" + CurFile.at(0),
                "end=" + CurFile.at(24),
                NODE,
                EC2,
                BOX,
                "amount=7.5",
                "unit=Hrs",
                "unblended=0.75")
            .line(
                "Usage",
                "start=" + CurFile.at(0),
                "end=" + CurFile.at(24),
                "resource=vol-0ccc",
                EC2,
                "usage=EU-EBS:VolumeUsage.gp3",
                "amount=0.3",
                "unit=GB-Mo",
                "unblended=0.024")
            .text());

    assertThat(price("i-0aaa")).isEqualTo("i-0aaa,0.1000000000,USD");
    assertThat(price("vol-0ccc")).isEqualTo("vol-0ccc,0.0010000000,USD");
  }

  @Test
  void monthlyGranularity() throws IOException {
    ImportResult result =
        books.importText(
            new CurFile()
                .line(
                    "Usage",
                    "start=" + CurFile.at(0),
                    "end=" + CurFile.at(744),
                    NODE,
                    EC2,
                    BOX,
                    "amount=744",
                    "unit=Hrs",
                    "unblended=74.4")
                .line(
                    "Usage",
                    "start=" + CurFile.at(0),
                    "end=" + CurFile.at(744),
                    "resource=vol-0ccc",
                    EC2,
                    "usage=EU-EBS:VolumeUsage.gp3",
                    "amount=9",
                    "unit=GB-Mo",
                    "unblended=0.744")
                .text());

    assertThat(result.version().until()).isEqualTo(LocalDate.of(2026, 10, 31));
    assertThat(price("i-0aaa")).isEqualTo("i-0aaa,0.1000000000,USD");
    assertThat(price("vol-0ccc")).isEqualTo("vol-0ccc,0.0010000000,USD");
  }

  /** A machine that was resized has the hours of both sizes, and those of its options once. */
  @Test
  void resizedMachine() throws IOException {
    books.importText(
        new CurFile()
            .hours(
                0,
                10,
                "Usage",
                NODE,
                EC2,
                "usage=BoxUsage:m5.large",
                "amount=1",
                "unit=Hrs",
                "unblended=0.1")
            .hours(
                10,
                24,
                "Usage",
                NODE,
                EC2,
                "usage=BoxUsage:m5.xlarge",
                "amount=1",
                "unit=Hrs",
                "unblended=0.2")
            .hours(
                0,
                24,
                "Usage",
                NODE,
                EC2,
                "usage=EBSOptimized:m5.large",
                "amount=1",
                "unit=Hrs",
                "unblended=0.01")
            .text());

    // (1 + 2.8 + 0.24) / 24
    assertThat(price("i-0aaa")).isEqualTo("i-0aaa,0.1683333333,USD");
  }

  /** Legacy reports have the same lines under other names, in another order. */
  @Test
  void legacyNamesAndAnyOrderGiveTheSame() throws IOException {
    books.importText(savingsPlan("-0.10", "0.06").legacyText());

    assertThat(books.total()).isEqualTo("4.80 4.80 4.32 266.40");
    assertThat(price("i-0aaa")).isEqualTo("i-0aaa,0.0800000000,USD");
  }

  @Test
  void legacyTagsAreColumns() throws IOException {
    books.importText(
        new CurFile()
            .hours(
                0,
                1,
                "Usage",
                "resource=arn:aws:lambda:eu-west-1:1:function:f",
                "service=AWSLambda",
                "usage=EU-Request",
                "unblended=1",
                "resourceTags/user:team=shop")
            .hours(
                0,
                1,
                "Usage",
                "resource=arn:aws:lambda:eu-west-1:1:function:g",
                "service=AWSLambda",
                "usage=EU-Request",
                "unblended=2",
                "resource_tags_user_cost_center=cc-7")
            .hours(
                0,
                1,
                "Usage",
                "resource=arn:aws:lambda:eu-west-1:1:function:h",
                "service=AWSLambda",
                "usage=EU-Request",
                "unblended=4")
            .text());

    assertThat(books.of(SERVICE)).startsWith("3.00");
    assertThat(books.of(SHARED_SERVICE)).startsWith("4.00");
  }
}
