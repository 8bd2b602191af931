package io.namespend.testbed.apiserver;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Nodes of 16 cores and 64 GiB with 36 to 55 images, whose kubelets report now and then. */
final class Nodes implements WatchedObjects {
  /** What kubelets report their status after, if nothing changed. */
  static final Duration REPORT = Duration.ofMinutes(5);

  private static final Instant FIRST_REPORT = Instant.parse("2026-11-21T10:00:00Z");
  private static final int MOST_IMAGES = 55;

  private final ClusterSize size;
  private final Template template = Template.of("node.json");
  private final ChangeLog changes = new ChangeLog();
  private int reports;

  Nodes(ClusterSize size) {
    this.size = size;
  }

  static String name(int node) {
    return "ip-10-0-%d-%d.ec2.internal".formatted(node / 250, node % 250);
  }

  /** The next kubelet reports. */
  synchronized void report() {
    changes.add(ChangeLog.Type.MODIFIED, reports % size.nodes(), reports / size.nodes() + 1);
    reports++;
  }

  @Override
  public ChangeLog changes() {
    return changes;
  }

  @Override
  public int places() {
    return size.nodes();
  }

  @Override
  public void write(int node, StringBuilder out) {
    write(node, 0, changes.version(), out);
  }

  @Override
  public void write(ChangeLog.Change change, StringBuilder out) {
    write(change.place(), change.state(), change.version(), out);
  }

  private void write(int node, int report, long version, StringBuilder out) {
    Map<String, String> values = new HashMap<>();
    values.put("name", name(node));
    values.put("uid", ServedObjects.uid("node", node));
    values.put("version", Long.toString(version));
    values.put("instance", "i-%017x".formatted(node * 7919L + 4096));
    values.put("instanceType", "m5.4xlarge");
    values.put("zone", "us-east-1" + "abc".charAt(node % 3));
    values.put("capacityType", node % 4 == 0 ? "spot" : "on-demand");
    values.put("cores", "16");
    values.put("memory", "65011712");
    values.put("allocatableCores", "15890");
    values.put("allocatableMemory", "63963136");
    values.put("heartbeat", FIRST_REPORT.plus(REPORT.multipliedBy(report)).toString());
    values.put("images", images(MOST_IMAGES - node % 20));
    template.write(out, values);
  }

  private static String images(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            image ->
                "{\"names\":[\"registry.example.com/teams/service-%d@sha256:%064x\",\"registry.example.com/teams/service-%d:2.14.3\"],\"sizeBytes\":%d}"
                    .formatted(image, image * 7919L + 1, image, 20_000_000 + image * 1_234_567))
        .collect(Collectors.joining(",", "[", "]"));
  }
}
