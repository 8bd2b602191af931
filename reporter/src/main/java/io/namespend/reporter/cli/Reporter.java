package io.namespend.reporter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.namespend.foundation.command.ProgramVersion;
import io.namespend.foundation.net.EnvironmentProxies;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: one subcommand for each report. */
@Command(
    name = "reporter",
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    description = {"Reports Kubernetes costs that Prometheus has recorded.", ""},
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  reporter weekly --prometheus http://localhost:9090 --dry-run",
      "  reporter weekly --prometheus http://localhost:9090 --output week.html",
      "  reporter statement --prometheus http://localhost:9090 --month 2026-10",
      "  reporter weekly --help"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {" 0:done", " 1:no report; standard error says why", " 2:wrong options"})
public final class Reporter {
  public static void main(String[] args) {
    try {
      EnvironmentProxies.install(System.getenv());
    } catch (IllegalArgumentException e) {
      System.err.println("reporter: " + e.getMessage());
      System.exit(2);
    }
    CommandLine command =
        commandLine(Clock.systemUTC(), System.getenv())
            .setCommandName(System.getProperty("namespend.command", "reporter"));
    // In containers the default charset is often ASCII, which has no arrows.
    command.setOut(new PrintWriter(new FileOutputStream(FileDescriptor.out), true, UTF_8));
    command.setErr(new PrintWriter(new FileOutputStream(FileDescriptor.err), true, UTF_8));
    System.exit(command.execute(args));
  }

  static CommandLine commandLine(Clock clock, Map<String, String> environment) {
    return new CommandLine(new Reporter())
        .addSubcommand(new Weekly(clock, environment))
        .addSubcommand(new StatementCommand(clock, environment))
        .addSubcommand(new MonthlyCommand(clock, environment))
        .addSubcommand(new ExplainCommand(clock, environment))
        .addSubcommand(new DoctorCommand(clock, environment))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(ErrorLine.LINES::wrongOptions)
        .setExecutionExceptionHandler(ErrorLine::failure);
  }
}
