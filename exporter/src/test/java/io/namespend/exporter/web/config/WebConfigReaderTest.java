package io.namespend.exporter.web.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.namespend.foundation.settings.InvalidSettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebConfigReaderTest {
  private static final String HASH = "$2y$10$mDwo.lAisC94iLAyP81MCesa29IzH37oigHC/42V2pdJlUprsJPze";

  @TempDir private Path folder;

  @BeforeEach
  void makeCertificate() throws IOException {
    new Openssl(folder).selfSigned("server", "ec", "-pkeyopt", "ec_paramgen_curve:P-256");
  }

  @Test
  void readsEveryKey() throws IOException {
    WebConfig config =
        read(
            """
            tls_server_config:
              cert_file: server.crt
              key_file: server.key
              client_auth_type: RequireAndVerifyClientCert
              client_ca_file: server.crt
              client_allowed_sans: [prometheus.example.com]
              min_version: TLS12
              max_version: TLS12
              cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, TLS_AES_128_GCM_SHA256]
              prefer_server_cipher_suites: false
            http_server_config:
              http2: true
              headers:
                Content-Security-Policy: default-src 'none'
                Strict-Transport-Security: max-age=31536000
                X-Content-Type-Options: nosniff
                X-Frame-Options: deny
                X-XSS-Protection: 1; mode=block
            basic_auth_users:
              alice: %s
            rate_limit:
              interval: 1m30s
              burst: 20
            """
                .formatted(HASH));

    SSLParameters tls = config.tls().orElseThrow().parameters();
    assertThat(tls.getProtocols()).containsExactly("TLSv1.2");
    assertThat(tls.getCipherSuites())
        .contains("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384")
        .allMatch(
            s -> s.startsWith("TLS_AES_") || s.startsWith("TLS_CHACHA20") || s.contains("256_GCM"));
    assertThat(tls.getNeedClientAuth()).isTrue();
    assertThat(tls.getUseCipherSuitesOrder()).isFalse();
    assertThat(config.headers()).hasSize(5).containsEntry("X-Frame-Options", "deny");
    assertThat(config.users()).isEqualTo(Map.of("alice", HASH));
    assertThat(config.rateLimit()).isPresent();
  }

  @Test
  void anEmptyFileIsPlainHttpForEverybody() throws IOException {
    WebConfig config = read("{}");

    assertThat(config).isEqualTo(WebConfig.OPEN);
    assertThat(read("http_server_config: {http2: false}\nrate_limit: {interval: 0}"))
        .isEqualTo(WebConfig.OPEN);
  }

  @Test
  void takesCertificatesInline() throws IOException {
    WebConfig config =
        read(
            "tls_server_config:\n  cert: |\n%s\n  key: |\n%s\n"
                .formatted(
                    Files.readString(folder.resolve("server.crt")).indent(4),
                    Files.readString(folder.resolve("server.key")).indent(4)));

    assertThat(config.tls()).isPresent();
    assertThat(config.tls().get().parameters().getProtocols())
        .containsExactlyInAnyOrder("TLSv1.2", "TLSv1.3");
  }

  @Test
  void saysEverythingThatIsWrongAtOnceAndNoSecret() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    tls_server_config:
                      cert_file: none.crt
                      key: hunter2
                      key_file: server.key
                      client_auth_type: Maybe
                      client_allowed_sans: [a]
                      min_version: TLS10
                      cipher_suites: [TLS_FAST]
                      curve_preferences: [P256]
                      prefer_server_cipher_suites: "yes"
                      certfile: x
                    http_server_config:
                      http2: 2
                      headers: {X-Frame-Options: allow, Server: me}
                    basic_auth_users: {alice: hunter2}
                    rate_limit: {interval: often}
                    users: {}
                    """))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContainingAll(
            "tls_server_config.cert_file: \"none.crt\": does not exist",
            "tls_server_config.key_file: \"server.key\": is there beside key",
            "tls_server_config.client_auth_type: \"Maybe\": write one of NoClientCert,",
            "tls_server_config.client_allowed_sans",
            "tls_server_config.min_version: \"TLS10\": write TLS12 or TLS13",
            "cipher_suites[0]: \"TLS_FAST\": is none that this JVM offers",
            "curve_preferences[0]: \"P256\": write some of CurveP256, CurveP384, CurveP521, X25519",
            "tls_server_config.prefer_server_cipher_suites: \"yes\": write true or false",
            "tls_server_config.certfile: \"...\": unknown key",
            "http_server_config.http2: \"2\": write true or false",
            "http_server_config.headers.X-Frame-Options: \"allow\": write deny or sameorigin",
            "http_server_config.headers.Server: \"...\": unknown key",
            "basic_auth_users.alice: \"...\": is no bcrypt hash",
            "htpasswd -nBC 10 alice",
            "rate_limit.interval: \"often\": write a duration",
            "unknown key; known: basic_auth_users, http_server_config, rate_limit")
        .extracting(Throwable::getMessage)
        .asString()
        .doesNotContain("hunter2");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "client_auth_type: RequireAndVerifyClientCert | client_ca_file",
        "client_auth_type: VerifyClientCertIfGiven | client_ca_file",
        "client_ca_file: server.crt | nothing is held against it",
        "'client_auth_type: RequestClientCert\n  client_allowed_sans: [a]' | may come without",
        "'min_version: TLS13\n  max_version: TLS12' | newer than max_version",
      })
  void refusesWhatCannotMeanWhatItSays(String lines, String problem) {
    assertThatThrownBy(
            () ->
                read(
                    "tls_server_config:\n  cert_file: server.crt\n  key_file: server.key\n  "
                        + lines))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(problem)
        .hasMessageContaining("has 1 error");
  }

  @Test
  void aWrongInlineKeyIsNotShown() {
    assertThatThrownBy(() -> read("tls_server_config:\n  cert_file: server.crt\n  key: hunter2"))
        .hasMessageContaining("tls_server_config.key: \"...\": holds no private key")
        .extracting(Throwable::getMessage)
        .asString()
        .doesNotContain("hunter2");
  }

  @Test
  void curvesAreHonouredOrRefused() throws Exception {
    String yaml =
        "tls_server_config:\n  cert_file: server.crt\n  key_file: server.key\n"
            + "  curve_preferences: [X25519, CurveP256]";
    if (Runtime.version().feature() >= 20) {
      SSLParameters tls = read(yaml).tls().orElseThrow().parameters();
      assertThat((String[]) SSLParameters.class.getMethod("getNamedGroups").invoke(tls))
          .containsExactly("x25519", "secp256r1");
    } else {
      assertThatThrownBy(() -> read(yaml))
          .hasMessageContaining("-Djdk.tls.namedGroups=x25519,secp256r1");
    }
  }

  private WebConfig read(String yaml) throws IOException {
    return new WebConfigReader(Files.writeString(folder.resolve("web.yml"), yaml)).read();
  }
}
