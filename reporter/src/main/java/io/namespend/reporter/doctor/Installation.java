package io.namespend.reporter.doctor;

import static java.util.Objects.requireNonNull;

import io.namespend.reporter.digest.PlainText;
import io.namespend.reporter.prometheus.PrometheusClient;
import io.namespend.reporter.prometheus.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The prerequisites of docs/install.md as questions to Prometheus, in the order in which figures
 * come to be: whatever is wrong first spoils what is below.
 */
public final class Installation {
  private static final Duration MONTH = Duration.ofDays(32);
  private static final double MEASURED = 0.95;

  /** What one rule of each file records at all times. */
  private static final List<Layer> LAYERS =
      List.of(
          new Layer("45-settings", "namespend:threshold:max"),
          new Layer("20-cost", "cluster_component:cost_hourly:sum"),
          new Layer("30-totals", "namespace:cost_hourly:sum"),
          new Layer("15-inputs", "cluster_family:input:sum"),
          new Layer("22-node-groups", "node_resource:free_cost_hourly:sum"),
          new Layer("40-months", "namespend:rules:info"),
          new Layer("55-bills", "month:hours:sum"));

  private final PrometheusClient prometheus;
  private final Instant now;
  private final Recipients recipients;

  private record Layer(String file, String series) {}

  /**
   * Who gets the digest by the settings.
   *
   * @param number empty if the settings are not known
   */
  public record Recipients(Optional<Integer> number) {}

  public Installation(PrometheusClient prometheus, Instant now, Recipients recipients) {
    this.prometheus = requireNonNull(prometheus, "prometheus");
    this.now = requireNonNull(now, "now");
    this.recipients = requireNonNull(recipients, "recipients");
  }

  /** To be made in this order, up to the first that is wrong. */
  public List<Check> checks() {
    return List.of(
        new Check("Prometheus", this::answers),
        new Check("exporter", this::scraped),
        new Check("cluster", this::read),
        new Check("labels", this::honored),
        new Check("policy", this::policy),
        new Check("rules", this::rules),
        new Check("usage", this::usage),
        new Check("duplicates", this::duplicates),
        new Check("conservation", this::conservation),
        new Check("retention", this::retention),
        new Check("owners", this::owners),
        new Check("digest", this::digest),
        new Check("links", this::links));
  }

  private Finding answers() {
    ask("vector(1)");
    return Finding.fine("answers queries");
  }

  private Finding scraped() {
    List<Sample> targets = ask("up{job=~\"namespend.+\"}");
    List<Sample> down = targets.stream().filter(target -> target.value() == 0).toList();
    if (!down.isEmpty()) {
      return Finding.wrong(
          "scrapes of %s fail".formatted(places(down, "instance")),
          "Status > Targets in Prometheus has the error. Usual reasons: the pod is not ready, a"
              + " network policy (networkPolicy.metricsFrom), or TLS on one side only.");
    }
    if (ask("namespend_build_info").isEmpty()) {
      return Finding.wrong(
          targets.isEmpty()
              ? "no target has a job that begins with \"namespend\""
              : "its targets are up, but namespend_build_info is not stored",
          targets.isEmpty()
              ? "With the operator, the ServiceMonitor needs the labels that its Prometheus selects"
                  + " (usually release=NAME of the Helm release). Without it, add the scrape job:"
                  + " docs/install.md."
              : "A keep list or relabeling drops the exporter's series: remove it from the scrape"
                  + " job.");
    }
    return Finding.fine(
        "scraped, version " + String.join(", ", values(ask("namespend_build_info"), "version")));
  }

  private Finding read() {
    List<Sample> lost =
        ask(
            "min by (cluster, kind)"
                + " (namespend_cluster_sync_current{kind=~\"nodes|pods|namespaces\"}) == 0");
    if (!lost.isEmpty()) {
      boolean isForbidden =
          !ask("sum by (kind)"
                  + " (increase(namespend_cluster_sync_failures_total{reason=\"forbidden\"}[15m]))"
                  + " > 0")
              .isEmpty();
      return Finding.wrong(
          "the exporter cannot follow " + String.join(", ", values(lost, "kind")),
          isForbidden
              ? "The API server forbids it: apply the ClusterRole and its binding (docs/install.md,"
                  + " \"Permissions\")."
              : "Its log says why: kubectl -n namespend logs deploy/namespend-exporter");
    }
    List<Sample> nodes = ask("count by (cluster) (node_total_hourly_cost)");
    if (nodes.isEmpty()) {
      return Finding.wrong(
          "no node has a price yet",
          "The exporter publishes when the cluster has been read and priced; its page /-/ready says"
              + " what it waits for.");
    }
    return Finding.fine(
        "%.0f nodes are priced".formatted(nodes.stream().mapToDouble(Sample::value).sum()));
  }

  private Finding honored() {
    for (String label : List.of("namespace", "pod", "node")) {
      if (!ask("namespend_honor_labels_info{%s!=\"honored\"}".formatted(label)).isEmpty()) {
        return Finding.wrong(
            "the scrape job overrides the exporter's label " + label,
            "Set honorLabels: true in the ServiceMonitor, or honor_labels: true in the job. Where"
                + " the platform forbids that: docs/install.md, \"Platforms that override"
                + " labels\".");
      }
    }
    return Finding.fine("the exporter's labels are kept");
  }

  private Finding policy() {
    List<Sample> wrong = ask("namespend_config_last_reload_successful == 0");
    return wrong.isEmpty()
        ? Finding.fine("valid")
        : Finding.wrong(
            "the policy file is wrong, so the one before stays in force",
            "namespend check-policy policy.yaml says what is wrong, as does the exporter's log.");
  }

  private Finding rules() {
    List<String> missing =
        LAYERS.stream()
            .filter(layer -> ask("group(%s)".formatted(layer.series())).isEmpty())
            .map(Layer::file)
            .toList();
    if (missing.size() == LAYERS.size()) {
      return Finding.wrong(
          "nothing is recorded: not loaded, or not run yet",
          "See Status > Rules in Prometheus. With the operator, the PrometheusRules need the labels"
              + " that its ruleSelector asks for. First figures come after two minutes, the last"
              + " layer's after eight.");
    }
    if (!missing.isEmpty()) {
      return Finding.wrong(
          "nothing is recorded by " + String.join(", ", missing),
          "Load all files of one version, and look for errors under Status > Rules. 15-inputs"
              + " records after eight minutes for the first time.");
    }
    return Finding.fine("all layers record");
  }

  private Finding usage() {
    if (ask("group(namespace_basis:cost_hourly:sum{basis=\"usage\"})").isEmpty()) {
      if (ask("group(container_cpu_usage_seconds_total)").isEmpty()) {
        return Finding.wrong(
            "Prometheus has no container_cpu_usage_seconds_total",
            "Let it scrape the kubelets' /metrics/cadvisor; kube-prometheus-stack does so with"
                + " kubelet.enabled and kubelet.serviceMonitor.cAdvisor.");
      }
      return Finding.wrong(
          ask("group(container_cpu_usage_seconds_total{node!=\"\"})").isEmpty()
              ? "cAdvisor's series have no label node"
              : "cAdvisor is scraped, but no usage is recorded by 10-usage",
          "The relabeling under \"Plain Prometheus\" in docs/install.md adds node; scrape at least"
              + " every two minutes.");
    }
    List<Sample> little = ask("min by (cluster) (cluster:usage_measured:ratio) < " + MEASURED);
    if (!little.isEmpty()) {
      return Finding.wrong(
          "usage behind only %s of the requested money is measured"
              .formatted(percent(least(little))),
          "The rest is charged as requested. Some nodes lack a cAdvisor target, or are scraped"
              + " less often than every two minutes: docs/runbooks.md, NamespendUsageNotMeasured.");
    }
    return Finding.fine("measured");
  }

  private Finding duplicates() {
    List<Sample> same =
        ask(
            "count by (cluster, replica) (count by (cluster, replica, instance, pod, job)"
                + " (namespend_build_info)) > 1");
    if (!same.isEmpty()) {
      return Finding.wrong(
          "%.0f exporters%s have the same label replica"
              .formatted(same.get(0).value(), of(same.get(0))),
          "Give each target its own replica label (docs/install.md, \"Two replicas\"), or scrape it"
              + " by one job only.");
    }
    List<Sample> twice = ask("cluster:coverage:ratio1h > 1.001");
    if (!twice.isEmpty()) {
      return Finding.wrong(
          "hours%s are recorded twice".formatted(of(twice.get(0))),
          "Run the rules in one place, and remove the label prometheus_replica where series are"
              + " brought together: docs/multi-cluster.md.");
    }
    return Finding.fine("none");
  }

  private Finding conservation() {
    List<Sample> error = ask("namespend:conservation_error:ratio > 1e-6");
    return error.isEmpty()
        ? Finding.fine("what namespaces bear is what the cluster costs")
        : Finding.wrong(
            "what namespaces bear%s is off by %s"
                .formatted(of(error.get(0)), percent(error.get(0).value())),
            "docs/runbooks.md, NamespendConservationBroken.");
  }

  private Finding retention() {
    String remedy =
        "Set prometheus.prometheusSpec.retention, or --storage.tsdb.retention.time, to 43d: 32 days"
            + " for a month, 43 for anomalies. What is lost until then stays lost.";
    Optional<Duration> kept = prometheus.retention();
    if (kept.isPresent() && kept.get().compareTo(MONTH) < 0) {
      return Finding.wrong(
          "Prometheus keeps %s; a month needs 32".formatted(days(kept.get())), remedy);
    }
    List<Sample> measured = ask("min by (cluster) (cluster:history_kept:seconds) < 31 * 86400");
    if (!measured.isEmpty()) {
      return Finding.wrong(
          "hours%s are kept for %s; a month needs 32"
              .formatted(of(measured.get(0)), days(Duration.ofSeconds((long) least(measured)))),
          remedy);
    }
    return kept.isPresent()
        ? Finding.fine(days(kept.get()))
        : Finding.unknown("Prometheus does not say; keep 32 days or more");
  }

  private Finding owners() {
    List<Sample> attributed = ask("min by (cluster) (cluster:attributed:ratio)");
    List<Sample> most = ask("max(namespend:threshold:max{threshold=\"unattributed\"})");
    double allowed = most.isEmpty() ? 0.1 : most.get(0).value();
    Optional<Sample> worst = attributed.stream().min(Comparator.comparingDouble(Sample::value));
    if (worst.isEmpty()) {
      return Finding.unknown("no cost to attribute yet");
    }
    double open = 1 - worst.get().value();
    return open <= allowed
        ? Finding.fine("%s of the cost has one".formatted(percent(worst.get().value())))
        : Finding.wrong(
            "%s of the cost%s has no owner".formatted(percent(open), of(worst.get())),
            "namespend audit-labels lists what to label, the most expensive first; or map"
                + " namespaces to teams in the policy (docs/policy.md).");
  }

  private Finding digest() {
    if (recipients.number().isEmpty()) {
      return Finding.unknown("give the reporter's settings with --config to check who gets it");
    }
    int number = recipients.number().get();
    return number > 0
        ? Finding.fine("goes to %d audience%s".formatted(number, number == 1 ? "" : "s"))
        : Finding.wrong(
            "the weekly digest goes to nobody",
            "Write company: {recipients: [you@example.com]} with email, or slackChannel with slack,"
                + " into reporter.yaml: docs/reporter.md.");
  }

  private Finding links() {
    return ask("namespend:links:info{grafana=\"\"}").isEmpty()
        ? Finding.fine("alerts lead to Grafana")
        : Finding.wrong(
            "alerts have no address of Grafana: links do not open",
            "Set alerts.grafana in the chart, or grafana in alert-rules/45-settings.yaml, to"
                + " https://YOUR-GRAFANA.");
  }

  private List<Sample> ask(String promql) {
    return prometheus.query(promql, now);
  }

  private static SortedSet<String> values(List<Sample> samples, String label) {
    return samples.stream()
        .map(sample -> PlainText.name(sample.label(label)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** At most three of them. */
  private static String places(List<Sample> samples, String label) {
    List<String> names = new ArrayList<>(values(samples, label));
    return Stream.concat(
            names.stream().limit(3),
            names.size() > 3 ? Stream.of("%d more".formatted(names.size() - 3)) : Stream.of())
        .collect(Collectors.joining(", "));
  }

  private static String of(Sample sample) {
    String cluster = sample.label("cluster");
    return cluster.isEmpty() ? "" : " of cluster " + PlainText.name(cluster);
  }

  private static double least(List<Sample> samples) {
    return samples.stream().mapToDouble(Sample::value).min().orElse(Double.NaN);
  }

  private static String percent(double ratio) {
    return String.format(Locale.ROOT, "%.1f%%", ratio * 100);
  }

  private static String days(Duration duration) {
    double days = duration.toSeconds() / 86_400.0;
    return days == Math.rint(days)
        ? "%.0f days".formatted(days)
        : String.format(Locale.ROOT, "%.1f days", days);
  }
}
