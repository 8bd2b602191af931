import { cell, to } from '../lib/links.js';
import { bars, graph, stat } from '../lib/panels.js';
import { bad, good, steps } from '../lib/palette.js';
import { C, inRange, ofDay } from '../lib/queries.js';
import { clusterColumn, figures, labelled, table } from '../lib/table.js';
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
  description: 'Each pool of shared cost, how the policy splits it, and who bears how much: the policy, live.',
  variables: [one('pool', 'Pool', 'Whose shares are shown below.', `label_values(pool:cost_hourly:sum{${C}}, pool)`)],
  panels: [
    stat({
      title: 'Shared',
      description: 'All pools in the time range, and as a share of everything.',
      width: 6,
      empty: '–',
      queries: [
        { expr: `sum(${inRange(pools)})`, legend: 'in the time range' },
        { expr: `sum(${inRange(pools)}) / sum(${inRange(whole)})`, legend: 'of everything', unit: 'percentunit', decimals: 1 },
      ],
    }),
    stat({
      title: 'Unallocated',
      description: 'What no split took in the time range: pools with the split none, and pools without tenants. It is in no namespace\'s cost.',
      width: 6,
      empty: '–',
      queries: [{ expr: `sum(${inRange(`team:cost:sum1h{team="unallocated", ${C}}`)}) or 0 * sum(${inRange(whole)})`, legend: 'in the time range' }],
    }),
    stat({
      title: 'Drivers without a measure',
      description: 'Pools that should be split by what tenants take of them, and where nothing is measured now: they are split in proportion to direct cost.',
      width: 6,
      unit: 'none',
      decimals: 0,
      thresholds: steps([null, good], [1, bad]),
      queries: [{ expr: `count(pool:driver_missing:bool{${C}}) or 0 * count(cluster:cost_hourly:sum{${C}})`, legend: 'pools' }],
    }),
    stat({
      title: 'Who takes part in $pool',
      description: 'Tenants that bear a share of the chosen pool now.',
      width: 6,
      unit: 'none',
      decimals: 0,
      empty: 'Nobody',
      queries: [{ expr: `count(${share} > 0)`, legend: 'tenants' }],
    }),
    table({
      title: 'Pools',
      description:
        'What each pool cost in the time range, how the policy splits it, what it costs an hour now, and what of that nobody takes. A click shows its shares.',
      width: 12,
      sort: 'Cost',
      columns: [
        labelled('pool', 'Pool', { links: [to('namespend-pools', 'Shares of ${__data.fields.Pool}', { pool: cell('Pool') })] }),
        labelled('split', 'Split'),
        clusterColumn('namespend-pools'),
        figures('Cost', withSplit(`sum by (cluster, pool) (${inRange(pools)})`)),
        figures('An hour', withSplit(`sum by (cluster, pool) (pool:cost_hourly:sum{${C}})`), { decimals: 4 }),
        figures('Unallocated', withSplit(`(sum by (cluster, pool) (pool:cost_hourly:unallocated{${C}}) or 0 * sum by (cluster, pool) (pool:cost_hourly:sum{${C}}))`), { decimals: 4 }),
      ],
    }),
    graph({
      title: 'Pools by day',
      description: 'Each UTC day; the last bar is today so far.',
      width: 12,
      as: 'bars',
      interval: '1d',
      queries: [{ expr: `sum by (pool) (${ofDay(pools)})`, legend: '{{pool}}' }],
    }),
    table({
      title: 'Shares of $pool',
      description:
        'Who bears the chosen pool now, an hour: the key of the split (a proportional one: direct cost; even: 1; weighted: the weight; driver: what is measured), the key as a share of all, and the amount with its floor, which comes first.',
      width: 16,
      height: 11,
      sort: 'An hour',
      empty: 'Nobody takes a share of this pool',
      columns: [
        labelled('namespace', 'Namespace', { links: namespaceLinks }),
        clusterColumn('namespend-pools'),
        figures('Key', key, { unit: 'none', decimals: 4 }),
        figures('Of all keys', `${key} / on (cluster) group_left () sum by (cluster) (pool_namespace:split_key:sum{${P}})`, { unit: 'percentunit', decimals: 1 }),
        figures('Floor', `sum by (cluster, namespace) (pool_namespace:floor_cost_hourly:max{${P}})`, { decimals: 4 }),
        figures('An hour', share, { decimals: 4 }),
        figures('Of the pool', `${share} / on (cluster) group_left () sum by (cluster) (pool:cost_hourly:sum{${P}})`, { unit: 'percentunit', decimals: 1 }),
      ],
    }),
    bars({
      title: 'What fills $pool',
      description:
        'Direct cost an hour of the shared namespaces that the chosen pool consists of, the 20 dearest. Other pools are capacity, fees, volumes or services, and have none.',
      width: 8,
      height: 11,
      decimals: 4,
      empty: 'Not a pool of shared namespaces',
      queries: [
        {
          expr: `topk(20, sum by (namespace) (sum by (cluster, namespace) (namespace:cost_hourly:direct{${C}}) and on (cluster, namespace) namespace_pool:shared:bool{${P}}))`,
          legend: '{{namespace}}',
        },
      ],
    }),
    graph({
      title: 'Driver of $pool',
      description: 'What the driver measures of each tenant, as it is recorded; the 10 largest at each moment.',
      width: 24,
      height: 8,
      unit: 'percentunit',
      decimals: 1,
      interval: '5m',
      empty: 'The chosen pool is not split by a driver, or its driver measures nothing',
      queries: [{ expr: `topk(10, max by (namespace) (pool_driver:share:ratio{${P}}))`, legend: '{{namespace}}' }],
    }),
  ],
});
