package io.namespend.foundation.command;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  /** Of picocli, about a value that is none of a few. */
  private static final Pattern NONE_OF =
      Pattern.compile(
          "Invalid value for option '([^']+)'[^:]*: expected one of \\[([^]]+)] \\([a-z-]+\\) but"
              + " was '(.*)'",
          Pattern.DOTALL);

  private static String plain(String message) {
    Matcher found = NONE_OF.matcher(message);
    return found.matches()
        ? "%s is \"%s\"; write one of %s"
            .formatted(found.group(1), found.group(3), found.group(2).toLowerCase(Locale.ROOT))
        : message;
  }

  /** One line for what is wrong. */
  public void print(CommandLine command, String message) {
    command.getErr().println(program + ": " + message.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]+", " "));
  }

  /** What is wrong and where to read on, instead of the whole help. */
  public int wrongOptions(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    print(command, plain(String.valueOf(e.getMessage())));
    UnmatchedArgumentException.printSuggestions(e, command.getErr());
    command.getErr().printf("Try \"%s --help\".%n", command.getCommandSpec().qualifiedName());
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }
}
