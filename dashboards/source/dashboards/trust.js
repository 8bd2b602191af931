import { graph, row, stat } from '../lib/panels.js';
import { bad, good, plain, steps, warning, wholeSteps } from '../lib/palette.js';
import { C, hoursOfAMonth, inRange } from '../lib/queries.js';
import { clusterColumn, figures, labelled, monthMappings, parts, share, sourceMappings, table } from '../lib/table.js';
import { dashboard } from '../lib/dashboard.js';

const sources = (matcher = '') =>
  `topk by (cluster, node) (1, max by (cluster, node, price_source) (namespend_node_info{${matcher}${C}}))`;
const prices = `max by (cluster, node) (node_total_hourly_cost{${C}})`;
const bySource = `sum by (price_source) (${prices} * on (cluster, node) group_left (price_source) ${sources()})`;
const estimated = `max by (cluster, kind, reason) (namespend_estimated_cost{${C}})`;
const nodeFacts = 'instance_type, capacity_type, zone, region, price_source';
const node = (expr) =>
  `(${expr} * on (cluster, node) group_left (${nodeFacts}) topk by (cluster, node) (1, max by (cluster, node, ${nodeFacts}) (namespend_node_info{${C}})) or on (cluster, node) ${expr})`;
const rate = (resource) => node(`max by (cluster, node) (node_${resource}_hourly_cost{${C}})`);
const ofBills = (series) => `max by (cluster, month) (${series}{${C}}) and on (cluster, month) namespend_bill_cost{${C}}`;
const anyCluster = 'cluster=~"$cluster|"';
const groups = `rule_group=~".*;namespend-.*", ${anyCluster}`;
const policies = `policy_name=~".*(label|owner|cost-center|identity).*", ${anyCluster}`;

export default dashboard({
  uid: 'namespend-trust',
  question: 'Can I trust these numbers?',
  description: 'Whether every dollar is counted once, where prices come from and how old they are, and what has no owner.',
  panels: [
    stat({
      title: 'Conservation error',
      description:
        'The largest relative difference in the time range between what is charged and what is paid for, in any cluster. It must stay below 1e-9: more means that a dollar is lost or counted twice.',
      width: 6,
      empty: 'Nothing recorded in this range',
      unit: 'sci',
      decimals: 1,
      thresholds: steps([0, good], [1e-9, bad]),
      queries: [{ expr: `max(max_over_time(namespend:conservation_error:ratio{${C}}[$__range]))`, legend: 'error' }],
    }),
    stat({
      title: 'Coverage',
      description:
        'Share of minutes that have figures, for the cluster with the fewest: in the time range, and in the month so far. Gaps are reported, not estimated, so with less than 99% the sums are too low; with more than 101% something is recorded twice.',
      width: 6,
      unit: 'percentunit',
      decimals: 1,
      thresholds: wholeSteps,
      empty: 'Nothing recorded',
      queries: [
        { expr: `min(sum by (cluster) (${inRange(`cluster:coverage:ratio1h{${C}}`)})) / ($__range_s / 3600)`, legend: 'time range' },
        { expr: `min(cluster:coverage:month_to_date{${C}})`, legend: 'month' },
      ],
    }),
    stat({
      title: 'Cost with an owner, now',
      description: 'Share of the current cost that is charged to a team, for the cluster with the lowest share. The rest is unattributed or unallocated.',
      width: 6,
      unit: 'percentunit',
      decimals: 1,
      empty: 'Nothing recorded now',
      thresholds: steps([0, bad], [0.8, warning], [0.95, good]),
      queries: [{ expr: `min(cluster:attributed:ratio{${C}})`, legend: 'attributed' }],
    }),
    stat({
      title: 'Hourly cost at estimated prices',
      description:
        'Current cost that rests on estimated prices, because something that a price depends on is not known; and its share of the total. The row of estimates below shows the reasons.',
      width: 6,
      empty: 'Nothing recorded now',
      queries: [
        { expr: `sum(${estimated}) or 0 * sum(cluster:cost_hourly:sum{${C}})`, legend: 'an hour' },
        {
          expr: `(sum(${estimated}) or 0 * sum(cluster:cost_hourly:sum{${C}})) / sum(cluster:cost_hourly:sum{${C}})`,
          legend: 'of the whole',
          unit: 'percentunit',
          decimals: 1,
          thresholds: steps([0, good], [0.05, warning], [0.2, bad]),
        },
      ],
    }),
    parts({
      title: 'Node cost an hour, by price source',
      description:
        'Hourly cost of the nodes by price source. Nodes priced by an imported bill cost exactly what was paid.',
      width: 8,
      height: 8,
      label: 'price_source',
      name: 'Price source',
      amount: 'An hour',
      part: bySource,
    }),
    table({
      title: 'Cost assigned by labels',
      description: 'Share of cost whose team, cost center or environment comes from a label, not from the policy\'s default. For the cluster with the lowest share.',
      width: 8,
      height: 8,
      unit: 'none',
      columns: [
        labelled('label', 'Label'),
        share('Assigned', `min by (label) (cluster_label:attributed:ratio{${C}})`, { thresholds: steps([0, bad], [0.8, warning], [0.95, good]) }),
      ],
    }),
    table({
      title: 'Price sources',
      description: 'When each source\'s newest prices were fetched, and how often it failed in the time range. Its last good prices stay in use. Built-in prices are not fetched, so they are not listed.',
      width: 8,
      height: 8,
      unit: 's',
      decimals: 0,
      empty: 'All built in',
      columns: [
        labelled('source', 'Source'),
        clusterColumn('namespend-trust'),
        figures('Age', `time() - max by (cluster, source) (namespend_price_refresh_success_timestamp_seconds{source!="builtin", ${C}})`, { unit: 's', thresholds: steps([2 * 86400, warning], [3 * 86400, bad]) }),
        figures('Failures', `sum by (cluster, source) (increase(namespend_price_refresh_failures_total{${C}}[$__range]))`, { unit: 'none' }),
      ],
    }),
    table({
      title: 'Billed and recorded, by month',
      description:
        'What was billed for each of the last two completed months, according to the policy file, next to what was recorded. The variance is how much more was recorded than billed; a month with figures for less than 99% or more than 101% of its hours has none. Taxes, support and discounts explain most of it.',
      width: 24,
      height: 5,
      sort: 'Billed',
      empty: 'No bills yet: enter what was billed in the policy (docs/policy.md)',
      columns: [
        labelled('month', 'Month', { mappings: monthMappings }),
        clusterColumn('namespend-trust'),
        figures('Billed', `max by (cluster, month) (namespend_bill_cost{${C}})`),
        figures('Recorded', ofBills('cluster:cost:closed_month')),
        figures('Variance', ofBills('cluster:bill_variance:ratio'), {
          unit: 'percentunit',
          decimals: 1,
          thresholds: steps([-10, bad], [-0.1, warning], [-0.05, good], [0.05, warning], [0.1, bad]),
        }),
        figures('Coverage', ofBills('cluster:coverage:closed_month'), { unit: 'percentunit', decimals: 1, thresholds: wholeSteps }),
      ],
    }),
    table({
      title: 'Estimated or unowned',
      description:
        'Pods without a price, prices that no source knows, and namespaces and workloads without an owner label. Zero is good.',
      width: 12,
      height: 8,
      unit: 'none',
      decimals: 0,
      sort: 'Number',
      columns: [
        labelled('what', 'What'),
        figures(
          'Number',
          [
            ['namespend_unpriced_resources', 'kind', '$1 without a price'],
            ['namespend_estimated_prices', 'kind', 'guessed prices: $1'],
            ['namespend_namespaces_without_label', 'label', 'namespaces without $1'],
            ['namespend_workloads_without_label', 'label', 'workloads without $1'],
            ['namespend_invalid_annotations', 'annotation', 'wrong annotations: $1'],
          ]
            .map(([metric, label, words]) => `label_replace(sum by (${label}) (max by (cluster, namespace, ${label}) (${metric}{${C}})), "what", "${words}", "${label}", "(.*)")`)
            .map((expr) => `sum by (what) (${expr})`)
            .join(' or '),
        ),
      ],
    }),
    table({
      title: 'Label policies',
      description:
        'Results of Kyverno\'s label policies in the time range, from its own metrics: evaluations at admission and in the background, not objects. Other policies are excluded by name.',
      width: 12,
      height: 8,
      unit: 'none',
      decimals: 0,
      sort: 'Evaluations',
      empty: 'Kyverno is not installed, or not scraped',
      columns: [
        labelled('policy_name', 'Policy'),
        labelled('result', 'Result'),
        figures(
          'Evaluations',
          `sum by (policy_name, result) (increase(kyverno_validating_policy_results_total{${policies}}[$__range]))` +
            ` or sum by (policy_name, result) (label_replace(increase(kyverno_policy_results_total{${policies}}[$__range]), "result", "$1", "rule_result", "(.*)"))`,
        ),
      ],
    }),
    graph({
      title: 'Coverage by hour',
      description: 'Share of each hour\'s minutes that have figures. A missing hour was not recorded.',
      width: 12,
      height: 8,
      unit: 'percentunit',
      decimals: 0,
      interval: '1h',
      queries: [{ expr: `sum by (cluster) (sum_over_time(cluster:coverage:ratio1h{${C}}[1h]))`, legend: 'coverage {{cluster}}' }],
    }),
    table({
      title: 'Rules',
      description: 'Duration of each rule group, as a share of its interval, and skipped evaluations in the time range. Near 100%, minutes will be missing.',
      width: 12,
      height: 8,
      unit: 'percentunit',
      decimals: 1,
      sort: 'Of its interval',
      empty: 'Not scraped',
      columns: [
        labelled('rule_group', 'Group'),
        clusterColumn('namespend-trust'),
        figures('Seconds', `max by (cluster, rule_group) (prometheus_rule_group_last_duration_seconds{${groups}})`, { unit: 's', decimals: 3 }),
        figures(
          'Of its interval',
          `max by (cluster, rule_group) (prometheus_rule_group_last_duration_seconds{${groups}} / prometheus_rule_group_interval_seconds{${groups}})`,
          { thresholds: steps([0.5, warning], [0.8, bad]) },
        ),
        figures('Skipped', `sum by (cluster, rule_group) (increase(prometheus_rule_group_iterations_missed_total{${groups}}[$__range]))`, { unit: 'none', decimals: 0 }),
      ],
    }),
    row('What is measured, and how long it is kept'),
    stat({
      title: 'Measured usage',
      description:
        'Share of the requested cost whose usage is measured now, for the cluster with the lowest share. What is not measured is charged as requested, in every model.',
      width: 6,
      height: 8,
      unit: 'percentunit',
      decimals: 1,
      thresholds: steps([0, bad], [0.8, warning], [0.95, good]),
      empty: 'Not recorded',
      queries: [{ expr: `min(cluster:usage_measured:ratio{${C}})`, legend: 'measured' }],
    }),
    stat({
      title: 'History',
      description:
        'Age of the oldest recorded hour, at most 32 days, for the cluster with the shortest history; and how long hours are kept, if that is too short for a month: monthly amounts are then estimates (NamespendHistoryTooShort).',
      width: 6,
      height: 8,
      unit: 's',
      decimals: 0,
      empty: 'Nothing recorded',
      queries: [
        { expr: `time() - max(cluster:oldest_hour:timestamp_seconds{${C}})`, legend: 'oldest hour' },
        { expr: `min(cluster:history_kept:seconds{${anyCluster}})`, legend: 'kept for', thresholds: steps([0, bad], [31 * 86400, good]) },
      ],
    }),
    table({
      title: 'Measured usage by namespace',
      description:
        'Share of each namespace\'s requested cost whose usage is measured now, lowest first. Below 100% some pods have no usage: no cAdvisor on their node, missing labels, or too short a life.',
      width: 12,
      height: 8,
      unit: 'percentunit',
      decimals: 1,
      sort: 'Measured',
      ascending: true,
      empty: 'Not recorded',
      columns: [
        labelled('namespace', 'Namespace'),
        clusterColumn('namespend-trust'),
        figures('Measured', `min by (cluster, namespace) (namespace:usage_measured:ratio{${C}})`, { thresholds: steps([0, bad], [0.8, warning], [0.95, good]) }),
      ],
    }),
    row('Estimates, and what the bill does not say'),
    table({
      title: 'Hourly cost at estimated prices, by reason',
      description:
        'Current hourly cost that rests on estimated prices, by what is estimated and why: each amount counts once, under its most severe reason. docs/prices.md explains the reasons.',
      width: 8,
      height: 10,
      sort: 'An hour',
      empty: 'No estimates',
      columns: [
        labelled('kind', 'Kind'),
        labelled('reason', 'Reason', { width: 220 }),
        figures('An hour', `sum by (kind, reason) (${estimated}) > 0`, { decimals: 4 }),
      ],
    }),
    table({
      title: 'Bill and cluster',
      description:
        'Bill lines that price an object (matched), match none (unmatched, including those of other clusters), or match several (ambiguous); and objects without a bill line, at other sources\' prices.',
      width: 8,
      height: 10,
      sort: 'An hour',
      empty: 'No bill in prices.sources',
      columns: [
        labelled('what', 'What'),
        clusterColumn('namespend-trust'),
        figures(
          'An hour',
          `label_replace(max by (cluster, state) (namespend_bill_cost_hourly{${C}}), "what", "lines: $1", "state", "(.*)")` +
            ` or label_replace(max by (cluster, kind) (namespend_unbilled_cost_hourly{${C}}), "what", "without a line: $1", "kind", "(.*)")`,
        ),
        figures('Lines', `label_replace(max by (cluster, state) (namespend_bill_lines{${C}}), "what", "lines: $1", "state", "(.*)")`, { unit: 'none', decimals: 0 }),
      ],
    }),
    table({
      title: 'Unbilled volumes',
      description:
        'Volumes that are not cloud disks or file systems, such as NFS, buckets and node disks. They cost nothing unless the price sheet has a line for their driver.',
      width: 8,
      height: 10,
      unit: 'none',
      decimals: 0,
      sort: 'GiB',
      empty: 'None',
      columns: [
        labelled('driver', 'Driver'),
        clusterColumn('namespend-trust'),
        figures('Volumes', `max by (cluster, driver) (namespend_unpriced_volumes{${C}})`),
        figures('GiB', `max by (cluster, driver) (namespend_unpriced_volume_gib{${C}})`),
      ],
    }),
    row('What namespaces write that does not count'),
    table({
      title: 'Foreign workloads by namespace',
      description:
        'Current cost of workloads whose labels name another team or cost center than their namespace does, by the owner they name. With the policy own or report the namespace\'s owner pays, with allow the named owner.',
      width: 12,
      height: 8,
      sort: 'An hour',
      empty: 'None',
      columns: [
        labelled('namespace', 'Namespace'),
        clusterColumn('namespend-trust'),
        labelled('team', 'Names team'),
        labelled('cost_center', 'Names cost center'),
        labelled('policy', 'Policy'),
        figures('An hour', `sum by (cluster, namespace, team, cost_center, policy) (namespace_owner:cost_hourly:foreign{${C}})`, { decimals: 4 }),
      ],
    }),
    table({
      title: 'Refused annotations',
      description: 'Namespace annotations that ask for more than the policy allows, and the rule that refuses each. The policy applies instead.',
      width: 12,
      height: 8,
      unit: 'none',
      decimals: 0,
      empty: 'None',
      columns: [
        labelled('namespace', 'Namespace'),
        clusterColumn('namespend-trust'),
        labelled('annotation', 'Annotation'),
        labelled('rule', 'Rule'),
        figures('Refused', `max by (cluster, namespace, annotation, rule) (namespend_annotations_refused{${C}})`),
      ],
    }),
    row('Nodes'),
    table({
      title: 'Nodes and where their prices come from',
      description:
        'Every node with its price and price source. A node priced by fallback has no known price: give it one in the price sheet. Estimates are orange. The monthly price is the hourly price x 730.',
      width: 24,
      height: 12,
      sort: 'An hour',
      columns: [
        labelled('node', 'Node'),
        clusterColumn('namespend-trust'),
        labelled('instance_type', 'Type'),
        labelled('capacity_type', 'Capacity'),
        labelled('zone', 'Zone'),
        labelled('region', 'Region'),
        labelled('price_source', 'Price source', { mappings: sourceMappings, width: 170 }),
        figures('Core an hour', rate('cpu'), { decimals: 5 }),
        figures('GiB an hour', rate('ram'), { decimals: 5 }),
        figures('An hour', node(prices), { decimals: 4 }),
        figures('A month', `${hoursOfAMonth} * ${node(prices)}`),
      ],
    }),
  ],
});
