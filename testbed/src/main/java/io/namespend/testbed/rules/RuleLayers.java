package io.namespend.testbed.rules;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Recording rules in layers: a rule reads only series of layers before its own. promtool fills the
 * past of rules one by one, from what the server already has, so each layer is a run of its own.
 */
public final class RuleLayers {
  /**
   * Series that are there only while something is so: a pod that runs, one that is not measured, a
   * node that stands still or is too small. A server marks their end; a past that is filled cannot,
   * and readers would see them for five minutes more. So there, readers calculate them themselves.
   */
  private static final Pattern ENDING =
      Pattern.compile("\\w+:(cpu_usage|memory_usage|unmeasured\\w*|usage_frozen|usage_fit):\\w+");

  private final List<List<Rule>> layers = new ArrayList<>();

  public RuleLayers(List<Rule> recorded) {
    List<Rule> rules = withoutReadsOfEnding(recorded);
    Set<String> names = rules.stream().map(Rule::name).collect(Collectors.toSet());
    List<Rule> waiting = new ArrayList<>(rules);
    while (!waiting.isEmpty()) {
      Set<String> missing = waiting.stream().map(Rule::name).collect(Collectors.toSet());
      List<Rule> next =
          waiting.stream()
              .filter(rule -> rule.reads(names).stream().noneMatch(missing::contains))
              .toList();
      if (next.isEmpty()) {
        throw new IllegalArgumentException("rules that read each other: " + missing);
      }
      waiting.removeAll(next);
      layers.add(next);
    }
  }

  private static List<Rule> withoutReadsOfEnding(List<Rule> rules) {
    List<Rule> expanded = new ArrayList<>(rules);
    for (int i = 0; i < expanded.size(); i++) {
      Rule ending = expanded.get(i);
      if (ENDING.matcher(ending.name()).matches()) {
        expanded.replaceAll(
            rule -> rule.reading(ending.name() + "{job=\"\"}", ending.expression()));
      }
    }
    return expanded;
  }

  public int count() {
    return layers.size();
  }

  /** The rules of one layer, in the order of their files. */
  public List<Rule> layer(int layer) {
    return layers.get(layer);
  }

  /**
   * Writes the rule files of one layer. The same folder must serve all layers: a group's moments of
   * evaluation depend on its name and its file's path, and must be the same in each.
   */
  public List<Path> write(int layer, Path folder) {
    Map<String, Map<String, List<Rule>>> files = new LinkedHashMap<>();
    layers
        .get(layer)
        .forEach(
            rule ->
                files
                    .computeIfAbsent(rule.file(), file -> new LinkedHashMap<>())
                    .computeIfAbsent(rule.group(), group -> new ArrayList<>())
                    .add(rule));
    List<Path> written = new ArrayList<>();
    files.forEach(
        (file, groups) -> {
          List<Map<String, Object>> content = new ArrayList<>();
          groups.forEach(
              (group, rules) ->
                  content.add(
                      Map.of(
                          "name", group,
                          "interval", rules.get(0).interval(),
                          "rules", rules.stream().map(Rule::body).toList())));
          written.add(RuleManifests.write(folder.resolve(file), Map.of("groups", content)));
        });
    return written;
  }
}
