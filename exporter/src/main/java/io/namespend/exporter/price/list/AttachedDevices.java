package io.namespend.exporter.price.list;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Accelerators that come with a machine and that the price tables do not count: Neuron devices of
 * AWS, GPUs and TPU chips of Google Cloud.
 *
 * @see <a href="https://aws.amazon.com/ec2/instance-types/">Amazon EC2 instance types</a>
 * @see <a href="https://cloud.google.com/compute/docs/gpus">Google Cloud: GPU machine types</a>
 */
final class AttachedDevices {
  private static final Map<String, Integer> NEURON =
      Map.ofEntries(
          Map.entry("inf1.xlarge", 1),
          Map.entry("inf1.2xlarge", 1),
          Map.entry("inf1.6xlarge", 4),
          Map.entry("inf1.24xlarge", 16),
          Map.entry("inf2.xlarge", 1),
          Map.entry("inf2.8xlarge", 1),
          Map.entry("inf2.24xlarge", 6),
          Map.entry("inf2.48xlarge", 12),
          Map.entry("trn1.2xlarge", 1),
          Map.entry("trn1.32xlarge", 16),
          Map.entry("trn1n.32xlarge", 16),
          Map.entry("trn2.3xlarge", 1),
          Map.entry("trn2.48xlarge", 16),
          Map.entry("trn2u.48xlarge", 16));

  /**
   * {@code a2-highgpu-4g}, {@code a3-megagpu-8g}, {@code ct5lp-hightpu-4t}, {@code
   * tpu7x-standard-4t}.
   */
  private static final Pattern IN_NAME =
      Pattern.compile("(?:a\\d+x?-[a-z]+gpu-(\\d{1,2})g|(?:ct|tpu)\\d[a-z]*-[a-z]+-(\\d)t).*");

  /** The size of a machine with L4 or RTX PRO 6000, in vCPUs. */
  private static final Pattern G = Pattern.compile("(g2|g4)-standard-(\\d{1,3})");

  /** Sizes of G2 that have one GPU only, although they have more vCPUs than two have. */
  private static final Set<Integer> ONE = Set.of(4, 8, 12, 16, 32);

  private AttachedDevices() {}

  /** 0 if there are none, or it is not known. */
  static int of(String written) {
    String instanceType = written.toLowerCase(Locale.ROOT);
    Integer neuron = NEURON.get(instanceType);
    if (neuron != null) {
      return neuron;
    }
    Matcher named = IN_NAME.matcher(instanceType);
    if (named.matches()) {
      return Integer.parseInt(named.group(1) == null ? named.group(2) : named.group(1));
    }
    Matcher sized = G.matcher(instanceType);
    if (!sized.matches()) {
      return 0;
    }
    int cores = Integer.parseInt(sized.group(2));
    if (sized.group(1).equals("g2")) {
      return ONE.contains(cores) ? 1 : cores / 12;
    }
    return cores / 48;
  }
}
