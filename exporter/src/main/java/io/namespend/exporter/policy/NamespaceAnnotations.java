package io.namespend.exporter.policy;

import io.namespend.exporter.policy.RefusedAnnotation.Rule;
import io.namespend.exporter.policy.owner.OwnerPart;
import io.namespend.exporter.settings.LabelValue;
import io.namespend.foundation.settings.Constant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What a namespace says for itself. An annotation that is wrong, or that the policy does not let
 * count, changes nothing and is listed.
 */
final class NamespaceAnnotations {
  /** A name as people write it, or the ID that it keeps when it is renamed. */
  private static final String CHANNEL = "#[\\p{L}\\p{M}\\p{N}._-]{1,80}|[CG][A-Z0-9]{7,20}";

  /** Days for which the rules are silent after a change that has no last day. */
  private static final int OPEN_END = 22;

  /** Of names that nobody knows one needs a few to see what is wrong, and no series for each. */
  private static final int MOST_UNKNOWN = 8;

  private final Context context;
  private final Map<OwnerPart, String> owner = new EnumMap<>(OwnerPart.class);
  private final List<InvalidAnnotation> invalid = new ArrayList<>();
  private final List<RefusedAnnotation> refused = new ArrayList<>();
  private Optional<AllocationModel> model = Optional.empty();
  private OptionalDouble dailyBudget = OptionalDouble.empty();
  private OptionalDouble monthlyBudget = OptionalDouble.empty();
  private Optional<PlannedChange> plannedChange = Optional.empty();
  private Optional<String> slackChannel = Optional.empty();
  private int unknown;

  /**
   * What is known of the namespace without its annotations.
   *
   * @param labelled what its labels name
   * @param bearsCosts whether the namespace bears costs, so that a budget makes sense
   * @param dailyBudget of the policy
   * @param monthlyBudget of the policy
   */
  record Context(
      String namespace,
      Function<OwnerPart, Optional<String>> labelled,
      AnnotationLimits limits,
      boolean bearsCosts,
      OptionalDouble dailyBudget,
      OptionalDouble monthlyBudget,
      LocalDate today) {}

  NamespaceAnnotations(Context context, Map<String, String> annotations) {
    this.context = context;
    new TreeMap<>(annotations).forEach(this::read);
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

  List<RefusedAnnotation> refused() {
    return refused;
  }

  private void read(String key, String value) {
    Optional<AnnotationName> name = AnnotationName.of(key);
    if (name.isEmpty()) {
      if (unknown++ < MOST_UNKNOWN) {
        wrong(key, value, "unknown annotation; known: " + AnnotationName.KNOWN);
      }
      return;
    }
    Said said = new Said(name.get(), value);
    switch (said.name()) {
      case MODEL ->
          model =
              parsed(said, text -> Constant.parse(AllocationModel.class, text))
                  .filter(any -> isAllowed(said));
      case DAILY_BUDGET -> dailyBudget = budget(said, context.dailyBudget());
      case MONTHLY_BUDGET -> monthlyBudget = budget(said, context.monthlyBudget());
      case PLANNED_CHANGE ->
          plannedChange = parsed(said, PlannedChange::parse).filter(change -> isNear(said, change));
      case SLACK_CHANNEL ->
          slackChannel =
              parsed(said, NamespaceAnnotations::channel).filter(channel -> isOwn(said, channel));
      case TEAM -> owner(OwnerPart.TEAM, said);
      case COST_CENTER -> owner(OwnerPart.COST_CENTER, said);
      case ENVIRONMENT -> owner(OwnerPart.ENVIRONMENT, said);
      case PRODUCT -> owner(OwnerPart.PRODUCT, said);
    }
  }

  /** An annotation of the namespace. */
  private record Said(AnnotationName name, String value) {}

  private boolean isAllowed(Said said) {
    return context.limits().allowed().contains(said.name())
        || refuse(
            said,
            Rule.NOT_ALLOWED,
            "the policy does not let this namespace say it (annotations.allow); remove it");
  }

  private void owner(OwnerPart part, Said said) {
    parsed(said, LabelValue::parse)
        .filter(name -> isAllowed(said) && isItsOwner(part, name, said))
        .ifPresent(name -> owner.put(part, name));
  }

  /** Environment and product pay nothing, so that a namespace may call them as it likes. */
  private boolean isItsOwner(OwnerPart part, String name, Said said) {
    Optional<String> labelled = part.pays() ? context.labelled().apply(part) : Optional.empty();
    return context.limits().changeOwners()
        || labelled.isEmpty()
        || labelled.get().equals(name)
        || refuse(
            said,
            Rule.CHANGES_OWNER,
            "the label of the namespace names %s; change the label, or remove the annotation"
                .formatted(labelled.get()));
  }

  private OptionalDouble budget(Said said, OptionalDouble most) {
    if (!context.bearsCosts()) {
      wrong(
          said.name().key(),
          said.value(),
          "the namespace is shared and its cost split over tenants; remove it");
      return OptionalDouble.empty();
    }
    return parsed(said, NamespaceAnnotations::amount)
        .filter(amount -> isAllowed(said) && isLower(amount, most, said))
        .map(OptionalDouble::of)
        .orElse(OptionalDouble.empty());
  }

  private boolean isLower(double amount, OptionalDouble most, Said said) {
    return context.limits().raiseBudgets()
        || amount <= most.orElse(amount)
        || refuse(
            said,
            Rule.RAISES_BUDGET,
            "the policy has a lower budget; a namespace can only lower it further");
  }

  private boolean isNear(Said said, PlannedChange change) {
    AnnotationLimits limits = context.limits();
    if (!isAllowed(said)) {
      return false;
    }
    if (change.days().orElse(OPEN_END) > limits.longestChange()) {
      return refuse(
          said,
          Rule.TOO_LONG,
          "a planned change lasts at most %d days; name an earlier last day"
              .formatted(limits.longestChange()));
    }
    return !change.first().isAfter(context.today().plusDays(limits.changeAhead()))
        || refuse(
            said,
            Rule.TOO_FAR_AHEAD,
            "a planned change begins at most %d days ahead; write it later"
                .formatted(limits.changeAhead()));
  }

  /**
   * A digest tells what all namespaces of a team spend, so that a namespace must not lead it to its
   * own channel by naming another's team.
   */
  private boolean isOwn(Said said, String channel) {
    AnnotationLimits limits = context.limits();
    if (!isAllowed(said)) {
      return false;
    }
    if (!limits.slackChannels().isEmpty()) {
      return limits.slackChannels().stream().anyMatch(glob -> glob.matches(channel))
          || refuse(
              said,
              Rule.CHANNEL_NOT_LISTED,
              "the policy does not list this channel (annotations.slackChannels)");
    }
    return context.labelled().apply(OwnerPart.TEAM).isPresent()
        || refuse(
            said,
            Rule.TEAM_NOT_LABELLED,
            "no label of the namespace names its team, whose digest would go there; label it");
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

  private <T> Optional<T> parsed(Said said, Function<String, T> parse) {
    try {
      return Optional.of(parse.apply(said.value().strip()));
    } catch (IllegalArgumentException e) {
      wrong(said.name().key(), said.value(), String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private void wrong(String key, String value, String remedy) {
    invalid.add(new InvalidAnnotation(context.namespace(), key, value, remedy));
  }

  /** False, so that a check can end with it. */
  private boolean refuse(Said said, Rule rule, String remedy) {
    refused.add(
        new RefusedAnnotation(context.namespace(), said.name().key(), said.value(), rule, remedy));
    return false;
  }
}
