package io.namespend.reporter.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.namespend.reporter.digest.DigestSettings;
import io.namespend.reporter.prometheus.PrometheusUrl;
import io.namespend.reporter.prometheus.Trust;
import io.namespend.reporter.settings.Settings.Audience;
import io.namespend.reporter.settings.Settings.Login;
import io.namespend.reporter.settings.Settings.Mail;
import io.namespend.reporter.settings.Settings.Prometheus;
import io.namespend.reporter.settings.Settings.Security;
import io.namespend.reporter.settings.Settings.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/** Reads the settings file, and reports all that is wrong in it at once. */
public final class SettingsReader {
  private static final YAMLFactory YAML = new YAMLFactory();

  /** As much as a ConfigMap holds. */
  private static final int MOST_BYTES = 1 << 20;

  /** Where the kubelet mounts it unless told otherwise. */
  private static final Path SERVICE_ACCOUNT =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

  private static final String HEADER = "[A-Za-z0-9-]+";

  private final SecretReader secrets;
  private final List<String> errors = new ArrayList<>();

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
    SettingsNode root = new SettingsNode(yaml(file), "", errors);
    SettingsNode bot = root.child("slack");
    Optional<Secret> slack = secrets.read(bot.child("token"));
    Optional<String> slackApi =
        bot.child("api")
            .text(
                text -> PrometheusUrl.parse(text).toString(),
                "an http or https address",
                "leave it out for slack.com; GovSlack has https://slack-gov.com/api/");
    bot.end();
    Settings settings =
        new Settings(
            prometheus(root.child("prometheus")),
            root.child("timeZone")
                .text(ZoneId::of, "a time zone", "take one such as Europe/Berlin")
                .orElse(ZoneOffset.UTC),
            root.child("dashboards")
                .text(
                    text -> PrometheusUrl.parse(text).base(),
                    "an http or https address",
                    "take that of Grafana, such as https://grafana.example.com"),
            digest(root.child("digest")),
            slack,
            slackApi,
            mail(root.child("email")),
            audience(root.child("company")),
            teams(root.child("teams")),
            state(root.child("delivery")));
    root.end();
    checkTogether(settings);
    if (!errors.isEmpty()) {
      throw new InvalidSettingsException(file.toString(), errors);
    }
    return settings;
  }

  private JsonNode yaml(Path file) {
    try (YAMLParser parser = YAML.createParser(text(file))) {
      parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
      YamlTree tree = new YamlTree(parser);
      JsonNode document = tree.read();
      if (tree.alias().isPresent()) {
        throw new InvalidSettingsException(
            file.toString(),
            List.of(
                "%s has the alias *%s; write its value again instead"
                    .formatted(tree.line(), tree.alias().get())));
      }
      if (tree.isTooLarge()) {
        throw new InvalidSettingsException(
            file.toString(),
            List.of("it has more than %,d values; write fewer".formatted(YamlTree.MOST_VALUES)));
      }
      return document;
    } catch (JsonProcessingException e) {
      throw new InvalidSettingsException(
          file.toString(), List.of("it is no YAML: " + e.getOriginalMessage()));
    } catch (IOException e) {
      throw new InvalidSettingsException(
          file.toString(), List.of("it cannot be read; name a readable file with --config"));
    }
  }

  private static String text(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new InvalidSettingsException(
          file.toString(), List.of("it is larger than 1 MiB; name another with --config"));
    }
    return Files.readString(file, UTF_8);
  }

  private Prometheus prometheus(SettingsNode node) {
    Map<String, Secret> headers = new HashMap<>();
    SettingsNode named = node.child("headers");
    for (String name : named.keys()) {
      if (!name.matches(HEADER)) {
        named.error("has \"%s\", which is no header".formatted(name), "take letters and dashes");
      }
      secrets.read(named.child(name)).ifPresent(value -> headers.put(name, value));
    }
    secrets
        .read(node.child("bearerToken"))
        .ifPresent(token -> headers.put("Authorization", new Secret("Bearer " + token.value())));
    SettingsNode basic = node.child("basicAuth");
    if (basic.isPresent()) {
      String user = basic.child("username").required("name a user");
      String password = secrets.required(basic.child("password")).map(Secret::value).orElse("");
      String pair = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
      if (headers.put("Authorization", new Secret("Basic " + pair)) != null) {
        basic.error("is there beside a bearer token", "leave out one of them");
      }
    }
    basic.end();
    Prometheus prometheus =
        new Prometheus(
            node.child("url")
                .text(
                    text -> PrometheusUrl.parse(text).toString(),
                    "an http or https address without credentials",
                    "take one such as http://prometheus-operated.monitoring:9090"),
            node.child("timeout")
                .text(SettingsReader::seconds, "a number of seconds", "take one such as 30s"),
            headers,
            tls(node.child("ca")));
    node.end();
    return prometheus;
  }

  private static Duration seconds(String text) {
    Duration duration = Duration.ofSeconds(Long.parseLong(text.replaceFirst("s$", "")));
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException(text);
    }
    return duration;
  }

  private static Optional<SSLContext> tls(SettingsNode node) {
    return node.text()
        .flatMap(
            file -> {
              try {
                return Optional.of(Trust.in(Path.of(file)));
              } catch (IOException | RuntimeException e) {
                node.error(
                    "is \"%s\", which is no readable file of certificates".formatted(file),
                    "give a PEM file");
                return Optional.empty();
              }
            });
  }

  private static DigestSettings digest(SettingsNode node) {
    List<DigestSettings.Unit> units = new ArrayList<>();
    for (SettingsNode unit : node.child("unitCosts").elements()) {
      units.add(
          new DigestSettings.Unit(
              unit.child("name").required("name the unit, such as order"),
              unit.child("series").required("name a recorded series of units by the hour"),
              number(unit.child("minimum"), any -> any >= 0).orElse(1.0),
              unit.child("team").text()));
      unit.end();
    }
    DigestSettings settings =
        new DigestSettings(
            number(node.child("moverFloor"), any -> any >= 0)
                .orElse(DigestSettings.DEFAULT.moverFloor()),
            number(node.child("movers"), any -> any >= 0 && any <= 50)
                .map(Double::intValue)
                .orElse(DigestSettings.DEFAULT.movers()),
            number(node.child("comparable"), any -> any >= 0 && any <= 1)
                .orElse(DigestSettings.DEFAULT.comparable()),
            units);
    node.end();
    return settings;
  }

  private static Optional<Double> number(SettingsNode node, Predicate<Double> valid) {
    return node.text(
        text -> {
          double value = Double.parseDouble(text);
          if (!Double.isFinite(value) || !valid.test(value)) {
            throw new IllegalArgumentException(text);
          }
          return value;
        },
        "a number in its range",
        "take 0 or more");
  }

  private Optional<Mail> mail(SettingsNode node) {
    if (!node.isPresent()) {
      return Optional.empty();
    }
    Security security =
        node.child("security")
            .text(
                text -> Security.valueOf(text.toUpperCase(Locale.ROOT)),
                "a way to speak to a mail server",
                "take starttls, tls or none")
            .orElse(Security.STARTTLS);
    Optional<String> user = node.child("username").text();
    SettingsNode password = node.child("password");
    Optional<Login> login =
        user.flatMap(name -> secrets.required(password).map(secret -> new Login(name, secret)));
    if (user.isEmpty() && password.isPresent()) {
      password.error("has no user", "give email.username");
    }
    Mail mail =
        new Mail(
            node.child("host").required("name the mail server"),
            number(node.child("port"), port -> port >= 1 && port <= 65_535)
                .map(Double::intValue)
                .orElse(security == Security.TLS ? 465 : 587),
            security,
            address(node.child("from")),
            login,
            tls(node.child("ca")));
    node.end();
    return Optional.of(mail);
  }

  private static String address(SettingsNode node) {
    String address = node.required("give an address such as costs@example.com");
    if (!address.isEmpty() && !address.matches("[^\\s@<>,;]+@[^\\s@<>,;]+")) {
      node.error("is \"%s\", not an address".formatted(address), "take costs@example.com");
    }
    return address;
  }

  private Audience audience(SettingsNode node) {
    Audience audience =
        new Audience(
            node.child("slackChannel").text(),
            secrets.read(node.child("slackWebhook")),
            node.child("recipients").elements().stream().map(SettingsReader::address).toList());
    node.end();
    return audience;
  }

  private Map<String, Audience> teams(SettingsNode node) {
    Map<String, Audience> teams = new HashMap<>();
    for (String team : node.keys()) {
      teams.put(team, audience(node.child(team)));
    }
    node.end();
    return teams;
  }

  private static State state(SettingsNode node) {
    Optional<String> file = node.child("file").text();
    SettingsNode map = node.child("configMap");
    State state =
        file.<State>map(path -> new State.File(Path.of(path))).orElse(new State.Nowhere());
    if (map.isPresent()) {
      state =
          new State.ConfigMap(
              map.child("namespace").text(),
              map.child("name").required("name a ConfigMap, such as namespend-delivered"),
              map.child("serviceAccount").text().map(Path::of).orElse(SERVICE_ACCOUNT));
      if (file.isPresent()) {
        node.error("has both file and configMap", "leave out one of them");
      }
    }
    map.end();
    node.end();
    return state;
  }

  private void checkTogether(Settings settings) {
    Map<String, Audience> all = new HashMap<>();
    all.put("company", settings.company());
    settings.teams().forEach((team, audience) -> all.put("teams." + team, audience));
    all.forEach(
        (path, audience) -> {
          if (audience.slackChannel().isPresent() && settings.slackToken().isEmpty()) {
            errors.add(path + ".slackChannel needs a bot; give slack.token, or a slackWebhook");
          }
          if (!audience.recipients().isEmpty() && settings.mail().isEmpty()) {
            errors.add(path + ".recipients need a mail server; give email");
          }
        });
    errors.sort(String::compareTo);
  }
}
