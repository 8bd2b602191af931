package io.namespend.testbed.benchmark;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.namespend.testbed.apiserver.ClusterSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A cluster, how the manifests for its size run the exporter, and what that may use at most. */
public enum ExporterSetting {
  /** The bound of memory is one that we set ourselves, as for {@link #LARGE}. */
  SMALL(new ClusterSize(10, 200, 10, 20, 40), Manifest.BASE, 5, 120),
  /** The bound of memory is the manifest's, as for {@link #BIG}. */
  MIDDLE(new ClusterSize(100, 3_000, 50, 400, 1_000), Manifest.BASE, 10, 160),
  BIG(new ClusterSize(1_000, 30_000, 300, 4_000, 5_000), Manifest.PRODUCTION, 30, 448),
  LARGE(ClusterSize.LARGE, Manifest.PRODUCTION, 90, 350);

  @SuppressWarnings("ImmutableEnumChecker") // a record of numbers
  private final ClusterSize size;

  private final String manifest;
  private final double firstScrape;
  private final double residentMebibytes;

  /** Where the exporter's Deployment stands. */
  private static final class Manifest {
    static final String BASE = "manifests/base/exporter/deployment.yaml";
    static final String PRODUCTION = "manifests/overlays/production/exporter.yaml";
  }

  ExporterSetting(ClusterSize size, String manifest, double firstScrape, double residentMebibytes) {
    this.size = size;
    this.manifest = manifest;
    this.firstScrape = firstScrape;
    this.residentMebibytes = residentMebibytes;
  }

  ClusterSize size() {
    return size;
  }

  /** Seconds after the start, at most. */
  double firstScrape() {
    return firstScrape;
  }

  /** At most. */
  double residentMebibytes() {
    return residentMebibytes;
  }

  /**
   * The variables of the exporter's container.
   *
   * @param jvmOptions beside those of the manifest
   */
  Map<String, String> environment(Path project, String jvmOptions) {
    Map<String, String> environment = new HashMap<>(ofManifest(project));
    environment.merge(
        "JAVA_TOOL_OPTIONS", jvmOptions, (shipped, more) -> (shipped + " " + more).strip());
    return environment;
  }

  /** What the exporter's container may have at most. */
  double limitMebibytes(Path project) {
    return Quantity.getAmountInBytes(container(project).getResources().getLimits().get("memory"))
            .doubleValue()
        / 1048576;
  }

  private Map<String, String> ofManifest(Path project) {
    return container(project).getEnv().stream()
        .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
  }

  private Container container(Path project) {
    try {
      return Serialization.unmarshal(Files.readString(project.resolve(manifest)), Deployment.class)
          .getSpec()
          .getTemplate()
          .getSpec()
          .getContainers()
          .get(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
