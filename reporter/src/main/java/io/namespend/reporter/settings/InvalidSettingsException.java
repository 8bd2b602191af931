package io.namespend.reporter.settings;

import java.util.List;

/** Settings cannot be used; the message has all that is wrong, a line each. */
public final class InvalidSettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidSettingsException(String file, List<String> errors) {
    super("%s cannot be used:\n  %s".formatted(file, String.join("\n  ", errors)));
  }
}
