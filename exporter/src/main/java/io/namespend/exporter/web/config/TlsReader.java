package io.namespend.exporter.web.config;

import io.namespend.foundation.settings.Problem;
import io.namespend.foundation.settings.Section;
import io.namespend.foundation.tls.Pem;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Reads {@code tls_server_config}: whose certificate the server shows, and whose it wants. */
final class TlsReader {
  private static final String PATH = "tls_server_config";
  private static final char[] NO_PASSWORD = {};

  private final Section tls;
  private final Path folder;
  private final List<Problem> problems;
  private final SeenFiles seen;

  /**
   * @param folder where relative paths start
   * @param problems what is wrong is added here
   * @param seen files are added here
   */
  TlsReader(Section tls, Path folder, List<Problem> problems, SeenFiles seen) {
    this.tls = tls;
    this.folder = folder;
    this.problems = problems;
    this.seen = seen;
  }

  /** Empty if something is wrong. */
  Optional<TlsConfig> read() {
    int before = problems.size();
    Optional<List<X509Certificate>> chain =
        text("cert", true).flatMap(text -> checked("cert", () -> Pem.certificates(text)));
    Optional<PrivateKey> key =
        text("key", true)
            .flatMap(
                text -> chain.flatMap(certs -> checked("key", () -> Pem.key(text, certs.get(0)))));
    Optional<List<X509Certificate>> authorities =
        text("client_ca", false)
            .flatMap(text -> checked("client_ca", () -> Pem.certificates(text)));
    ClientAuth auth = tls.parsed("client_auth_type", ClientAuth::of).orElse(ClientAuth.NONE);
    List<String> sans = tls.parsedItems("client_allowed_sans", san -> san);
    checkClients(auth, !sans.isEmpty());
    TlsParameters parameters = TlsParameters.read(tls, auth);
    tls.refuseOthers();
    if (problems.size() > before || chain.isEmpty() || key.isEmpty()) {
      return Optional.empty();
    }
    try {
      var trust =
          new ClientTrust(
              auth.verifies ? authorities.map(TlsReader::trust) : Optional.empty(), sans);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers(key.get(), chain.get()), new TrustManager[] {trust}, null);
      return Optional.of(new TlsConfig(context, parameters.of(context)));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this JVM cannot do TLS", e);
    }
  }

  private void checkClients(ClientAuth auth, boolean wantsSans) {
    boolean hasAuthorities = tls.has("client_ca") || tls.has("client_ca_file");
    if (hasAuthorities && !auth.verifies) {
      tls.problem(
          "client_auth_type",
          "client_ca is there, but nothing is held against it; write RequireAndVerifyClientCert");
    }
    if (auth.verifies && !hasAuthorities) {
      tls.problem(
          "client_auth_type",
          "needs to know who may sign client certificates; write client_ca_file");
    }
    if (wantsSans && !auth.requires) {
      tls.problem(
          "client_allowed_sans",
          "a client may come without a certificate; write client_auth_type:"
              + " RequireAndVerifyClientCert");
    }
  }

  /** Of one of two keys: {@code name} with the text itself, or {@code name_file}. */
  private Optional<String> text(String name, boolean needed) {
    String inFile = name + "_file";
    if (tls.has(name) == tls.has(inFile)) {
      if (tls.has(name)) {
        tls.problem(inFile, "is there beside " + name + "; write one of them");
      } else if (needed) {
        tls.problem(inFile, "is missing; write the path of a PEM file");
      }
      return Optional.empty();
    }
    if (tls.has(name)) {
      return Optional.of(tls.value(name).asText());
    }
    return tls.parsed(inFile, this::content);
  }

  private String content(String path) {
    Path file = folder.resolve(path);
    seen.see(file);
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "is not text; convert it with: openssl x509 -inform DER -in FILE, or openssl pkey"
              + " -inform DER -in FILE",
          e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          Files.exists(file)
              ? "cannot be read; check its permissions"
              : "does not exist; check the path, which starts at the folder of this file",
          e);
    }
  }

  /** What a parser makes of a text; a problem shows the file, but never the text, maybe a key. */
  private <T> Optional<T> checked(String name, Supplier<T> parser) {
    try {
      return Optional.of(parser.get());
    } catch (IllegalArgumentException e) {
      String inFile = name + "_file";
      problems.add(
          tls.has(inFile)
              ? new Problem(
                  PATH + "." + inFile, tls.value(inFile).asText(), String.valueOf(e.getMessage()))
              : new Problem(PATH + "." + name, "...", String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }

  private static X509ExtendedTrustManager trust(List<X509Certificate> authorities) {
    try {
      KeyStore store = emptyStore();
      for (X509Certificate authority : authorities) {
        store.setCertificateEntry(String.valueOf(store.size()), authority);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return Stream.of(factory.getTrustManagers())
          .map(X509ExtendedTrustManager.class::cast)
          .findFirst()
          .orElseThrow();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this JVM cannot trust anybody", e);
    }
  }

  private static KeyManager[] keyManagers(PrivateKey key, List<X509Certificate> chain)
      throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    store.setKeyEntry("server", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }
}
