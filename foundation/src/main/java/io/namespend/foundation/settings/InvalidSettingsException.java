package io.namespend.foundation.settings;

import java.util.List;
import java.util.stream.Collectors;

/** A file that a person wrote is wrong; the message lists everything that is. */
public final class InvalidSettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InvalidSettingsException(String file, List<Problem> problems) {
    super(
        "%s has %d %s:%n%s"
            .formatted(
                file,
                problems.size(),
                problems.size() == 1 ? "error" : "errors",
                problems.stream()
                    .map(problem -> "  " + problem)
                    .collect(Collectors.joining(System.lineSeparator()))));
  }
}
