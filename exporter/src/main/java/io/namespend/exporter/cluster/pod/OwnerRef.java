package io.namespend.exporter.cluster.pod;

import com.fasterxml.jackson.databind.JsonNode;
import io.namespend.exporter.cluster.json.Fields;
import java.util.Optional;

/** The controlling owner of an object. */
public record OwnerRef(String kind, String name) {
  public static Optional<OwnerRef> of(JsonNode metadata) {
    for (JsonNode owner : Fields.objects(metadata, "ownerReferences")) {
      OwnerRef reference = new OwnerRef(Fields.text(owner, "kind"), Fields.text(owner, "name"));
      if (owner.path("controller").asBoolean()
          && !reference.kind.isEmpty()
          && !reference.name.isEmpty()) {
        return Optional.of(reference);
      }
    }
    return Optional.empty();
  }
}
