package io.namespend.ledger.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.namespend.foundation.settings.Constant;
import io.namespend.foundation.settings.InvalidSettingsException;
import io.namespend.foundation.settings.Problem;
import io.namespend.foundation.settings.Section;
import io.namespend.foundation.settings.YamlFile;
import io.namespend.ledger.bill.ChargeKind;
import io.namespend.ledger.bill.Component;
import io.namespend.ledger.bill.LineClass;
import io.namespend.ledger.export.TagReader;
import io.namespend.ledger.rules.BillSettings.Commitments;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Reads the settings of bills; the built-in rules follow those of the file. */
public final class BillSettingsReader {
  private static final List<String> NAMESPACE_TAGS =
      List.of(
          "namespace",
          "kubernetes.io/created-for/pvc/namespace",
          "k8s-namespace",
          "aws:eks:namespace");

  private static final String BUILT_IN = "default-rules.yaml";

  private BillSettingsReader() {}

  /**
   * @throws InvalidSettingsException that lists everything that is wrong
   */
  public static BillSettings read(Optional<Path> file) {
    byte[] content = file.map(YamlFile::content).orElse(new byte[0]);
    Path name = file.orElse(Path.of("settings"));
    List<Problem> problems = new ArrayList<>();
    Section root = new Section("", YamlFile.parse(name, content), problems);
    Commitments commitments =
        root.parsed("commitments", text -> Constant.parse(Commitments.class, text))
            .orElse(Commitments.AS_BILLED);
    Map<String, ChargeKind> lineTypes = lineTypes(root.section("lineTypes"));
    Section owners = root.section("owners");
    List<String> namespaces = tags(owners, "namespaceTags", NAMESPACE_TAGS);
    List<String> teams = tags(owners, "teamTags", List.of("team"));
    List<String> costCenters = tags(owners, "costCenterTags", List.of("cost-center"));
    owners.refuseOthers();
    List<Rule> rules = rules(root);
    root.refuseOthers();
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(name.toString(), problems);
    }
    rules.addAll(builtIn());
    return new BillSettings(
        commitments, lineTypes, namespaces, teams, costCenters, rules, digest(content));
  }

  /** The built-in table, as people write theirs. */
  public static String builtInText() {
    try (InputStream in =
        Objects.requireNonNull(BillSettingsReader.class.getResourceAsStream(BUILT_IN))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Rule> builtIn() {
    List<Problem> problems = new ArrayList<>();
    JsonNode table =
        YamlFile.parse(Path.of(BUILT_IN), builtInText().getBytes(StandardCharsets.UTF_8));
    List<Rule> rules = rules(new Section("", table, problems));
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(BUILT_IN, problems);
    }
    return rules;
  }

  private static Map<String, ChargeKind> lineTypes(Section section) {
    Map<String, ChargeKind> types = new HashMap<>();
    for (String name : section.keys()) {
      section
          .parsed(name, text -> Constant.parse(ChargeKind.class, text))
          .ifPresent(kind -> types.put(name.toLowerCase(Locale.ROOT), kind));
    }
    return types;
  }

  private static List<String> tags(Section section, String key, List<String> otherwise) {
    List<String> names =
        section.has(key) ? section.parsedItems(key, Function.identity()) : otherwise;
    return names.stream().map(TagReader::plain).toList();
  }

  private static List<Rule> rules(Section root) {
    List<Rule> rules = new ArrayList<>();
    for (Section section : root.sections("rules")) {
      rule(section).ifPresent(rules::add);
    }
    return rules;
  }

  private static Optional<Rule> rule(Section section) {
    List<ChargeKind> charges =
        section.parsedItems("charges", text -> Constant.parse(ChargeKind.class, text));
    Map<Rule.Field, Glob> fields = new EnumMap<>(Rule.Field.class);
    for (Rule.Field field : Rule.Field.values()) {
      section.text(field.key()).ifPresent(text -> fields.put(field, new Glob(text)));
    }
    Section tags = section.section("tags");
    Map<String, Glob> tagGlobs = new HashMap<>();
    for (String name : tags.keys()) {
      tags.text(name).ifPresent(text -> tagGlobs.put(TagReader.plain(name), new Glob(text)));
    }
    Owner owner =
        new Owner(
            section.text("namespace").orElse(""),
            section.text("team").orElse(""),
            section.text("costCenter").orElse(""));
    Component component =
        section
            .parsed("component", text -> Constant.parse(Component.class, text))
            .orElse(Component.NONE);
    section.requires("class", "write the class of the lines that match");
    Optional<LineClass> lineClass =
        section.parsed("class", text -> Constant.parse(LineClass.class, text));
    if (!owner.isNobody() && lineClass.isPresent() && lineClass.get() != LineClass.SERVICE) {
      section.problem("class", "only a service has an owner; write service, or no owner");
    }
    section.refuseOthers();
    return lineClass.map(
        of -> new Rule(new HashSet<>(charges), fields, tagGlobs, of, component, owner));
  }

  private static String digest(byte[] content) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(content);
      digest.update(builtInText().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
