import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes {@code install/} from {@code settings.properties} and each folder's {@code policy.yaml}:
 * every policy as CEL policy (ValidatingPolicy or MutatingPolicy) and as ClusterPolicy, with the
 * same labels, expressions and messages.
 *
 * <pre>java kyverno-policies/Generate.java            # writes
 * java kyverno-policies/Generate.java --check    # fails when what is written is not what it would write
 * </pre>
 *
 * <p>It knows no YAML: it takes the top-level keys of a policy.yaml apart and copies what stands
 * below them, with placeholders filled in.
 */
final class Generate {
  private static final Pattern PLACEHOLDER = Pattern.compile("@[a-z-]+@");
  private static final String[] FLAVOURS = {"cel", "clusterpolicy"};

  /** What a policy looks at. */
  private enum Match {
    WORKLOADS("CREATE, UPDATE", "Deployment, StatefulSet, DaemonSet, Job, CronJob"),
    NEW_WORKLOADS("CREATE", "Deployment, StatefulSet, DaemonSet, Job, CronJob"),
    NAMESPACES("CREATE, UPDATE", "Namespace"),
    WORKLOADS_AND_NAMESPACES(
        "CREATE, UPDATE", "Deployment, StatefulSet, DaemonSet, Job, CronJob, Namespace"),
    WORKLOADS_AND_PODS(
        "CREATE, UPDATE", "Deployment, StatefulSet, DaemonSet, Job, CronJob, Pod"),
    NEW_NAMESPACES("CREATE", "Namespace"),
    SERVICES("CREATE, UPDATE", "Service"),
    NEW_PODS("CREATE", "Pod");

    private final String operations;
    private final String kinds;

    Match(String operations, String kinds) {
      this.operations = operations;
      this.kinds = kinds;
    }

    String resourceRules() {
      StringBuilder rules = new StringBuilder();
      if (kinds.contains("Deployment")) {
        rules.append(resourceRule("apps", "deployments, statefulsets, daemonsets"));
        rules.append(resourceRule("batch", "jobs, cronjobs"));
      }
      if (kinds.contains("Namespace")) {
        rules.append(resourceRule("\"\"", "namespaces"));
      }
      if (kinds.contains("Pod")) {
        rules.append(resourceRule("\"\"", "pods"));
      }
      if (kinds.contains("Service")) {
        rules.append(resourceRule("\"\"", "services"));
      }
      return rules.toString();
    }

    private String resourceRule(String group, String resources) {
      return "- {apiGroups: [%s], apiVersions: [v1], operations: [%s], resources: [%s]}\n"
          .formatted(group, operations, resources);
    }
  }

  private final Map<String, String> placeholders = new LinkedHashMap<>();
  private final String excluded;

  private Generate(Properties settings) {
    settings.forEach((key, value) -> placeholders.put("@" + key + "@", (String) value));
    List<String> owners = List.of("team", "cost-center", "environment");
    placeholders.put("@cost-center@", setting("cost-center-label"));
    placeholders.put(
        "@owner-labels@", list(owners.stream().map(o -> "'" + setting(o + "-label") + "'")));
    placeholders.put(
        "@owner-snippet@",
        list(owners.stream().map(o -> setting(o + "-label") + ": " + setting(o + "-example"))));
    placeholders.put(
        "@owner-pairs@",
        list(
            owners.stream()
                .map(o -> "['%s', 'namespend.io/%s']".formatted(setting(o + "-label"), o))));
    placeholders.put(
        "@owner-objects@",
        list(
            owners.stream()
                .map(
                    o ->
                        "{label: '%s', annotation: 'namespend.io/%s'}"
                            .formatted(setting(o + "-label"), o))));
    placeholders.put(
        "@payer-labels@",
        list(Stream.of("team", "cost-center").map(o -> "'" + setting(o + "-label") + "'")));
    placeholders.put("@load-balancer-class-list@", quoted("load-balancer-classes"));
    placeholders.put("@administrator-list@", quoted("administrators"));
    placeholders.put(
        "@is-shared-name@", named("shared-namespaces").replace("%s", "object.metadata.name"));
    placeholders.put("@identity-labels@", "'app-id', 'lifecycle', 'created-by'");
    placeholders.put(
        "@identity-snippet@", "app-id: preview-1234, lifecycle: ephemeral, created-by: jane.doe");
    placeholders.put("@namespaces@", namespaces().collect(Collectors.joining("\", \"")));
    excluded = named("excluded-namespaces");
  }

  /** Whether a name, for which %s stands, is among those of a setting. */
  private String named(String setting) {
    return names(setting)
        .map(
            n ->
                n.endsWith("*")
                    ? "%s.startsWith('" + n.substring(0, n.length() - 1) + "')"
                    : "%s == '" + n + "'")
        .collect(Collectors.joining(" || "));
  }

  private String quoted(String setting) {
    return list(names(setting).map(name -> "'" + name + "'"));
  }

  private Stream<String> names(String setting) {
    return Stream.of(setting(setting).split(",")).map(String::trim).filter(n -> !n.isEmpty());
  }

  private Stream<String> namespaces() {
    return names("excluded-namespaces");
  }

  private String setting(String name) {
    String value = placeholders.get("@" + name + "@");
    if (value == null) {
      throw new IllegalArgumentException("settings.properties has no " + name);
    }
    return value;
  }

  private static String list(Stream<String> items) {
    return items.collect(Collectors.joining(", "));
  }

  public static void main(String[] args) throws IOException {
    Path folder = Path.of("kyverno-policies");
    Properties settings = new Properties();
    try (Reader reader = Files.newBufferedReader(folder.resolve("settings.properties"))) {
      settings.load(reader);
    }
    Map<Path, String> files = new Generate(settings).files(folder);
    if (args.length == 0) {
      for (Map.Entry<Path, String> file : files.entrySet()) {
        Files.createDirectories(file.getKey().getParent());
        Files.writeString(file.getKey(), file.getValue());
      }
    } else if (args.length == 1 && args[0].equals("--check")) {
      List<Path> stale = stale(folder.resolve("install"), files);
      if (!stale.isEmpty()) {
        System.err.println("not what Generate.java writes: " + stale);
        System.exit(1);
      }
    } else {
      System.err.println("usage: java kyverno-policies/Generate.java [--check]");
      System.exit(2);
    }
  }

  private static List<Path> stale(Path install, Map<Path, String> files) throws IOException {
    TreeSet<Path> paths = new TreeSet<>(files.keySet());
    try (Stream<Path> written = Files.walk(install)) {
      written
          .filter(p -> files.keySet().stream().anyMatch(f -> f.getParent().equals(p.getParent())))
          .forEach(paths::add);
    }
    List<Path> stale = new ArrayList<>();
    for (Path path : paths) {
      if (!Files.exists(path) || !Files.readString(path).equals(files.get(path))) {
        stale.add(path);
      }
    }
    return stale;
  }

  private Map<Path, String> files(Path folder) throws IOException {
    Map<Path, String> files = new TreeMap<>();
    Map<Path, String> kustomizations = new TreeMap<>();
    for (Path source : sources(folder)) {
      String name = source.getFileName().toString();
      Map<String, String> policy = keys(Files.readString(source.resolve("policy.yaml")));
      String suffix = optIn(policy) ? "-" + policy.get("install").strip() : "";
      for (String flavour : FLAVOURS) {
        Path target = folder.resolve("install").resolve(flavour + suffix);
        String text = flavour.equals("cel") ? celPolicy(name, policy) : clusterPolicy(name, policy);
        files.put(target.resolve(name + ".yaml"), HEAD.formatted(name) + text);
        kustomizations.merge(
            target.resolve("kustomization.yaml"), "  - " + name + ".yaml\n", String::concat);
      }
    }
    kustomizations.forEach((path, resources) -> files.put(path, KUSTOMIZATION + resources));
    return files;
  }

  private static List<Path> sources(Path folder) throws IOException {
    try (Stream<Path> folders = Files.list(folder)) {
      return folders.filter(f -> Files.exists(f.resolve("policy.yaml"))).sorted().toList();
    }
  }

  /** Top-level keys with what follows them, placeholders filled in. */
  private Map<String, String> keys(String text) {
    String filled = text;
    for (Map.Entry<String, String> placeholder : placeholders.entrySet()) {
      filled = filled.replace(placeholder.getKey(), placeholder.getValue());
    }
    Matcher unknown = PLACEHOLDER.matcher(filled);
    if (unknown.find()) {
      throw new IllegalArgumentException("settings.properties knows no " + unknown.group());
    }
    Map<String, String> keys = new LinkedHashMap<>();
    String key = "";
    for (String line : filled.lines().toList()) {
      if (line.startsWith("#")) {
        continue;
      }
      if (!line.startsWith(" ")) {
        int colon = line.indexOf(':');
        key = line.substring(0, colon);
        keys.put(key, line.substring(colon + 1) + "\n");
      } else {
        keys.merge(key, line + "\n", String::concat);
      }
    }
    return keys;
  }

  private String celPolicy(String name, Map<String, String> policy) {
    boolean validates = policy.containsKey("validations");
    Match match = match(policy);
    StringBuilder out = new StringBuilder();
    out.append("apiVersion: policies.kyverno.io/v1\n");
    out.append("kind: ").append(validates ? "ValidatingPolicy" : "MutatingPolicy").append('\n');
    out.append(metadata(name, policy));
    out.append("spec:\n  failurePolicy: Ignore\n");
    if (validates) {
      out.append("  validationActions: [")
          .append(optIn(policy) ? "Deny" : "Warn, Audit")
          .append("]\n");
    }
    if (match == Match.NEW_NAMESPACES) {
      // A scan does not know who made what is there.
      out.append("  evaluation:\n    background:\n      enabled: false\n");
    }
    if (match.kinds.contains("Pod")) {
      out.append("  autogen:\n    podControllers:\n      controllers: []\n");
    }
    out.append("  matchConstraints:\n    resourceRules:\n").append(match.resourceRules().indent(6));
    if (policy.containsKey("namespaceSelector")) {
      out.append("    namespaceSelector:").append(indent(policy.get("namespaceSelector"), 4));
    }
    String conditions = conditions(policy, match);
    if (!conditions.isEmpty()) {
      out.append("  matchConditions:\n").append(conditions.indent(4));
    }
    String variables = policy.getOrDefault("variables", "\n");
    if (!variables.isBlank()) {
      out.append("  variables:").append(indent(variables, 2));
    }
    String checks = validates ? "validations" : "mutations";
    out.append("  ").append(checks).append(':').append(indent(policy.get(checks), 2));
    return out.toString();
  }

  private String clusterPolicy(String name, Map<String, String> policy) {
    boolean validates = policy.containsKey("validations");
    Match match = match(policy);
    StringBuilder out = new StringBuilder();
    out.append("apiVersion: kyverno.io/v1\nkind: ClusterPolicy\n").append(metadata(name, policy));
    if (match.kinds.contains("Pod")) {
      out.append("    pod-policies.kyverno.io/autogen-controllers: none\n");
    }
    out.append("spec:\n  webhookConfiguration:\n    failurePolicy: Ignore\n");
    out.append(validates ? "  emitWarning: " + !optIn(policy) + "\n" : "  background: false\n");
    if (match == Match.NEW_NAMESPACES) {
      out.append("  background: false\n");
    }
    if (policy.containsKey("rules")) {
      return out.append("  rules:").append(indent(policy.get("rules"), 2)).toString();
    }
    out.append("  rules:\n    - name: ").append(name).append('\n');
    out.append("      match:\n        any:\n          - resources:\n");
    out.append("              kinds: [").append(match.kinds).append("]\n");
    out.append("              operations: [").append(match.operations).append("]\n");
    if (policy.containsKey("namespaceSelector")) {
      out.append("              namespaceSelector:")
          .append(indent(policy.get("namespaceSelector"), 14));
    }
    String conditions = conditions(policy, match);
    if (!conditions.isEmpty()) {
      out.append("      celPreconditions:\n").append(conditions.indent(8));
    }
    out.append("      validate:\n");
    out.append("        failureAction: ").append(optIn(policy) ? "Enforce" : "Audit").append('\n');
    out.append("        cel:\n");
    String variables = policy.getOrDefault("variables", "\n");
    if (!variables.isBlank()) {
      out.append("          variables:").append(indent(variables, 10));
    }
    return out.append("          expressions:")
        .append(indent(policy.get("validations"), 10))
        .toString();
  }

  private String metadata(String name, Map<String, String> policy) {
    return """
    metadata:
      name: %s
      labels:
        app.kubernetes.io/part-of: namespend
      annotations:
        policies.kyverno.io/title:%s\
        policies.kyverno.io/category: Cost Allocation
        policies.kyverno.io/severity:%s\
        policies.kyverno.io/description:%s\
    """
        .formatted(
            name,
            policy.get("title"),
            policy.get("severity"),
            indent(policy.get("description"), 4));
  }

  /** The same CEL for both flavours. */
  private String conditions(Map<String, String> policy, Match match) {
    String namespace =
        switch (match) {
          case NAMESPACES, NEW_NAMESPACES -> "object.metadata.name";
          case WORKLOADS_AND_NAMESPACES ->
              "(object.kind == 'Namespace' ? object.metadata.name : request.namespace)";
          case WORKLOADS, NEW_WORKLOADS, WORKLOADS_AND_PODS, SERVICES, NEW_PODS ->
              "request.namespace";
        };
    StringBuilder conditions = new StringBuilder();
    // Names of the system are what this one is about.
    if (match != Match.NEW_NAMESPACES) {
      conditions.append("- name: not-a-system-namespace\n");
      conditions
          .append("  expression: \"!(")
          .append(excluded.replace("%s", namespace))
          .append(")\"\n");
    }
    if (match.operations.contains("UPDATE")) {
      conditions.append("# Whoever deletes it must be able to take its finalizers away.\n");
      conditions.append("- name: not-being-deleted\n");
      conditions.append("  expression: \"!has(object.metadata.deletionTimestamp)\"\n");
    }
    if (match == Match.WORKLOADS
        || match == Match.WORKLOADS_AND_NAMESPACES
        || match == Match.WORKLOADS_AND_PODS) {
      conditions.append("# It is what its CronJob says, and that one is looked at.\n");
      conditions.append("- name: not-a-job-of-a-cronjob\n");
      conditions.append(
          "  expression: \"!(object.kind == 'Job' && object.metadata.?ownerReferences.orValue([])");
      conditions.append(".exists(o, o.kind == 'CronJob'))\"\n");
    }
    if (match == Match.WORKLOADS_AND_PODS) {
      conditions.append("# Its workload was looked at; refused here, nobody would see it.\n");
      conditions.append("- name: not-a-pod-of-a-workload\n");
      conditions.append(
          "  expression: \"!(object.kind == 'Pod' && object.metadata.?ownerReferences.orValue([])");
      conditions.append(
          ".exists(o, o.?controller.orValue(false) && o.kind in ['ReplicaSet', 'StatefulSet',");
      conditions.append(" 'DaemonSet', 'Job']))\"\n");
    }
    return conditions + policy.getOrDefault("conditions", "\n").substring(1).indent(-2);
  }

  private static boolean optIn(Map<String, String> policy) {
    return policy.containsKey("install");
  }

  private static Match match(Map<String, String> policy) {
    return Match.valueOf(policy.get("match").strip().replace(' ', '_').toUpperCase(Locale.ROOT));
  }

  /** The text behind a key, its further lines moved to the right. */
  private static String indent(String text, int columns) {
    int line = text.indexOf('\n') + 1;
    return text.substring(0, line) + text.substring(line).indent(columns);
  }

  private static final String HEAD =
      "# Written by Generate.java from %s/policy.yaml: change that one.\n";
  private static final String KUSTOMIZATION =
      "# Written by Generate.java.\n"
          + "apiVersion: kustomize.config.k8s.io/v1beta1\n"
          + "kind: Kustomization\n"
          + "resources:\n";
}
