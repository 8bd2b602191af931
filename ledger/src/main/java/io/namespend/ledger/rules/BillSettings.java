package io.namespend.ledger.rules;

import io.namespend.ledger.bill.BillLine;
import io.namespend.ledger.bill.ChargeKind;
import io.namespend.ledger.bill.LineClass;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a bill is read into the books.
 *
 * @param lineTypes what line types are that the formats do not know, in lower case
 * @param namespaceTags tags that name an owner, in order, by their plain names
 * @param rules in order: the first that matches a line decides
 * @param digest of all of it: a bill is read again where it changed
 */
public record BillSettings(
    Commitments commitments,
    Map<String, ChargeKind> lineTypes,
    List<String> namespaceTags,
    List<String> teamTags,
    List<String> costCenterTags,
    List<Rule> rules,
    String digest) {
  /** Whose price a commitment lowers. */
  public enum Commitments {
    /** That of the resource that the provider applied it to, which changes by the hour. */
    AS_BILLED,
    /** Those of all alike resources of a day together. */
    BLENDED
  }

  public BillSettings {
    lineTypes = Map.copyOf(lineTypes);
    namespaceTags = List.copyOf(namespaceTags);
    teamTags = List.copyOf(teamTags);
    costCenterTags = List.copyOf(costCenterTags);
    rules = List.copyOf(rules);
  }

  /** Tags whose values the rules ask for. */
  public Set<String> tags() {
    Set<String> tags = new HashSet<>(namespaceTags);
    tags.addAll(teamTags);
    tags.addAll(costCenterTags);
    rules.forEach(rule -> tags.addAll(rule.tags().keySet()));
    return tags;
  }

  /** Every line has exactly one. */
  public Assignment assign(BillLine line) {
    for (Rule rule : rules) {
      if (rule.matches(line)) {
        return assignment(rule, line);
      }
    }
    throw new IllegalStateException("the last rule matches everything");
  }

  private Assignment assignment(Rule rule, BillLine line) {
    LineClass lineClass = rule.lineClass();
    if (lineClass != LineClass.SERVICE) {
      return new Assignment(lineClass, rule.component(), rule.owner());
    }
    Owner owner = rule.owner().isNobody() ? owner(line.tags()) : rule.owner();
    return owner.isNobody()
        ? new Assignment(LineClass.SHARED_SERVICE, rule.component(), Owner.NONE)
        : new Assignment(lineClass, rule.component(), owner);
  }

  private Owner owner(Map<String, String> tags) {
    return tags.isEmpty()
        ? Owner.NONE
        : new Owner(first(namespaceTags, tags), first(teamTags, tags), first(costCenterTags, tags));
  }

  private static String first(List<String> names, Map<String, String> tags) {
    for (String name : names) {
      String value = tags.get(name);
      if (value != null) {
        return value;
      }
    }
    return "";
  }
}
