package io.namespend.exporter.web.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.namespend.foundation.tls.Pem;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys in each form that openssl writes. */
class PemTest {
  @TempDir private Path folder;
  private Openssl openssl;

  @BeforeEach
  void useFolder() {
    openssl = new Openssl(folder);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "rsa:2048, RSA",
    "rsa:4096, RSA",
    "ec -pkeyopt ec_paramgen_curve:P-256, EC",
    "ec -pkeyopt ec_paramgen_curve:P-384, EC",
    "ec -pkeyopt ec_paramgen_curve:P-521, EC",
    "ed25519, EdDSA"
  })
  void readsPkcs8(String algorithm, String kind) throws IOException {
    openssl.selfSigned("server", algorithm.split(" "));

    assertThat(text("server.key")).contains("BEGIN PRIVATE KEY");
    assertThat(key("server.key").getAlgorithm()).isEqualTo(kind);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "rsa:2048, RSA",
    "rsa:4096, RSA",
    "ec -pkeyopt ec_paramgen_curve:P-256, EC",
    "ec -pkeyopt ec_paramgen_curve:P-521, EC"
  })
  void readsTheOlderFormsToTheSameKey(String algorithm, String kind) throws IOException {
    openssl.selfSigned("server", algorithm.split(" "));
    openssl.run("pkey", "-traditional", "-in", "server.key", "-out", "old.key");

    assertThat(text("old.key")).contains("BEGIN " + kind + " PRIVATE KEY");
    assertThat(number(key("old.key"))).isEqualTo(number(key("server.key")));
  }

  @Test
  void skipsTheParametersInFrontOfAnEcKey() throws IOException {
    openssl.selfSigned("server", "ec", "-pkeyopt", "ec_paramgen_curve:P-256");
    openssl.run("ecparam", "-name", "prime256v1", "-out", "parameters");
    openssl.run("pkey", "-traditional", "-in", "server.key", "-out", "old.key");
    Files.writeString(folder.resolve("both.key"), text("parameters") + text("old.key"));

    assertThat(number(key("both.key"))).isEqualTo(number(key("server.key")));
  }

  @Test
  void readsAWholeChainAndWhatIsWrittenAroundIt() throws IOException {
    openssl.selfSigned("one", "ed25519");
    openssl.selfSigned("two", "ed25519");

    assertThat(Pem.certificates("# first\n" + text("one.crt") + "then\n" + text("two.crt")))
        .extracting(certificate -> certificate.getSubjectX500Principal().getName())
        .containsExactly("CN=one", "CN=two");
  }

  @Test
  void refusesAKeyWithAPassword() throws IOException {
    openssl.selfSigned("server", "rsa:2048");
    openssl.run("pkey", "-aes256", "-passout", "pass:x", "-in", "server.key", "-out", "new.key");
    openssl.run(
        "rsa",
        "-traditional",
        "-aes256",
        "-passout",
        "pass:x",
        "-in",
        "server.key",
        "-out",
        "old.key");

    for (String file : new String[] {"new.key", "old.key"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> key(file))
          .withMessageContaining("openssl pkey -in FILE -out server.key");
    }
  }

  @Test
  void refusesTheKeyOfAnotherCertificate() throws IOException {
    openssl.selfSigned("server", "rsa:2048");
    openssl.selfSigned("other", "rsa:2048");
    openssl.selfSigned("curve", "ec", "-pkeyopt", "ec_paramgen_curve:P-256");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> key("other.key"))
        .withMessageStartingWith("does not belong to the certificate");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> key("curve.key"))
        .withMessageStartingWith("is damaged, or no RSA key as the certificate's");
  }

  @Test
  void refusesWhatIsNoPem() throws IOException {
    openssl.selfSigned("server", "ed25519");
    String damaged = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
    X509Certificate certificate = Pem.certificates(text("server.crt")).get(0);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pem.key(damaged, certificate))
        .withMessageStartingWith("is damaged");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> key("server.crt"))
        .withMessageStartingWith("holds no private key");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pem.certificates(text("server.key")))
        .withMessageStartingWith("holds no certificate");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pem.certificates(damaged.replace("PRIVATE KEY", "CERTIFICATE")))
        .withMessageStartingWith("holds a damaged certificate");
  }

  /** The secret itself: around it, both forms may leave out what follows from it. */
  private static BigInteger number(PrivateKey key) {
    return key instanceof ECPrivateKey curve
        ? curve.getS()
        : ((RSAPrivateKey) key).getPrivateExponent();
  }

  private PrivateKey key(String file) throws IOException {
    return Pem.key(text(file), Pem.certificates(text("server.crt")).get(0));
  }

  private String text(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }
}
