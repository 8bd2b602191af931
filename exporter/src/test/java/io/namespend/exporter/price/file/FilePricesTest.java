package io.namespend.exporter.price.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.namespend.exporter.cluster.ClusterPlace;
import io.namespend.exporter.cluster.balancer.LoadBalancer;
import io.namespend.exporter.cluster.node.Distribution;
import io.namespend.exporter.cluster.node.Provider;
import io.namespend.exporter.cluster.volume.Volume;
import io.namespend.exporter.price.EgressKind;
import io.namespend.exporter.price.Nodes;
import io.namespend.exporter.price.PriceBasis;
import io.namespend.exporter.price.PriceSource;
import io.namespend.exporter.price.currency.ExchangeRate;
import io.namespend.exporter.price.currency.RatesInForce;
import io.namespend.foundation.settings.InvalidSettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePricesTest {
  private static final ClusterPlace HOME =
      new ClusterPlace(Provider.OTHER, "berlin", Distribution.OTHER);

  @TempDir private Path folder;

  @Test
  void pricesNodesByTheFirstLineOfACsvSheetThatMatches() throws IOException, InterruptedException {
    SheetPrices sheet =
        sheet(
            "prices.csv",
            """
            # negotiated 2026
            kind,node,selector,instance_type,capacity_type,region,price,per,currency
            node,gpu-*,,,,,730,month,USD
            node,,"pool=batch,!gone",,,,0.5,hour,
            node,,,m5.*,on-demand,eu-*,0.2,hour,USD
            control-plane,,,,,,73,month,USD
            egress-internet,,,,,berlin,0.03,gib,USD
            """);

    assertThat(sheet.node(Nodes.labelled("gpu-7", Map.of())).orElseThrow().amount())
        .isCloseTo(1.0, offset(1e-12));
    assertThat(sheet.node(Nodes.labelled("w1", Map.of("pool", "batch"))).orElseThrow().amount())
        .isEqualTo(0.5);
    assertThat(sheet.node(Nodes.labelled("w1", Map.of("pool", "batch", "gone", "")))).isEmpty();
    assertThat(sheet.node(Nodes.aws("m5.xlarge", "eu-west-1")).orElseThrow().amount())
        .isEqualTo(0.2);
    assertThat(sheet.node(Nodes.spot("m5.xlarge", "eu-west-1a"))).isEmpty();
    assertThat(sheet.labelKeys()).containsExactlyInAnyOrder("pool", "gone");
    assertThat(sheet.controlPlane(HOME).orElseThrow().amount()).isCloseTo(0.1, offset(1e-12));
    assertThat(sheet.egress(EgressKind.INTERNET, HOME).orElseThrow().amount()).isEqualTo(0.03);
    assertThat(sheet.egress(EgressKind.ZONE, HOME)).isEmpty();
  }

  @Test
  void readsTheSameFromYaml() throws IOException, InterruptedException {
    SheetPrices sheet =
        sheet(
            "prices.yaml",
            """
            - {instanceType: m5.*, capacityType: spot, price: 0.07, per: hour}
            - {kind: volume, storageClass: fast-*, price: 0.073, per: month}
            """);

    assertThat(sheet.node(Nodes.spot("m5.large", "eu-west-1a")).orElseThrow().basis())
        .isEqualTo(PriceBasis.AGREED);
    assertThat(sheet.volume(volume("fast-nvme"), HOME).orElseThrow().amount())
        .isCloseTo(0.0001, offset(1e-12));
    assertThat(sheet.volume(volume("slow"), HOME)).isEmpty();
  }

  @Test
  void reportsAllErrorsOfASheetTogether() {
    assertThatThrownBy(
            () ->
                sheet(
                    "prices.csv",
                    """
                    kind,instance_type,price,per,currency,colour
                    node,m5.*,cheap,hour,USD,
                    node,m5.*,1,,USD,
                    volume,m5.*,1,month,EUR,red
                    """))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("has 5 errors")
        .hasMessageContaining("line 2.price: \"cheap\": write a number of at least 0")
        .hasMessageContaining("line 3.per: \"\": a price of a node is per hour or month")
        .hasMessageContaining(
            "line 4.currency: \"EUR\": the policy's currency is USD; convert the price, or write")
        .hasMessageContaining("line 4.instanceType: \"m5.*\": says nothing about a volume")
        .hasMessageContaining("line 4.colour: \"...\": unknown key");
  }

  @Test
  void keepsTheLastGoodSheet() throws IOException, InterruptedException {
    SheetPrices sheet = sheet("prices.yaml", "- {price: 1, per: hour}");
    Files.writeString(folder.resolve("prices.yaml"), "- {price: 2, per: fortnight}");

    assertThatThrownBy(() -> sheet.refresh(Instant.EPOCH))
        .isInstanceOf(InvalidSettingsException.class);
    assertThat(sheet.node(Nodes.aws("a", "b")).orElseThrow().amount()).isEqualTo(1);
  }

  @Test
  void findsBilledResourcesByTheLastPartOfTheirId() throws IOException, InterruptedException {
    BillPrices bill =
        bill(
            """
            resource_id,hourly,currency
            i-0m5.xlarge,0.113,USD
            arn:aws:ec2:eu-west-1:1:volume/vol-1,0.02,USD
            arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/net/web/8fa1,0.0301,USD
            arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/a12f,0.028,USD
            """);

    assertThat(bill.node(Nodes.aws("m5.xlarge", "eu-west-1")).orElseThrow().amount())
        .isEqualTo(0.113);
    assertThat(bill.volume(volume("x"), HOME).orElseThrow().amount())
        .isCloseTo(0.02 / 10, offset(1e-12));
    assertThat(bill.loadBalancer(balancer("web-8fa1.elb.eu-west-1.amazonaws.com"), HOME))
        .hasValueSatisfying(quote -> assertThat(quote.amount()).isEqualTo(0.0301));
    assertThat(bill.loadBalancer(balancer("internal-a12f-99.eu-west-1.elb.amazonaws.com"), HOME))
        .hasValueSatisfying(quote -> assertThat(quote.amount()).isEqualTo(0.028));
    assertThat(bill.loadBalancer(balancer(""), HOME)).isEmpty();
    assertThat(bill.node(Nodes.aws("m5.large", "eu-west-1"))).isEmpty();
  }

  @Test
  void aSnapshotKeepsItsPricesWhenTheFileChanges() throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("bill.csv"), "resource_id,hourly\n10.0.0.1,1\n");
    BillPrices bill = new BillPrices(file, "USD");
    bill.refresh(Instant.EPOCH);
    SheetPrices sheet = sheet("prices.yaml", "[{price: 3, per: hour}]");
    PriceSource billBefore = bill.snapshot();
    PriceSource sheetBefore = sheet.snapshot();

    Files.writeString(file, "resource_id,hourly\n10.0.0.1,2.5\n");
    bill.refresh(Instant.EPOCH);
    Files.writeString(folder.resolve("prices.yaml"), "[{price: 4.5, per: hour}]");
    sheet.refresh(Instant.EPOCH);

    LoadBalancer balancer = new LoadBalancer("shop", "web", "10.0.0.1", "");
    assertThat(billBefore.loadBalancer(balancer, HOME).orElseThrow().amount()).isEqualTo(1);
    assertThat(bill.loadBalancer(balancer, HOME).orElseThrow().amount()).isEqualTo(2.5);
    assertThat(sheetBefore.node(Nodes.labelled("n", Map.of())).orElseThrow().amount()).isEqualTo(3);
    assertThat(sheet.node(Nodes.labelled("n", Map.of())).orElseThrow().amount()).isEqualTo(4.5);
  }

  @Test
  void reportsAllErrorsOfABillTogether() {
    assertThatThrownBy(() -> bill("resource_id,hourly\n,1\ni-1,minus one\n"))
        .hasMessageContaining("has 2 errors")
        .hasMessageContaining("line 2, resource_id")
        .hasMessageContaining("line 3, hourly: \"minus one\"");
  }

  /** Several currencies in one file, and other rates when another day begins. */
  @Test
  void convertsPricesOfOtherCurrenciesAndFollowsTheirRates()
      throws IOException, InterruptedException {
    AtomicReference<RatesInForce> rates =
        new AtomicReference<>(rates(Map.of("USD", 0.9, "CHF", 1.1)));
    SheetPrices sheet =
        new SheetPrices(
            Files.writeString(
                folder.resolve("prices.csv"),
                """
                instance_type,price,per,currency
                m5.*,1,hour,USD
                c5.*,1,hour,CHF
                r5.*,1,hour,EUR
                *,1,hour,
                """),
            rates::get);
    BillPrices bill =
        new BillPrices(
            Files.writeString(
                folder.resolve("bill.csv"), "resource_id,hourly,currency\ni-0m5.large,2,USD\n"),
            rates::get);
    sheet.refresh(Instant.EPOCH);
    bill.refresh(Instant.EPOCH);

    assertThat(prices(sheet)).containsExactly(0.9, 1.1, 1.0, 1.0);
    assertThat(bill.node(Nodes.aws("m5.large", "eu-west-1")).orElseThrow().amount()).isEqualTo(1.8);
    assertThat(sheet.refresh(Instant.EPOCH)).isFalse();

    rates.set(rates(Map.of("USD", 0.5, "CHF", 1.1)));
    assertThat(sheet.refresh(Instant.EPOCH)).isTrue();
    assertThat(bill.refresh(Instant.EPOCH)).isTrue();
    assertThat(prices(sheet)).containsExactly(0.5, 1.1, 1.0, 1.0);
    assertThat(bill.node(Nodes.aws("m5.large", "eu-west-1")).orElseThrow().amount()).isEqualTo(1);

    // Without its rate a price is no price, and the last ones stay.
    rates.set(rates(Map.of("USD", 0.4)));
    assertThatThrownBy(() -> sheet.refresh(Instant.EPOCH))
        .hasMessageContaining("line 3.currency: \"CHF\": the policy's currency is EUR");
    assertThat(prices(sheet)).containsExactly(0.5, 1.1, 1.0, 1.0);
  }

  private static List<Double> prices(SheetPrices sheet) {
    return Stream.of("m5.large", "c5.large", "r5.large", "t3.large")
        .map(type -> sheet.node(Nodes.aws(type, "eu-west-1")).orElseThrow().amount())
        .toList();
  }

  private static RatesInForce rates(Map<String, Double> rates) {
    Map<String, ExchangeRate> byCurrency = new HashMap<>();
    rates.forEach(
        (from, rate) -> byCurrency.put(from, new ExchangeRate(from, rate, Instant.EPOCH)));
    return new RatesInForce("EUR", byCurrency);
  }

  @Test
  void saysThatABillIsMissing() {
    BillPrices bill = new BillPrices(folder.resolve("none.csv"), "USD");

    assertThatThrownBy(() -> bill.refresh(Instant.EPOCH)).hasMessageContaining("does not exist");
  }

  @Test
  void saysWhereAFileIsNoCsv() {
    assertThatThrownBy(() -> bill("resource_id,hourly\n\"i-1,2\ni-2,3\n"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("bill.csv\": is no CSV: line 2: a quote is not closed");
    assertThatThrownBy(() -> sheet("prices.csv", "price,per\n\"1\"0,hour\n"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("is no CSV: line 2: Unexpected character after closing quote");
  }

  private SheetPrices sheet(String name, String text) throws IOException, InterruptedException {
    Files.writeString(folder.resolve(name), text);
    SheetPrices sheet = new SheetPrices(folder.resolve(name), "USD");
    sheet.refresh(Instant.EPOCH);
    return sheet;
  }

  private BillPrices bill(String text) throws IOException, InterruptedException {
    Files.writeString(folder.resolve("bill.csv"), text);
    BillPrices bill = new BillPrices(folder.resolve("bill.csv"), "USD");
    bill.refresh(Instant.EPOCH);
    return bill;
  }

  private static LoadBalancer balancer(String ingress) {
    return new LoadBalancer("ns", "web", ingress, "");
  }

  private static Volume volume(String storageClass) {
    return new Volume("pv", "vol-1", "csi", storageClass, 10, "", Map.of(), Optional.empty());
  }
}
