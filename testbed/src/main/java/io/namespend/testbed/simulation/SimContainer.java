package io.namespend.testbed.simulation;

/**
 * A container of a pod template.
 *
 * @param role what it is to the scheduler
 * @param cpuRequest cores
 * @param memoryRequest bytes
 * @param cpu cores in use
 * @param memory bytes in use
 */
public record SimContainer(
    String name,
    Role role,
    double cpuRequest,
    double memoryRequest,
    int gpus,
    Load cpu,
    Load memory) {

  /** The three ways a container counts. */
  public enum Role {
    MAIN,
    /** An init container with {@code restartPolicy: Always}. */
    SIDECAR,
    /** Runs before the others and ends at once: nothing of it is ever measured. */
    INIT
  }

  boolean isMeasured() {
    return role != Role.INIT;
  }
}
