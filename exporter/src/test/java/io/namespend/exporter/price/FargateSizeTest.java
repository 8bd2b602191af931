package io.namespend.exporter.price;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.cluster.node.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FargateSizeTest {
  @ParameterizedTest(name = "{0} vCPU and {1} GiB are billed as {2} and {3}")
  @CsvSource({
    "0,    0,    0.25, 0.5",
    "0.15, 0.15, 0.25, 0.5",
    "0.25, 0.5,  0.25, 1",
    "0.25, 1.5,  0.25, 2",
    "0.25, 2,    0.5,  3",
    "1,    8,    2,    9",
    "4,    20,   4,    21",
    "5,    17,   8,    20",
    "16,   100,  16,   104",
    "20,   500,  16,   120"
  })
  void roundsUpToWhatIsSold(double cpu, double gib, double billedCpu, double billedGib) {
    Resources billed = FargateSize.billed(Resources.ofGib(cpu, gib, 0));

    assertThat(billed).isEqualTo(Resources.ofGib(billedCpu, billedGib, 0));
  }
}
