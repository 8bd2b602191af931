package io.namespend.reporter.digest;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** The days of a week beside those of the week before, as a picture. */
public final class DayChart {
  // Twice the width it is shown at; a phone shows it at a third, so letters are large.
  private static final int WIDTH = 1200;
  private static final int HEIGHT = 640;
  private static final Font LETTERS = new Font(Font.SANS_SERIF, Font.PLAIN, 38);

  /** Seven must stand side by side, with question marks. */
  private static final Font DAYS = LETTERS.deriveFont(30f);

  // Blue beside light grey differ in brightness too, whatever colours one sees.
  private static final Color THIS_WEEK = new Color(0x0072B2);
  private static final Color WEEK_BEFORE = new Color(0xBDBDBD);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d", Locale.ENGLISH);

  private DayChart() {}

  /** Empty where no day has figures. */
  public static Optional<Picture> draw(Brief brief) {
    List<LocalDate> days = brief.week().days();
    if (days.stream().noneMatch(brief.days()::containsKey)) {
      return Optional.empty();
    }
    CategoryChart chart =
        new CategoryChartBuilder().width(WIDTH).height(HEIGHT).title(title(brief)).build();
    style(chart.getStyler());
    List<String> names = names(brief);
    if (brief.noComparison().isEmpty()) {
      chart
          .addSeries(
              "Week before",
              names,
              amounts(brief.week().previous().days(), brief, WeekOnWeek::before, days.size()))
          .setFillColor(WEEK_BEFORE);
    }
    chart
        .addSeries("This week", names, amounts(days, brief, WeekOnWeek::cost, days.size()))
        .setFillColor(THIS_WEEK);
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = image.createGraphics();
    chart.paint(canvas, WIDTH, HEIGHT);
    canvas.dispose();
    return Optional.of(Picture.of(image));
  }

  /** What is missing makes bars too low, so it stands above them. */
  static String title(Brief brief) {
    String title =
        "Cost of each day%s, %s"
            .formatted(
                brief.week().hasCalendarDays()
                    ? ""
                    : " from " + TIME.format(brief.week().start().atZone(brief.week().zone())),
                PlainText.name(brief.currencies().current()));
    return isWhole(brief)
        ? title
        : "%s, %s measured".formatted(title, Figures.coverage(brief.coverage().week()));
  }

  /**
   * A day without figures has a question mark, for no bar looks like no cost. In a week that was
   * measured it was none.
   */
  static List<String> names(Brief brief) {
    return brief.week().days().stream()
        .map(day -> DAY.format(day) + (isWhole(brief) || hasCost(day, brief) ? "" : " ?"))
        .toList();
  }

  private static boolean isWhole(Brief brief) {
    return Figures.coverage(brief.coverage().week()).equals(Figures.percent(1));
  }

  private static boolean hasCost(LocalDate day, Brief brief) {
    return brief.days().getOrDefault(day, WeekOnWeek.NOTHING).cost() > 0;
  }

  private static void style(CategoryStyler styler) {
    styler.setBaseFont(LETTERS);
    styler.setChartTitleFont(LETTERS.deriveFont(Font.BOLD));
    styler.setAxisTickLabelsFont(DAYS);
    styler.setLegendFont(LETTERS);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setChartTitleBoxVisible(false);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setPlotGridLinesColor(new Color(0xE0E0E0));
    styler.setLegendPosition(LegendPosition.OutsideS);
    styler.setLegendLayout(LegendLayout.Horizontal);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLegendPadding(24);
    styler.setAvailableSpaceFill(0.8);
    styler.setYAxisMin(0.0);
    styler.setYAxisDecimalPattern("#,##0.##");
    styler.setYAxisTickMarkSpacingHint(130);
    styler.setAxisTickPadding(8);
    styler.setLocale(Locale.ENGLISH);
  }

  private static List<Double> amounts(
      List<LocalDate> days, Brief brief, Function<WeekOnWeek, Double> part, int count) {
    return Stream.concat(
            days.stream()
                .map(day -> part.apply(brief.days().getOrDefault(day, WeekOnWeek.NOTHING))),
            Stream.generate(() -> 0.0))
        .limit(count)
        .toList();
  }
}
