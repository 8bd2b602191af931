package io.namespend.foundation.command;

import static java.util.Objects.requireNonNull;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Standard error of a program.
 *
 * @param program stands in front of each line, also where people call it by another name
 */
public record ErrorLines(String program) {
  public ErrorLines {
    requireNonNull(program, "program");
  }

  /** One line for what is wrong. */
  public void print(CommandLine command, String message) {
    command.getErr().println(program + ": " + message.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]+", " "));
  }

  /** What is wrong and where to read on, instead of the whole help. */
  public int wrongOptions(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    print(command, String.valueOf(e.getMessage()));
    UnmatchedArgumentException.printSuggestions(e, command.getErr());
    command.getErr().printf("Try \"%s --help\".%n", command.getCommandSpec().qualifiedName());
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }
}
