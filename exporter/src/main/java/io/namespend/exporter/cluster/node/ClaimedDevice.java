package io.namespend.exporter.cluster.node;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A device as its driver names it. */
record ClaimedDevice(String driver, String pool, String name) {
  /** How the names of drivers of accelerators begin; others drive networks, CPUs and the like. */
  private static final Set<String> ACCELERATORS = Set.of("gpu", "gaudi", "tpu", "neuron");

  /** In names such as {@code gpu-0-mig-1g.5gb-19-0}, and in profiles. */
  private static final Pattern MIG = Pattern.compile("(?:.*mig-)?([1-7])g\\.?(\\d+)gb.*");

  boolean isAccelerator() {
    int dot = driver.indexOf('.');
    return dot > 0 && ACCELERATORS.contains(driver.substring(0, dot));
  }

  /** How much of a whole device it is, as far as its name tells. */
  double share() {
    return share(name);
  }

  /**
   * @param profile such as {@code 1g.5gb}, or a name that has it
   */
  static double share(String profile) {
    Matcher mig = MIG.matcher(profile);
    return mig.matches() ? AcceleratorResource.mig(mig.group(1), mig.group(2)) : 1;
  }
}
