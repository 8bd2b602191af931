package io.namespend.exporter.cluster.node;

/** What machines have by the name of their type, for what nodes do not report truly. */
@FunctionalInterface
public interface InstanceTypes {
  /** Knows none. */
  InstanceTypes UNKNOWN = instanceType -> 0;

  /** GPUs and other accelerators; 0 if there are none or the type is not known. */
  double devices(String instanceType);
}
