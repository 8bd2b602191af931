import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Compares the libraries in the SBOMs with a copy of the OSV database, without network, and says how old that copy is.
 *
 * <pre>
 * java -cp exporter/target/exporter.jar supply-chain/Vulnerabilities.java OSV.zip SBOM...
 *     [--accept ID,ID...] [--max-age DAYS] [--now INSTANT]
 * </pre>
 *
 * OSV.zip is OSV's export of the ecosystem Maven; docs/supply-chain.md says how to get it. Exit codes: 0 nothing found,
 * 1 something found, 2 wrong arguments or files, 3 the data are older than --max-age (30 days).
 */
public final class Vulnerabilities {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PURL = Pattern.compile("pkg:maven/([^/]+)/([^@]+)@([^?]+).*");

  private Vulnerabilities() {}

  public static void main(String[] args) throws IOException {
    List<Path> files = new ArrayList<>();
    Set<String> accepted = new TreeSet<>();
    long maxAge = 30;
    Instant now = Instant.now();
    try {
      for (int i = 0; i < args.length; i++) {
        switch (args[i]) {
          case "--accept" -> accepted.addAll(List.of(args[++i].split(",")));
          case "--max-age" -> maxAge = Long.parseLong(args[++i]);
          case "--now" -> now = Instant.parse(args[++i]);
          default -> files.add(Path.of(args[i]));
        }
      }
      if (files.size() < 2) {
        throw new IllegalArgumentException("name the OSV export and one SBOM at least");
      }
    } catch (RuntimeException e) {
      System.err.println("vulnerabilities: " + e.getMessage());
      System.exit(2);
    }
    System.exit(check(files.get(0), files.subList(1, files.size()), accepted, maxAge, now));
  }

  private static int check(Path osv, List<Path> sboms, Set<String> accepted, long maxAge, Instant now) {
    Map<String, String> libraries = new LinkedHashMap<>();
    Instant newest = Instant.EPOCH;
    int advisories = 0;
    List<String> found = new ArrayList<>();
    try (ZipFile zip = new ZipFile(osv.toFile())) {
      for (Path sbom : sboms) {
        libraries(JSON.readTree(Files.readAllBytes(sbom)), libraries);
      }
      if (libraries.isEmpty()) {
        throw new IOException("no SBOM names a Maven library");
      }
      for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
        ZipEntry entry = entries.nextElement();
        if (!entry.getName().endsWith(".json")) {
          continue;
        }
        JsonNode advisory = JSON.readTree(zip.getInputStream(entry));
        Instant modified = Instant.parse(advisory.path("modified").asText());
        newest = modified.isAfter(newest) ? modified : newest;
        advisories++;
        if (!advisory.has("withdrawn")) {
          hits(advisory, libraries, accepted, found);
        }
      }
      if (advisories == 0) {
        throw new IOException(osv + " has no advisories");
      }
    } catch (IOException | RuntimeException e) {
      System.err.println("vulnerabilities: " + e.getMessage());
      return 2;
    }
    long age = Duration.between(newest, now).toDays();
    System.out.printf(
        "%d libraries, %d advisories; the newest is of %s, %d days ago%n", libraries.size(), advisories, newest, age);
    found.stream().sorted().forEach(System.out::println);
    if (!found.isEmpty()) {
      return 1;
    }
    if (age > maxAge) {
      System.out.printf("too old to say that there is nothing: get a newer export, or allow --max-age %d%n", age);
      return 3;
    }
    System.out.println("nothing known");
    return 0;
  }

  private static void libraries(JsonNode sbom, Map<String, String> libraries) {
    for (JsonNode component : sbom.path("components")) {
      Matcher purl = PURL.matcher(component.path("purl").asText());
      if (purl.matches() && !purl.group(1).startsWith("io.namespend")) {
        libraries.put(purl.group(1) + ":" + purl.group(2), purl.group(3));
      }
    }
  }

  private static void hits(JsonNode advisory, Map<String, String> libraries, Set<String> accepted, List<String> found) {
    Set<String> ids = new TreeSet<>(Set.of(advisory.path("id").asText()));
    advisory.path("aliases").forEach(alias -> ids.add(alias.asText()));
    for (JsonNode affected : advisory.path("affected")) {
      String name = affected.path("package").path("name").asText();
      String version = libraries.get(name);
      if (version != null
          && affected.path("package").path("ecosystem").asText().equals("Maven")
          && isAffected(affected, version)
          && ids.stream().noneMatch(accepted::contains)) {
        String line = "%s %s: %s %s".formatted(name, version, String.join(" ", ids), advisory.path("summary").asText());
        if (!found.contains(line)) {
          found.add(line);
        }
      }
    }
  }

  private static boolean isAffected(JsonNode affected, String version) {
    for (JsonNode listed : affected.path("versions")) {
      if (listed.asText().equals(version)) {
        return true;
      }
    }
    for (JsonNode range : affected.path("ranges")) {
      boolean inside = false;
      for (JsonNode event : range.path("events")) {
        if (event.has("introduced")) {
          String from = event.path("introduced").asText();
          inside |= from.equals("0") || compare(version, from) >= 0;
        } else if (event.has("fixed")) {
          inside &= compare(version, event.path("fixed").asText()) < 0;
        } else if (event.has("last_affected")) {
          inside &= compare(version, event.path("last_affected").asText()) <= 0;
        }
      }
      if (inside) {
        return true;
      }
    }
    return false;
  }

  /** As Maven orders versions, as far as releases use it: numbers, then qualifiers, a release after its candidates. */
  static int compare(String one, String other) {
    List<String> mine = tokens(one);
    List<String> others = tokens(other);
    for (int i = 0; i < Math.max(mine.size(), others.size()); i++) {
      int order = Integer.compare(rank(token(mine, i)), rank(token(others, i)));
      if (order == 0) {
        String a = token(mine, i);
        String b = token(others, i);
        order = isNumber(a) ? new java.math.BigInteger(a).compareTo(new java.math.BigInteger(b)) : a.compareTo(b);
      }
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static List<String> tokens(String version) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = Pattern.compile("\\d+|[a-z]+").matcher(version.toLowerCase(java.util.Locale.ROOT));
    while (matcher.find()) {
      String token = matcher.group();
      tokens.add(token.matches("final|ga|release") ? "0" : token);
    }
    return tokens;
  }

  private static String token(List<String> tokens, int at) {
    return at < tokens.size() ? tokens.get(at) : "0";
  }

  private static boolean isNumber(String token) {
    return Character.isDigit(token.charAt(0));
  }

  private static int rank(String token) {
    return switch (token) {
      case "alpha", "a" -> 0;
      case "beta", "b" -> 1;
      case "milestone", "m" -> 2;
      case "rc", "cr" -> 3;
      case "snapshot" -> 4;
      default -> isNumber(token) ? 6 : 5;
    };
  }
}
