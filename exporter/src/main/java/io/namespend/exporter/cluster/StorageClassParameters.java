package io.namespend.exporter.cluster;

import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Takes from a storage class the parameters that decide a price. */
final class StorageClassParameters {
  private static final Set<String> PRICED =
      Set.of(
          "type",
          "iops",
          "iopspergb",
          "throughput",
          "skuname",
          "storageaccounttype",
          "replication-type");

  private StorageClassParameters() {}

  /** Keys in lower case: drivers do not care about case. */
  static Map<String, String> read(StorageClass storageClass) {
    Map<String, String> parameters = storageClass.getParameters();
    Map<String, String> priced = new HashMap<>();
    if (parameters != null) {
      parameters.forEach(
          (key, value) -> {
            String lowerCase = key.toLowerCase(Locale.ROOT);
            if (PRICED.contains(lowerCase)) {
              priced.put(lowerCase, value);
            }
          });
    }
    return priced;
  }
}
