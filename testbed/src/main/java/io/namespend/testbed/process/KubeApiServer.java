package io.namespend.testbed.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A real API server with RBAC before a real etcd, on loopback ports: no kubelet and no controllers,
 * so objects stay as they were made.
 */
public final class KubeApiServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String ADMIN_TOKEN = "admin-of-the-testbed";

  private final Path folder;
  private final int port;
  private final ChildProcess etcd;
  private final ChildProcess server;

  private KubeApiServer(Path folder, int port, ChildProcess etcd, ChildProcess server) {
    this.folder = folder;
    this.port = port;
    this.etcd = etcd;
    this.server = server;
  }

  /** The programs, in the order of {@link #start}; empty if one is missing. */
  public static List<Path> programs() {
    List<Path> found = new ArrayList<>();
    for (String name : List.of("etcd", "kube-apiserver", "kubectl")) {
      Tools.onPath(name).ifPresent(found::add);
    }
    return found.size() == 3 ? List.copyOf(found) : List.of();
  }

  /**
   * Starts both and waits until the server is ready.
   *
   * @param folder gets keys, data and logs
   */
  public static KubeApiServer start(List<Path> programs, Path folder) {
    int port = HttpProbe.freePort();
    String etcdUrl = "http://127.0.0.1:" + HttpProbe.freePort();
    Path keys = writeKeys(folder);
    ChildProcess etcd =
        ChildProcess.start(
            "etcd",
            List.of(
                programs.get(0).toString(),
                "--data-dir=" + folder.resolve("etcd"),
                "--listen-client-urls=" + etcdUrl,
                "--advertise-client-urls=" + etcdUrl,
                "--listen-peer-urls=http://127.0.0.1:" + HttpProbe.freePort(),
                "--unsafe-no-fsync"),
            folder.resolve("etcd.log"));
    ChildProcess server =
        ChildProcess.start(
            "kube-apiserver",
            List.of(
                programs.get(1).toString(),
                "--etcd-servers=" + etcdUrl,
                "--bind-address=127.0.0.1",
                "--secure-port=" + port,
                "--cert-dir=" + folder.resolve("certificates"),
                "--authorization-mode=RBAC",
                "--token-auth-file=" + folder.resolve("tokens.csv"),
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-signing-key-file=" + keys,
                "--service-account-key-file=" + keys,
                "--service-cluster-ip-range=10.96.0.0/24",
                // No controller makes the service account `default` that pods would need.
                "--disable-admission-plugins=ServiceAccount"),
            folder.resolve("kube-apiserver.log"));
    KubeApiServer running = new KubeApiServer(folder, port, etcd, server);
    try {
      running.await();
      return running;
    } catch (RuntimeException e) {
      running.close();
      throw e;
    }
  }

  private static Path writeKeys(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.writeString(
          folder.resolve("tokens.csv"), ADMIN_TOKEN + ",admin,admin,system:masters\n");
      byte[] key = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate().getEncoded();
      String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
      return Files.writeString(
          folder.resolve("service-account.key"),
          "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has RSA", e);
    }
  }

  private void await() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Path kubeconfig = kubeconfig("admin", ADMIN_TOKEN);
    while (!isReady(kubeconfig)) {
      if (!server.isAlive() || !etcd.isAlive() || System.nanoTime() > deadline) {
        throw new FailedProcessException(
            "kube-apiserver is not ready" + server.lastLines() + etcd.lastLines());
      }
    }
  }

  private static boolean isReady(Path kubeconfig) {
    Path kubectl = Tools.onPath("kubectl").orElseThrow();
    try {
      return new ProcessBuilder(
                  kubectl.toString(), "--kubeconfig=" + kubeconfig, "get", "--raw", "/readyz")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run kubectl", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FailedProcessException("interrupted");
    }
  }

  /** A kubeconfig of somebody who may do everything. */
  public Path adminKubeconfig() {
    return kubeconfig("admin", ADMIN_TOKEN);
  }

  /** A kubeconfig with a bearer token. */
  public Path kubeconfig(String name, String token) {
    try {
      return Files.writeString(
          folder.resolve(name + ".kubeconfig"),
          """
          apiVersion: v1
          kind: Config
          clusters:
            - name: testbed
              cluster:
                server: https://127.0.0.1:%d
                certificate-authority: %s
          users:
            - name: user
              user: {token: "%s"}
          contexts:
            - name: testbed
              context: {cluster: testbed, user: user}
          current-context: testbed
          """
              .formatted(
                  port,
                  folder.resolve("certificates").resolve("apiserver.crt").toAbsolutePath(),
                  token));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.close();
    etcd.close();
  }
}
