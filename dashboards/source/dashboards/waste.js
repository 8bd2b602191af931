import { cell, to } from '../lib/links.js';
import { days, graph, row, stat } from '../lib/panels.js';
import { C, change, hoursOfAMonth, inRange, ofDay, sumBy, usedOfRequested } from '../lib/queries.js';
import { clusterColumn, figures, labelled, parts, share as gauge, table } from '../lib/table.js';
import { hidden, many, oneOrAll } from '../lib/variables.js';
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

const idleOfGroups = `pool_group:cost_hourly:sum{pool="idle", ${C}}`;
const G = `node_group=~"$node_group", ${C}`;
const byGroup = (expr) => `sum by (cluster, node_group) (${expr})`;
const byNode = (expr) => `sum by (cluster, node) (${expr})`;
const resourceOf = (resource) => `(${byGroup(`pool_group:cost_hourly:sum{pool="idle", resource="${resource}", ${C}}`)} or 0 * ${byGroup(idleOfGroups)})`;
const inGroup = (expr) => `${expr} and on (cluster, node) namespend_node_group_info{${G}}`;
const price = `max by (cluster, node) (${inGroup(`node_total_hourly_cost{${C}}`)})`;

const removable = `(max by (cluster, node) (node:fits_elsewhere:bool{${C}}) == 1)`;
const idleHours = `pool_group:cost:sum1h{pool="idle", ${C}}`;

// What each pod requests, in millicores or MiB, and which part of that is enough.
const pods = `count by (${labels}) (group by (${labels}, pod) (namespend_pod_request_hourly_cost{${chosen}${C}}))`;
const ofPod = (resource, scale) =>
  `(max by (${labels}) (namespend_workload_requested{resource="${resource}", ${chosen}${C}}) / on (${labels}) ${pods} * ${scale})`;
const enough = (resource) =>
  `clamp_max(sum by (${labels}) (${needed} and on (resource) label_replace(vector(1), "resource", "${resource}", "", ""))` +
  ` / on (${labels}) (sum by (${labels}) (${workloads('request', `resource="${resource}", ${chosen}`)}) > 0), 1)`;
const only = (expr) => `(${expr} and on (${labels}) ${saving})`;
const suggested = (resource, scale) => only(`ceil(${ofPod(resource, scale)} * on (${labels}) ${enough(resource)})`);
// A workload's figures as labels, which make up the command.
const asLabel = (name, expr) => `count_values by (${labels}) ("${name}", ${expr})`;
const command =
  `max by (${labels}, command) (label_replace(label_join(${asLabel('cpu', suggested('cpu', 1000))} * on (${labels}) group_left (memory) ${asLabel('memory', suggested('memory', '1 / 2^20'))},` +
  ' "place", "/", "namespace", "workload_type", "workload", "cpu", "memory"),' +
  ' "command", "kubectl -n $1 set resources $2/$3 --requests=cpu=${4}m,memory=${5}Mi", "place",' +
  ' "([^/]*)/(deployment|statefulset|daemonset)/([^/]*)/([^/]*)/(.*)"))';

const namespaceLinks = [
  to('namespend-namespace', 'What ${__data.fields.Namespace} spends', { namespace: cell('Namespace') }),
];
const workloadLinks = [
  to('namespend-workload', 'Pods of ${__data.fields.Workload}', { namespace: cell('Namespace'), workload: cell('Workload') }),
];

export default dashboard({
  uid: 'namespend-waste',
  question: 'What do we waste?',
  description: 'Which node groups are idle, which requests are unused, what to set instead, and what that saves.',
  variables: [
    many('team', 'Team', 'Owner of the namespaces; does not apply to what is idle or unclaimed.', `label_values(namespend_namespace_info{${C}}, team)`),
    oneOrAll('node_group', 'Node group', 'Whose nodes are listed.', `label_values(namespend_node_group_info{${C}}, node_group)`),
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
      title: 'Nodes that could go, a month',
      description:
        'What nodes cost whose requests would fit into the unrequested capacity of the others in their group, for a month of 730 hours, each looked at alone: not all of them can go at once. How many there are is beside it.',
      width: 6,
      empty: 'No node fits elsewhere',
      queries: [
        { expr: month(`sum(max by (cluster, node) (node_total_hourly_cost{${C}}) and on (cluster, node) ${removable})`), legend: 'they cost' },
        { expr: `count(${removable})`, legend: 'nodes', unit: 'none', decimals: 0 },
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
    days({
      title: 'Idle by day and node group',
      description: 'What of each node group nobody requested or used, per UTC day; the last one is today so far. The table below has the same groups.',
      width: 24,
      empty: 'No node groups recorded yet: the exporter tells the group of each node from its labels',
      total: `sum(${ofDay(idleHours)})`,
      queries: [{ expr: `sum by (node_group) (${ofDay(idleHours)})`, legend: '{{node_group}}' }],
    }),
    table({
      title: 'Idle by node group, an hour',
      description:
        'Idle cost of each group in the time range and per hour now, by resource; what is requested there but unused, which tenants pay for and is not part of idle; and what has no tenants in its group (if the policy splits idle by group) and is split over the cluster. A click shows the nodes.',
      width: 24,
      sort: 'An hour',
      empty: 'No node groups recorded',
      columns: [
        labelled('node_group', 'Group', { links: [to('namespend-waste', 'Nodes of ${__data.fields.Group}', { node_group: cell('Group') })] }),
        clusterColumn('namespend-waste'),
        figures('In the time range', `(${byGroup(inRange(`pool_group:cost:sum1h{pool="idle", ${C}}`))} or 0 * ${byGroup(idleOfGroups)})`),
        figures('Change', change('cluster, node_group', idleHours)),
        figures('An hour', byGroup(idleOfGroups), { decimals: 4 }),
        figures('CPU an hour', resourceOf('cpu'), { decimals: 4 }),
        figures('Memory an hour', resourceOf('memory'), { decimals: 4 }),
        figures('GPU an hour', resourceOf('gpu'), { decimals: 4 }),
        figures('Requested, unused', `(${byGroup(`node_resource:unused_request_cost_hourly:sum{${C}}`)} or 0 * ${byGroup(idleOfGroups)})`, { decimals: 4 }),
        figures('Nodes that could go', `(count by (cluster, node_group) (namespend_node_group_info{${C}} and on (cluster, node) ${removable}) or 0 * ${byGroup(idleOfGroups)})`, { unit: 'none', decimals: 0 }),
        figures('Without tenants', `(${byGroup(`pool_place:fallback_cost_hourly:sum{pool="idle", ${C}}`)} or 0 * ${byGroup(idleOfGroups)})`, { decimals: 4 }),
      ],
    }),
    row('Savings: what to set'),
    table({
      title: 'Right-sizing candidates, a month',
      description:
        'Of the 20 workloads in the namespaces with the most unused requests, those with a saving, the largest first. The need is the usage of the last 7 days, peak memory and the 95th percentile of CPU, plus 20%; the saving is what is requested of each above that, in money for a month of 730 hours at the prices of their nodes. So a workload that uses half of its request on average, and nearly all of it at its peaks, is not here. Requests are those of each pod. The command sets them for pods with one container; with several, divide them. It is money where a node can go, and room for others where none can. The digest names the first of them.',
      width: 24,
      height: 10,
      sort: 'Saving',
      empty: 'Nothing: no workload requests more than 120% of what it needs at its peaks',
      columns: [
        labelled('workload', 'Workload', { links: workloadLinks }),
        labelled('workload_type', 'Kind'),
        labelled('namespace', 'Namespace', { links: namespaceLinks }),
        clusterColumn('namespend-waste'),
        figures('Saving', month(saving)),
        figures('Requested', month(candidate(requested))),
        figures('Millicores now', only(ofPod('cpu', 1000)), { unit: 'none', decimals: 0 }),
        figures('Millicores enough', suggested('cpu', 1000), { unit: 'none', decimals: 0 }),
        figures('MiB now', only(ofPod('memory', '1 / 2^20')), { unit: 'none', decimals: 0 }),
        figures('MiB enough', suggested('memory', '1 / 2^20'), { unit: 'none', decimals: 0 }),
        figures('A node can go', `(0 * ${saving}) + on (cluster) group_left () (max by (cluster) (node:fits_elsewhere:bool{${C}}))`, { unit: 'bool_yes_no', decimals: 0 }),
        labelled('command', 'Command', { width: 420 }),
        figures('Known', command, { hidden: true }),
      ],
    }),
    table({
      title: 'List of unclaimed volumes, a month',
      description: 'Released or never bound; you pay for each until it is deleted. For a month of 730 hours.',
      width: 12,
      height: 8,
      sort: 'A month',
      empty: 'Every volume is claimed',
      columns: [
        labelled('persistentvolume', 'Volume'),
        labelled('storage_class', 'Class'),
        clusterColumn('namespend-waste'),
        figures('A month', month(`max by (cluster, persistentvolume, storage_class) (namespend_unclaimed_volume_hourly_cost{${C}})`)),
      ],
    }),
    stat({
      title: 'Unclaimed volumes, a month',
      description: 'Volumes without a claim, for a month of 730 hours.',
      width: 12,
      height: 8,
      empty: 'Nothing recorded',
      queries: [
        {
          expr: month(`(sum(max by (cluster, persistentvolume) (namespend_unclaimed_volume_hourly_cost{${C}})) or 0 * sum(cluster:cost_hourly:sum{${C}}))`),
          legend: 'a month',
        },
      ],
    }),
    row('Idle nodes'),
    table({
      title: 'Nodes of $node_group, an hour',
      description:
        'The 100 nodes with the most idle now: the node\'s price, how much of it is idle and how much of that is GPUs, what is requested but unused, since when more than four fifths have been idle (a dash: not the case, or for longer than the time range), and whether the node\'s requests would fit into the unrequested capacity of the others in its group (amounts only: not whether each pod fits). What would go if it left is its price, here for a month.',
      width: 24,
      height: 11,
      sort: 'Idle',
      empty: 'No nodes',
      columns: [
        labelled('node', 'Node'),
        clusterColumn('namespend-waste'),
        figures('Idle', `topk(100, ${byNode(`node_pool:cost_hourly:sum{pool="idle", ${G}}`)})`, { decimals: 4 }),
        gauge('Of its price', `${byNode(`node_pool:cost_hourly:sum{pool="idle", ${G}}`)} / on (cluster, node) (${price} > 0)`, { unit: 'percentunit', decimals: 0 }),
        figures('GPU idle', `(${byNode(`node_pool:cost_hourly:sum{pool="idle", resource="gpu", ${G}}`)} or 0 * ${price})`, { decimals: 4 }),
        figures('Requested, unused', `(${byNode(`node_resource:unused_request_cost_hourly:sum{${G}}`)} or 0 * ${price})`, { decimals: 4 }),
        figures('Mostly idle since', `max by (cluster, node) (last_over_time(node:busy:timestamp_seconds{${G}}[$__range]) unless on (cluster, node) node:busy:timestamp_seconds{${G}}) * 1000`, { unit: 'dateTimeFromNow' }),
        figures('Fits elsewhere', `max by (cluster, node) (${inGroup(`node:fits_elsewhere:bool{${C}}`)})`, { unit: 'bool_yes_no', decimals: 0 }),
        figures('A month without it', `${hoursOfAMonth} * ${price}`, { decimals: 0 }),
      ],
    }),
    graph({
      title: 'Mostly idle nodes',
      description: 'Nodes with more than four fifths of their price idle, by group.',
      width: 12,
      unit: 'none',
      decimals: 0,
      interval: '5m',
      empty: 'No nodes',
      queries: [{ expr: `count by (node_group) (namespend_node_group_info{${G}} unless on (cluster, node) node:busy:timestamp_seconds{${G}}) or 0 * count by (node_group) (namespend_node_group_info{${G}})`, legend: '{{node_group}}' }],
    }),
    graph({
      title: 'Idle, an hour',
      description: 'Hourly cost of what nobody is charged for directly: idle, and what kubelets reserve (system).',
      width: 12,
      as: 'area',
      interval: '5m',
      queries: [{ expr: `sum by (pool) (pool:cost_hourly:sum{pool=~"idle|system", ${C}})`, legend: '{{pool}}' }],
    }),
    row('Requested but unused'),
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
        gauge(
          'Used of requested',
          `${byNamespace(usedOfRequested('cluster, namespace', 'namespace_basis:cost_hourly:sum', C))} and ${most}`,
          { decimals: 0 },
        ),
      ],
    }),
    graph({
      title: 'Requested and used, an hour',
      description: 'Hourly cost of CPU and memory of all namespaces, as requested and as used. The team filter does not apply.',
      width: 24,
      interval: '30m',
      points: 200,
      queries: [
        { expr: `sum(namespace_basis:cost_hourly:sum{basis="request", resource!="gpu", ${C}})`, legend: 'requested' },
        { expr: `sum(namespace_basis:cost_hourly:sum{basis="usage", resource!="gpu", ${C}})`, legend: 'used' },
      ],
    }),
  ],
});
