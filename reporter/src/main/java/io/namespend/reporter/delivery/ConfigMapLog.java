package io.namespend.reporter.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.namespend.reporter.delivery.KubernetesApi.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/**
 * Remembers in ConfigMaps, whose names are known beforehand so that the reporter needs rights to no
 * others. Each digest has its receipts in one of them, by its scope.
 *
 * @see <a href="https://kubernetes.io/docs/reference/kubernetes-api/">ConfigMap v1</a>
 */
public final class ConfigMapLog implements DeliveryLog {
  /** With a thousand teams for a year, each has less than half of what a ConfigMap may. */
  static final int SHARDS = 32;

  private final KubernetesApi api;
  private final String path;
  private final String object;
  private final List<LogShard> shards;

  /**
   * @param name what all names begin with; version 0.1.0 wrote the ConfigMap of that name
   */
  public ConfigMapLog(KubernetesApi api, String namespace, String name) {
    this.api = api;
    path = "/api/v1/namespaces/%s/configmaps/%s".formatted(namespace, name);
    object = "ConfigMap %s/%s".formatted(namespace, name);
    shards =
        IntStream.range(0, SHARDS)
            .mapToObj(i -> new LogShard(api, namespace, "%s-%02x".formatted(name, i)))
            .toList();
  }

  @Override
  public Map<String, String> load(Window window) {
    Map<String, String> entries = new HashMap<>(before(window));
    shards.forEach(shard -> entries.putAll(shard.load(window)));
    return entries;
  }

  @Override
  public void add(ReceiptKey key, String value) {
    CRC32 hash = new CRC32();
    hash.update(key.scope().getBytes(UTF_8));
    shards.get((int) (hash.getValue() % SHARDS)).add(key, value);
  }

  /** What version 0.1.0 remembered, so that an upgrade sends nothing again. */
  private Map<String, String> before(Window window) {
    Answer found = api.get(path, object);
    if (found.isMissing()) {
      return Map.of();
    }
    found.expect(200, object, "get");
    Map<String, String> entries = new HashMap<>();
    for (String line : found.body().path("data").path("delivered").asText().lines().toList()) {
      String[] parts = line.split("\t", -1);
      if (parts.length == 2 && ReceiptKey.windowOf(parts[0]).equals(Optional.of(window))) {
        entries.put(parts[0], parts[1]);
      }
    }
    return entries;
  }
}
