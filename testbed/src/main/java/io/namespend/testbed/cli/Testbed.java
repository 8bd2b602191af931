package io.namespend.testbed.cli;

import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;

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
    System.exit(new CommandLine(new Testbed()).execute(args));
  }
}
