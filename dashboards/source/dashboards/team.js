import { cell, label, to } from '../lib/links.js';
import { days, stat } from '../lib/panels.js';
import { budgetSteps, changeSteps, wholeSteps } from '../lib/palette.js';
import { C, before, change, comparable, hoursOfAMonth, inRange, monthWithGaps, named, ofDay, onlyComparable, reasons, usedOfRequested } from '../lib/queries.js';
import { clusterColumn, figures, labelled, parts, table, why } from '../lib/table.js';
import { hidden, many, team } from '../lib/variables.js';
import { dashboard } from '../lib/dashboard.js';

// Every query names the team or its namespaces. Team series have no label namespace, so a data source
// that only sees the team's namespaces has none of them: there the sums over its namespaces count.
const owned = `cost_center=~"$cost_center", team="$team", ${C}`;
const hours = `namespace_owner:cost:sum1h{${owned}}`;
const teamHours = `team:cost:sum1h{${owned}}`;
const mine = `namespace=~"$namespaces", ${C}`;
const total = (window) => `(sum(${window(teamHours)}) or sum(${window(hours)}))`;
const thisMonth = (selector) => `sum_over_time(${selector}[32d]) and on (month) count_values("month", month())`;

// The team's part of each of its namespaces.
const part =
  `sum by (cluster, namespace) (namespace_owner:cost_hourly:sum{${owned}})` +
  ` / on (cluster, namespace) (sum by (cluster, namespace) (namespace_owner:cost_hourly:sum{${mine}}) > 0)`;
const partIn = (span) =>
  `sum by (cluster, namespace) (${span(hours)})` +
  ` / on (cluster, namespace) (sum by (cluster, namespace) (${span(`namespace_owner:cost:sum1h{${mine}}`)}) > 0)`;
const partInRange = partIn(inRange);
const ofTeam = (span) => (expr) => `${expr} * on (cluster, namespace) group_left () (${partIn(span)})`;

// By resource or pool, under one name.
const breakdown = (label, name) =>
  `label_replace(sum by (${label}) (sum by (cluster, namespace, ${label}) (${inRange(`ledger_line:cost:sum1h{${label}!="", ${mine}}`)}) * on (cluster, namespace) group_left () (${partInRange})), "item", "${name}", "${label}", "(.*)")`;
const workloads =
  `(sum by (cluster, namespace, workload_type, workload) (workload:cost_hourly:direct{${mine}})` +
  ` and on (cluster, namespace, workload_type, workload) namespend_workload_owner_info{${owned}})`;

const namespaceLinks = [
  to('namespend-namespace', 'What ${__data.fields.Namespace} spends', { namespace: cell('Namespace') }),
];

export default dashboard({
  uid: 'namespend-team',
  question: 'What does my team spend?',
  description: 'One team and its cost centers: this month against the budget, its namespaces, and what they are made of.',
  variables: [
    team(),
    many('cost_center', 'Cost center', 'Of the team.', `label_values(namespace_owner:cost_hourly:sum{team="$team", ${C}}, cost_center)`),
    hidden('namespaces', 'Namespaces in which the team owns something.', `label_values(namespace_owner:cost_hourly:sum{team="$team", ${C}}, namespace)`),
    hidden(
      'top',
      'The team\'s 7 most expensive namespaces in the time range.',
      `query_result(topk(7, sum by (namespace) (${inRange(hours)})))`,
      '/namespace="([^"]+)"/',
    ),
  ],
  panels: [
    stat({
      title: 'This month',
      description:
        `The team's calendar month (UTC): so far, and the forecast for the whole month. ${monthWithGaps} If only the team's namespaces may be read, external services without a namespace are missing.`,
      width: 6,
      empty: 'Nothing recorded this month',
      queries: [
        { expr: `sum(team:cost:month_to_date{${owned}}) or sum(${thisMonth(hours)})`, legend: 'so far' },
        {
          expr: `sum(team:cost:month_forecast{${owned}}) or sum(namespace:cost:month_forecast{${mine}} * on (cluster, namespace) group_left () (${part}))`,
          legend: 'expected',
        },
        { expr: `min(team:coverage:month_to_date{${owned}}) or min(namespace:coverage:month_to_date{${mine}})`, legend: 'measured', unit: 'percentunit', decimals: 1, thresholds: wholeSteps },
      ],
    }),
    stat({
      title: 'Monthly budget',
      description:
        'The team\'s own monthly budget: how much of it is used and forecast to be used, both including an estimate for hours that were not measured. It applies to all clusters together. A click shows it with all others.',
      width: 6,
      unit: 'percentunit',
      decimals: 0,
      thresholds: budgetSteps,
      empty: 'The team has no budget',
      links: [to('namespend-budgets', 'Are we on budget?', { scope: 'team', name: '${team:percentencode}' })],
      queries: [
        { expr: 'max(team:budget:used_ratio{team="$team", period="month"})', legend: 'used' },
        { expr: 'max(team:budget:forecast_ratio{team="$team"})', legend: 'expected' },
      ],
    }),
    stat({
      title: 'Cost in the time range',
      description: `What the team's hours in the time range cost, and the change from the previous period of the same length. ${onlyComparable}`,
      width: 6,
      empty: 'Nothing recorded in this range',
      queries: [
        { expr: total(inRange), legend: 'cost', trend: true },
        { expr: comparable('', `${total(inRange)} / (${total(before)} > 0) - 1`), legend: 'change', unit: 'percentunit', decimals: 1, thresholds: changeSteps },
      ],
    }),
    stat({
      title: 'Share of requests used now',
      description:
        'CPU and memory of the team\'s namespaces now, by cost: how much of their requests they use. Requests could be reduced by the rest.',
      width: 6,
      unit: 'percentunit',
      decimals: 0,
      empty: 'Nothing is requested',
      links: [to('namespend-waste', 'What do we waste?', { team: null })],
      queries: [
        {
          expr: usedOfRequested('resource', 'namespace_basis:cost_hourly:sum', mine),
          legend: '{{resource}}',
        },
      ],
    }),
    days({
      title: 'Cost by day',
      description: 'Per UTC day: the team\'s 7 most expensive namespaces in the time range, and all others. The last bar is today so far.',
      width: 24,
      total: `sum(${ofDay(hours)})`,
      queries: [
        { expr: `sum by (namespace) (${ofDay(`namespace_owner:cost:sum1h{namespace=~"$top", ${owned}}`)})`, legend: '{{namespace}}', links: [to('namespend-namespace', 'What ${__field.labels.namespace} spends', { namespace: label('namespace') })] },
        { expr: `sum(${ofDay(`namespace_owner:cost:sum1h{namespace!~"$top", ${owned}}`)})`, legend: 'all others' },
      ],
    }),
    table({
      title: 'Namespaces by cost in the time range',
      description:
        'The team\'s part of each namespace, fully loaded: a namespace with several owners is divided by what their workloads cost. A click shows the namespace.',
      width: 12,
      sort: 'Cost',
      columns: [
        labelled('namespace', 'Namespace', { links: namespaceLinks }),
        clusterColumn('namespend-team'),
        figures('Cost', `sum by (cluster, namespace) (${inRange(hours)})`),
        figures('Change', change('cluster, namespace', hours)),
        figures('Month so far', `sum by (cluster, namespace) (${thisMonth(hours)})`),
        figures('Month\'s budget used', `max by (cluster, namespace) (namespace:budget:used_ratio{period="month", ${mine}})`, { unit: 'percentunit', decimals: 0, thresholds: budgetSteps, gauge: true }),
      ],
    }),
    why({
      description:
        `Change of the team's cost from the previous period of the same length, told apart: the parts add up to the last row. CPU, memory and GPUs changed by their quantities (requests and usage), at the prices of the previous period, and by their prices, at the quantities of this one. External services without a namespace are not included. ${onlyComparable}`,
      width: 12,
      reasons: reasons(mine, `sum(${inRange(hours)}) - (sum(${before(hours)}) or vector(0))`, [ofTeam(inRange), ofTeam(before)]),
    }),
    table({
      title: 'Team alerts',
      description: 'Firing Namespend alerts for the team or its namespaces.',
      width: 24,
      height: 5,
      unit: 'none',
      empty: 'No alerts',
      columns: [
        labelled('alertname', 'Alert', { width: 260 }),
        labelled('severity', 'Severity'),
        labelled('scope', 'Of'),
        labelled('name', 'Name'),
        labelled('namespace', 'Namespace'),
        figures('Firing', `max by (alertname, severity, scope, name, namespace) (ALERTS{alertname=~"Namespend.+", alertstate="firing", team="$team"})`, { hidden: true }),
      ],
    }),
    parts({
      title: 'Cost breakdown in the time range',
      description:
        'The team\'s cost by resource and by share of each pool, as in its statement: each namespace\'s lines, times the team\'s part of the namespace. External services without a namespace are not included.',
      width: 12,
      height: 8,
      label: 'item',
      name: 'Item',
      part: `(${breakdown('resource', '$1')} or ${breakdown('pool', 'share of $1')})`,
    }),
    parts({
      title: 'By cost center, in the time range',
      description: 'The same cost by cost center.',
      width: 6,
      height: 8,
      label: 'cost_center',
      name: 'Cost center',
      part: `sum by (cost_center) (${named(inRange(hours), 'cost_center', '(none)')})`,
    }),
    parts({
      title: 'By environment, in the time range',
      description: 'The same cost by environment.',
      width: 6,
      height: 8,
      label: 'environment',
      name: 'Environment',
      part: `sum by (environment) (${named(inRange(hours), 'environment', '(none)')})`,
    }),
    table({
      title: 'Top 20 workloads by cost now',
      description:
        'CPU, memory and GPUs of the team\'s workloads now, and what they would cost in a month of 730 hours. Shares of pools, volumes and load balancers are the namespace\'s. A click shows the workload with its pods.',
      width: 24,
      sort: 'A month',
      empty: 'No workloads',
      columns: [
        labelled('workload', 'Workload', {
          links: [
            to('namespend-workload', 'Pods of ${__data.fields.Workload}', { namespace: cell('Namespace'), workload: cell('Workload') }),
          ],
        }),
        labelled('workload_type', 'Kind'),
        labelled('namespace', 'Namespace', { links: namespaceLinks }),
        clusterColumn('namespend-team'),
        figures('An hour', `topk(20, ${workloads})`, { decimals: 4 }),
        figures('A month', `${hoursOfAMonth} * topk(20, ${workloads})`),
      ],
    }),
  ],
});
