package io.namespend.testbed.apiserver;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Pods by place. A pod that is replaced leaves its place to the next generation, with another node,
 * and another name but for StatefulSets.
 */
final class Pods implements WatchedObjects {
  /** What a place goes through when its pod is replaced, in this order. */
  enum Phase {
    RUNNING,
    TERMINATING,
    ABSENT,
    PENDING,
    SCHEDULED
  }

  private static final Phase[] PHASES = Phase.values();
  private static final int MOST_VARIABLES = 18;

  private final ClusterSize size;
  private final long seed;
  private final Template template = Template.of("pod.json");
  private final ChangeLog changes = new ChangeLog();

  /** Generation times the number of phases, plus the phase. */
  private final int[] states;

  /** When the pods of the places were scheduled, in seconds since 1970. */
  private final long[] scheduled;

  private final String[] variables = new String[MOST_VARIABLES + 1];

  Pods(ClusterSize size, long seed) {
    this.size = size;
    this.seed = seed;
    states = new int[size.pods()];
    scheduled = new long[size.pods()];
    Arrays.fill(scheduled, Instant.parse("2026-11-20T08:15:31Z").getEpochSecond());
    StringBuilder list = new StringBuilder();
    for (int i = 0; i <= MOST_VARIABLES; i++) {
      variables[i] = "[" + list + "]";
      list.append(i == 0 ? "" : ",")
          .append("{\"name\":\"APP_SETTING_%d\",\"value\":\"some-setting-of-%d\"}".formatted(i, i));
    }
  }

  @Override
  public ChangeLog changes() {
    return changes;
  }

  @Override
  public int places() {
    return size.pods();
  }

  synchronized Phase phase(int place) {
    return PHASES[states[place] % PHASES.length];
  }

  /**
   * How a watch of pods that are on a node tells of a change; empty if it does not.
   *
   * @see <a
   *     href="https://kubernetes.io/docs/concepts/overview/working-with-objects/field-selectors/">
   *     Kubernetes documentation, "Field Selectors"</a>
   */
  static Optional<ChangeLog.Type> toldOfPlaced(ChangeLog.Change change) {
    return switch (PHASES[change.state() % PHASES.length]) {
      case PENDING -> Optional.empty();
      case SCHEDULED -> Optional.of(ChangeLog.Type.ADDED);
      default -> Optional.of(change.type());
    };
  }

  /** Takes the next step of a replacement, which is a change that watches are told. */
  synchronized void step(int place) {
    int before = states[place];
    int generation = before / PHASES.length;
    int phase = (before + 1) % PHASES.length;
    Phase next = PHASES[phase];
    if (next == Phase.PENDING) {
      generation++;
    }
    states[place] = generation * PHASES.length + phase;
    if (next == Phase.SCHEDULED) {
      scheduled[place] = System.currentTimeMillis() / 1000;
    }
    switch (next) {
      case ABSENT -> changes.add(ChangeLog.Type.DELETED, place, before);
      case PENDING -> changes.add(ChangeLog.Type.ADDED, place, states[place]);
      default -> changes.add(ChangeLog.Type.MODIFIED, place, states[place]);
    }
  }

  @Override
  public void write(int place, StringBuilder out) {
    int state;
    synchronized (this) {
      state = states[place];
    }
    if (PHASES[state % PHASES.length] != Phase.ABSENT) {
      write(place, state, changes.version(), out);
    }
  }

  @Override
  public void write(ChangeLog.Change change, StringBuilder out) {
    write(change.place(), change.state(), change.version(), out);
  }

  /** A line for each pod that holds resources of a node, as {@link TruePod} reads it. */
  void writeTruth(Appendable out) throws IOException {
    for (int place = 0; place < size.pods(); place++) {
      int state;
      synchronized (this) {
        state = states[place];
      }
      switch (PHASES[state % PHASES.length]) {
        case ABSENT, PENDING -> {}
        default -> out.append(truth(place, state).line()).append('\n');
      }
    }
  }

  private TruePod truth(int place, int state) {
    int generation = state / PHASES.length;
    ServedWorkload workload = workload(place);
    return new TruePod(
        workload.namespace(),
        name(place, generation, workload),
        Nodes.name(node(place, generation)),
        workload.type(),
        workload.name(),
        milliCores(place));
  }

  private void write(int place, int state, long version, StringBuilder out) {
    int generation = state / PHASES.length;
    Phase phase = PHASES[state % PHASES.length];
    ServedWorkload workload = workload(place);
    Map<String, String> values = new HashMap<>();
    values.put("name", name(place, generation, workload));
    values.put("namespace", workload.namespace());
    values.put("uid", ServedObjects.uid("pod", place * 1000L + generation));
    values.put("version", Long.toString(version));
    values.put("workload", workload.name());
    values.put("team", workload.team());
    values.put("hash", workload.hash());
    values.put("owner", workload.ownerName());
    values.put("ownerKind", workload.ownerKind());
    values.put("ownerVersion", ServedWorkload.apiVersion(workload.ownerKind()));
    values.put("ownerUid", ServedObjects.uid(workload.ownerKind(), workload.number()));
    values.put("node", phase == Phase.PENDING ? "" : Nodes.name(node(place, generation)));
    values.put(
        "phase", phase == Phase.RUNNING || phase == Phase.TERMINATING ? "Running" : "Pending");
    values.put("scheduled", scheduledAt(place).toString());
    values.put("cpu", milliCores(place) + "m");
    values.put("memory", mebibytes(place) + "Mi");
    values.put("env", variables[place % variables.length]);
    template.write(out, values);
  }

  private synchronized Instant scheduledAt(int place) {
    return Instant.ofEpochSecond(scheduled[place]);
  }

  private ServedWorkload workload(int place) {
    return new ServedWorkload(place % size.workloads(), size);
  }

  private String name(int place, int generation, ServedWorkload workload) {
    return workload.kind().equals("StatefulSet")
        ? workload.name() + "-" + place / size.workloads()
        : workload.ownerName()
            + "-"
            + Long.toString(mixed(place, generation) & 0xffffffffL, 36)
            + Integer.toString(place, 36);
  }

  private int node(int place, int generation) {
    return (int) Math.floorMod(mixed(place, generation) >> 8, (long) size.nodes());
  }

  /** More than the init container's, so that it is the pod's request. */
  static int milliCores(int place) {
    return 50 + place % 10 * 25;
  }

  static int mebibytes(int place) {
    return 64 + place % 13 * 32;
  }

  /** The finalizer of SplitMix64: any two pods look unrelated. */
  private long mixed(int place, int generation) {
    long z = seed + place * 0x9e3779b97f4a7c15L + generation * 0xd1342543de82ef95L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
