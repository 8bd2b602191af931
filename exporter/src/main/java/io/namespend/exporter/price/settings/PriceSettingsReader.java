package io.namespend.exporter.price.settings;

import com.fasterxml.jackson.databind.JsonNode;
import io.namespend.exporter.cluster.node.CapacityType;
import io.namespend.exporter.cluster.node.NodeLabels.SpotLabel;
import io.namespend.exporter.cluster.node.Provider;
import io.namespend.exporter.price.Discount;
import io.namespend.exporter.price.RateSplit;
import io.namespend.exporter.price.ResourceRates;
import io.namespend.exporter.price.settings.PriceSettings.AwsSettings;
import io.namespend.exporter.price.settings.PriceSettings.AzureSettings;
import io.namespend.exporter.price.settings.PriceSettings.BillSettings;
import io.namespend.exporter.price.settings.PriceSettings.GcpSettings;
import io.namespend.exporter.price.settings.PriceSettings.SourceName;
import io.namespend.exporter.settings.Wildcard;
import io.namespend.foundation.settings.Constant;
import io.namespend.foundation.settings.Section;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Reads the prices section of the policy. */
public final class PriceSettingsReader {
  private final Path folder;

  private PriceSettingsReader(Path folder) {
    this.folder = folder;
  }

  /**
   * Adds what is wrong to the problems of the section; the settings are worthless then.
   *
   * @param folder where relative paths start
   */
  public static PriceSettings read(Section prices, Path folder) {
    return new PriceSettingsReader(folder).read(prices);
  }

  private PriceSettings read(Section prices) {
    Set<SourceName> sources = sources(prices);
    PriceSettings settings =
        new PriceSettings(
            List.copyOf(sources),
            split(prices),
            prices.sections("discounts").stream().flatMap(d -> discount(d).stream()).toList(),
            prices.parsedItems("spotLabels", SpotLabel::parse),
            prices.parsed("cache", this::path),
            sheet(prices.section("sheet"), sources.contains(SourceName.SHEET)),
            bill(prices.section("bill"), sources.contains(SourceName.BILL)),
            aws(prices.section("aws")),
            azure(prices.section("azure")),
            gcp(prices.section("gcp")));
    prices.refuseOthers();
    return settings;
  }

  private static Set<SourceName> sources(Section prices) {
    if (!prices.has("sources")) {
      return Set.of(SourceName.BUILTIN);
    }
    Set<SourceName> sources = new LinkedHashSet<>();
    for (SourceName name :
        prices.parsedItems("sources", text -> Constant.parse(SourceName.class, text))) {
      if (!sources.add(name)) {
        prices.problem("sources", Constant.text(name) + " is there twice; name each source once");
      }
    }
    return sources;
  }

  private static RateSplit split(Section prices) {
    JsonNode value = prices.value("split");
    String allowed = "write opencost, scad or weights such as {cpu: 9, memory: 1, gpu: 90}";
    if (value.isMissingNode() || value.asText().equals("opencost")) {
      return RateSplit.OPENCOST;
    }
    if (value.asText().equals("scad")) {
      return RateSplit.SCAD;
    }
    if (!value.isObject()) {
      prices.problem("split", allowed);
      return RateSplit.OPENCOST;
    }
    Section weights = prices.section("split");
    double cpu = weights.number("cpu", 0, 1e9).orElse(0);
    double memory = weights.number("memory", 0, 1e9).orElse(0);
    double gpu = weights.number("gpu", 0, 1e9).orElse(0);
    weights.refuseOthers();
    if (cpu + memory == 0) {
      prices.problem("split", "cpu and memory both weigh 0; " + allowed);
      return RateSplit.OPENCOST;
    }
    return RateSplit.of("weights", new ResourceRates(cpu, memory, gpu));
  }

  private static Optional<Discount> discount(Section section) {
    Section match = section.section("match");
    Optional<CapacityType> capacityType =
        match.parsed("capacityType", text -> Constant.parse(CapacityType.class, text));
    Optional<Provider> provider =
        match.parsed("provider", text -> Constant.parse(Provider.class, text));
    Optional<Wildcard> instanceType = match.parsed("instanceType", Wildcard::new);
    Optional<Wildcard> region = match.parsed("region", Wildcard::new);
    OptionalDouble percent = section.number("percent", 0, 100);
    if (!section.has("percent")) {
      section.problem("percent", "is missing; write the discount, 0 to 100");
    }
    match.refuseOthers();
    section.refuseOthers();
    return percent.isPresent()
        ? Optional.of(
            new Discount(capacityType, provider, instanceType, region, percent.getAsDouble()))
        : Optional.empty();
  }

  private Optional<Path> sheet(Section section, boolean needed) {
    Optional<Path> file = section.parsed("file", this::path);
    if (needed && !section.has("file")) {
      section.problem("file", "is missing, but the source is in use; write the path of the file");
    }
    section.refuseOthers();
    return file;
  }

  private BillSettings bill(Section section, boolean needed) {
    BillSettings settings =
        new BillSettings(
            section.parsed("file", this::path),
            section.parsed("url", PriceSettingsReader::openAddress),
            section.duration("refresh", PriceSettings.BILL_REFRESH));
    if (section.has("file") && section.has("url")) {
      section.problem("url", "is beside file; write one of both");
    }
    if (section.has("refresh") && !section.has("url")) {
      section.problem("refresh", "is for url; a file is read whenever it changes");
    }
    if (needed && !section.has("file") && !section.has("url")) {
      section.problem(
          "file",
          "is missing, but the source is in use; write the path of the file, or url with its"
              + " address");
    }
    section.refuseOthers();
    return settings;
  }

  private static URI openAddress(String text) {
    URI uri = uri(text);
    if (uri.getUserInfo() != null) {
      throw new IllegalArgumentException("no credentials are sent; write it without any");
    }
    return uri;
  }

  private static AwsSettings aws(Section section) {
    AwsSettings settings =
        new AwsSettings(
            endpoint(section, "endpoint"),
            endpoint(section, "spotEndpoint"),
            refresh(section),
            section.duration("spotRefresh", PriceSettings.SPOT_REFRESH));
    section.refuseOthers();
    return settings;
  }

  private static AzureSettings azure(Section section) {
    AzureSettings settings = new AzureSettings(endpoint(section, "endpoint"), refresh(section));
    section.refuseOthers();
    return settings;
  }

  private GcpSettings gcp(Section section) {
    GcpSettings settings =
        new GcpSettings(
            endpoint(section, "endpoint"),
            refresh(section),
            section.parsed("apiKeyFile", this::path),
            endpoint(section, "metadataEndpoint"));
    section.refuseOthers();
    return settings;
  }

  private static Duration refresh(Section section) {
    return section.duration("refresh", PriceSettings.ONLINE_REFRESH);
  }

  private static Optional<URI> endpoint(Section section, String key) {
    return section.parsed(key, PriceSettingsReader::uri);
  }

  private Path path(String text) {
    return folder.resolve(text);
  }

  private static URI uri(String text) {
    URI uri = URI.create(text);
    if (uri.getHost() == null || uri.getScheme() == null || !uri.getScheme().startsWith("http")) {
      throw new IllegalArgumentException("write an address such as https://prices.example.com");
    }
    return uri;
  }
}
