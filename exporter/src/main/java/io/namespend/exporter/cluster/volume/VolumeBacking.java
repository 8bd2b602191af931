package io.namespend.exporter.cluster.volume;

import com.fasterxml.jackson.databind.JsonNode;
import io.namespend.exporter.cluster.json.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a volume lies on.
 *
 * @param driver CSI driver, or the name of the in-tree plugin; empty if neither can be told
 * @param id what the driver calls it
 * @param key the same for all volumes of a driver on one disk or file system; empty where that
 *     cannot be told
 */
record VolumeBacking(String driver, String id, String key) {
  /** Types of volumes from before there were drivers. */
  private static final List<InTree> IN_TREE =
      List.of(
          new InTree("awsElasticBlockStore", "kubernetes.io/aws-ebs", List.of("volumeID")),
          new InTree("gcePersistentDisk", "kubernetes.io/gce-pd", List.of("pdName")),
          new InTree("azureDisk", "kubernetes.io/azure-disk", List.of("diskURI")),
          new InTree("azureFile", "kubernetes.io/azure-file", List.of("secretName", "shareName")),
          new InTree("nfs", "kubernetes.io/nfs", List.of("server", "path")),
          new InTree("hostPath", "kubernetes.io/host-path", List.of("path")),
          new InTree("local", "kubernetes.io/local-volume", List.of("path")),
          new InTree("cephfs", "kubernetes.io/cephfs", List.of("path")),
          new InTree("cinder", "kubernetes.io/cinder", List.of("volumeID")),
          new InTree("fc", "kubernetes.io/fc", List.of()),
          new InTree("glusterfs", "kubernetes.io/glusterfs", List.of("endpoints", "path")),
          new InTree("iscsi", "kubernetes.io/iscsi", List.of("targetPortal", "iqn", "lun")),
          new InTree("portworxVolume", "kubernetes.io/portworx-volume", List.of("volumeID")),
          new InTree("rbd", "kubernetes.io/rbd", List.of("pool", "image")),
          new InTree("vsphereVolume", "kubernetes.io/vsphere-volume", List.of("volumePath")));

  static VolumeBacking of(JsonNode spec) {
    JsonNode csi = Fields.object(spec, "csi");
    return csi.isMissingNode()
        ? IN_TREE.stream()
            .flatMap(type -> type.of(spec).stream())
            .findFirst()
            .orElseGet(() -> ofFlexVolume(spec))
        : ofCsi(csi);
  }

  private static VolumeBacking ofCsi(JsonNode csi) {
    String driver = Fields.text(csi, "driver");
    String id = Fields.text(csi, "volumeHandle");
    return new VolumeBacking(
        driver,
        id,
        switch (driver) {
          // An access point or a path after the file system.
          case "efs.csi.aws.com" -> id.split(":", 2)[0];
          case "disk.csi.azure.com" -> id.toLowerCase(Locale.ROOT);
          case "file.csi.azure.com" -> azureShare(csi, id);
          case "filestore.csi.storage.gke.io" -> filestore(id);
          case "nfs.csi.k8s.io" -> {
            JsonNode attributes = Fields.object(csi, "volumeAttributes");
            String server = Fields.text(attributes, "server");
            yield server.isEmpty()
                ? id
                : String.join(
                    ":",
                    server,
                    Fields.text(attributes, "share"),
                    Fields.text(attributes, "subdir"));
          }
          default -> id;
        });
  }

  /** Handles are {@code group#account#share#...}; those of volumes made by hand say anything. */
  private static String azureShare(JsonNode csi, String id) {
    JsonNode attributes = Fields.object(csi, "volumeAttributes");
    String account = Fields.text(attributes, "storageAccount");
    String share = Fields.text(attributes, "shareName");
    String[] parts = id.split("#", -1);
    if (!account.isEmpty() && !share.isEmpty()) {
      return (account + "/" + share).toLowerCase(Locale.ROOT);
    }
    return parts.length < 3 ? id : (parts[1] + "/" + parts[2]).toLowerCase(Locale.ROOT);
  }

  /** {@code modeInstance/zone/instance/share}: such an instance has one share. */
  private static String filestore(String id) {
    String[] parts = id.split("/", -1);
    return parts.length == 4 && parts[0].equals("modeInstance")
        ? String.join("/", parts[1], parts[2])
        : id;
  }

  private static VolumeBacking ofFlexVolume(JsonNode spec) {
    return new VolumeBacking(Fields.text(Fields.object(spec, "flexVolume"), "driver"), "", "");
  }

  /**
   * A type of volume from before there were drivers.
   *
   * @param field of the volume that has it
   * @param ids fields of that which name what lies behind
   */
  private record InTree(String field, String driver, List<String> ids) {
    Optional<VolumeBacking> of(JsonNode spec) {
      JsonNode source = Fields.object(spec, field);
      if (source.isMissingNode()) {
        return Optional.empty();
      }
      String id =
          String.join(
              ":",
              ids.stream()
                  .map(name -> Fields.text(source, name))
                  .filter(text -> !text.isEmpty())
                  .toList());
      return Optional.of(
          new VolumeBacking(
              driver,
              id,
              switch (field) {
                // The same path is another disk on another node.
                case "hostPath", "local" -> "";
                case "azureDisk" -> id.toLowerCase(Locale.ROOT);
                case "awsElasticBlockStore" -> id.substring(id.lastIndexOf('/') + 1);
                default -> id;
              }));
    }
  }
}
