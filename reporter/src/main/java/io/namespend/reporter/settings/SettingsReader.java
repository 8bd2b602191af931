package io.namespend.reporter.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.namespend.foundation.settings.Constant;
import io.namespend.foundation.settings.InvalidSettingsException;
import io.namespend.foundation.settings.Problem;
import io.namespend.foundation.settings.Section;
import io.namespend.foundation.settings.YamlFile;
import io.namespend.reporter.digest.DigestSettings;
import io.namespend.reporter.prometheus.PrometheusException;
import io.namespend.reporter.prometheus.PrometheusUrl;
import io.namespend.reporter.prometheus.Trust;
import io.namespend.reporter.settings.Settings.Audience;
import io.namespend.reporter.settings.Settings.BillRule;
import io.namespend.reporter.settings.Settings.Login;
import io.namespend.reporter.settings.Settings.Mail;
import io.namespend.reporter.settings.Settings.Monthly;
import io.namespend.reporter.settings.Settings.Prometheus;
import io.namespend.reporter.settings.Settings.Security;
import io.namespend.reporter.settings.Settings.State;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/** Reads the settings file, and reports all that is wrong in it at once. */
public final class SettingsReader {
  /** Where the kubelet mounts it unless told otherwise. */
  private static final Path SERVICE_ACCOUNT =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

  private static final String HEADER = "[A-Za-z0-9-]+";
  private static final String ADDRESS = "[^\\s@<>,;]+@[^\\s@<>,;]+";

  private final SecretReader secrets;
  private final List<Problem> problems = new ArrayList<>();

  /**
   * @param environment where secrets can be
   */
  public SettingsReader(Map<String, String> environment) {
    secrets = new SecretReader(environment);
  }

  /**
   * @throws InvalidSettingsException with everything that is wrong
   */
  public Settings read(Path file) {
    Section root = new Section("", YamlFile.read(file), problems);
    Section bot = root.section("slack");
    Settings settings =
        new Settings(
            prometheus(root.section("prometheus")),
            root.parsed("timeZone", SettingsReader::zone).orElse(ZoneOffset.UTC),
            url(root, "dashboards", "https://grafana.example.com").map(PrometheusUrl::base),
            digest(root.section("digest")),
            secrets.read(bot, "token"),
            // Left out for slack.com.
            url(bot, "api", "https://slack-gov.com/api/").map(PrometheusUrl::toString),
            root.has("email") ? Optional.of(mail(root.section("email"))) : Optional.empty(),
            audience(root.section("company")),
            teams(root.section("teams")),
            root.has("statement")
                ? Optional.of(monthly(root.section("statement")))
                : Optional.empty(),
            state(root.section("delivery")));
    bot.refuseOthers();
    root.refuseOthers();
    checkTogether(settings);
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(file.toString(), problems);
    }
    return settings;
  }

  private Prometheus prometheus(Section section) {
    Map<String, Secret> headers = new HashMap<>();
    Section named = section.section("headers");
    for (String name : named.keys()) {
      if (!name.matches(HEADER)) {
        named.hiddenProblem(name, "is no header; write a name of letters, digits and hyphens");
      }
      secrets.read(named, name).ifPresent(value -> headers.put(name, value));
    }
    secrets
        .read(section, "bearerToken")
        .ifPresent(token -> headers.put("Authorization", new Secret("Bearer " + token.value())));
    if (section.has("basicAuth")) {
      Section basic = section.section("basicAuth");
      String user = required(basic, "username", "write the name of the user");
      String password = secrets.required(basic, "password").map(Secret::value).orElse("");
      String pair = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
      if (headers.put("Authorization", new Secret("Basic " + pair)) != null) {
        section.hiddenProblem("basicAuth", "is there beside a bearer token; write one of them");
      }
      basic.refuseOthers();
    }
    Prometheus prometheus =
        new Prometheus(
            url(section, "url", "http://prometheus-operated.monitoring:9090")
                .map(PrometheusUrl::toString),
            section.duration("timeout"),
            headers,
            clientTls(section));
    section.refuseOthers();
    return prometheus;
  }

  private static Optional<PrometheusUrl> url(Section section, String key, String example) {
    return section.parsed(
        key,
        text -> {
          try {
            return PrometheusUrl.parse(text);
          } catch (PrometheusException e) {
            throw new IllegalArgumentException(
                "write an http or https address without credentials, such as " + example, e);
          }
        });
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("write a time zone such as Europe/Berlin", e);
    }
  }

  /** With a client certificate, where there is one. */
  private static Optional<SSLContext> clientTls(Section section) {
    if (!section.has("clientCert") && !section.has("clientKey")) {
      return tls(section);
    }
    Optional<Path> certificate = section.parsed("clientCert", SettingsReader::path);
    Optional<Path> ca = section.parsed("ca", SettingsReader::path);
    section.requires("clientCert", "write the path of a certificate in PEM");
    if (!section.requires("clientKey", "write the path of the certificate's key in PEM")
        || certificate.isEmpty()) {
      return Optional.empty();
    }
    return section.parsed(
        "clientKey",
        key -> {
          try {
            return Trust.as(certificate.get(), path(key), ca);
          } catch (IOException e) {
            throw new IllegalArgumentException(reason(e), e);
          }
        });
  }

  private static String reason(IOException e) {
    return e instanceof NoSuchFileException missing
        ? "%s does not exist; write the path of a PEM file".formatted(missing.getFile())
        : String.valueOf(e.getMessage());
  }

  private static Optional<SSLContext> tls(Section section) {
    return section.parsed(
        "ca",
        file -> {
          try {
            return Trust.in(Path.of(file));
          } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException(
                "is no readable file of certificates; write the path of a PEM file", e);
          }
        });
  }

  private static DigestSettings digest(Section section) {
    List<DigestSettings.Unit> units = new ArrayList<>();
    for (Section unit : section.sections("unitCosts")) {
      units.add(
          new DigestSettings.Unit(
              required(unit, "name", "write what is counted, such as order"),
              required(unit, "series", "write a recorded series of units by the hour"),
              unit.number("minimum", 0, Double.MAX_VALUE).orElse(1.0),
              unit.text("team")));
      unit.refuseOthers();
    }
    DigestSettings usual = DigestSettings.DEFAULT;
    DigestSettings settings =
        new DigestSettings(
            section.number("moverFloor", 0, Double.MAX_VALUE).orElse(usual.moverFloor()),
            section.whole("movers", 0, 50).orElse(usual.movers()),
            section.number("comparable", 0, 1).orElse(usual.comparable()),
            units);
    section.refuseOthers();
    return settings;
  }

  private Mail mail(Section section) {
    Security security =
        section
            .parsed(
                "security", text -> Constant.parse(Security.class, text.toLowerCase(Locale.ROOT)))
            .orElse(Security.STARTTLS);
    Optional<String> user = section.text("username");
    for (String secret : List.of("password", "oauth2Token")) {
      if (user.isEmpty() && section.has(secret)) {
        section.hiddenProblem(secret, "has no user; write username beside it");
      }
    }
    Mail mail =
        new Mail(
            required(section, "host", "write the name of the mail server"),
            section.whole("port", 1, 65_535).orElse(security == Security.TLS ? 465 : 587),
            security,
            section.requires("from", "write an address such as costs@example.com")
                ? section.parsed("from", SettingsReader::address).orElse("")
                : "",
            user.flatMap(name -> login(section, name)),
            section.parsed("ehlo", SettingsReader::hostName),
            tls(section));
    section.refuseOthers();
    return mail;
  }

  private Optional<Login> login(Section section, String user) {
    if (section.has("oauth2Token")) {
      if (section.has("password")) {
        section.hiddenProblem("password", "is there beside oauth2Token; write one of them");
      }
      return secrets.required(section, "oauth2Token").map(token -> new Login(user, token, true));
    }
    return secrets.required(section, "password").map(secret -> new Login(user, secret, false));
  }

  private static String hostName(String text) {
    if (!text.matches("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")) {
      throw new IllegalArgumentException("write a host name such as costs.example.com");
    }
    return text;
  }

  private static String address(String text) {
    if (!text.matches(ADDRESS)) {
      throw new IllegalArgumentException("write an address such as costs@example.com");
    }
    return text;
  }

  private Audience audience(Section section) {
    Audience audience =
        new Audience(
            section.text("slackChannel"),
            secrets.read(section, "slackWebhook"),
            section.parsedItems("recipients", SettingsReader::address));
    section.refuseOthers();
    return audience;
  }

  private Map<String, Audience> teams(Section section) {
    Map<String, Audience> teams = new HashMap<>();
    for (String team : section.keys()) {
      teams.put(team, audience(section.section(team)));
    }
    return teams;
  }

  private static Monthly monthly(Section section) {
    Monthly monthly =
        new Monthly(
            section.parsedItems("recipients", SettingsReader::address),
            section.flag("teams", true),
            section.parsed("folder", SettingsReader::path),
            section.parsed("glAccounts", SettingsReader::path),
            section.whole("workingDay", 1, 15).orElse(3),
            Set.copyOf(section.parsedItems("holidays", SettingsReader::date)),
            section.number("coverage", 0, 1).orElse(0.99),
            section
                .parsed("bill", text -> Constant.parse(BillRule.class, text))
                .orElse(BillRule.IF_KEPT),
            section.number("billVariance", 0, 1).orElse(0.05));
    section.refuseOthers();
    return monthly;
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("write a path", e);
    }
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("write a date such as 2026-12-25", e);
    }
  }

  private static State state(Section section) {
    Optional<String> file = section.text("file");
    State state =
        file.<State>map(path -> new State.File(Path.of(path))).orElse(new State.Nowhere());
    if (section.has("configMap")) {
      Section map = section.section("configMap");
      state =
          new State.ConfigMap(
              map.text("namespace"),
              required(map, "name", "write the name of a ConfigMap, such as namespend-delivered"),
              map.text("serviceAccount").map(Path::of).orElse(SERVICE_ACCOUNT));
      map.refuseOthers();
      if (file.isPresent()) {
        section.problem("configMap", "is there beside file; write one of them");
      }
    }
    section.refuseOthers();
    return state;
  }

  /** Empty, and a problem, if there is none. */
  private static String required(Section section, String key, String remedy) {
    return section.requires(key, remedy) ? section.text(key).orElse("") : "";
  }

  private void checkTogether(Settings settings) {
    check("company", settings.company(), settings);
    settings.teams().forEach((team, audience) -> check("teams." + team, audience, settings));
    settings.statement().ifPresent(monthly -> check(monthly, settings));
  }

  private void check(Monthly monthly, Settings settings) {
    boolean mails =
        !monthly.recipients().isEmpty()
            || (monthly.teams()
                && settings.teams().values().stream()
                    .anyMatch(audience -> !audience.recipients().isEmpty()));
    if (!mails && monthly.folder().isEmpty()) {
      problems.add(
          new Problem("statement", "nobody", "goes nowhere; write recipients, a folder, or both"));
    }
    if (!monthly.recipients().isEmpty() && settings.mail().isEmpty()) {
      problems.add(
          new Problem(
              "statement.recipients",
              String.join(", ", monthly.recipients()),
              "need a mail server; write email"));
    }
    if (mails && settings.state() instanceof State.Nowhere) {
      problems.add(
          new Problem(
              "delivery",
              "nothing",
              "is needed, or everyone gets the statement on every day again; write"
                  + " {configMap: {name: namespend-delivered}}, or file outside a cluster"));
    }
  }

  private void check(String path, Audience audience, Settings settings) {
    audience
        .slackChannel()
        .filter(channel -> settings.slackToken().isEmpty())
        .ifPresent(
            channel ->
                problems.add(
                    new Problem(
                        path + ".slackChannel",
                        channel,
                        "needs a bot; write slack.token, or a slackWebhook instead")));
    if (!audience.recipients().isEmpty() && settings.mail().isEmpty()) {
      problems.add(
          new Problem(
              path + ".recipients",
              String.join(", ", audience.recipients()),
              "need a mail server; write email"));
    }
  }
}
