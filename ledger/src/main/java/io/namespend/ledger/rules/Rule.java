package io.namespend.ledger.rules;

import io.namespend.ledger.bill.BillLine;
import io.namespend.ledger.bill.ChargeKind;
import io.namespend.ledger.bill.Component;
import io.namespend.ledger.bill.LineClass;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * A line of the table: what fits all conditions belongs to the class.
 *
 * @param charges empty for all
 * @param fields what must match, by what of the line
 * @param tags what must match, by the tag's plain name
 * @param owner overrides the tags' owner, if it names anyone
 */
record Rule(
    Set<ChargeKind> charges,
    Map<Field, Glob> fields,
    Map<String, Glob> tags,
    LineClass lineClass,
    Component component,
    Owner owner) {
  /** What of a line a rule can ask for. */
  enum Field {
    SERVICE("service"),
    USAGE_TYPE("usageType"),
    OPERATION("operation"),
    RESOURCE("resource"),
    ACCOUNT("account");

    private final String key;

    Field(String key) {
      this.key = key;
    }

    String key() {
      return key;
    }

    private String of(BillLine line) {
      return switch (this) {
        case SERVICE -> line.product().service();
        case USAGE_TYPE -> line.product().usageType();
        case OPERATION -> line.product().operation();
        case RESOURCE -> line.resource();
        case ACCOUNT -> line.account();
      };
    }
  }

  Rule {
    charges = charges.isEmpty() ? Set.of() : EnumSet.copyOf(charges);
    Map<Field, Glob> ordered = new EnumMap<>(Field.class);
    ordered.putAll(fields);
    fields = ordered;
    tags = Map.copyOf(tags);
  }

  boolean matches(BillLine line) {
    if (!charges.isEmpty() && !charges.contains(line.charge())) {
      return false;
    }
    for (Map.Entry<Field, Glob> field : fields.entrySet()) {
      if (!field.getValue().matches(field.getKey().of(line))) {
        return false;
      }
    }
    for (Map.Entry<String, Glob> tag : tags.entrySet()) {
      String value = line.tags().getOrDefault(tag.getKey(), "");
      if (value.isEmpty() || !tag.getValue().matches(value)) {
        return false;
      }
    }
    return true;
  }
}
