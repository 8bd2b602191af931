package io.namespend.reporter.finance;

import io.namespend.reporter.delivery.DeliveryException;
import io.namespend.reporter.delivery.Letter;
import io.namespend.reporter.statement.Period;
import io.namespend.reporter.statement.Statement;
import io.namespend.reporter.statement.StatementPart;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Where statements are kept: a folder for each month, and in it one for the teams. The whole CSV is
 * written last, so that a month that has it has everything; then nothing of it changes any more.
 */
public final class StatementFolder {
  private final Path folder;

  public StatementFolder(Path folder) {
    this.folder = folder;
  }

  /** Where the whole CSV of a period is. */
  public Path booked(Period period) {
    return folder.resolve(period.name()).resolve("statement-" + period.name() + ".csv");
  }

  public boolean has(Period period) {
    return Files.exists(booked(period));
  }

  /**
   * Writes a month, unless it is there.
   *
   * @param teams whose own lines to write, too
   * @throws DeliveryException if it cannot be written, or another statement of it is there
   */
  public void write(Statement statement, Iterable<String> teams) {
    Path booked = booked(statement.period());
    List<Letter.Attachment> files = StatementFiles.of(StatementPart.whole(statement));
    try {
      if (Files.exists(booked)) {
        if (!Arrays.equals(Files.readAllBytes(booked), files.get(0).content())) {
          throw new DeliveryException(
              "%s is another statement than what is recorded now; it stays. State the difference:"
                      .formatted(booked)
                  + " namespend statement --month %s --previous %s"
                      .formatted(statement.period().name(), booked));
        }
        return;
      }
      Path month = folder.resolve(statement.period().name());
      for (String team : teams) {
        StatementPart part = StatementPart.ofTeam(statement, team);
        if (!part.lines().isEmpty()) {
          write(month.resolve("teams"), StatementFiles.of(part));
        }
      }
      write(month, files.subList(1, files.size()));
      write(month, files.subList(0, 1));
    } catch (IOException e) {
      throw new DeliveryException(
          "cannot write to %s (%s); mount a writable folder there, or change statement.folder"
              .formatted(folder, reason(e)),
          e);
    }
  }

  private static void write(Path into, List<Letter.Attachment> files) throws IOException {
    Files.createDirectories(into);
    for (Letter.Attachment file : files) {
      Path part = into.resolve(file.name() + ".part");
      Files.write(part, file.content());
      Files.move(part, into.resolve(file.name()), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static String reason(IOException e) {
    return e instanceof AccessDeniedException
        ? "permission denied"
        : e.getClass().getSimpleName()
            + ": "
            + Objects.requireNonNullElse(e.getMessage(), "no reason");
  }
}
