package io.namespend.reporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.namespend.reporter.prometheus.FakePrometheus;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A Prometheus that asks who we are. */
final class ClientCertificateTest {
  private static final char[] PASSWORD = "a-password-of-tests".toCharArray();

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @Test
  void showsItsCertificate() throws Exception {
    Path ca = folder.resolve("ca.pem");
    LoopbackCertificate.make(folder, ca);
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("loopback.p12"))) {
      keys.load(in, PASSWORD);
    }
    Path key =
        Files.writeString(
            folder.resolve("tls.key"),
            "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
                .formatted(
                    Base64.getMimeEncoder()
                        .encodeToString(keys.getKey("x", PASSWORD).getEncoded())));
    HttpsServer server = server(keys);
    try {
      String url = "https://127.0.0.1:" + server.getAddress().getPort();
      String trusting = "prometheus: {url: '%s', ca: '%s'%s}";

      assertThat(run(trusting.formatted(url, ca, ""))).isEqualTo(1);
      assertThat(
              run(
                  trusting.formatted(
                      url, ca, ", clientCert: '%s', clientKey: '%s'".formatted(ca, key))))
          .as(err.toString())
          .isEqualTo(1);
    } finally {
      server.stop(0);
    }

    assertThat(err.toString().lines()).hasSize(1);
    assertThat(out.toString()).contains("ok     Prometheus    answers queries");
  }

  private int run(String settings) throws Exception {
    Path file = Files.writeString(folder.resolve("reporter.yaml"), settings);
    CommandLine command =
        Reporter.commandLine(
            Clock.fixed(Instant.parse("2026-11-18T10:30:00Z"), ZoneOffset.UTC), Map.of());
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute("doctor", "--config=" + file);
  }

  private static HttpsServer server(KeyStore keys) throws Exception {
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD);
    KeyStore clients = KeyStore.getInstance(KeyStore.getDefaultType());
    clients.load(null, null);
    clients.setCertificateEntry("client", keys.getCertificate("x"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(clients);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters wanted = context.getDefaultSSLParameters();
            wanted.setNeedClientAuth(true);
            parameters.setSSLParameters(wanted);
          }
        });
    server.createContext(
        "/",
        exchange ->
            FakePrometheus.send(exchange, 200, "application/json", FakePrometheus.vector()));
    server.start();
    return server;
  }
}
