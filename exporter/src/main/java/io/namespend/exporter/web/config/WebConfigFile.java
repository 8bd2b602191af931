package io.namespend.exporter.web.config;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.namespend.foundation.settings.InvalidSettingsException;
import io.namespend.foundation.settings.Problem;
import java.nio.file.Path;
import java.util.List;

/**
 * A web configuration that follows its files: whoever asks gets what they say now. What is wrong
 * after the start is said once and counted, and the last good one stays.
 */
public final class WebConfigFile {
  private static final System.Logger LOG = System.getLogger(WebConfigFile.class.getName());

  private final Path file;
  private WebConfig current = WebConfig.OPEN;
  private SeenFiles seen = new SeenFiles();
  private long failures;
  private boolean lastSuccessful = true;

  private WebConfigFile(Path file) {
    this.file = file;
  }

  /**
   * Reads a file and what it names.
   *
   * @throws InvalidSettingsException with everything that is wrong
   */
  public static WebConfigFile open(Path file) {
    WebConfigFile opened = new WebConfigFile(file);
    WebConfigReader reader = new WebConfigReader(file);
    opened.current = reader.read();
    opened.seen = reader.seen();
    return opened;
  }

  /** As the files are now; costs a look at each when nothing changed. */
  public synchronized WebConfig current() {
    if (seen.changed()) {
      reload();
    }
    return current;
  }

  /** How many changes could not be taken over. */
  public synchronized long failures() {
    return failures;
  }

  /** Whether {@link #current} is what the files say. */
  public synchronized boolean lastSuccessful() {
    return lastSuccessful;
  }

  private void reload() {
    WebConfigReader reader = new WebConfigReader(file);
    try {
      WebConfig read = reader.read();
      refuseOtherScheme(read);
      current = read;
      lastSuccessful = true;
      LOG.log(INFO, "took over the change of the web configuration {0}", file);
    } catch (InvalidSettingsException e) {
      lastSuccessful = false;
      failures++;
      LOG.log(
          WARNING,
          "the last good web configuration stays: {0}",
          String.valueOf(e.getMessage()).replaceAll("\\R\\s*", " "));
    }
    // Also after a failure: the next try is at the next change.
    seen = reader.seen();
  }

  private void refuseOtherScheme(WebConfig read) {
    if (read.tls().isPresent() != current.tls().isPresent()) {
      throw new InvalidSettingsException(
          file.toString(),
          List.of(
              new Problem(
                  "tls_server_config",
                  read.tls().isPresent() ? "added" : "removed",
                  "TLS cannot be switched on or off while serving; start the exporter again")));
    }
  }
}
