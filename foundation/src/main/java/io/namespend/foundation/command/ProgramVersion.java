package io.namespend.foundation.command;

import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The version of the program that a command belongs to. */
public final class ProgramVersion implements IVersionProvider {
  @Spec private CommandSpec command = CommandSpec.create();

  /** As the build wrote it into the jar of the class. */
  public static String of(Class<?> program) {
    return Optional.ofNullable(program.getPackage().getImplementationVersion())
        .orElse("development");
  }

  /** A program is called like its main class. */
  @Override
  public String[] getVersion() {
    Class<?> program = command.root().userObject().getClass();
    return new String[] {
      program.getSimpleName().toLowerCase(Locale.ROOT) + " " + ProgramVersion.of(program)
    };
  }
}
