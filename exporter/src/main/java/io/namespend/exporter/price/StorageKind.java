package io.namespend.exporter.price;

/** What a volume is to the cloud that bills it, by its driver. */
enum StorageKind {
  /** A disk of a cloud. */
  DISK,
  /** A file system that a cloud runs. */
  FILE_SYSTEM,
  /**
   * Nothing that a cloud bills as a volume: a share of a server, a bucket, a disk of a node that
   * has its price already, or what nobody knows.
   */
  NONE;

  static StorageKind of(String driver) {
    return switch (driver) {
      case "ebs.csi.aws.com",
          "ebs.csi.eks.amazonaws.com",
          "kubernetes.io/aws-ebs",
          "disk.csi.azure.com",
          "kubernetes.io/azure-disk",
          "pd.csi.storage.gke.io",
          "kubernetes.io/gce-pd",
          // Of the clouds without a price list here.
          "block.csi.vultr.com",
          "blockvolume.csi.oraclecloud.com",
          "com.tencent.cloud.csi.cbs",
          "csi.hetzner.cloud",
          "csi.scaleway.com",
          "diskplugin.csi.alibabacloud.com",
          "disk-csi-driver.mks.ycloud.io",
          "dobs.csi.digitalocean.com",
          "linodebs.csi.linode.com",
          "storage.csi.upcloud.com",
          "vpc.block.csi.ibm.io" ->
          DISK;
      case "efs.csi.aws.com",
          "fsx.csi.aws.com",
          "fsx.openzfs.csi.aws.com",
          "file.csi.azure.com",
          "kubernetes.io/azure-file",
          "filestore.csi.storage.gke.io" ->
          FILE_SYSTEM;
      default -> NONE;
    };
  }
}
