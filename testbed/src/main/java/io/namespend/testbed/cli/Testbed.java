package io.namespend.testbed.cli;

import io.namespend.foundation.command.ErrorLines;
import io.namespend.testbed.process.FailedProcessException;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** The tools of the project's own developers. */
@Command(
    name = "testbed",
    mixinStandardHelpOptions = true,
    description = "A simulated cluster behind a real Prometheus.",
    subcommands = {
      DemoCommand.class,
      BenchmarkCommand.class,
      AnomalyCommand.class,
      ExporterBenchmarkCommand.class,
      DoorCommand.class,
      MinutesCommand.class,
      ServeClusterCommand.class,
      DashboardsCommand.class,
      MonthRulesCommand.class,
      WriteMonthCommand.class,
      DigestCommand.class
    })
public final class Testbed {
  /** Held, because the log manager holds loggers weakly. */
  private static final Logger API_SERVER_LOG = Logger.getLogger("io.fabric8");

  public static void main(String[] args) {
    API_SERVER_LOG.setLevel(Level.WARNING);
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Testbed())
        .setParameterExceptionHandler(new ErrorLines("testbed")::wrongOptions)
        .setExecutionExceptionHandler(Testbed::failed);
  }

  /** One line for what can go wrong; anything else is a fault, with its stack trace. */
  private static int failed(Exception e, CommandLine command, ParseResult parsed) throws Exception {
    if (e instanceof FailedProcessException
        || e instanceof IllegalStateException
        || e instanceof IllegalArgumentException) {
      new ErrorLines(command.getCommandName()).print(command, String.valueOf(e.getMessage()));
      return command.getCommandSpec().exitCodeOnExecutionException();
    }
    throw e;
  }
}
