package io.namespend.reporter.finance;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.namespend.reporter.digest.PlainText;
import io.namespend.reporter.statement.LineKey;
import io.namespend.reporter.statement.Period;
import io.namespend.reporter.statement.Statement;
import io.namespend.reporter.statement.StatementPart;
import java.math.BigDecimal;
import java.math.MathContext;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;

/** What documents and mails of a statement say alike. */
final class StatementWords {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("MMMM uuuu", Locale.ENGLISH);

  private StatementWords() {}

  static String title(StatementPart part) {
    return "Kubernetes cost statement"
        + part.team().map(team -> " of " + PlainText.name(team)).orElse("");
  }

  /** A month by its name, other periods as they are written. */
  static String period(Period period) {
    return period.name().matches("\\d{4}-\\d{2}")
        ? MONTH.format(YearMonth.parse(period.name()))
        : period.name();
  }

  /** The first and the last day of a closed period; of an open one the hours that are recorded. */
  static String dates(Period period) {
    if (period.isOpen() || period.name().contains("_")) {
      return "%s to %s".formatted(period.start(), period.until());
    }
    LocalDate first = LocalDate.ofInstant(period.start(), ZoneOffset.UTC);
    LocalDate last = LocalDate.ofInstant(period.end(), ZoneOffset.UTC).minusDays(1);
    return first.equals(last)
        ? DAY.format(first) + " (UTC)"
        : "%s to %s (UTC)".formatted(DAY.format(first), DAY.format(last));
  }

  /** What a reader should know before booking. */
  static List<String> notes(StatementPart part) {
    Statement statement = part.statement();
    List<String> notes = new ArrayList<>();
    if (statement.period().isOpen()) {
      notes.add("Preview: the period is not over, and nothing of it can be booked.");
    }
    statement
        .corrects()
        .ifPresent(
            booked ->
                notes.add(
                    "Correction: only what remains to be booked; %s were booked before."
                        .formatted(amount(booked, statement))));
    if (part.team().isEmpty()) {
      statement.warnings().forEach(warning -> notes.add("Note: " + warning + "."));
    } else {
      part.lines().stream()
          .map(line -> line.key().cluster())
          .distinct()
          .filter(cluster -> covered(statement, cluster).compareTo(BigDecimal.ONE) < 0)
          .forEach(
              cluster ->
                  notes.add(
                      "Note: %s%s %% of the minutes have figures; the others cost nothing here."
                          .formatted(
                              cluster.isEmpty() ? "" : cluster + ": ",
                              covered(statement, cluster).movePointRight(2).toPlainString())));
    }
    return notes;
  }

  /** With the currency. */
  static String amount(BigDecimal amount, Statement statement) {
    return "%s %s".formatted(digits(amount), PlainText.name(statement.currency()));
  }

  /** With all its decimals, and thousands apart. */
  static String digits(BigDecimal amount) {
    return format("#,##0", amount.scale(), amount.scale()).format(amount);
  }

  /** Six digits: the files for machines have all of them. */
  static String rounded(BigDecimal value) {
    BigDecimal six = value.round(new MathContext(6)).stripTrailingZeros();
    return format("#,##0", 0, Math.max(0, six.scale())).format(six);
  }

  /** The namespace, and on which of several clusters it is. */
  static String place(LineKey key, Statement statement) {
    String namespace = key.namespace().isEmpty() ? "(no namespace)" : key.namespace();
    return statement.coverage().size() < 2 ? namespace : key.cluster() + "/" + namespace;
  }

  /** A cost center and a team, as the head of their lines. */
  static String owner(String costCenter, String team) {
    String who = team.isEmpty() ? "(no team)" : PlainText.name(team);
    return costCenter.isEmpty() ? who : "%s, %s".formatted(PlainText.name(costCenter), who);
  }

  /** Without an extension, and another one for each team. */
  static String fileName(StatementPart part) {
    String base = "statement-" + part.statement().period().name();
    return part.team().map(team -> base + "-" + fileName(team)).orElse(base);
  }

  /** Names that differ only in letters that files do not take keep a checksum of what they were. */
  private static String fileName(String team) {
    String name = team.replaceAll("[^A-Za-z0-9._-]", "_");
    if (name.equals(team) && name.length() <= 100) {
      return name;
    }
    CRC32 sum = new CRC32();
    sum.update(team.getBytes(UTF_8));
    return "%s~%08x".formatted(name.substring(0, Math.min(name.length(), 100)), sum.getValue());
  }

  private static BigDecimal covered(Statement statement, String cluster) {
    return statement.coverage().getOrDefault(cluster, BigDecimal.ZERO);
  }

  private static DecimalFormat format(String pattern, int least, int most) {
    DecimalFormat format =
        new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT));
    format.setMinimumFractionDigits(least);
    format.setMaximumFractionDigits(most);
    return format;
  }
}
