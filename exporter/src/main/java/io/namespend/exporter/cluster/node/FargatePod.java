package io.namespend.exporter.cluster.node;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.namespend.exporter.cluster.json.Fields;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one pod of an AWS Fargate node, which decides what the node costs.
 *
 * @param request its effective request
 * @param provisioned the size that AWS says it gave the pod, and bills; empty before it says so
 * @see <a
 *     href="https://docs.aws.amazon.com/eks/latest/userguide/fargate-pod-configuration.html">EKS
 *     user guide</a>
 */
public record FargatePod(Resources request, Optional<Resources> provisioned) {
  static final FargatePod NONE = new FargatePod(Resources.NONE, Optional.empty());

  private static final String ANNOTATION = "CapacityProvisioned";

  /** Such as {@code 0.25vCPU 0.5GB}, where a GB is a GiB. */
  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,4}(?:\\.\\d{1,4})?)vCPU (\\d{1,5}(?:\\.\\d{1,4})?)GB");

  public FargatePod {
    requireNonNull(request, "request");
    requireNonNull(provisioned, "provisioned");
  }

  /** AWS runs one pod on a node; where a dump has more, no annotation speaks for all. */
  public FargatePod plus(FargatePod other) {
    return new FargatePod(request.plus(other.request), Optional.empty());
  }

  /** What the annotations of a pod say; empty if nothing, or nothing of sense. */
  public static Optional<Resources> provisioned(JsonNode metadata) {
    String text = Fields.text(Fields.object(metadata, "annotations"), ANNOTATION);
    Matcher size = SIZE.matcher(text);
    if (text.isEmpty() || !size.matches()) {
      return Optional.empty();
    }
    Resources amount =
        Resources.ofGib(Double.parseDouble(size.group(1)), Double.parseDouble(size.group(2)), 0);
    return amount.cpuCores() > 0 && amount.memoryBytes() > 0
        ? Optional.of(amount)
        : Optional.empty();
  }
}
