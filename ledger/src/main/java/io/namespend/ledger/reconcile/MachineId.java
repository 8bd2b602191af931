package io.namespend.ledger.reconcile;

import java.util.List;
import java.util.Locale;

/**
 * The one spelling of a machine's id in bills and in Kubernetes.
 *
 * @param id of the instance; of the scale set, which Azure bills as a whole; or Google's zone and
 *     name
 */
record MachineId(String id) {
  private static final String INSTANCE_OF_SET = "/virtualmachines/";

  /** Such as {@code aws:///eu-west-1a/i-0a1b}. */
  static MachineId ofProvider(String providerId) {
    String id = providerId.toLowerCase(Locale.ROOT).replaceFirst("^[a-z]+:/+", "");
    List<String> parts = List.of(id.split("/"));
    if (providerId.startsWith("azure:")) {
      int instance = id.contains("/virtualmachinescalesets/") ? id.indexOf(INSTANCE_OF_SET) : -1;
      return new MachineId("/" + (instance < 0 ? id : id.substring(0, instance)));
    }
    boolean isGoogle = providerId.startsWith("gce:") && parts.size() >= 2;
    return new MachineId(isGoogle ? tail(parts, 2) : tail(parts, 1));
  }

  /** An ARN, a bare id, a path of Azure or of Google. */
  static MachineId ofBill(String resource) {
    String id = resource.toLowerCase(Locale.ROOT);
    List<String> parts = List.of(id.split("/"));
    if (id.startsWith("/subscriptions/")) {
      return new MachineId(id);
    }
    int zones = parts.indexOf("zones");
    boolean isGoogle = zones >= 0 && zones + 3 < parts.size();
    return new MachineId(
        isGoogle ? parts.get(zones + 1) + "/" + parts.get(zones + 3) : tail(parts, 1));
  }

  private static String tail(List<String> parts, int count) {
    return String.join("/", parts.subList(Math.max(0, parts.size() - count), parts.size()));
  }
}
