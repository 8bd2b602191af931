package io.namespend.reporter.delivery;

import static java.util.Objects.requireNonNull;

import io.namespend.reporter.digest.Brief;
import io.namespend.reporter.digest.CsvPage;
import io.namespend.reporter.digest.DayChart;
import io.namespend.reporter.digest.Page;
import io.namespend.reporter.digest.PageWriter;
import io.namespend.reporter.digest.PdfPage;
import io.namespend.reporter.digest.Picture;
import java.time.LocalDate;
import java.util.Optional;

/** A digest in every form; what costs time is made when it is first asked for. */
public final class Parcel {
  private static final int ALL = 100_000;

  private final Brief brief;
  private final Page page;
  private Optional<Picture> chart = Optional.empty();
  private boolean isDrawn;

  public Parcel(Brief brief, PageWriter writer) {
    this.brief = requireNonNull(brief, "brief");
    page = writer.write(brief);
  }

  public Brief brief() {
    return brief;
  }

  public Page page() {
    return page;
  }

  /** Empty without figures, or where this machine cannot draw letters. */
  public Optional<Picture> chart() {
    if (!isDrawn) {
      chart = draw(brief);
      isDrawn = true;
    }
    return chart;
  }

  public byte[] pdf() {
    return new PdfPage().render(page, chart());
  }

  public String csv() {
    return CsvPage.render(brief);
  }

  /** The page with every line of every list. */
  public Page wholePage() {
    return new PageWriter(Optional.empty(), ALL).write(brief);
  }

  /** Without an extension, such as costs-payments-2026-11-09. */
  public String fileName() {
    String scope = brief.scope().team().orElse("company").replaceAll("[^A-Za-z0-9._-]", "_");
    LocalDate start = LocalDate.ofInstant(brief.week().start(), brief.week().zone());
    return "costs-%s-%s".formatted(scope, start);
  }

  /** Images of containers often have no fonts; a digest without its chart is still one. */
  private static Optional<Picture> draw(Brief brief) {
    try {
      return DayChart.draw(brief);
    } catch (LinkageError | RuntimeException e) {
      return Optional.empty();
    }
  }
}
