package io.namespend.exporter.price.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.namespend.exporter.cluster.node.NodeLabels.SpotLabel;
import io.namespend.exporter.price.RateSplit;
import io.namespend.exporter.price.settings.PriceSettings.SourceName;
import io.namespend.foundation.settings.InvalidSettingsException;
import io.namespend.foundation.settings.Problem;
import io.namespend.foundation.settings.Section;
import io.namespend.foundation.settings.YamlFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PriceSettingsReaderTest {
  @TempDir private Path folder;

  @Test
  void readsEverything() throws IOException {
    PriceSettings settings =
        read(
            """
            sources: [bill, aws, sheet, builtin]
            split: {cpu: 9, memory: 1, gpu: 90}
            discounts:
              - {match: {capacityType: on-demand, provider: aws, instanceType: m5.*, region: eu-*}, percent: 8}
            spotLabels: [example.com/market=spot, spot-node]
            cache: /var/cache/namespend
            bill: {file: bill.csv}
            sheet: {file: /etc/prices.yaml}
            aws: {refresh: 12h, spotRefresh: 5m, endpoint: "http://localhost:1", spotEndpoint: "http://localhost:2"}
            azure: {refresh: 7d}
            gcp: {apiKeyFile: key, metadataEndpoint: "http://localhost:3"}
            """);

    assertThat(settings.sources())
        .containsExactly(SourceName.BILL, SourceName.AWS, SourceName.SHEET, SourceName.BUILTIN);
    assertThat(settings.split().withGpu().gpu()).isEqualTo(90);
    assertThat(settings.discounts()).hasSize(1);
    assertThat(settings.spotLabels())
        .containsExactly(
            new SpotLabel("example.com/market", Optional.of("spot")),
            new SpotLabel("spot-node", Optional.empty()));
    assertThat(settings.bill().file()).contains(folder.resolve("bill.csv"));
    assertThat(settings.sheet()).contains(Path.of("/etc/prices.yaml"));
    assertThat(settings.aws().refresh()).isEqualTo(Duration.ofHours(12));
    assertThat(settings.aws().spotRefresh()).isEqualTo(Duration.ofMinutes(5));
    assertThat(settings.azure().refresh()).isEqualTo(Duration.ofDays(7));
    assertThat(settings.gcp().apiKeyFile()).contains(folder.resolve("key"));
    assertThat(settings.gcp().metadataEndpoint()).contains(URI.create("http://localhost:3"));
  }

  @Test
  void googleNeedsNoApiKey() throws IOException {
    PriceSettings settings = read("sources: [gcp]");

    assertThat(settings.sources()).containsExactly(SourceName.GCP);
    assertThat(settings.gcp().apiKeyFile()).isEmpty();
  }

  @Test
  void anEmptyMappingIsTheBuiltinTable() throws IOException {
    PriceSettings settings = read("{}");

    assertThat(settings.sources()).containsExactly(SourceName.BUILTIN);
    assertThat(settings.split()).isEqualTo(RateSplit.OPENCOST);
  }

  @Test
  void reportsAllErrorsTogetherWithPathValueAndRemedy() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    sources: [bill, amazon, builtin, builtin]
                    split: fair
                    discount: []
                    discounts: [{match: {provider: ibm, colour: red}, percent: 108}, {percent: 3, match: {capacityType: od}}]
                    spotLabels: ["=spot", "a b", ""]
                    aws: {refresh: daily, apiKeyFile: x}
                    """))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("has 14 errors")
        .hasMessageContaining(
            "sources[1]: \"amazon\": write one of bill, aws, azure, gcp, sheet, builtin")
        .hasMessageContaining("builtin is there twice")
        .hasMessageContaining("split: \"fair\": write opencost, scad or weights")
        .hasMessageContaining("discount: \"...\": unknown key")
        .hasMessageContaining("discounts[0].match.provider: \"ibm\": write one of aws, azure, gcp")
        .hasMessageContaining("discounts[0].match.colour: \"...\": unknown key")
        .hasMessageContaining("discounts[0].percent: \"108\": write a number from 0 to 100")
        .hasMessageContaining(
            "discounts[1].match.capacityType: \"od\": write one of on-demand, spot")
        .hasMessageContaining("spotLabels[0]: \"=spot\": write the key of a label or key=value")
        .hasMessageContaining("spotLabels[1]: \"a b\": write the key of a label or key=value")
        .hasMessageContaining("bill.file")
        .hasMessageContaining("aws.refresh: \"daily\": write a duration such as 30s")
        .hasMessageContaining("aws.apiKeyFile: \"...\": unknown key");
  }

  @Test
  void aBillMayHaveAnAddress() throws IOException {
    PriceSettings settings =
        read("{sources: [bill], bill: {url: 'http://ledger:10041/prices.csv', refresh: 10m}}");

    assertThat(settings.bill())
        .isEqualTo(
            new PriceSettings.BillSettings(
                Optional.empty(),
                Optional.of(URI.create("http://ledger:10041/prices.csv")),
                Duration.ofMinutes(10)));
    assertThat(read("bill: {url: 'http://ledger/prices.csv'}").bill().refresh())
        .isEqualTo(PriceSettings.BILL_REFRESH);
  }

  @Test
  void saysWhatIsWrongWithTheAddressOfABill() {
    assertThatThrownBy(() -> read("{sources: [bill], bill: {url: ledger/prices.csv}}"))
        .hasMessageContaining("bill.url: \"ledger/prices.csv\": write an address such as");
    assertThatThrownBy(() -> read("bill: {url: 'http://me:secret@ledger/prices.csv'}"))
        .hasMessageContaining("bill.url")
        .hasMessageContaining("no credentials are sent; write it without any")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> read("bill: {url: 'http://ledger/prices.csv', file: bill.csv}"))
        .hasMessageContaining("bill.url")
        .hasMessageContaining("is beside file; write one of both");
    assertThatThrownBy(() -> read("bill: {file: bill.csv, refresh: 5m}"))
        .hasMessageContaining("bill.refresh: \"5m\": is for url");
  }

  @Test
  void saysWhereTheYamlIsBroken() {
    assertThatThrownBy(() -> read("sources: [a\nsplit: b\n"))
        .hasMessageContaining("prices.yaml has 1 error")
        .hasMessageContaining("write valid YAML");
    assertThatThrownBy(() -> YamlFile.read(folder.resolve("none.yaml")))
        .hasMessageContaining("does not exist");
  }

  private PriceSettings read(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("prices.yaml"), yaml);
    List<Problem> problems = new ArrayList<>();
    Section section = new Section("", YamlFile.read(file), problems);
    PriceSettings settings = PriceSettingsReader.read(section, folder);
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(file.toString(), problems);
    }
    return settings;
  }
}
