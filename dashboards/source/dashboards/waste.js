import { cell, to } from '../lib/links.js';
import { graph, stat } from '../lib/panels.js';
import { C, hoursOfAMonth, inRange, sumBy, usedOfRequested } from '../lib/queries.js';
import { clusterColumn, figures, labelled, parts, share, table } from '../lib/table.js';
import { hidden, many } from '../lib/variables.js';
import { dashboard } from '../lib/dashboard.js';

// Requested and not used, by namespace and resource, an hour. Usage beyond a request is nobody's gain.
const unused = (matcher = '') => {
  const labels = 'cluster, namespace, resource';
  const basis = (name) => sumBy(labels, `namespace_basis:cost_hourly:sum{basis="${name}", resource!="gpu", ${matcher}${C}}`);
  return `clamp_min(${basis('request')} - on (${labels}) (${basis('usage')} or 0 * ${basis('request')}), 0)`;
};

const owners = `topk by (cluster, namespace) (1, max by (cluster, namespace, team) (namespend_namespace_info{${C}, team=~"$team"}))`;
const ofTeams = (expr) => `(${expr} * on (cluster, namespace) group_left (team) ${owners})`;
const byNamespace = (expr) => sumBy('cluster, namespace, team', ofTeams(expr));
const most = `topk(20, ${byNamespace(unused())})`;
const month = (expr) => `${hoursOfAMonth} * ${expr}`;

const labels = 'cluster, namespace, workload_type, workload';
const workloads = (name, matcher = '') => `workload_basis:cost_hourly:sum{basis="${name}", resource!="gpu", ${matcher}${C}}`;
const gap = (matcher = '') =>
  `sum by (${labels}) (${workloads('request', matcher)}) - on (${labels}) sum by (${labels}) (${workloads('usage', matcher)})`;

// Right-sizing: what the workload needed in the last 7 days, memory at its highest and CPU in 95 of 100
// samples, and a fifth more. Only of the workloads with the largest gap: all of them would be too many samples.
const chosen = 'namespace=~"$candidate_namespaces", workload=~"$candidates", ';
const needed =
  `1.2 * (max by (${labels}, resource) (max_over_time(workload_basis:cost_hourly:sum{basis="usage", resource="memory", ${chosen}${C}}[7d]))` +
  ` or max by (${labels}, resource) (quantile_over_time(0.95, workload_basis:cost_hourly:sum{basis="usage", resource="cpu", ${chosen}${C}}[7d])))`;
const requested = `sum by (${labels}, resource) (${workloads('request', chosen)})`;
// Names of workloads and of namespaces also fit other pairs of them.
const saving =
  `(sum by (${labels}) (${requested} - on (${labels}, resource) (${needed}) > 0)` +
  ` and on (${labels}) topk(20, ${gap(chosen)} > 0))`;
const candidate = (expr) => `(sum by (${labels}) (${expr}) and on (${labels}) ${saving})`;

const namespaceLinks = [
  to('namespend-namespace', 'What ${__data.fields.Namespace} spends', { namespace: cell('Namespace') }),
];
const workloadLinks = [
  to('namespend-workload', 'Pods of ${__data.fields.Workload}', { namespace: cell('Namespace'), workload: cell('Workload') }),
];

export default dashboard({
  uid: 'namespend-waste',
  question: 'What do we waste?',
  description: 'Unused capacity, unused requests, unclaimed volumes, and potential savings.',
  variables: [
    many('team', 'Team', 'Owner of the namespaces; does not apply to what is idle or unclaimed.', `label_values(namespend_namespace_info{${C}}, team)`),
    hidden(
      'candidate_namespaces',
      'The 20 namespaces with the most unused requests.',
      `query_result(${most})`,
      '/namespace="([^"]+)"/',
    ),
    hidden(
      'candidates',
      'The 20 workloads in these with the largest gap between requests and usage.',
      `query_result(topk(20, ${gap('namespace=~"$candidate_namespaces", ')} > 0))`,
      '/workload="([^"]+)"/',
    ),
  ],
  panels: [
    stat({
      title: 'Idle in the time range',
      description:
        'Node capacity that nobody was charged for directly: its cost in the time range, and as a share of the total. It is split over the namespaces as their share of the pool idle.',
      width: 6,
      empty: 'Nothing recorded in this range',
      queries: [
        { expr: `sum(${inRange(`pool:cost:sum1h{pool="idle", ${C}}`)})`, legend: 'idle', trend: true },
        { expr: `sum(${inRange(`pool:cost:sum1h{pool="idle", ${C}}`)}) / sum(${inRange(`cluster:cost:sum1h{${C}}`)})`, legend: 'of everything', unit: 'percentunit', decimals: 1 },
      ],
    }),
    stat({
      title: 'Requested but unused now, a month',
      description:
        'CPU and memory of the chosen teams\' namespaces that is requested but unused now, for a month of 730 such hours. Some of it is intended headroom.',
      width: 6,
      empty: 'Nothing is requested',
      queries: [{ expr: month(`sum(${ofTeams(unused())})`), legend: 'a month' }],
    }),
    stat({
      title: 'Right-sizing would free, a month',
      description: 'Sum of the candidates below, for a month of 730 hours: requests above 120% of the peak need in the last 7 days, and so less than what is unused now.',
      width: 6,
      empty: 'Nothing',
      queries: [{ expr: month(`sum(${saving})`), legend: 'a month' }],
    }),
    stat({
      title: 'Unclaimed volumes, a month',
      description: 'Volumes without a claim, for a month of 730 hours.',
      width: 6,
      empty: 'Nothing recorded',
      queries: [
        {
          expr: month(`(sum(max by (cluster, persistentvolume) (namespend_unclaimed_volume_hourly_cost{${C}})) or 0 * sum(cluster:cost_hourly:sum{${C}}))`),
          legend: 'a month',
        },
      ],
    }),
    parts({
      title: 'Requested but unused by team, a month',
      description: 'The same by the team that owns the namespace, for a month of 730 hours. A click shows the team.',
      width: 8,
      label: 'team',
      name: 'Team',
      amount: 'A month',
      links: [to('namespend-team', 'What ${__data.fields.Team} spends', { team: cell('Team') })],
      part: month(`sum by (team) (${ofTeams(unused())})`),
    }),
    table({
      title: 'Requested but unused by namespace, a month',
      description:
        'The 20 namespaces with the most, for a month of 730 hours, by resource, and how much of their requests they use, by cost. A click shows the namespace.',
      width: 16,
      sort: 'Both',
      columns: [
        labelled('namespace', 'Namespace', { links: namespaceLinks }),
        labelled('team', 'Team'),
        clusterColumn('namespend-waste'),
        figures('Both', month(most)),
        figures('CPU', month(`(${byNamespace(unused('resource="cpu", '))} and ${most})`)),
        figures('Memory', month(`(${byNamespace(unused('resource="memory", '))} and ${most})`)),
        share(
          'Used of requested',
          `${byNamespace(usedOfRequested('cluster, namespace', 'namespace_basis:cost_hourly:sum', C))} and ${most}`,
          { decimals: 0 },
        ),
      ],
    }),
    table({
      title: 'Right-sizing candidates, a month',
      description:
        'Of the 20 workloads in the namespaces above with the most unused requests now, those with a saving. The need is the usage of the last 7 days, peak memory and the 95th percentile of CPU, plus 20%; the saving is what is requested of each above that, and enough is the rest of the request. So a workload that uses half of its request on average, and nearly all of it at its peaks, is not here. All of it in money, for a month of 730 hours, at the prices of their nodes. A saving becomes real when nodes become fewer.',
      width: 16,
      height: 10,
      sort: 'Saving',
      empty: 'Nothing: no workload requests more than 120% of what it needs at its peaks',
      columns: [
        labelled('workload', 'Workload', { links: workloadLinks }),
        labelled('workload_type', 'Kind'),
        labelled('namespace', 'Namespace', { links: namespaceLinks }),
        clusterColumn('namespend-waste'),
        figures('Requested', month(candidate(requested))),
        figures('Enough', month(`(${candidate(requested)} - on (${labels}) ${saving})`)),
        figures('Saving', month(saving)),
      ],
    }),
    table({
      title: 'List of unclaimed volumes, a month',
      description: 'Released or never bound; you pay for each until it is deleted. For a month of 730 hours.',
      width: 8,
      height: 10,
      sort: 'A month',
      empty: 'Every volume is claimed',
      columns: [
        labelled('persistentvolume', 'Volume'),
        labelled('storage_class', 'Class'),
        clusterColumn('namespend-waste'),
        figures('A month', month(`max by (cluster, persistentvolume, storage_class) (namespend_unclaimed_volume_hourly_cost{${C}})`)),
      ],
    }),
    graph({
      title: 'Idle, an hour',
      description: 'Hourly cost of what nobody is charged for directly: idle, and what kubelets reserve (system).',
      width: 12,
      as: 'area',
      interval: '5m',
      queries: [{ expr: `sum by (pool) (pool:cost_hourly:sum{pool=~"idle|system", ${C}})`, legend: '{{pool}}' }],
    }),
    graph({
      title: 'Requested and used, an hour',
      description: 'Hourly cost of CPU and memory of all namespaces, as requested and as used. The team filter does not apply.',
      width: 12,
      interval: '30m',
      points: 200,
      queries: [
        { expr: `sum(namespace_basis:cost_hourly:sum{basis="request", resource!="gpu", ${C}})`, legend: 'requested' },
        { expr: `sum(namespace_basis:cost_hourly:sum{basis="usage", resource!="gpu", ${C}})`, legend: 'used' },
      ],
    }),
  ],
});
