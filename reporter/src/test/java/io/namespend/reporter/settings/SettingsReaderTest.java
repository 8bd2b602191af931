package io.namespend.reporter.settings;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.namespend.foundation.settings.InvalidSettingsException;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
                    email: {security: tls-1.0, port: 587.5}
                    company: {slackChannel: "#costs", recipients: ["a b"]}
                    delivery: {file: a, configMap: {}}
                    extra: 1
                    """))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("reporter.yaml has 15 errors:")
        .hasMessageContaining("prometheus.url: \"ftp://x\": write an http or https address")
        .hasMessageContaining("prometheus.timeout: \"soon\": write a duration such as 30s")
        .hasMessageContaining("prometheus.bearerToken.env: \"MISSING\": is not set")
        .hasMessageContaining("prometheus.retries: \"...\": unknown key; known: basicAuth,")
        .hasMessageContaining("timeZone: \"Mars/Olympus\": write a time zone such as")
        .hasMessageContaining(
            "slack.token: \"...\": names no place of a secret; write {file: PATH}")
        .hasMessageContaining("email.host: \"\": is missing")
        .hasMessageContaining("email.from: \"\": is missing")
        .hasMessageContaining("email.security: \"tls-1.0\": write one of starttls, tls, none")
        .hasMessageContaining("email.port: \"587.5\": write a whole number from 1 to 65535")
        .hasMessageContaining("company.recipients[0]: \"a b\": write an address")
        .hasMessageContaining("company.slackChannel: \"#costs\": needs a bot")
        .hasMessageContaining("delivery.configMap: \"{}\": is there beside file")
        .hasMessageContaining("delivery.configMap.name: \"\": is missing")
        .hasMessageContaining("extra: \"...\": unknown key; known: company,")
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
    assertThatThrownBy(() -> read("a: [")).hasMessageContaining("write valid YAML");
    assertThatThrownBy(() -> new SettingsReader(Map.of()).read(folder.resolve("none")))
        .hasMessageContaining("does not exist; check the path");
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
          .hasMessageContaining("prometheus.url: \"")
          .hasMessageNotContaining("s3cr3t");
    }
  }

  /** Where no secret may be, there can be one: in a wrong place, or below a key with a slip. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "slack: s3cr3t",
        "slack: [s3cr3t]",
        "slack: {tokn: s3cr3t}",
        "slack: {token: [s3cr3t]}",
        "slack: {token: {value: s3cr3t}}",
        "slack: {token: {env: SLACK, value: s3cr3t}}",
        "token: s3cr3t",
        "email: {host: h, from: a@b, password: s3cr3t}",
        "prometheus: {basicAuth: 's3cr3t'}",
        "prometheus: {basicAuth: {username: u, passwort: s3cr3t}}",
        "prometheus: {headers: s3cr3t}",
        "prometheus: {headers: {'X Y': s3cr3t}}",
        "company: {slackWebhook: 'https://hooks.example.com/s3cr3t'}",
        "teams: {a: 's3cr3t'}",
      })
  void noMessageHasASecretThatStandsInTheFile(String yaml) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("\"...\": ")
        .hasMessageNotContaining("s3cr3t");
  }

  private Settings read(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("reporter.yaml"), yaml);
    return new SettingsReader(
            Map.of("TENANT", "acme", "SLACK", "xoxb-1", "HOOK", "https://hooks.example.com/x"))
        .read(file);
  }

  @Test
  void whatIsWrongWithCertificatesAndLoginsIsNamed() throws IOException {
    Path text = Files.writeString(folder.resolve("text.pem"), "no PEM");

    assertThatThrownBy(
            () ->
                read(
                    """
                    prometheus: {clientCert: %s, clientKey: %s}
                    email: {host: h, from: a@b.c, username: u, ehlo: "a b", oauth2Token: {env: T}, password: {env: T}}
                    """
                        .formatted(text, folder.resolve("none.key"))))
        .hasMessageContaining("prometheus.clientKey: ")
        .hasMessageContaining("text.pem holds no certificate; write PEM, which begins with")
        .hasMessageContaining("email.ehlo: \"a b\": write a host name such as costs.example.com")
        .hasMessageContaining("email.password: \"...\": is there beside oauth2Token");
    assertThatThrownBy(() -> read("prometheus: {clientCert: a.pem}"))
        .hasMessageContaining("prometheus.clientKey: \"\": is missing; write the path of");
  }
}
