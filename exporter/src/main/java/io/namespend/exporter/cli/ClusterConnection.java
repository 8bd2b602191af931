package io.namespend.exporter.cli;

import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.namespend.foundation.command.ProgramVersion;
import java.io.File;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the cluster: a given kubeconfig, the service account of the pod, the user's kubeconfig. */
final class ClusterConnection {
  private static final Path SERVICE_ACCOUNT_TOKEN =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");

  private ClusterConnection() {}

  /**
   * @throws CannotStartException if no cluster is named anywhere, or its kubeconfig is unusable
   */
  static KubernetesClient open(
      Optional<Path> kubeconfig, Optional<String> context, Map<String, String> environment) {
    return open(kubeconfig, context, environment, SERVICE_ACCOUNT_TOKEN);
  }

  static KubernetesClient open(
      Optional<Path> kubeconfig,
      Optional<String> context,
      Map<String, String> environment,
      Path serviceAccountToken) {
    Config config =
        kubeconfig.isEmpty() && environment.containsKey("KUBERNETES_SERVICE_HOST")
            ? ofServiceAccount(serviceAccountToken)
            : fromFile(kubeconfig.orElseGet(() -> userKubeconfig(environment)), context);
    return new KubernetesClientBuilder()
        .withHttpClientFactory(new NoRedirects())
        .withConfig(
            new ConfigBuilder(config)
                .withUserAgent("namespend-exporter/" + ProgramVersion.of(Exporter.class))
                // The watch has its own retries, which it counts and tells of.
                .withRequestRetryBackoffLimit(0)
                // A dead HTTP/2 connection would take all watches with it, and new requests too.
                .withHttp2Disable(true)
                .build())
        .build();
  }

  /** A redirect would take the token along, to whatever host it names. */
  private static final class NoRedirects extends JdkHttpClientFactory {
    @Override
    protected void additionalConfig(HttpClient.Builder client) {
      client.followRedirects(HttpClient.Redirect.NEVER);
    }
  }

  /** Address and certificate as the cluster gives them to each pod. */
  private static Config ofServiceAccount(Path token) {
    return new ConfigBuilder(Config.autoConfigure(null))
        .withOauthTokenProvider(new TokenFile(token))
        // The cluster's own address needs no way out.
        .withHttpProxy(null)
        .withHttpsProxy(null)
        .build();
  }

  private static Config fromFile(Path file, Optional<String> context) {
    if (!Files.isReadable(file)) {
      throw new CannotStartException(
          "kubeconfig %s %s; name another with --kubeconfig, or price a dump with --cluster-snapshot"
              .formatted(file, Files.exists(file) ? "cannot be read" : "does not exist"));
    }
    try {
      Config config = Config.fromKubeconfig(context.orElse(null), file.toFile());
      NamedContext current = config.getCurrentContext();
      // An unknown name leaves the client with the current context: another cluster than asked for.
      if (current == null || !context.orElse(current.getName()).equals(current.getName())) {
        throw new CannotStartException(
            "kubeconfig %s has no context%s; see: kubectl config get-contexts --kubeconfig %s"
                .formatted(
                    file,
                    context.map(name -> " \"" + name + "\"").orElse(" that is current"),
                    file));
      }
      // The client takes the address of an http proxy as one for http servers only.
      if (config.getHttpsProxy() == null && config.getHttpProxy() != null) {
        config.setHttpsProxy(config.getHttpProxy());
      }
      return config;
    } catch (CannotStartException e) {
      throw e;
    } catch (Exception e) {
      throw new CannotStartException(
          "kubeconfig %s is not valid: %s; check it with: kubectl config view --kubeconfig %s"
              .formatted(file, firstLine(e), file),
          e);
    }
  }

  private static Path userKubeconfig(Map<String, String> environment) {
    Path home = Path.of(System.getProperty("user.home"), ".kube", "config");
    List<Path> candidates =
        Stream.concat(
                Stream.of(environment.getOrDefault("KUBECONFIG", "").split(File.pathSeparator))
                    .filter(name -> !name.isBlank())
                    .map(Path::of),
                Stream.of(home))
            .toList();
    return candidates.stream()
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(
            () ->
                new CannotStartException(
                    "no cluster: this is not running in a pod, and there is no kubeconfig at "
                        + candidates.get(0)
                        + "; name one with --kubeconfig, or price a dump with"
                        + " --cluster-snapshot"));
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
  }
}
