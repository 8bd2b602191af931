package io.namespend.exporter.price.online;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.price.list.BuiltinPrices;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AzureSizeTest {
  @Test
  void findsTheSpellingOfEverySizeOfTheBuiltinTable() throws IOException {
    List<String> sizes = sizes();

    assertThat(sizes).hasSizeGreaterThan(1700);
    assertThat(sizes.stream().map(size -> AzureSize.name(size.toLowerCase(Locale.ROOT))))
        .containsExactlyElementsOf(sizes);
    assertThat(sizes.stream().map(AzureSize::name)).containsExactlyElementsOf(sizes);
  }

  @Test
  void leavesWhatIsNoSize() {
    assertThat(AzureSize.name("m5.xlarge")).isEqualTo("m5.xlarge");
    assertThat(AzureSize.name("")).isEmpty();
  }

  private static List<String> sizes() throws IOException {
    var table =
        Objects.requireNonNull(BuiltinPrices.class.getResourceAsStream("azure-on-demand.csv"));
    try (var reader = new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .filter(line -> !line.startsWith("#") && !line.startsWith("instance_type"))
          .map(line -> line.substring(0, line.indexOf(',')))
          .toList();
    }
  }
}
