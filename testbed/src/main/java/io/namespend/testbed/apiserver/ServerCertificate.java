package io.namespend.testbed.apiserver;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate for loopback that signs itself, made by the JDK's keytool. */
public final class ServerCertificate {
  private static final String PASSWORD = "changeit";

  private final Path authority;
  private final SSLContext context;

  private ServerCertificate(Path authority, SSLContext context) {
    this.authority = authority;
    this.context = context;
  }

  /**
   * Makes one.
   *
   * @param folder for its key store and {@code ca.crt}; must not have them yet
   * @throws IOException if it cannot be made or read
   */
  public static ServerCertificate make(Path folder) throws IOException, InterruptedException {
    Path store = Files.createDirectories(folder).resolve("server.p12");
    Path authority = folder.resolve("ca.crt");
    keytool(
        store, "-genkeypair", "-keyalg", "EC", "-dname", "CN=server", "-ext", "san=ip:127.0.0.1");
    keytool(store, "-exportcert", "-rfc", "-file", authority.toString());
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD.toCharArray());
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return new ServerCertificate(authority, context);
    } catch (GeneralSecurityException e) {
      throw new IOException(store + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static void keytool(Path store, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(
        List.of("-alias", "server", "-storepass", PASSWORD, "-keystore", store.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("keytool: " + output.strip());
    }
  }

  /** In PEM, for clients. */
  public Path authority() {
    return authority;
  }

  public SSLContext context() {
    return context;
  }
}
