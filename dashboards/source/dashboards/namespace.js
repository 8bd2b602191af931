import { priceChanges, rollouts } from '../lib/annotations.js';
import { cell, to } from '../lib/links.js';
import { days, graph, stat } from '../lib/panels.js';
import { budgetSteps, changeSteps, wholeSteps } from '../lib/palette.js';
import { C, before, comparable, hoursOfAMonth, inRange, monthWithGaps, ofDay, onlyComparable, reasons } from '../lib/queries.js';
import { clusterColumn, figures, labelled, share, table, why } from '../lib/table.js';
import { namespace } from '../lib/variables.js';
import { dashboard } from '../lib/dashboard.js';

const N = `namespace="$namespace", ${C}`;
const hours = `namespace:cost:sum1h{${N}}`;
const lines = `ledger_line:cost:sum1h{${N}}`;
const allocated = (matcher) => inRange(`namespace:allocated:sum1h{${matcher}, ${N}}`);

// A line of the invoice is a resource, or a share of a pool.
const item = (expr) =>
  `label_replace(label_replace(${expr}, "item", "$1", "resource", "(.+)"), "item", "share of $1", "pool", "(.+)")`;
const amounts = `sum by (item) (${item(inRange(lines))})`;
const quantities = `sum by (item) (${item(allocated('resource!="memory"'))} or ${item(allocated('resource="memory"'))} / 2^30)`;

// What one of them is; of the other lines only amounts are recorded.
const inUnits = (expr) =>
  Object.entries({ cpu: 'core-hours', memory: 'GiB-hours', gpu: 'GPU-hours' }).reduce(
    (labelledExpr, [resource, unit]) => `label_replace(${labelledExpr}, "unit", "${unit}", "item", "${resource}")`,
    expr,
  );

const workload = 'sum by (cluster, workload_type, workload)';
const basis = (name) => `${workload} (workload_basis:cost_hourly:sum{basis="${name}", ${N}})`;

export default dashboard({
  uid: 'namespend-namespace',
  question: 'What does this namespace spend?',
  description: 'One namespace: this month against its budgets, the lines of its invoice, and the workloads behind them.',
  variables: [namespace()],
  annotations: [rollouts('namespace="$namespace"'), priceChanges()],
  panels: [
    stat({
      title: 'This month',
      description:
        `The namespace's calendar month (UTC), fully loaded: so far, and the forecast for the whole month. ${monthWithGaps}`,
      width: 6,
      empty: 'Nothing recorded this month',
      queries: [
        { expr: `sum(namespace:cost:month_to_date{${N}})`, legend: 'so far' },
        { expr: `sum(namespace:cost:month_forecast{${N}})`, legend: 'expected' },
        { expr: `min(namespace:coverage:month_to_date{${N}})`, legend: 'measured', unit: 'percentunit', decimals: 1, thresholds: wholeSteps },
      ],
    }),
    stat({
      title: 'Budgets',
      description:
        'How much of the namespace\'s budgets is used: daily, by the last 24 full hours; monthly, so far and as forecast, both including an estimate for hours that were not measured.',
      width: 6,
      unit: 'percentunit',
      decimals: 0,
      thresholds: budgetSteps,
      empty: 'The namespace has no budget',
      links: [to('namespend-budgets', 'Are we on budget?', { scope: 'namespace', name: '${namespace:percentencode}' })],
      queries: [
        { expr: `max by (period) (namespace:budget:used_ratio{${N}})`, legend: '{{period}}' },
        { expr: `max(namespace:budget:forecast_ratio{${N}})`, legend: 'month expected' },
      ],
    }),
    stat({
      title: 'Cost in the time range',
      description: `What the namespace's hours in the time range cost, and the change from the previous period of the same length. ${onlyComparable}`,
      width: 6,
      empty: 'Nothing recorded in this range',
      queries: [
        { expr: `sum(${inRange(hours)})`, legend: 'cost', trend: true },
        { expr: comparable('', `sum(${inRange(hours)}) / (sum(${before(hours)}) > 0) - 1`), legend: 'change', unit: 'percentunit', decimals: 1, thresholds: changeSteps },
      ],
    }),
    stat({
      title: 'Last 24 hours vs. normal',
      description:
        'The last 24 hours compared with the median of the same weekday\'s 24 hours in the past six weeks, once the namespace is three weeks old.',
      width: 6,
      empty: 'After the first day',
      queries: [
        { expr: `sum(scope:cost:sum1d{scope="namespace", name="$namespace", ${C}})`, legend: 'last 24 hours' },
        { expr: `sum(scope:cost:median6w{scope="namespace", name="$namespace", ${C}})`, legend: 'normal' },
      ],
    }),
    days({
      title: 'Cost by day',
      description: 'What the namespace owns by resource, and its share of each pool, per UTC day; the last one is today so far. The lines below are the same of the whole time range.',
      width: 24,
      total: `sum(${ofDay(lines)})`,
      queries: [{ expr: `sum by (item) (${item(ofDay(lines))})`, legend: '{{item}}' }],
    }),
    table({
      title: 'Invoice lines of the time range',
      description:
        'What the namespace owns by resource, and its share of each pool, in the time range: the lines of its statement. The price of one is the amount over the quantity; other lines have amounts only. The workloads below break down CPU, memory and GPUs.',
      width: 12,
      sort: 'Amount',
      empty: '–',
      columns: [
        labelled('item', 'Item'),
        figures('Quantity', inUnits(quantities), { unit: 'none', decimals: 1 }),
        labelled('unit', 'Unit'),
        figures('Price of one', inUnits(`${amounts} / on (item) (${quantities} > 0)`), { decimals: 6 }),
        figures('Amount', inUnits(amounts)),
        share('Share', inUnits(`${amounts} / on () group_left () (sum(${amounts}) > 0)`)),
      ],
    }),
    why({
      description:
        `Change of the namespace's cost from the previous period of the same length, told apart: the parts add up to the last row. CPU, memory and GPUs changed by their quantities (requests and usage), at the prices of the previous period, and by their prices, at the quantities of this one. ${onlyComparable}`,
      width: 12,
      reasons: reasons(N, `sum(${inRange(hours)}) - (sum(${before(hours)}) or vector(0))`),
    }),
    table({
      title: 'Workloads by cost now, a month',
      description:
        'CPU, memory and GPUs of each workload at the prices of its nodes, now and for a month of 730 hours; what they would cost as requested and as used. A click shows the workload with its pods and nodes.',
      width: 24,
      sort: 'A month',
      empty: 'No workloads',
      columns: [
        labelled('workload', 'Workload', {
          links: [to('namespend-workload', 'Pods of ${__data.fields.Workload}', { namespace: null, workload: cell('Workload') })],
        }),
        labelled('workload_type', 'Kind'),
        clusterColumn('namespend-namespace'),
        figures('An hour', `${workload} (workload:cost_hourly:direct{${N}})`, { decimals: 4 }),
        figures('A month', `${hoursOfAMonth} * ${workload} (workload:cost_hourly:direct{${N}})`),
        figures('Requested', `${hoursOfAMonth} * ${basis('request')}`),
        figures('Used', `${hoursOfAMonth} * ${basis('usage')}`),
      ],
    }),
    table({
      title: 'Owner',
      description: 'The namespace\'s owner and its source: a label or annotation of the namespace, or the policy\'s default.',
      width: 12,
      unit: 'none',
      columns: [
        labelled('team', 'Team', { links: [to('namespend-team', 'What ${__data.fields.Team} spends', { team: cell('Team') })] }),
        labelled('cost_center', 'Cost center'),
        labelled('environment', 'Environment'),
        labelled('product', 'Product'),
        labelled('owner_source', 'Said by'),
        labelled('tenancy', 'Tenancy'),
        clusterColumn('namespend-namespace'),
        figures('Known', `max by (cluster, team, cost_center, environment, product, owner_source, tenancy) (namespend_namespace_info{${N}})`, { hidden: true }),
      ],
    }),
    graph({
      title: 'Requested and used, an hour',
      description:
        'Hourly cost of CPU and memory, as requested and as used. Requests far above usage are potential savings; usage above requests is borrowed capacity that the scheduler does not know about.',
      width: 12,
      decimals: 4,
      queries: [
        { expr: `sum(namespace_basis:cost_hourly:sum{basis="request", resource!="gpu", ${N}})`, legend: 'requested' },
        { expr: `sum(namespace_basis:cost_hourly:sum{basis="usage", resource!="gpu", ${N}})`, legend: 'used' },
      ],
    }),
    table({
      title: 'Share of requests used now',
      description: 'By cost, now; above 100% if usage exceeds requests.',
      width: 6,
      unit: 'none',
      empty: 'Nothing is requested',
      columns: [
        labelled('resource', 'Resource'),
        share('Used', `max by (resource) (namespace:efficiency:ratio{resource!="gpu", ${N}})`, { decimals: 0 }),
      ],
    }),
    table({
      title: 'Volumes',
      description: 'Claims of the namespace with their price for a month of 730 hours.',
      width: 6,
      sort: 'A month',
      empty: 'No volumes',
      columns: [
        labelled('persistentvolumeclaim', 'Claim'),
        labelled('storage_class', 'Class'),
        figures('A month', `${hoursOfAMonth} * max by (persistentvolumeclaim, storage_class) (namespend_claim_hourly_cost{${N}})`),
      ],
    }),
  ],
});
