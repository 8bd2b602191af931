import { cell, label, to } from '../lib/links.js';
import { days, row, stat } from '../lib/panels.js';
import { bad, budgetSteps, changeSteps, exceededSteps, good, steps, warning, wholeSteps } from '../lib/palette.js';
import { C, before, change, comparable, inRange, monthWithGaps, named, ofDay, onlyComparable, reasonsOfAll, relativeChange, sumBy as by } from '../lib/queries.js';
import { clusterColumn, figures, labelled, parts, table, why } from '../lib/table.js';
import { hidden } from '../lib/variables.js';
import { dashboard } from '../lib/dashboard.js';

const whole = `cluster:cost:sum1h{${C}}`;
const namespaces = `namespace:cost:sum1h{${C}}`;
const teams = `team:cost:sum1h{${C}}`;
const unallocated = `team:cost:sum1h{${C}, team="unallocated"}`;
const dearest = `namespace:cost:sum1h{${C}, namespace=~"$top"}`;
const unallocatedByDay = `(sum(${ofDay(unallocated)}) or 0 * sum(${ofDay(whole)}))`;

const namespaceLinks = [
  to('namespend-namespace', 'What ${__data.fields.Namespace} spends', { namespace: cell('Namespace') }),
];
const seriesLinks = [to('namespend-namespace', 'What ${__field.labels.namespace} spends', { namespace: label('namespace') })];
const budgets = 'budget:amount:max{period="month", cluster=~"$cluster|"}';
const day = 86400;
// Grafana and Prometheus count weeks from a Thursday: the sums around it are those from Monday to Monday, and the Thursday of the
// week that the time range ends in may be up to three days after its end.
const week = (n) =>
  `last_over_time(sum(sum_over_time(${whole}[7d] offset -4d))[7d:7d] offset ${n ? `${n * 7 - 3}d` : '-3d'})`;
const weekStart = (n) => `vector(1000 * (time() - (time() - ${4 * day}) % ${7 * day} - ${n * 7 * day})) and on () ${week(n)}`;
const weeks = (expr) =>
  Array.from({ length: 8 }, (_, n) => `label_replace(${expr(n)}, "week", "${['so far', '1 week before'][n] ?? `${n} weeks before`}", "", "")`).join(' or ');
const inSpan = (span) => by('namespace', span(namespaces));
const moved = change('cluster, namespace', namespaces);

export default dashboard({
  uid: 'namespend-overview',
  question: 'Where does the money go?',
  description: 'All clusters, teams and namespaces: what they cost, what changed, and whether budgets are on track.',
  variables: [
    hidden(
      'top',
      'The 7 most expensive namespaces in the time range.',
      `query_result(topk(7, sum by (namespace) (${inRange(namespaces)})))`,
      '/namespace="([^"]+)"/',
    ),
    hidden(
      'changed',
      'The 20 namespaces whose cost changed most from the span before.',
      `query_result(topk(20, abs((${inSpan(inRange)} or 0 * ${inSpan(before)}) - (${inSpan(before)} or 0 * ${inSpan(inRange)}))))`,
      '/namespace="([^"]+)"/',
    ),
  ],
  panels: [
    stat({
      title: 'Cost in the time range',
      description:
        `What was recorded in the time range, and the change from the previous period of the same length. Sums complete hours: select at least one hour. ${onlyComparable}`,
      width: 6,
      empty: 'Nothing recorded in this range',
      queries: [
        { expr: `sum(${inRange(whole)})`, legend: 'cost', trend: true },
        { expr: comparable('', `sum(${inRange(whole)}) / sum(${before(whole)}) - 1`), legend: 'change', unit: 'percentunit', decimals: 1, thresholds: changeSteps },
      ],
    }),
    stat({
      title: 'This month',
      description:
        `The calendar month (UTC) of the end of the time range: from its first to its last complete hour, and the forecast for the whole month. ${monthWithGaps} The forecast extrapolates the last seven days, by weekday, to the remaining hours.`,
      width: 6,
      empty: 'Nothing recorded this month',
      queries: [
        { expr: `sum(cluster:cost:month_to_date{${C}})`, legend: 'so far', trend: true },
        { expr: `sum(team:cost:month_forecast{${C}})`, legend: 'expected' },
        { expr: `min(cluster:coverage:month_to_date{${C}})`, legend: 'measured', unit: 'percentunit', decimals: 1, thresholds: wholeSteps },
      ],
    }),
    stat({
      title: 'Monthly budgets exceeded',
      description:
        'How many monthly budgets of namespaces, teams and cost centers are exceeded now, and of how many; budgets that are only forecast to be exceeded are listed where a click leads.',
      width: 6,
      unit: 'none',
      decimals: 0,
      thresholds: exceededSteps,
      empty: 'No monthly budgets',
      links: [to('namespend-budgets', 'Are we on budget?')],
      counted: `count(${budgets})`,
      queries: [{ expr: `count(budget:used:ratio{period="month", cluster=~"$cluster|"} >= 1) or 0 * count(${budgets})`, legend: 'exceeded' }],
    }),
    stat({
      title: 'Idle and unowned, of the time range',
      description:
        'Parts of the cost of the time range: capacity that nobody requested or used, which is included in the namespaces\' costs as their share of the pool idle; and what no team is charged for (unattributed, unallocated).',
      width: 6,
      unit: 'percentunit',
      decimals: 1,
      empty: 'Nothing recorded in this range',
      queries: [
        { expr: `sum(${inRange(`pool:cost:sum1h{pool="idle", ${C}}`)}) / sum(${inRange(whole)})`, legend: 'idle', links: [to('namespend-waste', 'What do we waste?')] },
        {
          expr: `(sum(${inRange(`team:cost:sum1h{team=~"unattributed|unallocated", ${C}}`)}) or 0 * sum(${inRange(whole)})) / sum(${inRange(whole)})`,
          legend: 'without owner',
          thresholds: steps([0, good], [0.05, warning], [0.2, bad]),
          links: [to('namespend-trust', 'Can I trust these numbers?')],
        },
      ],
    }),
    days({
      title: 'Cost by day',
      description:
        'Per UTC day: the 7 most expensive namespaces in the time range, all others, and undistributed pool cost (unallocated). Each day is whole, also where the time range begins within it; the last one is today so far. A click on a namespace shows it.',
      width: 24,
      height: 11,
      total: `sum(${ofDay(whole)})`,
      queries: [
        { expr: by('namespace', ofDay(dearest)), legend: '{{namespace}}', links: seriesLinks },
        { expr: `clamp_min(sum(${ofDay(whole)}) - sum(${ofDay(dearest)}) - ${unallocatedByDay}, 0)`, legend: 'all others' },
        { expr: unallocatedByDay, legend: 'unallocated' },
      ],
    }),
    row('What changed, and why'),
    why({
      description:
        `Change of the whole cost from the previous period of the same length, told apart: the parts add up to the last row. CPU, memory and GPUs changed by their quantities (requests and usage), at the prices of the previous period, and by their prices, at the quantities of this one. CPU, memory and GPUs are those of the 20 namespaces that changed most; the others are in the rest. ${onlyComparable}`,
      width: 12,
      height: 9,
      reasons: reasonsOfAll('namespace=~"$changed"'),
    }),
    table({
      title: 'What changed most in the time range',
      description:
        `The ten namespaces whose cost differs most from the previous period, in either direction: increases above, decreases below. A new namespace changed by its whole cost. ${onlyComparable} A click shows the namespace.`,
      width: 12,
      height: 9,
      sort: 'Change',
      empty: 'Nothing to compare with',
      columns: [
        labelled('namespace', 'Namespace', { links: namespaceLinks }),
        clusterColumn('namespend-overview'),
        figures('Change', `${moved} and topk(10, abs(${moved}))`),
        figures('Cost', `${by('cluster, namespace', inRange(namespaces))} and topk(10, abs(${moved}))`),
      ],
    }),
    row('Who spends it'),
    table({
      title: 'Teams by cost in the time range',
      description:
        `Fully loaded cost by owner in the time range, and its change. ${onlyComparable} The month is the calendar month. Used refers to the team's own monthly budget, by the month's estimate. Undistributed pool cost belongs to "unallocated". A click shows the team.`,
      width: 24,
      height: 10,
      sort: 'Cost',
      columns: [
        labelled('team', 'Team', { links: [to('namespend-team', 'What ${__data.fields.Team} spends', { team: cell('Team') })] }),
        figures('Cost', by('team', inRange(teams))),
        figures('Change', change('team', teams)),
        figures('Change %', relativeChange('team', teams), { unit: 'percentunit', decimals: 1, thresholds: changeSteps }),
        figures('Month so far', `sum by (team) (team:cost:month_to_date{${C}})`),
        figures('Month expected', `sum by (team) (team:cost:month_forecast{${C}})`),
        figures('Month\'s budget used', 'max by (team) (team:budget:used_ratio{period="month"})', { unit: 'percentunit', decimals: 0, thresholds: budgetSteps, gauge: true }),
      ],
    }),
    table({
      title: 'Namespaces by cost in the time range',
      description:
        'Fully loaded cost of every namespace: direct cost plus its shares of the pools. A deleted namespace still shows its cost in the previous period. A change is shown if both periods can be compared. A click shows the namespace; a click on a cluster shows only that one.',
      width: 24,
      height: 12,
      sort: 'Cost',
      columns: [
        labelled('namespace', 'Namespace', { links: namespaceLinks }),
        clusterColumn('namespend-overview'),
        figures('Cost', by('cluster, namespace', inRange(namespaces))),
        figures('Change', moved),
        figures('Change %', relativeChange('cluster, namespace', namespaces), { unit: 'percentunit', decimals: 1, thresholds: changeSteps }),
        figures('Month so far', `sum by (cluster, namespace) (namespace:cost:month_to_date{${C}})`),
        figures('Month expected', `sum by (cluster, namespace) (namespace:cost:month_forecast{${C}})`),
      ],
    }),
    row('What it consists of, and by week'),
    parts({
      title: 'By environment, in the time range',
      description: 'Fully loaded cost of the time range by the environment of its owner, and its share of all.',
      width: 8,
      height: 10,
      label: 'environment',
      name: 'Environment',
      part: by('environment', named(inRange(teams), 'environment', '(none)')),
    }),
    parts({
      title: 'Direct and shared cost in the time range',
      description:
        'What namespaces and teams own directly, and each pool that is split over them, with their shares of all. A click shows how a pool is split.',
      width: 8,
      height: 10,
      label: 'pool',
      name: 'Part',
      links: [to('namespend-pools', 'How ${__data.fields.Part} is split', { pool: cell('Part') })],
      part:
        `(label_replace(sum(${inRange(whole)}) - (sum(${inRange(`pool:cost:sum1h{${C}}`)}) or 0 * sum(${inRange(whole)})), "pool", "owned directly", "", "")` +
        ` or ${by('pool', inRange(`pool:cost:sum1h{${C}}`))})`,
    }),
    table({
      title: 'Cost by week',
      description:
        'The week that the time range ends in, so far, and the seven before it: Monday to Monday, UTC; a week in the past is whole. It does not depend on where the time range begins.',
      width: 8,
      height: 10,
      sort: 'Week of',
      columns: [
        labelled('week', 'Week'),
        figures('Week of', weeks(weekStart), { unit: 'time:D MMM YYYY' }),
        figures('Cost', weeks(week)),
      ],
    }),
    row('Clusters'),
    table({
      title: 'Clusters in the time range',
      description:
        'The same figures per cluster; a single unnamed line if the data has no label cluster. Coverage is the share of the minutes of the time range that have figures: with less than 99% the sums are too low. "Of the month" is the same for the month so far.',
      width: 24,
      height: 6,
      sort: 'Cost',
      columns: [
        clusterColumn('namespend-overview'),
        figures('Cost', by('cluster', inRange(whole))),
        figures('Change %', relativeChange('cluster', whole), { unit: 'percentunit', decimals: 1, thresholds: changeSteps }),
        figures('Month so far', `sum by (cluster) (cluster:cost:month_to_date{${C}})`),
        figures('An hour now', `sum by (cluster) (cluster:cost_hourly:sum{${C}})`),
        figures('Idle', `${by('cluster', inRange(`pool:cost:sum1h{pool="idle", ${C}}`))} / (${by('cluster', inRange(whole))} > 0)`, { unit: 'percentunit', decimals: 1 }),
        figures('Coverage', `${by('cluster', inRange(`cluster:coverage:ratio1h{${C}}`))} / ($__range_s / 3600)`, { unit: 'percentunit', decimals: 1, thresholds: wholeSteps }),
        figures('Of the month', `sum by (cluster) (cluster:coverage:month_to_date{${C}})`, { unit: 'percentunit', decimals: 1, thresholds: wholeSteps }),
      ],
    }),
  ],
});
