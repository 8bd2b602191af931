package io.namespend.reporter.prometheus;

import io.namespend.foundation.tls.Pem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Trust in the certificates of a file, and in no others. */
public final class Trust {
  private Trust() {}

  /**
   * @param pem one or more certificates
   * @throws IOException if the file cannot be read or has no certificate; the message says which
   */
  public static SSLContext in(Path pem) throws IOException {
    try {
      return context(trustIn(pem), null);
    } catch (GeneralSecurityException e) {
      throw new IOException("%s has no PEM certificates: %s".formatted(pem, e.getMessage()), e);
    }
  }

  /**
   * With a certificate that says who we are.
   *
   * @param ca as above; empty for the JDK's certificates
   * @param certificate of the client, with those of its issuers behind it
   * @param key of the certificate, without a password
   * @throws IOException if a file cannot be read, or they do not fit; the message says which
   */
  public static SSLContext as(Path certificate, Path key, Optional<Path> ca) throws IOException {
    List<X509Certificate> chain =
        checked(certificate, () -> Pem.certificates(Files.readString(certificate)));
    PrivateKey own = checked(key, () -> Pem.key(Files.readString(key), chain.get(0)));
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      // A password of the memory only, which key managers want.
      char[] password = "memory".toCharArray();
      store.setKeyEntry("client", own, password, chain.toArray(X509Certificate[]::new));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, password);
      return context(ca.isPresent() ? trustIn(ca.get()) : null, keys);
    } catch (GeneralSecurityException e) {
      throw new IOException("%s cannot be used: %s".formatted(certificate, e.getMessage()), e);
    }
  }

  private static <T> T checked(Path file, Reading<T> reading) throws IOException {
    try {
      return reading.read();
    } catch (IllegalArgumentException e) {
      throw new IOException("%s %s".formatted(file, e.getMessage()), e);
    }
  }

  private interface Reading<T> {
    T read() throws IOException;
  }

  private static SSLContext context(
      @Nullable TrustManagerFactory trust, @Nullable KeyManagerFactory keys)
      throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        keys == null ? null : keys.getKeyManagers(),
        trust == null ? null : trust.getTrustManagers(),
        null);
    return context;
  }

  private static TrustManagerFactory trustIn(Path pem)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(pem)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("ca-" + number++, certificate);
      }
      if (number == 0) {
        throw new IOException(pem + " has no certificate");
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      return trust;
    }
  }
}
