import { cell, to } from '../lib/links.js';
import { days, graph, row, stat } from '../lib/panels.js';
import { bad, good, steps } from '../lib/palette.js';
import { C, hoursOfAMonth, inRange, ofDay } from '../lib/queries.js';
import { clusterColumn, figures, labelled, parts, share as gauge, table } from '../lib/table.js';
import { one, oneOrAll } from '../lib/variables.js';
import { dashboard } from '../lib/dashboard.js';

const pools = `pool:cost:sum1h{${C}}`;
const whole = `cluster:cost:sum1h{${C}}`;
const P = `pool="$pool", ${C}`;
const facts = `max by (cluster, pool, split) (namespend_pool_split_info{${C}})`;
const withSplit = (expr) => `(${expr} * on (cluster, pool) group_left (split) topk by (cluster, pool) (1, ${facts}) or on (cluster, pool) ${expr})`;
const share = `sum by (cluster, namespace) (namespace:cost_hourly:shared{${P}})`;
const key = `sum by (cluster, namespace) (pool_namespace:split_key:sum{${P}})`;

const idleOfGroups = `pool_group:cost_hourly:sum{pool="idle", ${C}}`;
const G = `node_group=~"$node_group", ${C}`;
const byGroup = (expr) => `sum by (cluster, node_group) (${expr})`;
const byNode = (expr) => `sum by (cluster, node) (${expr})`;
const resourceOf = (resource) => `(${byGroup(`pool_group:cost_hourly:sum{pool="idle", resource="${resource}", ${C}}`)} or 0 * ${byGroup(idleOfGroups)})`;
const inGroup = (expr) => `${expr} and on (cluster, node) namespend_node_group_info{${G}}`;
const price = `max by (cluster, node) (${inGroup(`node_total_hourly_cost{${C}}`)})`;

const namespaceLinks = [
  to('namespend-namespace', 'What ${__data.fields.Namespace} spends', { namespace: cell('Namespace') }),
];

export default dashboard({
  uid: 'namespend-pools',
  question: 'How are shared costs split?',
  description: 'Each pool of shared cost, how the policy splits it, and who pays how much: the policy, live.',
  variables: [
    one('pool', 'Pool', 'Whose shares are shown below.', `label_values(pool:cost_hourly:sum{${C}}, pool)`),
    oneOrAll('node_group', 'Node group', 'Whose nodes are shown at the end.', `label_values(namespend_node_group_info{${C}}, node_group)`),
  ],
  panels: [
    stat({
      title: 'Shared cost in the time range',
      description: 'All pools in the time range, and as a share of everything.',
      width: 6,
      empty: 'Nothing recorded in this range',
      queries: [
        { expr: `sum(${inRange(pools)})`, legend: 'shared', trend: true },
        { expr: `sum(${inRange(pools)}) / sum(${inRange(whole)})`, legend: 'of everything', unit: 'percentunit', decimals: 1 },
      ],
    }),
    stat({
      title: 'Unallocated in the time range',
      description: 'Undistributed cost in the time range: pools with the split none, and pools without tenants. It is not part of any namespace\'s cost.',
      width: 6,
      empty: 'Nothing recorded in this range',
      queries: [{ expr: `sum(${inRange(`team:cost:sum1h{team="unallocated", ${C}}`)}) or 0 * sum(${inRange(whole)})`, legend: 'in the time range' }],
    }),
    stat({
      title: 'Drivers without data',
      description: 'Pools that should be split by measured use but have no measurements now: they are split in proportion to direct cost.',
      width: 6,
      unit: 'none',
      decimals: 0,
      thresholds: steps([0, good], [1, bad]),
      empty: 'Nothing recorded now',
      queries: [{ expr: `count(pool:driver_missing:bool{${C}}) or 0 * count(cluster:cost_hourly:sum{${C}})`, legend: 'pools' }],
    }),
    stat({
      title: 'Participants in $pool',
      description: 'Tenants that pay a share of the selected pool now.',
      width: 6,
      unit: 'none',
      decimals: 0,
      empty: 'Nobody',
      queries: [{ expr: `count(${share} > 0)`, legend: 'tenants' }],
    }),
    days({
      title: 'Pools by day',
      description: 'What each pool cost, per UTC day; the last one is today so far.',
      width: 24,
      total: `sum(${ofDay(pools)})`,
      queries: [{ expr: `sum by (pool) (${ofDay(pools)})`, legend: '{{pool}}' }],
    }),
    table({
      title: 'Pools in the time range',
      description:
        'What each pool cost in the time range, how the policy splits it, what it costs per hour now, and how much of that is undistributed. A click shows its shares.',
      width: 12,
      height: 11,
      sort: 'Cost',
      columns: [
        labelled('pool', 'Pool', { links: [to('namespend-pools', 'Shares of ${__data.fields.Pool}', { pool: cell('Pool') })] }),
        labelled('split', 'Split'),
        clusterColumn('namespend-pools'),
        figures('Cost', withSplit(`sum by (cluster, pool) (${inRange(pools)})`)),
        figures('An hour', withSplit(`sum by (cluster, pool) (pool:cost_hourly:sum{${C}})`), { decimals: 4 }),
        figures('Unallocated an hour', withSplit(`(sum by (cluster, pool) (pool:cost_hourly:unallocated{${C}}) or 0 * sum by (cluster, pool) (pool:cost_hourly:sum{${C}}))`), { decimals: 4 }),
      ],
    }),
    parts({
      title: 'What fills $pool, an hour',
      description:
        'Direct cost per hour of the shared namespaces in the selected pool, the 20 most expensive. Other pools are capacity, fees, volumes or services, and have none.',
      width: 12,
      height: 11,
      decimals: 4,
      empty: 'Not a pool of shared namespaces',
      label: 'namespace',
      name: 'Namespace',
      amount: 'An hour',
      links: namespaceLinks,
      part: `topk(20, sum by (namespace) (sum by (cluster, namespace) (namespace:cost_hourly:direct{${C}}) and on (cluster, namespace) namespace_pool:shared:bool{${P}}))`,
    }),
    table({
      title: 'Shares of $pool, an hour',
      description:
        'Who pays for the selected pool now, per hour: the split key (proportional: direct cost; even: 1; weighted: the weight; driver: what is measured), the key\'s share of all keys, and the amount including its floor, which is charged first.',
      width: 24,
      height: 11,
      sort: 'An hour',
      empty: 'Nobody pays a share of this pool',
      columns: [
        labelled('namespace', 'Namespace', { links: namespaceLinks }),
        clusterColumn('namespend-pools'),
        figures('Key', key, { unit: 'none', decimals: 4 }),
        figures('Of all keys', `${key} / on (cluster) group_left () sum by (cluster) (pool_namespace:split_key:sum{${P}})`, { unit: 'percentunit', decimals: 1 }),
        figures('Floor', `sum by (cluster, namespace) (pool_namespace:floor_cost_hourly:max{${P}})`, { decimals: 4 }),
        figures('An hour', share, { decimals: 4 }),
        gauge('Of the pool', `${share} / on (cluster) group_left () sum by (cluster) (pool:cost_hourly:sum{${P}})`, { decimals: 1 }),
      ],
    }),
    graph({
      title: 'Driver of $pool',
      description: 'What the driver measures for each tenant, as recorded; the 10 largest at each moment.',
      width: 24,
      height: 8,
      unit: 'percentunit',
      decimals: 1,
      interval: '5m',
      empty: 'The selected pool is not split by a driver, or its driver measures nothing',
      queries: [{ expr: `topk(10, max by (namespace) (pool_driver:share:ratio{${P}}))`, legend: '{{namespace}}' }],
    }),
    row('What is idle, and where'),
    table({
      title: 'Idle by node group, an hour',
      description:
        'Idle cost of each group in the time range and per hour now, by resource; what is requested there but unused, which tenants pay for and is not part of idle; and what has no tenants in its group (if the policy splits idle by group) and is split over the cluster. A click shows the nodes.',
      width: 24,
      sort: 'An hour',
      empty: 'No node groups recorded',
      columns: [
        labelled('node_group', 'Group', { links: [to('namespend-pools', 'Nodes of ${__data.fields.Group}', { node_group: cell('Group') })] }),
        clusterColumn('namespend-pools'),
        figures('In the time range', `(${byGroup(inRange(`pool_group:cost:sum1h{pool="idle", ${C}}`))} or 0 * ${byGroup(idleOfGroups)})`),
        figures('An hour', byGroup(idleOfGroups), { decimals: 4 }),
        figures('CPU an hour', resourceOf('cpu'), { decimals: 4 }),
        figures('Memory an hour', resourceOf('memory'), { decimals: 4 }),
        figures('GPU an hour', resourceOf('gpu'), { decimals: 4 }),
        figures('Requested, unused', `(${byGroup(`node_resource:unused_request_cost_hourly:sum{${C}}`)} or 0 * ${byGroup(idleOfGroups)})`, { decimals: 4 }),
        figures('Without tenants', `(${byGroup(`pool_place:fallback_cost_hourly:sum{pool="idle", ${C}}`)} or 0 * ${byGroup(idleOfGroups)})`, { decimals: 4 }),
      ],
    }),
    graph({
      title: 'Idle an hour by node group, over time',
      description: 'Idle cost of each group per hour; the 10 largest at each moment.',
      width: 12,
      as: 'area',
      interval: '5m',
      empty: 'No node groups recorded',
      queries: [{ expr: `topk(10, sum by (node_group) (${idleOfGroups}))`, legend: '{{node_group}}' }],
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
        clusterColumn('namespend-pools'),
        figures('Idle', `topk(100, ${byNode(`node_pool:cost_hourly:sum{pool="idle", ${G}}`)})`, { decimals: 4 }),
        gauge('Of its price', `${byNode(`node_pool:cost_hourly:sum{pool="idle", ${G}}`)} / on (cluster, node) (${price} > 0)`, { unit: 'percentunit', decimals: 0 }),
        figures('GPU idle', `(${byNode(`node_pool:cost_hourly:sum{pool="idle", resource="gpu", ${G}}`)} or 0 * ${price})`, { decimals: 4 }),
        figures('Requested, unused', `(${byNode(`node_resource:unused_request_cost_hourly:sum{${G}}`)} or 0 * ${price})`, { decimals: 4 }),
        figures('Mostly idle since', `max by (cluster, node) (last_over_time(node:busy:timestamp_seconds{${G}}[$__range]) unless on (cluster, node) node:busy:timestamp_seconds{${G}}) * 1000`, { unit: 'dateTimeFromNow' }),
        figures('Fits elsewhere', `max by (cluster, node) (${inGroup(`node:fits_elsewhere:bool{${C}}`)})`, { unit: 'bool_yes_no', decimals: 0 }),
        figures('A month without it', `${hoursOfAMonth} * ${price}`, { decimals: 0 }),
      ],
    }),
  ],
});
