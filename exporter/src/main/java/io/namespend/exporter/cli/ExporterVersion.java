package io.namespend.exporter.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version, as the build wrote it into the jar. */
final class ExporterVersion implements IVersionProvider {
  static String current() {
    return Objects.requireNonNullElse(
        Exporter.class.getPackage().getImplementationVersion(), "development");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"exporter " + current()};
  }
}
