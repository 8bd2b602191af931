package io.namespend.exporter.price.file;

import io.namespend.exporter.settings.Wildcard;
import java.util.stream.Stream;

/**
 * Names drivers of volumes: {@code efs.csi.aws.com}, {@code *.longhorn.io}; an in-tree plugin also
 * without {@code kubernetes.io/}, or as a volume's specification has it: {@code nfs}, {@code
 * hostPath}, {@code local}.
 */
record DriverPattern(Wildcard names) {
  private static final String IN_TREE = "kubernetes.io/";

  DriverPattern(String text) {
    this(new Wildcard(text));
  }

  boolean matches(String driver) {
    if (!driver.startsWith(IN_TREE)) {
      return names.matches(driver);
    }
    String plugin = driver.substring(IN_TREE.length());
    String field = plugin.replaceFirst("-volume$", "").replace("-", "");
    return Stream.of(driver, plugin, field).anyMatch(names::matches);
  }
}
