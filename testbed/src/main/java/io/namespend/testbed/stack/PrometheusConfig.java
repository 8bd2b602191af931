package io.namespend.testbed.stack;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Configurations of the Prometheus under test. */
final class PrometheusConfig {
  /** Only answers queries, while its past is filled. */
  static final String QUERY_ONLY = "global: {scrape_interval: 1m}\n";

  private PrometheusConfig() {}

  /**
   * Scrapes what a real one would: the exporter with {@code honor_labels}, and each kubelet's
   * cAdvisor with a {@code node} label.
   */
  static String live(List<Path> ruleFiles, URI exporter, String cadvisorTargets) {
    return """
    global: {scrape_interval: 15s, evaluation_interval: 1m}
    rule_files:
    %s
    scrape_configs:
      - job_name: namespend-exporter
        honor_labels: true
        static_configs:
          - targets: ["%s"]
            labels: {instance: namespend-exporter}
      - job_name: cadvisor
        http_sd_configs:
          - url: "%s"
            refresh_interval: 15s
        relabel_configs:
          - {source_labels: [node], target_label: instance}
    """
        .formatted(
            ruleFiles.stream()
                .map(file -> "  - " + file.toAbsolutePath())
                .collect(Collectors.joining("\n")),
            exporter.getAuthority(),
            cadvisorTargets);
  }
}
