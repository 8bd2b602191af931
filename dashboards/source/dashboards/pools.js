import { cell, to } from '../lib/links.js';
import { days, graph, stat } from '../lib/panels.js';
import { bad, good, steps } from '../lib/palette.js';
import { C, inRange, ofDay } from '../lib/queries.js';
import { clusterColumn, figures, labelled, parts, share as gauge, table } from '../lib/table.js';
import { one } from '../lib/variables.js';
import { dashboard } from '../lib/dashboard.js';

const pools = `pool:cost:sum1h{${C}}`;
const whole = `cluster:cost:sum1h{${C}}`;
const P = `pool="$pool", ${C}`;
const facts = `max by (cluster, pool, split) (namespend_pool_split_info{${C}})`;
const withSplit = (expr) => `(${expr} * on (cluster, pool) group_left (split) topk by (cluster, pool) (1, ${facts}) or on (cluster, pool) ${expr})`;
const share = `sum by (cluster, namespace) (namespace:cost_hourly:shared{${P}})`;
const key = `sum by (cluster, namespace) (pool_namespace:split_key:sum{${P}})`;

const namespaceLinks = [
  to('namespend-namespace', 'What ${__data.fields.Namespace} spends', { namespace: cell('Namespace') }),
];

export default dashboard({
  uid: 'namespend-pools',
  question: 'How are shared costs split?',
  description: 'Each pool of shared cost, how the policy splits it, and who pays how much: the policy, live.',
  variables: [
    one('pool', 'Pool', 'Whose shares are shown below.', `label_values(pool:cost_hourly:sum{${C}}, pool)`),
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
  ],
});
