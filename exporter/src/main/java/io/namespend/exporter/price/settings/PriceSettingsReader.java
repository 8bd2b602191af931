package io.namespend.exporter.price.settings;

import com.fasterxml.jackson.databind.JsonNode;
import io.namespend.exporter.cluster.CapacityType;
import io.namespend.exporter.cluster.Provider;
import io.namespend.exporter.price.Discount;
import io.namespend.exporter.price.RateSplit;
import io.namespend.exporter.price.ResourceRates;
import io.namespend.exporter.price.Wildcard;
import io.namespend.exporter.price.settings.PriceSettings.OnlineSettings;
import io.namespend.exporter.price.settings.PriceSettings.SourceName;
import io.namespend.exporter.settings.InvalidSettingsException;
import io.namespend.exporter.settings.Problem;
import io.namespend.exporter.settings.Section;
import io.namespend.exporter.settings.YamlFile;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the prices section of the policy. Relative paths start at the folder of the file. */
public final class PriceSettingsReader {
  private final Path folder;
  private final List<Problem> problems = new ArrayList<>();

  private PriceSettingsReader(Path folder) {
    this.folder = folder;
  }

  /**
   * @throws InvalidSettingsException with everything that is wrong
   */
  public static PriceSettings read(Path file) {
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/"));
    PriceSettingsReader reader = new PriceSettingsReader(folder);
    PriceSettings settings = reader.read(new Section("", YamlFile.read(file), reader.problems));
    if (!reader.problems.isEmpty()) {
      throw new InvalidSettingsException(file.toString(), reader.problems);
    }
    return settings;
  }

  private PriceSettings read(Section prices) {
    Set<SourceName> sources = sources(prices);
    PriceSettings settings =
        new PriceSettings(
            List.copyOf(sources),
            split(prices),
            prices.sections("discounts").stream().flatMap(d -> discount(d).stream()).toList(),
            prices.parsed("cache", this::path),
            file(prices, "sheet", sources.contains(SourceName.SHEET)),
            file(prices, "bill", sources.contains(SourceName.BILL)),
            aws(prices.section("aws")),
            online(prices.section("azure"), Optional.empty()),
            gcp(prices.section("gcp"), sources.contains(SourceName.GCP)));
    prices.refuseOthers();
    return settings;
  }

  private static Set<SourceName> sources(Section prices) {
    if (!prices.has("sources")) {
      return Set.of(SourceName.BUILTIN);
    }
    Set<SourceName> sources = new LinkedHashSet<>();
    for (String name : prices.texts("sources")) {
      try {
        if (!sources.add(constant(SourceName.class, name))) {
          prices.problem("sources", name + " is there twice; name each source once");
        }
      } catch (IllegalArgumentException e) {
        prices.problem("sources", name + ": " + e.getMessage());
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
        match.parsed("capacityType", PriceSettingsReader::capacityType);
    Optional<Provider> provider = match.parsed("provider", text -> constant(Provider.class, text));
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

  private Optional<Path> file(Section prices, String key, boolean needed) {
    Section section = prices.section(key);
    Optional<Path> file = section.parsed("file", this::path);
    if (needed && !section.has("file")) {
      section.problem("file", "is missing, but the source is in use; write the path of the file");
    }
    section.refuseOthers();
    return file;
  }

  private OnlineSettings gcp(Section section, boolean needed) {
    Optional<Path> key = section.parsed("apiKeyFile", this::path);
    if (needed && !section.has("apiKeyFile")) {
      section.problem(
          "apiKeyFile",
          "is missing, but the source is in use; write the path of a file with the key");
    }
    return online(section, key);
  }

  private static OnlineSettings aws(Section section) {
    Optional<URI> spotEndpoint = section.parsed("spotEndpoint", PriceSettingsReader::uri);
    Duration spotRefresh = section.duration("spotRefresh", PriceSettings.SPOT_REFRESH);
    OnlineSettings online = online(section, Optional.empty());
    return new OnlineSettings(
        online.endpoint(), spotEndpoint, online.refresh(), spotRefresh, Optional.empty());
  }

  private static OnlineSettings online(Section section, Optional<Path> apiKeyFile) {
    OnlineSettings settings =
        new OnlineSettings(
            section.parsed("endpoint", PriceSettingsReader::uri),
            Optional.empty(),
            section.duration("refresh", PriceSettings.ONLINE_REFRESH),
            PriceSettings.SPOT_REFRESH,
            apiKeyFile);
    section.refuseOthers();
    return settings;
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

  /** As in metric labels, so with a hyphen. */
  static CapacityType capacityType(String text) {
    return Arrays.stream(CapacityType.values())
        .filter(type -> type.label().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "write one of "
                        + Arrays.stream(CapacityType.values())
                            .map(CapacityType::label)
                            .collect(Collectors.joining(", "))));
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "write one of "
                        + Arrays.stream(type.getEnumConstants())
                            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "))));
  }
}
