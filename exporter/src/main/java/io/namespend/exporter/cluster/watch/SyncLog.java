package io.namespend.exporter.cluster.watch;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.namespend.exporter.cluster.json.Kind;
import java.util.EnumMap;
import java.util.Map;

/** Says once what is wrong with which kind, and once that it is over. */
public final class SyncLog {
  private static final System.Logger LOG = System.getLogger(SyncLog.class.getName());

  private final Map<Kind, SyncFailure> troubles = new EnumMap<>(Kind.class);

  synchronized void failed(Kind kind, SyncException problem) {
    SyncFailure failure = problem.failure();
    if (kind.isOptional() && failure == SyncFailure.NOT_SERVED) {
      return;
    }
    boolean known = failure.isCommon() && troubles.containsValue(failure);
    if (troubles.put(kind, failure) != failure && !known) {
      LOG.log(
          WARNING,
          "cannot read {0} from the Kubernetes API: {1}; {2}",
          kind.plural(),
          problem.getMessage(),
          remedy(kind, failure));
    }
  }

  synchronized void recovered(Kind kind) {
    SyncFailure failure = troubles.remove(kind);
    if (failure != null && !(failure.isCommon() && troubles.containsValue(failure))) {
      LOG.log(INFO, "reads {0} from the Kubernetes API again", kind.plural());
    }
  }

  private static String remedy(Kind kind, SyncFailure failure) {
    return switch (failure) {
      case FORBIDDEN ->
          ("add to the exporter's ClusterRole: apiGroups [\"%s\"], resources [\"%s\"], verbs"
                  + " [\"list\", \"watch\"]; until then %s")
              .formatted(kind.group(), kind.plural(), kind.lost());
      case UNAUTHORIZED ->
          "check the token or certificate; the token of a service account is re-read for each"
              + " request";
      case NOT_SERVED -> "this API server has no such kind; without it %s".formatted(kind.lost());
      case STALLED, UNREACHABLE ->
          "check the address and the network; other kinds may be concerned; what was read last"
              + " stays, and it is tried again within a minute";
      case GONE, SERVER_ERROR, MALFORMED, OTHER ->
          "what was read last stays, and it is tried again within a minute";
    };
  }
}
