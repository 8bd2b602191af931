package io.namespend.exporter.price;

import io.namespend.exporter.cluster.node.FargatePod;
import io.namespend.exporter.cluster.node.Resources;
import java.util.List;

/**
 * What AWS bills for a pod on Fargate: the smallest size that holds its request and 256 MiB for the
 * node's own processes. The node object reports a larger machine.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/eks/latest/userguide/fargate-pod-configuration.html">EKS
 *     user guide</a>
 */
public final class FargateSize {
  private static final double SYSTEM_GIB = 0.25;

  /** vCPU, least GiB, most GiB, step in GiB. */
  private static final List<double[]> SIZES =
      List.of(
          new double[] {0.25, 0.5, 2, 0.5},
          new double[] {0.5, 1, 4, 1},
          new double[] {1, 2, 8, 1},
          new double[] {2, 4, 16, 1},
          new double[] {4, 8, 30, 1},
          new double[] {8, 16, 60, 4},
          new double[] {16, 32, 120, 8});

  private FargateSize() {}

  /** What AWS says it gave the pod, or what it gives for such a request. */
  public static Resources billed(FargatePod pod) {
    return pod.provisioned().orElseGet(() -> billed(pod.request()));
  }

  /** A quarter vCPU and half a GiB if nothing is requested. */
  static Resources billed(Resources request) {
    double gib = request.memoryGib() + SYSTEM_GIB;
    for (double[] size : SIZES) {
      double memory = memory(size, gib);
      if (size[0] >= request.cpuCores() && size[2] >= gib) {
        return Resources.ofGib(size[0], memory, 0);
      }
    }
    double[] largest = SIZES.get(SIZES.size() - 1);
    return Resources.ofGib(largest[0], largest[2], 0);
  }

  private static double memory(double[] size, double gib) {
    // The smallest size has 0.5, 1 and 2 GiB, without the step between.
    if (size[0] == 0.25) {
      return gib <= 0.5 ? 0.5 : gib <= 1 ? 1 : 2;
    }
    return Math.max(size[1], size[1] + Math.ceil((gib - size[1]) / size[3]) * size[3]);
  }
}
