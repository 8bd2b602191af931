import { graph, stat } from '../lib/panels.js';
import { bad, good, plain, steps, warning } from '../lib/palette.js';
import { C } from '../lib/queries.js';
import { clusterColumn, figures, labelled, table } from '../lib/table.js';
import { dashboard } from '../lib/dashboard.js';

// The targets that are the exporter, whatever their job is called.
const here = `on (cluster, job, instance) last_over_time(namespend_build_info{${C}}[1d])`;
const age = (metric) => `time() - ${metric}`;
const lateAfter = (soon, late) => steps([0, good], [soon, warning], [late, bad]);

export default dashboard({
  uid: 'namespend-exporter',
  question: 'Is Namespend well?',
  description: 'The exporter itself: whether it is up, what it last read, and what it refused.',
  from: 'now-6h',
  panels: [
    stat({
      title: 'Exporters up',
      description: 'How many of the last day\'s exporter targets are up now.',
      width: 6,
      unit: 'none',
      decimals: 0,
      thresholds: steps([0, bad], [1, good]),
      empty: 'No exporter in the last day',
      queries: [
        { expr: `sum(up{${C}} and ${here})`, legend: 'answer' },
        { expr: `count(up{${C}} and ${here})`, legend: 'of' },
      ],
    }),
    stat({
      title: 'Cluster last read',
      description: 'How long ago the exporter last knew its objects to be current, for the most outdated kind. Alerts at 15 minutes.',
      width: 6,
      empty: 'No exporter answers',
      unit: 's',
      decimals: 0,
      thresholds: lateAfter(300, 900),
      queries: [{ expr: `max(${age(`namespend_cluster_sync_timestamp_seconds{${C}}`)})`, legend: 'age' }],
    }),
    stat({
      title: 'Metrics last built',
      description: 'Age of the published metrics. They are rebuilt when something changes, and at least every minute.',
      width: 6,
      empty: 'No exporter answers',
      unit: 's',
      decimals: 0,
      thresholds: lateAfter(300, 900),
      queries: [{ expr: `max(${age(`namespend_rebuild_success_timestamp_seconds{${C}}`)})`, legend: 'age' }],
    }),
    stat({
      title: 'Policy',
      description: '1 if the policy file was valid when last read; 0 if it is invalid and the previous one is in force. And how long ago the policy in force was loaded.',
      width: 6,
      empty: 'No exporter answers',
      unit: 's',
      decimals: 0,
      queries: [
        { expr: `min(namespend_config_last_reload_successful{${C}})`, legend: 'good', unit: 'bool_yes_no', thresholds: steps([0, bad], [1, good]) },
        { expr: `max(${age(`namespend_config_reload_success_timestamp_seconds{${C}}`)})`, legend: 'age' },
      ],
    }),
    table({
      title: 'Kinds of objects',
      description: 'Objects of each kind, how old they are, how many are unreadable, and failed requests to the Kubernetes API in the time range.',
      width: 16,
      height: 11,
      unit: 'none',
      decimals: 0,
      sort: 'Objects',
      columns: [
        labelled('kind', 'Kind'),
        clusterColumn('namespend-exporter'),
        figures('Objects', `max by (cluster, kind) (namespend_cluster_sync_objects{${C}})`),
        figures('Age', `max by (cluster, kind) (${age(`namespend_cluster_sync_timestamp_seconds{${C}}`)})`, { unit: 's', thresholds: steps([300, warning], [900, bad]) }),
        figures('Unreadable', `max by (cluster, kind) (namespend_cluster_unreadable_objects{${C}})`, { thresholds: steps([1, warning]) }),
        figures('Failed requests', `sum by (cluster, kind) (increase(namespend_cluster_sync_failures_total{${C}}[$__range]))`, { thresholds: steps([1, warning]) }),
      ],
    }),
    table({
      title: 'Versions',
      description: 'Version of each exporter and of the rules; they should be the same.',
      width: 8,
      height: 11,
      unit: 'none',
      decimals: 0,
      columns: [
        labelled('what', 'What'),
        labelled('version', 'Version'),
        labelled('java', 'Java'),
        clusterColumn('namespend-exporter'),
        figures(
          'Running',
          `label_replace(count by (cluster, version, java) (namespend_build_info{${C}}), "what", "exporter", "", "") or label_replace(count by (cluster, version) (namespend:rules:info{${C}}), "what", "rules", "", "")`,
        ),
      ],
    }),
    graph({
      title: 'Scrapes',
      description: 'Duration of the exporter\'s scrapes; a scrape that exceeds its timeout is lost.',
      width: 8,
      unit: 's',
      decimals: 2,
      empty: 'No exporter in the last day',
      queries: [{ expr: `max by (cluster, instance) (scrape_duration_seconds{${C}} and ${here})`, legend: '{{instance}} {{cluster}}' }],
    }),
    graph({
      title: 'Series',
      description: 'Samples per scrape, which grow with pods and workloads.',
      width: 8,
      unit: 'short',
      decimals: 0,
      empty: 'No exporter in the last day',
      queries: [{ expr: `max by (cluster, instance) (scrape_samples_scraped{${C}} and ${here})`, legend: '{{instance}} {{cluster}}' }],
    }),
    graph({
      title: 'What failed',
      description: 'Failures in the five minutes before each point: rebuilds, policy reads, price refreshes, requests to the Kubernetes API; and scrapes refused because too many others were being served.',
      width: 8,
      unit: 'none',
      decimals: 0,
      interval: '5m',
      queries: [
        { expr: `sum(increase(namespend_rebuild_failures_total{${C}}[$__rate_interval]))`, legend: 'rebuilds' },
        { expr: `sum(increase(namespend_config_reload_failures_total{${C}}[$__rate_interval]))`, legend: 'policy' },
        { expr: `sum(increase(namespend_price_refresh_failures_total{${C}}[$__rate_interval]))`, legend: 'prices' },
        { expr: `sum(increase(namespend_cluster_sync_failures_total{${C}}[$__rate_interval]))`, legend: 'Kubernetes API' },
        { expr: `sum(increase(namespend_web_scrapes_refused_total{${C}}[$__rate_interval]))`, legend: 'refused scrapes' },
      ],
    }),
    table({
      title: 'Installation alerts',
      description: 'Firing alerts about prices, coverage, rules and the exporter.',
      width: 24,
      height: 6,
      unit: 'none',
      decimals: 0,
      empty: 'No alerts',
      columns: [
        labelled('alertname', 'Alert', { width: 320 }),
        labelled('severity', 'Severity'),
        clusterColumn('namespend-exporter'),
        figures('Firing', 'count by (cluster, alertname, severity) (ALERTS{topic="trust", alertstate="firing", cluster=~"$cluster|"})'),
      ],
    }),
  ],
});
