package io.namespend.exporter.price.file;

import io.namespend.exporter.cluster.balancer.LoadBalancer;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.volume.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a bill may have a line for, behind one or more objects of a cluster. Equal for all objects
 * behind which it is.
 *
 * @param ids how bills may spell it, the fullest first
 */
record BilledThing(List<BillId> ids) {
  BilledThing {
    ids = List.copyOf(ids);
  }

  /** Empty for one without an id. */
  static List<BilledThing> of(Node node) {
    BillId id = BillId.of(node.providerId());
    List<String> parts = id.parts();
    boolean google = parts.size() == 6 && parts.get(0).equals("projects");
    return things(
        google ? List.of(id, id.with(parts.get(1), parts.get(3), parts.get(5))) : List.of(id));
  }

  /** The smallest first: an access point before its file system. */
  static List<BilledThing> of(Volume volume) {
    BillId id = BillId.of(volume.providerId());
    List<String> parts = id.parts();
    return switch (volume.driver()) {
      case "kubernetes.io/gce-pd" -> things(List.of(id.with("disks", id.name())));
      case "kubernetes.io/aws-ebs" -> things(List.of(new BillId(List.of(id.name()), "", "")));
      case "efs.csi.aws.com" ->
          parts.size() == 2
              ? Stream.of(
                      things(List.of(id, id.with(parts.get(1)))),
                      things(List.of(id.with(parts.get(0)))))
                  .flatMap(List::stream)
                  .toList()
              : things(List.of(id));
      case "file.csi.azure.com" -> azureShare(volume.providerId());
      case "filestore.csi.storage.gke.io" ->
          parts.size() == 4
              ? things(List.of(id.with("locations", parts.get(1), "instances", parts.get(2))))
              : things(List.of(id));
      default ->
          // Paths and names of other plugins are no ids.
          volume.driver().startsWith("kubernetes.io/")
                  && !volume.driver().equals("kubernetes.io/azure-disk")
              ? List.of()
              : things(List.of(id));
    };
  }

  /** By its first address, which is what those that share it have in common. */
  static List<BilledThing> of(LoadBalancer balancer) {
    String host = balancer.ingress().toLowerCase(Locale.ROOT);
    List<BillId> ids = new ArrayList<>(ofElb(host));
    ids.add(new BillId(List.of(host), "", ""));
    return things(ids);
  }

  /**
   * {@code label.elb.region...} of a network load balancer, {@code label.region.elb...} of others.
   */
  private static List<BillId> ofElb(String host) {
    String[] parts = host.replaceFirst("^dualstack\\.", "").split("\\.", -1);
    if (parts.length < 4 || !(parts[1].equals("elb") || parts[2].equals("elb"))) {
      return List.of();
    }
    String label = parts[0].replaceFirst("^internal-", "");
    if (parts[1].equals("elb")) {
      return List.of(new BillId(List.of("loadbalancer", label), parts[2], ""));
    }
    int dash = label.lastIndexOf('-');
    String name = dash < 0 ? label : label.substring(0, dash);
    return Stream.of(label, name)
        .distinct()
        .map(each -> new BillId(List.of("loadbalancer", each), parts[1], ""))
        .toList();
  }

  /** {@code group#account#share#...}: a share, in a storage account. */
  private static List<BilledThing> azureShare(String handle) {
    String[] parts = handle.toLowerCase(Locale.ROOT).split("#", -1);
    if (parts.length < 3) {
      return things(List.of(BillId.of(handle)));
    }
    String account =
        "resourcegroups/%s/providers/microsoft.storage/storageaccounts/%s"
            .formatted(parts[0], parts[1]);
    return Stream.of(account + "/fileservices/default/shares/" + parts[2], account)
        .map(id -> new BilledThing(List.of(BillId.of(id))))
        .toList();
  }

  private static List<BilledThing> things(List<BillId> ids) {
    List<BillId> named = ids.stream().filter(id -> !id.name().isEmpty()).toList();
    return named.isEmpty() ? List.of() : List.of(new BilledThing(named));
  }
}
