package io.namespend.exporter.price.file;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a bill says of one resource.
 *
 * @param count how many rows of the file say it
 * @param hourly all of them together
 */
record BillLine(BillId id, int count, double hourly) {
  private static final Pattern BALANCER =
      Pattern.compile("loadbalancer/(?:(net|app|gwy)/)?([^/]+)(?:/([^/]+))?");

  BillLine plus(BillLine other) {
    return new BillLine(id, count + other.count, hourly + other.hourly);
  }

  /**
   * How the id may be spelled in the cluster. AWS bills {@code loadbalancer/net/NAME/HASH}; the
   * host name begins with {@code NAME-HASH}, that of an ALB or a classic one with NAME and a
   * number.
   */
  List<BillId> spellings() {
    Matcher balancer = BALANCER.matcher(String.join("/", id.parts()));
    if (!balancer.matches()) {
      return List.of(id);
    }
    String name = balancer.group(2);
    BillId byName = id.with("loadbalancer", name);
    if (balancer.group(3) == null) {
      return List.of(byName);
    }
    BillId byHash = id.with("loadbalancer", name + "-" + balancer.group(3));
    return "app".equals(balancer.group(1)) ? List.of(byHash, byName) : List.of(byHash);
  }
}
