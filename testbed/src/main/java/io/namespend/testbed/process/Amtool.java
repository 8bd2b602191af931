package io.namespend.testbed.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs amtool. */
public final class Amtool {
  private final Path program;

  public Amtool(AlertmanagerTools tools) {
    this.program = tools.amtool();
  }

  /**
   * Checks a configuration with its templates.
   *
   * @throws FailedProcessException if it is wrong
   */
  public void checkConfig(Path config) {
    run(List.of("check-config", config.toString()));
  }

  /**
   * The receivers of an alert, separated by commas.
   *
   * @param labels such as {@code team=data}
   */
  public String receivers(Path config, List<String> labels) {
    List<String> arguments =
        new ArrayList<>(List.of("config", "routes", "test", "--config.file=" + config));
    arguments.addAll(labels);
    return run(arguments);
  }

  private String run(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    try {
      // Its warnings are on standard error; both are short, so no pipe fills.
      Process process = new ProcessBuilder(command).start();
      String output = text(process.getInputStream().readAllBytes());
      String errors = text(process.getErrorStream().readAllBytes());
      int exit = process.waitFor();
      if (exit != 0) {
        throw new FailedProcessException("amtool ended with " + exit + ": " + output + errors);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run amtool", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FailedProcessException("amtool was interrupted");
    }
  }

  private static String text(byte[] output) {
    return new String(output, StandardCharsets.UTF_8).strip();
  }
}
