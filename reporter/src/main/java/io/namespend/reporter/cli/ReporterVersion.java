package io.namespend.reporter.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version, as the build wrote it into the jar. */
final class ReporterVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "reporter "
          + Objects.requireNonNullElse(
              Reporter.class.getPackage().getImplementationVersion(), "development")
    };
  }
}
