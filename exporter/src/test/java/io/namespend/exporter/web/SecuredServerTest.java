package io.namespend.exporter.web;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.namespend.exporter.web.config.Openssl;
import io.namespend.exporter.web.config.WebConfigFile;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real handshakes and passwords against certificates of the real openssl. */
class SecuredServerTest {
  private static final ExporterStatus STATUS =
      new ExporterStatus("1.2.3", Instant.EPOCH, Optional.empty(), List.of());
  private static final String TLS =
      """
      tls_server_config:
        cert_file: server.crt
        key_file: server.key
      """;
  private static final String MUTUAL =
      TLS
          + """
            client_auth_type: RequireAndVerifyClientCert
            client_ca_file: authority.crt
          """;

  @TempDir private Path folder;
  private Openssl openssl;
  private @Nullable WebServer running;

  @BeforeEach
  void makeCertificates() throws IOException {
    openssl = new Openssl(folder);
    openssl.selfSigned("server", "ec", "-pkeyopt", "ec_paramgen_curve:P-256");
  }

  @AfterEach
  void stop() {
    server().close();
  }

  @Test
  void servesOverTls() throws Exception {
    serve(TLS);

    assertThat(server().address().getScheme()).isEqualTo("https");
    assertThat(get(client("server", null), "/metrics").statusCode()).isEqualTo(200);
  }

  @Test
  void refusesVersionsThatAreTooOld() throws Exception {
    serve(TLS + "  min_version: TLS13\n");

    assertThatThrownBy(() -> get(client("server", null, "TLSv1.2"), "/"))
        .isInstanceOf(SSLHandshakeException.class);
    assertThat(get(client("server", null, "TLSv1.3"), "/").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest(name = "{0}: none {1}, known {2}, stranger {3}")
  @CsvSource({
    "NoClientCert, true, true, true",
    "RequestClientCert, true, true, true",
    "RequireAnyClientCert, false, true, true",
    "RequireClientCert, false, true, true",
    "VerifyClientCertIfGiven, true, true, false",
    "RequireAndVerifyClientCert, false, true, false"
  })
  void letsInClientsByTheirCertificate(String type, boolean none, boolean known, boolean stranger)
      throws Exception {
    makeClients();
    serve(
        TLS
            + "  client_auth_type: "
            + type
            + (type.contains("Verify") ? "\n  client_ca_file: authority.crt\n" : "\n"));

    for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
      assertThat(isLetIn(client("server", null, version))).as("none, %s", version).isEqualTo(none);
      assertThat(isLetIn(client("server", "known", version))).as("known").isEqualTo(known);
      assertThat(isLetIn(client("server", "stranger", version))).as("other").isEqualTo(stranger);
    }
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "prometheus.example.com, true",
    "10.1.2.3, true",
    "2001:db8::1, true",
    "p@example.com, true",
    "spiffe://cluster/prometheus, true",
    "example.com, false",
    "10.1.2.4, false"
  })
  void letsInClientsByTheNameInTheirCertificate(String allowed, boolean letIn) throws Exception {
    makeClients();
    serve(MUTUAL + "  client_allowed_sans: [\"" + allowed + "\"]\n");

    assertThat(isLetIn(client("server", "known"))).isEqualTo(letIn);
  }

  @Test
  void takesOverANewCertificateWithoutARestart() throws Exception {
    serve(TLS);
    assertThat(isLetIn(client("server", null))).isTrue();
    Files.copy(folder.resolve("server.crt"), folder.resolve("old.crt"));
    openssl.selfSigned("new", "rsa:2048");
    assertThat(isLetIn(client("new", null))).isFalse();

    replace("new.crt", "server.crt");
    // Between the two, certificate and key do not belong together, and the old ones stay.
    assertThat(isLetIn(client("old", null))).isTrue();
    assertThat(reloads(client("old", null)))
        .contains(
            "namespend_web_config_reload_failures_total 1.0\n",
            "namespend_web_config_last_reload_successful 0.0\n");

    replace("new.key", "server.key");
    assertThat(isLetIn(client("new", null))).isTrue();
    assertThat(isLetIn(client("old", null))).isFalse();
    assertThat(reloads(client("new", null)))
        .contains(
            "namespend_web_config_reload_failures_total 1.0\n",
            "namespend_web_config_last_reload_successful 1.0\n");
  }

  @Test
  void aClientThatIsNoLongerTrustedIsShutOut() throws Exception {
    makeClients();
    serve(MUTUAL);
    assertThat(isLetIn(client("server", "known"))).isTrue();

    replace("impostor.crt", "authority.crt");

    assertThat(isLetIn(client("server", "known"))).isFalse();
    assertThat(isLetIn(client("server", "stranger"))).isTrue();
  }

  @Test
  void keepsTheLastGoodConfigurationWhenTheFileGoesBadOrChangesItsScheme() throws Exception {
    serve(TLS);
    for (String bad : new String[] {"tls_server_config: [", "unknown: 1", "{}"}) {
      Files.writeString(folder.resolve("web.yml"), bad);
      assertThat(isLetIn(client("server", null))).as(bad).isTrue();
      assertThat(isLetIn(client("server", null))).as("again").isTrue();
    }
    Files.delete(folder.resolve("web.yml"));

    assertThat(reloads(client("server", null)))
        .contains("namespend_web_config_reload_failures_total 4.0\n");
  }

  @Test
  void asksForAPassword() throws Exception {
    serve("basic_auth_users:\n  alice: " + hash("s3cret: ünï") + "\n  bob: " + hash("bob") + "\n");

    HttpResponse<String> missing = getAs(null);
    assertThat(missing.statusCode()).isEqualTo(401);
    assertThat(missing.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Basic ");
    assertThat(missing.body())
        .isEqualTo("unauthorized; send a user and password of basic_auth_users\n");
    assertThat(getAs(basic("alice:s3cret: ünï")).statusCode()).isEqualTo(200);
    assertThat(getAs(basic("bob:bob").replace("Basic", "bAsIc")).statusCode()).isEqualTo(200);
    for (String wrong :
        new String[] {
          basic("alice:bob"),
          basic("alice:"),
          basic("carol:bob"),
          basic("carol:s3cret: ünï"),
          basic("alice"),
          "Basic ***",
          "Basic",
          "Bearer bob"
        }) {
      assertThat(getAs(wrong).statusCode()).as(wrong).isEqualTo(401);
    }
    for (String path : new String[] {"/", "/-/healthy", "/-/ready", "/nothing"}) {
      assertThat(get(HttpClient.newHttpClient(), path).statusCode()).as(path).isEqualTo(401);
    }
  }

  @Test
  void remembersARightPasswordUntilItIsChanged() throws Exception {
    String expensive = BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(12, "one".toCharArray());
    serve("basic_auth_users:\n  alice: " + expensive);
    long first = System.nanoTime();
    assertThat(getAs(basic("alice:one")).statusCode()).isEqualTo(200);
    long firstTook = System.nanoTime() - first;

    long next = System.nanoTime();
    for (int i = 0; i < 20; i++) {
      assertThat(getAs(basic("alice:one")).statusCode()).isEqualTo(200);
    }
    assertThat(System.nanoTime() - next).as("20 requests").isLessThan(20 * firstTook / 2);

    Files.writeString(folder.resolve("web.yml"), "basic_auth_users:\n  alice: " + hash("two"));
    assertThat(getAs(basic("alice:one")).statusCode()).isEqualTo(401);
    assertThat(getAs(basic("alice:two")).statusCode()).isEqualTo(200);
  }

  @Test
  void sendsTheConfiguredHeadersEvenWithARefusal() throws Exception {
    serve(
        "http_server_config: {headers: {X-Frame-Options: deny}}\nbasic_auth_users:\n  a: "
            + hash("a"));

    assertThat(getAs(null).headers().firstValue("X-Frame-Options")).hasValue("deny");
  }

  @Test
  void limitsTheRateOfRequests() throws Exception {
    serve("rate_limit: {interval: 1h, burst: 2}");

    assertThat(List.of(getAs(null), getAs(null), getAs(null)))
        .extracting(HttpResponse::statusCode)
        .containsExactly(200, 200, 429);
  }

  private void serve(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("web.yml"), yaml);
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    running =
        WebServer.start(
            loopback,
            Optional.of(WebConfigFile.open(file)),
            new PrometheusRegistry(),
            () -> STATUS);
  }

  private WebServer server() {
    return requireNonNull(running, "serve first");
  }

  private void makeClients() throws IOException {
    openssl.selfSigned("authority", "ec", "-pkeyopt", "ec_paramgen_curve:P-256");
    openssl.signed(
        "known",
        "authority",
        "DNS:prometheus.example.com,IP:10.1.2.3,IP:2001:db8::1,email:p@example.com,"
            + "URI:spiffe://cluster/prometheus");
    // Of the same name: a client does not even show what an unknown name signed.
    openssl.run(
        "req",
        "-x509",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=authority",
        "-newkey",
        "ed25519",
        "-keyout",
        "impostor.key",
        "-out",
        "impostor.crt");
    openssl.signed("stranger", "impostor", "DNS:prometheus.example.com");
  }

  private void replace(String from, String to) throws IOException {
    Path copy = Files.copy(folder.resolve(from), folder.resolve("copy"));
    Files.move(copy, folder.resolve(to), StandardCopyOption.ATOMIC_MOVE);
  }

  private boolean isLetIn(HttpClient client) throws InterruptedException {
    try {
      return get(client, "/-/healthy").statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private String reloads(HttpClient client) throws Exception {
    return get(client, "/metrics").body();
  }

  private HttpResponse<String> getAs(@Nullable String authorization) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(server().address().resolve("/-/healthy"));
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> get(HttpClient client, String path)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(server().address().resolve(path)).build(), BodyHandlers.ofString());
  }

  private static String basic(String credentials) {
    return "Basic "
        + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
  }

  private static String hash(String password) {
    return BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(4, password.toCharArray());
  }

  /** One that trusts a certificate, and shows another if it has one. */
  private HttpClient client(String trusted, @Nullable String shown, String... versions)
      throws Exception {
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    try (var in = new FileInputStream(folder.resolve(trusted + ".crt").toFile())) {
      trust.setCertificateEntry(
          "server",
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trusting =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusting.init(trust);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    if (shown != null) {
      openssl.run(
          "pkcs12",
          "-export",
          "-passout",
          "pass:x",
          "-in",
          shown + ".crt",
          "-inkey",
          shown + ".key",
          "-out",
          shown + ".p12");
      try (var in = new FileInputStream(folder.resolve(shown + ".p12").toFile())) {
        own.load(in, "x".toCharArray());
      }
    }
    keys.init(own, "x".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trusting.getTrustManagers(), null);
    HttpClient.Builder client = HttpClient.newBuilder().sslContext(context);
    if (versions.length > 0) {
      var parameters = context.getDefaultSSLParameters();
      parameters.setProtocols(versions);
      client.sslParameters(parameters);
    }
    return client.build();
  }
}
