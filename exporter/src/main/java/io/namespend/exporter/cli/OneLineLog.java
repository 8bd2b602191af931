package io.namespend.exporter.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;

/** One line an event on standard error. Libraries speak only when something is wrong. */
final class OneLineLog {
  private static final String SETTINGS =
      """
      handlers=java.util.logging.ConsoleHandler
      java.util.logging.ConsoleHandler.level=INFO
      java.util.logging.ConsoleHandler.formatter=java.util.logging.SimpleFormatter
      java.util.logging.SimpleFormatter.format=%1$tFT%1$tT.%1$tLZ %4$s %5$s%6$s%n
      .level=WARNING
      io.namespend.level=INFO
      # What these say of a failing API server, WatchedCluster says once and in one line.
      io.fabric8.level=OFF
      """;

  private OneLineLog() {}

  static void install() {
    try (var settings = new ByteArrayInputStream(SETTINGS.getBytes(StandardCharsets.UTF_8))) {
      LogManager.getLogManager().readConfiguration(settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
