import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes {@code FOLDER/tests/FLAVOUR/kyverno-test.yaml} from the files of {@code FOLDER/tests}, so
 * that both flavours of a policy must give the same results on the same resources.
 *
 * <pre>java kyverno-policies/GenerateTests.java [--check]</pre>
 *
 * <ul>
 *   <li>{@code resources.yaml}: a name says what is expected. {@code good-} passes, {@code bad-}
 *       fails, {@code changed-} becomes what stands in patched.yaml, everything else is not looked
 *       at. A label {@code expected} says it instead where the name must be what it is.
 *   <li>{@code namespaces.yaml}: what the policy sees of namespaces.
 *   <li>{@code cluster.yaml}: what else there is in the cluster.
 * </ul>
 */
final class GenerateTests {
  private static final Pattern KIND = Pattern.compile("(?m)^kind: (.*)$");
  private static final Pattern EXPECTED = Pattern.compile("(?m)^  labels: \\{expected: (\\w+)}$");
  private static final Pattern NAME = Pattern.compile("(?m)^  name: (.*)$");

  private GenerateTests() {}

  public static void main(String[] args) throws IOException {
    Map<Path, String> files = new TreeMap<>();
    try (DirectoryStream<Path> folders =
        Files.newDirectoryStream(
            Path.of("kyverno-policies"), f -> Files.exists(f.resolve("policy.yaml")))) {
      for (Path folder : folders) {
        String policy = Files.readString(folder.resolve("policy.yaml"));
        for (String flavour : List.of("cel", "clusterpolicy")) {
          Path file = folder.resolve("tests").resolve(flavour).resolve("kyverno-test.yaml");
          files.put(file, test(folder, policy, flavour));
        }
      }
    }
    List<Path> stale = new ArrayList<>();
    for (Map.Entry<Path, String> file : files.entrySet()) {
      if (args.length == 0) {
        Files.createDirectories(file.getKey().getParent());
        Files.writeString(file.getKey(), file.getValue());
      } else if (!Files.exists(file.getKey())
          || !Files.readString(file.getKey()).equals(file.getValue())) {
        stale.add(file.getKey());
      }
    }
    if (!stale.isEmpty()) {
      System.err.println("not what GenerateTests.java writes: " + stale);
      System.exit(1);
    }
  }

  private static String test(Path folder, String policy, String flavour) throws IOException {
    String name = folder.getFileName().toString();
    boolean cel = flavour.equals("cel");
    String suffix =
        policy.contains("\ninstall: ")
            ? "-" + policy.replaceFirst("(?s).*\ninstall: (\\S+).*", "$1")
            : "";
    StringBuilder out = new StringBuilder();
    out.append("# Written by GenerateTests.java.\n");
    out.append("apiVersion: cli.kyverno.io/v1alpha1\nkind: Test\nmetadata:\n  name: ")
        .append(name)
        .append('\n');
    out.append("policies: [../../../install/%s%s/%s.yaml]\n".formatted(flavour, suffix, name));
    out.append("resources: [../resources.yaml]\n");
    if (Files.exists(folder.resolve("tests/cluster.yaml"))) {
      out.append("clusterResources: [../cluster.yaml]\n");
    }
    if (Files.exists(folder.resolve("tests/namespaces.yaml"))) {
      out.append(namespaces(documents(folder.resolve("tests/namespaces.yaml")), cel));
    }
    boolean validates = policy.contains("\nvalidations:");
    out.append("results:\n");
    // Kyverno gives the same object as the old one.
    List<String> operations =
        policy.contains("oldObject") ? List.of("CREATE", "UPDATE") : List.of("CREATE");
    for (Map.Entry<String, String> result : results(folder, cel, validates, name).entrySet()) {
      for (String operation : operations) {
        out.append(result.getKey()).append("    operation: ").append(operation);
        out.append("\n    resources: [").append(result.getValue()).append("]\n");
      }
    }
    return out.toString();
  }

  /** The same namespaces as CEL and selectors see them, and as the API answers. */
  private static String namespaces(List<String> namespaces, boolean cel) {
    StringBuilder values = new StringBuilder("values:\n  namespaces:\n");
    StringBuilder answers = new StringBuilder("apiCallResponses:\n");
    for (String namespace : namespaces) {
      values.append("    - ").append(namespace.indent(6).substring(6));
      answers
          .append("  - urlPath: /api/v1/namespaces/")
          .append(group(NAME, namespace))
          .append('\n');
      answers.append("    response:\n      body:\n").append(namespace.indent(8));
    }
    return cel ? values.toString() : values.toString() + answers;
  }

  /** Resources by what is expected of them. */
  private static Map<String, String> results(
      Path folder, boolean cel, boolean validates, String policy) throws IOException {
    Map<String, String> results = new LinkedHashMap<>();
    for (String resource : documents(folder.resolve("tests/resources.yaml"))) {
      String kind = group(KIND, resource);
      String name = group(NAME, resource);
      StringBuilder entry = new StringBuilder("  - policy: " + policy + "\n");
      if (cel) {
        entry.append(validates ? "    isValidatingPolicy: true\n" : "    isMutatingPolicy: true\n");
      } else {
        String rule = validates ? policy : kind.equals("CronJob") ? "cronjobs" : "workloads";
        entry.append("    rule: ").append(rule).append('\n');
      }
      entry.append("    kind: ").append(kind).append('\n').append(expected(label(resource, name), cel));
      results.merge(entry.toString(), name, (a, b) -> a + ", " + b);
    }
    return results;
  }

  /** Where a policy is about names, a label says what the name cannot. */
  private static String label(String resource, String name) {
    Matcher matcher = EXPECTED.matcher(resource);
    return matcher.find() ? matcher.group(1) + "-" : name;
  }

  private static String expected(String name, boolean cel) {
    String prefix = name.substring(0, name.indexOf('-') + 1);
    String patched = "    patchedResources: ../%s.yaml\n    failOnMissingResources: true\n";
    return switch (prefix) {
      case "good-" -> "    result: pass\n";
      case "bad-" -> "    result: fail\n";
      case "changed-" -> "    result: pass\n" + patched.formatted("patched");
      // A CEL policy without a patch has passed, a ClusterPolicy was not needed.
      case "same-" ->
          (cel ? "    result: pass\n" : "    result: skip\n") + patched.formatted("resources");
      default -> "    result: skip\n";
    };
  }

  private static List<String> documents(Path file) throws IOException {
    return List.of(Files.readString(file).split("(?m)^---\n"));
  }

  private static String group(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalArgumentException("no " + pattern + " in " + text);
    }
    return matcher.group(1);
  }
}
