package io.namespend.exporter.cluster.volume;

import com.fasterxml.jackson.databind.JsonNode;
import io.namespend.exporter.cluster.json.Fields;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Takes from a storage class the parameters that decide a price. */
public final class StorageClassParameters {
  private static final Set<String> PRICED =
      Set.of(
          "allowautoiopspergbincrease",
          "deploymenttype",
          "iops",
          "iopspergb",
          "perunitstoragethroughput",
          "replication-type",
          "skuname",
          "storageaccounttype",
          "storagetype",
          "throughput",
          "tier",
          "type");

  private StorageClassParameters() {}

  /** Keys in lower case: drivers do not care about case. */
  public static Map<String, String> read(JsonNode storageClass) {
    Map<String, String> priced = new HashMap<>();
    Fields.textsByName(storageClass, "parameters")
        .forEach(
            (key, value) -> {
              String lowerCase = key.toLowerCase(Locale.ROOT);
              if (PRICED.contains(lowerCase)) {
                priced.put(lowerCase, value);
              }
            });
    return priced;
  }
}
