package io.namespend.reporter.settings;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsReaderTest {
  @TempDir private Path folder;

  @Test
  void readsEverything() throws IOException {
    Files.writeString(folder.resolve("token"), "the-token\n");
    Settings settings =
        read(
            """
            prometheus:
              url: http://prometheus:9090
              timeout: 45s
              bearerToken: {file: %s}
              headers: {X-Scope-OrgID: {env: TENANT}}
            timeZone: Europe/Berlin
            dashboards: https://grafana.example.com
            digest:
              moverFloor: 25
              unitCosts: [{name: order, series: "orders:count:sum1h", minimum: 10}]
            slack: {token: {env: SLACK}}
            email: {host: smtp.example.com, from: costs@example.com}
            company: {slackChannel: "#costs", recipients: [cfo@example.com]}
            teams:
              payments: {slackWebhook: {env: HOOK}}
            delivery: {configMap: {namespace: costs, name: delivered}}
            """
                .formatted(folder.resolve("token")));

    assertThat(settings.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(settings.prometheus().timeout()).contains(Duration.ofSeconds(45));
    assertThat(settings.prometheus().headers())
        .containsEntry("Authorization", new Secret("Bearer the-token"))
        .containsEntry("X-Scope-OrgID", new Secret("acme"));
    assertThat(settings.mail().orElseThrow().port()).isEqualTo(587);
    assertThat(settings.company().recipients()).isEqualTo(List.of("cfo@example.com"));
    assertThat(requireNonNull(settings.teams().get("payments")).slackWebhook()).isPresent();
    assertThat(settings.state())
        .isEqualTo(
            new Settings.State.ConfigMap(
                Optional.of("costs"),
                "delivered",
                Path.of("/var/run/secrets/kubernetes.io/serviceaccount")));
    assertThat(settings.toString()).doesNotContain("the-token", "acme", "xoxb", "hooks");
  }

  @Test
  void namesEverythingThatIsWrongAtOnce() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    prometheus: {url: ftp://x, timeout: soon, bearerToken: {env: MISSING}, retries: 3}
                    timeZone: Mars/Olympus
                    slack: {token: xoxb-written-into-the-file}
                    email: {security: tls-1.0}
                    company: {slackChannel: "#costs", recipients: ["a b"]}
                    delivery: {file: a, configMap: {}}
                    extra: 1
                    """))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("prometheus.url is \"ftp://x\", not an http or https address")
        .hasMessageContaining("prometheus.timeout is \"soon\", not a number of seconds")
        .hasMessageContaining("prometheus.bearerToken.env is \"MISSING\", which is not set")
        .hasMessageContaining("prometheus has the unknown retries; it can have headers,")
        .hasMessageContaining("timeZone is \"Mars/Olympus\", not a time zone; take one such as")
        .hasMessageContaining("slack.token names no single place of a secret; take {file: PATH}")
        .hasMessageContaining("email.host is missing")
        .hasMessageContaining("email.from is missing")
        .hasMessageContaining("email.security is \"tls-1.0\"")
        .hasMessageContaining("company.recipients[0] is \"a b\", not an address")
        .hasMessageContaining("company.slackChannel needs a bot")
        .hasMessageContaining("delivery has both file and configMap")
        .hasMessageContaining("delivery.configMap.name is missing")
        .hasMessageContaining("the file has the unknown extra")
        .hasMessageNotContaining("xoxb-written");
  }

  @Test
  void aConfigMapNeedsNoNamespace() throws IOException {
    assertThat(
            read("delivery: {configMap: {name: delivered, serviceAccount: /run/account}}").state())
        .isEqualTo(
            new Settings.State.ConfigMap(Optional.empty(), "delivered", Path.of("/run/account")));
  }

  @Test
  void saysThatItIsNoYaml() {
    assertThatThrownBy(() -> read("a: [")).hasMessageContaining("it is no YAML");
    assertThatThrownBy(() -> read("a: 1\na: 2")).hasMessageContaining("it is no YAML");
    assertThatThrownBy(() -> new SettingsReader(Map.of()).read(folder.resolve("none")))
        .hasMessageContaining("it cannot be read");
  }

  /** To YAML 1.1 these teams are false, 83 and 1.1. */
  @Test
  void namesAreWhatWasWritten() throws IOException {
    Settings settings =
        read(
            """
            slack: {token: {env: SLACK}}
            teams:
              no: {slackChannel: 0123}
              0123: {slackChannel: 1.10}
              1.10: {slackChannel: off}
            """);

    assertThat(settings.teams()).containsOnlyKeys("no", "0123", "1.10");
    assertThat(settings.teams().values())
        .extracting(team -> team.slackChannel().orElse(""))
        .containsExactlyInAnyOrder("0123", "1.10", "off");
  }

  @Test
  void noMessageHasAPassword() {
    for (String url : List.of("ftp://me:s3cr3t@host", "https://me:s3cr3t@host/", "//me:s3cr3t@x")) {
      assertThatThrownBy(() -> read("prometheus: {url: \"%s\"}".formatted(url)))
          .hasMessageContaining("prometheus.url is \"")
          .hasMessageNotContaining("s3cr3t");
    }
  }

  @Test
  void settingsOfAnySizeAreRefused() {
    assertThatThrownBy(() -> read("a: " + "x".repeat(1 << 20)))
        .hasMessageContaining("it is larger than 1 MiB");
    assertThatThrownBy(() -> read("a:\n" + "- b\n".repeat(100_000)))
        .hasMessageContaining("it has more than 50,000 values");
    assertThatThrownBy(() -> read("a: &x 1\nb: *x\n")).hasMessageContaining("alias *x");
  }

  private Settings read(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("reporter.yaml"), yaml);
    return new SettingsReader(
            Map.of("TENANT", "acme", "SLACK", "xoxb-1", "HOOK", "https://hooks.example.com/x"))
        .read(file);
  }
}
