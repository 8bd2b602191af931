package io.namespend.exporter.policy.file;

import com.fasterxml.jackson.databind.JsonNode;
import io.namespend.exporter.cluster.pod.WorkloadFolding;
import io.namespend.exporter.policy.Allocation;
import io.namespend.exporter.policy.Allocation.ModelOverride;
import io.namespend.exporter.policy.AllocationModel;
import io.namespend.exporter.policy.AllocationWeights;
import io.namespend.exporter.policy.Customers;
import io.namespend.exporter.policy.Policy;
import io.namespend.exporter.policy.owner.OwnerPart;
import io.namespend.exporter.policy.owner.Ownership;
import io.namespend.exporter.policy.owner.WorkloadOwners;
import io.namespend.exporter.policy.pool.NodeGroups;
import io.namespend.exporter.policy.pool.Pool;
import io.namespend.exporter.policy.pool.Service;
import io.namespend.exporter.price.currency.ExchangeRates;
import io.namespend.exporter.price.settings.PriceSettings;
import io.namespend.exporter.price.settings.PriceSettingsReader;
import io.namespend.exporter.settings.LabelValue;
import io.namespend.foundation.settings.Constant;
import io.namespend.foundation.settings.InvalidSettingsException;
import io.namespend.foundation.settings.Problem;
import io.namespend.foundation.settings.Section;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a policy file from the top. */
final class PolicyReader {
  /** A label's name as Kubernetes has it, with an optional prefix. */
  private static final Pattern LABEL_NAME =
      Pattern.compile("([a-z0-9.-]{1,253}/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");

  private final Path file;
  private final Instant now;
  private final List<Problem> problems = new ArrayList<>();

  PolicyReader(Path file, Instant now) {
    this.file = file;
    this.now = now;
  }

  PolicyFile read(JsonNode document) {
    Section root = new Section("", document, problems);
    String currency = root.parsed("currency", PolicyReader::currency).orElse("USD");
    Ownership ownership = ownership(root.section("ownership"));
    Allocation allocation = allocation(root.section("allocation"));
    Names names = new Names();
    List<Pool> pools = PoolReader.pools(root, names);
    List<Service.Shared> shared = ServiceReader.shared(root, names);
    List<Service.External> external = ServiceReader.external(root, names);
    Customers customers =
        new CustomerReader(folder(file), problems, pools, shared, external)
            .customers(root.section("customers"));
    Policy policy =
        new Policy(
            currency,
            ownership,
            allocation,
            nodeGroups(root.section("nodeGroups")),
            pools,
            shared,
            external,
            new BudgetReader(pools).read(root),
            new BillReader(now).read(root),
            AnnotationReader.read(root),
            customers,
            CustomerReader.units(root, customers.services()));
    Section priceSection = root.section("prices");
    ExchangeRateReader rateReader = new ExchangeRateReader(currency);
    ExchangeRates rates = rateReader.read(priceSection);
    PriceSettings prices = PriceSettingsReader.read(priceSection, folder(file));
    rateReader.requireRates(root, prices, rates, now);
    WorkloadFolding folding = WorkloadReader.read(root.section("workloads"));
    root.refuseOthers();
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(file.toString(), problems);
    }
    return new PolicyFile(policy, prices, rates, folding);
  }

  /** Where the list of customers is that a document names, right or wrong otherwise. */
  static Optional<Path> directory(Path file, JsonNode document) {
    JsonNode path = document.path("customers").path("directory");
    return path.isTextual()
        ? Optional.of(folder(file).resolve(path.asText().strip()))
        : Optional.empty();
  }

  private static Path folder(Path file) {
    return Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/"));
  }

  static String currency(String text) {
    boolean known =
        Currency.getAvailableCurrencies().stream()
            .anyMatch(currency -> currency.getCurrencyCode().equals(text));
    if (!known) {
      throw new IllegalArgumentException("write a code of ISO 4217 such as USD or EUR");
    }
    return text;
  }

  private static Ownership ownership(Section section) {
    Section labelSection = section.section("labels");
    Section defaultSection = section.section("defaults");
    Map<OwnerPart, List<String>> labels = new EnumMap<>(OwnerPart.class);
    Map<OwnerPart, String> defaults = new EnumMap<>(OwnerPart.class);
    for (OwnerPart part : OwnerPart.values()) {
      if (labelSection.has(part.key())) {
        labels.put(part, labelSection.parsedItems(part.key(), PolicyReader::labelName));
      }
      defaultSection
          .parsed(part.key(), LabelValue::parse)
          .ifPresent(name -> defaults.put(part, name));
    }
    labelSection.refuseOthers();
    defaultSection.refuseOthers();
    WorkloadOwners workloads =
        section
            .parsed("workloads", text -> Constant.parse(WorkloadOwners.class, text))
            .orElse(WorkloadOwners.REPORT);
    section.refuseOthers();
    return new Ownership(labels, defaults, workloads);
  }

  private static NodeGroups nodeGroups(Section section) {
    NodeGroups groups =
        section.has("labels")
            ? new NodeGroups(section.parsedItems("labels", PolicyReader::labelName))
            : NodeGroups.usual();
    section.refuseOthers();
    return groups;
  }

  static String labelName(String text) {
    if (!LABEL_NAME.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "write the name of a Kubernetes label such as team or example.com/team");
    }
    return text;
  }

  private static Allocation allocation(Section section) {
    Allocation usual = Allocation.usual();
    Allocation allocation =
        new Allocation(
            section.parsed("model", PolicyReader::model).orElse(usual.model()),
            section.has("blend") ? blend(section, usual.blend()) : usual.blend(),
            section.sections("overrides").stream().map(PolicyReader::override).toList());
    section.refuseOthers();
    return allocation;
  }

  private static AllocationWeights blend(Section allocation, AllocationWeights otherwise) {
    Section blend = allocation.section("blend");
    double request = blend.number("request", 0, 1).orElse(0);
    double usage = blend.number("usage", 0, 1).orElse(0);
    blend.refuseOthers();
    try {
      return new AllocationWeights(request, usage, 0);
    } catch (IllegalArgumentException e) {
      allocation.problem(
          "blend", "request and usage must add up to 1, such as {request: 0.7, usage: 0.3}");
      return otherwise;
    }
  }

  private static ModelOverride override(Section section) {
    ModelOverride override =
        new ModelOverride(
            Globs.required(section, "namespaces"),
            section.parsed("model", PolicyReader::model).orElse(AllocationModel.BLENDED));
    section.requires("model", "write blended, request, usage or max");
    section.refuseOthers();
    return override;
  }

  private static AllocationModel model(String text) {
    return Constant.parse(AllocationModel.class, text);
  }
}
