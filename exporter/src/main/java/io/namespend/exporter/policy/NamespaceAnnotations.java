package io.namespend.exporter.policy;

import io.namespend.exporter.settings.Constant;
import io.namespend.exporter.settings.LabelValue;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;

/** What a namespace says for itself. An annotation that is wrong changes nothing and is listed. */
final class NamespaceAnnotations {
  private static final String PREFIX = "namespend.io/";
  private static final String KNOWN =
      "model, daily-budget, monthly-budget, planned-change, slack-channel, team, cost-center,"
          + " environment, product";

  /** A name as people write it, or the ID that it keeps when it is renamed. */
  private static final String CHANNEL = "#[\\p{L}\\p{M}\\p{N}._-]{1,80}|[CG][A-Z0-9]{7,20}";

  private final String namespace;
  private final Map<OwnerPart, String> owner = new EnumMap<>(OwnerPart.class);
  private final List<InvalidAnnotation> invalid = new ArrayList<>();
  private Optional<AllocationModel> model = Optional.empty();
  private OptionalDouble dailyBudget = OptionalDouble.empty();
  private OptionalDouble monthlyBudget = OptionalDouble.empty();
  private Optional<PlannedChange> plannedChange = Optional.empty();
  private Optional<String> slackChannel = Optional.empty();

  /**
   * @param bearsCosts whether the namespace bears costs, so that a budget makes sense
   */
  NamespaceAnnotations(String namespace, Map<String, String> annotations, boolean bearsCosts) {
    this.namespace = namespace;
    new TreeMap<>(annotations).forEach((key, value) -> read(key, value, bearsCosts));
  }

  Map<OwnerPart, String> owner() {
    return owner;
  }

  Optional<AllocationModel> model() {
    return model;
  }

  OptionalDouble dailyBudget() {
    return dailyBudget;
  }

  OptionalDouble monthlyBudget() {
    return monthlyBudget;
  }

  Optional<PlannedChange> plannedChange() {
    return plannedChange;
  }

  Optional<String> slackChannel() {
    return slackChannel;
  }

  List<InvalidAnnotation> invalid() {
    return invalid;
  }

  private void read(String key, String value, boolean bearsCosts) {
    switch (key.substring(PREFIX.length())) {
      case "model" ->
          model = parsed(key, value, text -> Constant.parse(AllocationModel.class, text));
      case "daily-budget" -> dailyBudget = budget(key, value, bearsCosts);
      case "monthly-budget" -> monthlyBudget = budget(key, value, bearsCosts);
      case "planned-change" -> plannedChange = parsed(key, value, PlannedChange::parse);
      case "slack-channel" -> slackChannel = parsed(key, value, NamespaceAnnotations::channel);
      case "team" -> name(OwnerPart.TEAM, key, value);
      case "cost-center" -> name(OwnerPart.COST_CENTER, key, value);
      case "environment" -> name(OwnerPart.ENVIRONMENT, key, value);
      case "product" -> name(OwnerPart.PRODUCT, key, value);
      default -> refuse(key, value, "unknown annotation; known: " + KNOWN);
    }
  }

  private void name(OwnerPart part, String key, String value) {
    parsed(key, value, LabelValue::parse).ifPresent(name -> owner.put(part, name));
  }

  private OptionalDouble budget(String key, String value, boolean bearsCosts) {
    if (!bearsCosts) {
      refuse(key, value, "the namespace is shared and its cost split over tenants; remove it");
      return OptionalDouble.empty();
    }
    return parsed(key, value, NamespaceAnnotations::amount)
        .map(OptionalDouble::of)
        .orElse(OptionalDouble.empty());
  }

  private static double amount(String text) {
    // Double.parseDouble alone would take "NaN", "0x1p3" and "5d" too.
    double amount = text.matches("\\d{1,12}(\\.\\d{1,12})?") ? Double.parseDouble(text) : 0;
    if (amount == 0) {
      throw new IllegalArgumentException("write an amount above 0, such as 500 or 49.90");
    }
    return amount;
  }

  private static String channel(String text) {
    if (!text.matches(CHANNEL)) {
      throw new IllegalArgumentException(
          "write a channel such as \"#payments\", or its ID such as C024BE91L");
    }
    return text;
  }

  private <T> Optional<T> parsed(String key, String value, Function<String, T> parse) {
    try {
      return Optional.of(parse.apply(value.strip()));
    } catch (IllegalArgumentException e) {
      refuse(key, value, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private void refuse(String key, String value, String remedy) {
    invalid.add(new InvalidAnnotation(namespace, key, value, remedy));
  }
}
