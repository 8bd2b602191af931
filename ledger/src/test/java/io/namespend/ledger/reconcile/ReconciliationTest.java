package io.namespend.ledger.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.ledger.books.CurFile;
import io.namespend.ledger.books.OpenBooks;
import io.namespend.ledger.reconcile.RecordedNodes.Node;
import io.namespend.ledger.reconcile.RecordedNodes.Recorded;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReconciliationTest {
  @TempDir private Path folder;

  private static Recorded recorded(String hours, String cost) {
    return new Recorded(new BigDecimal(hours), new BigDecimal(cost));
  }

  /** 24 h at 0.08 billed; recorded for 23 h at the list price of 0.10; another of either side. */
  @Test
  void explainsTheDifference() throws IOException {
    try (OpenBooks books = new OpenBooks(folder)) {
      books.importText(
          new CurFile()
              .hours(
                  0,
                  24,
                  "Usage",
                  "resource=i-0aaa",
                  "service=AmazonEC2",
                  "usage=BoxUsage:m5.large",
                  "amount=1",
                  "unit=Hrs",
                  "unblended=0.08")
              .hours(
                  0,
                  24,
                  "Usage",
                  "resource=arn:aws:ec2:eu-west-1:1:instance/i-0orphan",
                  "service=AmazonEC2",
                  "usage=BoxUsage:m5.large",
                  "amount=1",
                  "unit=Hrs",
                  "unblended=0.05")
              .hours(
                  0,
                  24,
                  "Usage",
                  "resource=vol-1",
                  "service=AmazonEC2",
                  "usage=EBS:VolumeUsage",
                  "unblended=0.01")
              .text());

      Reconciliation result =
          new Reconciliation(
              books.store(),
              books.store().current(),
              Map.of(
                  new Node("prod", "a", "aws:///eu-west-1a/i-0aaa"), recorded("23", "2.30"),
                  new Node("prod", "b", "aws:///eu-west-1a/i-0new"), recorded("2", "0.20")));

      // 1 h more at 0.10; 24 h at 0.02 less; recorded 2.30 against 1.92 billed.
      assertThat(result.text())
          .isEqualTo(
              """
                                                                 recorded         billed     difference
              nodes of prod                                          2.50           1.92          -0.58
                hours                                                                              0.10  24.0 h billed, 23.0 h recorded
                price                                                                             -0.48
                nodes without a line                                                              -0.20  b
              machines that were no node                                            1.20           1.20  arn:aws:ec2:eu-west-1:1:instance/i-0orphan
              everything else                                                       0.24
              Recorded cost of nodes with a line is 19.8% above what they were billed
              """);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "aws:///eu-west-1a/i-0a1b, arn:aws:ec2:eu-west-1:1:instance/i-0a1b",
    "aws:///eu-west-1a/i-0a1b, i-0a1b",
    "gce://p/europe-west1-b/gke-n-1,"
        + " //compute.googleapis.com/projects/12/zones/europe-west1-b/instances/gke-n-1",
    "azure:///subscriptions/s/resourceGroups/mc_rg/providers/Microsoft.Compute/virtualMachineScaleSets/aks-1-vmss/virtualMachines/3,"
        + " /subscriptions/S/resourcegroups/MC_rg/providers/microsoft.compute/virtualMachineScaleSets/aks-1-vmss",
    "azure:///subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm,"
        + " /subscriptions/s/resourceGroups/RG/providers/Microsoft.Compute/virtualMachines/vm",
  })
  void bothSpellingsAreOneMachine(String providerId, String resource) {
    assertThat(MachineId.ofProvider(providerId)).isEqualTo(MachineId.ofBill(resource));
  }

  @Test
  void machinesOfTheSameNameInTwoZonesAreTwo() {
    assertThat(MachineId.ofProvider("gce://p/europe-west1-b/n"))
        .isNotEqualTo(MachineId.ofProvider("gce://p/europe-west1-c/n"));
  }
}
