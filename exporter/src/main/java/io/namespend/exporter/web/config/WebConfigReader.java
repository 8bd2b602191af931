package io.namespend.exporter.web.config;

import io.namespend.foundation.settings.InvalidSettingsException;
import io.namespend.foundation.settings.Problem;
import io.namespend.foundation.settings.Section;
import io.namespend.foundation.settings.YamlFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a web configuration. Relative paths start at the folder of the file. */
final class WebConfigReader {
  private static final String USERS = "basic_auth_users";

  /** Cost 10 takes about 0.1 s, and each step doubles it; a request cannot wait for minutes. */
  private static final Pattern BCRYPT =
      Pattern.compile("\\$2[aby]\\$(0[4-9]|1[0-8])\\$[./A-Za-z0-9]{53}");

  private static final Pattern GO_DURATION =
      Pattern.compile("(?:(\\d+)h)?(?:(\\d+)m(?!s))?(?:(\\d+)s)?(?:(\\d+)ms)?");

  private final Path file;
  private final List<Problem> problems = new ArrayList<>();
  private final SeenFiles seen = new SeenFiles();

  WebConfigReader(Path file) {
    this.file = file.toAbsolutePath();
  }

  /** The file itself, certificates and keys. */
  SeenFiles seen() {
    return seen;
  }

  /**
   * @throws InvalidSettingsException with everything that is wrong
   */
  WebConfig read() {
    seen.see(file);
    Section document = new Section("", YamlFile.read(file), problems);
    WebConfig config =
        new WebConfig(tls(document), headers(document), users(document), rateLimit(document));
    document.refuseOthers();
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(file.toString(), problems);
    }
    return config;
  }

  private Optional<TlsConfig> tls(Section document) {
    Section section = document.section("tls_server_config");
    Path folder = Optional.ofNullable(file.getParent()).orElse(file);
    return document.has("tls_server_config")
        ? new TlsReader(section, folder, problems, seen).read()
        : Optional.empty();
  }

  private static Map<String, String> headers(Section document) {
    Section http = document.section("http_server_config");
    // The JDK's server speaks HTTP/1.1 alone, which every client of HTTP/2 does too.
    http.flag("http2", true);
    Section section = http.section("headers");
    Map<String, String> headers = new HashMap<>();
    for (String name : WebConfig.HEADERS) {
      section.parsed(name, text -> header(name, text)).ifPresent(text -> headers.put(name, text));
    }
    section.refuseOthers();
    http.refuseOthers();
    return headers;
  }

  private static String header(String name, String text) {
    List<String> allowed =
        switch (name) {
          case "X-Frame-Options" -> List.of("deny", "sameorigin");
          case "X-Content-Type-Options" -> List.of("nosniff");
          default -> List.of(text);
        };
    if (!allowed.contains(text)) {
      throw new IllegalArgumentException("write " + String.join(" or ", allowed));
    }
    if (!text.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
      throw new IllegalArgumentException("write one line of ASCII");
    }
    return text;
  }

  /** No problem shows a hash: where one is wrong, it may be a password. */
  private Map<String, String> users(Section document) {
    Section section = document.section(USERS);
    Map<String, String> users = new HashMap<>();
    for (String name : section.keys()) {
      String hash = section.value(name).asText();
      if (name.isEmpty() || name.contains(":")) {
        section.hiddenProblem(name, "write a name without a colon, as HTTP has it");
      } else if (!BCRYPT.matcher(hash).matches()) {
        section.hiddenProblem(
            name,
            "is no bcrypt hash of a cost from 4 to 18; make one with: htpasswd -nBC 10 " + name);
      }
      users.put(name, hash);
    }
    return users;
  }

  private static Optional<RateLimit> rateLimit(Section document) {
    Section section = document.section("rate_limit");
    Optional<Duration> interval = section.parsed("interval", WebConfigReader::goDuration);
    OptionalInt burst = section.whole("burst", 1, 1_000_000);
    section.refuseOthers();
    if (interval.isEmpty() || interval.get().isZero()) {
      return Optional.empty();
    }
    if (burst.isEmpty()) {
      section.problem(
          "burst", "is needed beside interval; write how many requests may come at once");
      return Optional.empty();
    }
    return Optional.of(new RateLimit(interval.get(), burst.getAsInt(), System::nanoTime));
  }

  private static Duration goDuration(String text) {
    Matcher parts = GO_DURATION.matcher(text);
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    if (!parts.matches() || text.length() > 12) {
      throw new IllegalArgumentException("write a duration such as 500ms, 1s or 1m30s");
    }
    return Duration.ofHours(part(parts, 1))
        .plusMinutes(part(parts, 2))
        .plusSeconds(part(parts, 3))
        .plusMillis(part(parts, 4));
  }

  private static long part(Matcher parts, int group) {
    return Optional.ofNullable(parts.group(group)).map(Long::parseLong).orElse(0L);
  }
}
