package io.namespend.exporter.policy.pool;

/** How a pool is divided. */
public enum Split {
  /** By direct cost. */
  PROPORTIONAL,
  EVEN,
  /** By weights of the policy. */
  WEIGHTED,
  /** By a measured series. */
  DRIVER,
  /** Not at all. */
  NONE
}
