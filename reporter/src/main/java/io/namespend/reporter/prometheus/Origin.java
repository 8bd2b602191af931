package io.namespend.reporter.prometheus;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Any page that Prometheus scrapes can have a series under any name. What rules record has no job,
 * and what the exporter says has a job of its own, so that questions that ask for these read nobody
 * else's.
 */
final class Origin {
  private static final String RECORDED = "job=\"\"";
  private static final String EXPORTED = "job=~\"(namespend.*)?\"";

  /** Keeps the job that it tells of. */
  private static final String ABOUT_JOBS = "namespend_exporter:excluded:bool";

  /** A text in quotes, or a name of ours with its matchers, which may hold such texts. */
  private static final Pattern SELECTOR =
      Pattern.compile(
          "\"(?:[^\"\\\\]|\\\\.)*+\"|'(?:[^'\\\\]|\\\\.)*+'"
              + "|(?<![\\w:])(?<name>[a-zA-Z_]\\w*(?::\\w+)+|namespend_\\w+"
              + "|node_(?:cpu|ram|gpu|total)_hourly_cost|kubecost_\\w+_cost|pv_hourly_cost"
              + "|(?:shared|external)_service_hourly_cost)(?![\\w:]|\\s*\\()"
              + "(?<matchers>\\{(?:[^\"'}]|\"(?:[^\"\\\\]|\\\\.)*+\"|'(?:[^'\\\\]|\\\\.)*+')*+\\})?");

  private static final Pattern JOB = Pattern.compile("[{,]\\s*job\\s*[=!]");

  private Origin() {}

  /** The same question, of series of ours only; what says a job itself stays as it is. */
  static String of(String promql) {
    return SELECTOR.matcher(promql).replaceAll(found -> Matcher.quoteReplacement(guarded(found)));
  }

  private static String guarded(MatchResult found) {
    String name = found.group(1);
    String matchers = found.group(2) == null ? "{}" : found.group(2);
    if (name == null || name.equals(ABOUT_JOBS) || JOB.matcher(matchers).find()) {
      return found.group();
    }
    String others = matchers.substring(1, matchers.length() - 1).strip();
    String origin = name.contains(":") ? RECORDED : EXPORTED;
    return name + "{" + origin + (others.isEmpty() ? "" : "," + others) + "}";
  }
}
