import { graph, stat, words } from '../lib/panels.js';
import { C, inRange, ofDay } from '../lib/queries.js';
import { figures, labelled, table } from '../lib/table.js';
import { oneOrAll } from '../lib/variables.js';
import { dashboard } from '../lib/dashboard.js';

const whole = `cluster:cost:sum1h{${C}}`;
const U = `unit=~"$unit", ${C}`;
const counts = `unit:count:sum1h{${U}}`;
const missing = 'No series unit:count:sum1h: the text below says how to get it';

// A count with a team is paid by that team, one without a team by everyone.
const costs = (window) =>
  `(label_replace(sum(${window(whole)}), "team", "", "", "") or sum by (team) (${window(`team:cost:sum1h{${C}}`)}))`;
const unitCost = (window) =>
  `sum by (unit, team) (0 * sum by (unit, team) (${window(counts)}) + on (team) group_left () ${costs(window)}) / (sum by (unit, team) (${window(counts)}) > 0)`;

const quantity = (resource) => inRange(`namespace:allocated:sum1h{resource="${resource}", ${C}}`);

export default dashboard({
  uid: 'namespend-unit-cost',
  question: 'What does it cost per unit?',
  description: 'Cost of an order, a customer, a million AI tokens: whatever you count. And of a core and a GiB per hour.',
  variables: [oneOrAll('unit', 'Unit', 'What is counted.', `label_values(unit:count:sum1h{${C}}, unit)`)],
  panels: [
    stat({
      title: 'Cost per unit in the time range',
      description:
        'Cost in the time range divided by what was counted in it: the total cost, or that of the team that the count names.',
      width: 6,
      height: 5,
      decimals: 4,
      empty: missing,
      queries: [{ expr: unitCost(inRange), legend: '{{unit}} {{team}}' }],
    }),
    stat({
      title: 'Cost per core-hour, all included',
      description:
        'Total cost in the time range divided by the core-hours that namespaces were charged for: what a core-hour costs including memory and all shared cost.',
      width: 6,
      height: 5,
      decimals: 4,
      empty: 'Nothing recorded in this range',
      queries: [{ expr: `sum(${inRange(whole)}) / (sum(${quantity('cpu')}) > 0)`, legend: 'an hour' }],
    }),
    stat({
      title: 'Cost per namespace and day',
      description: 'Total cost in the time range divided by the days that namespaces existed in it.',
      width: 6,
      height: 5,
      empty: 'Nothing recorded in this range',
      queries: [{ expr: `24 * sum(${inRange(whole)}) / sum(count_over_time(namespace:cost:sum1h{${C}}[$__range]))`, legend: 'a day' }],
    }),
    stat({
      title: 'Cost of a node and day',
      description: 'Average cost of a node now.',
      width: 6,
      height: 5,
      empty: 'Nothing recorded in this range',
      queries: [{ expr: `24 * avg(max by (cluster, node) (node_total_hourly_cost{${C}}))`, legend: 'a day' }],
    }),
    graph({
      title: 'Cost per unit by day',
      description: 'Per UTC day; the last bar is today so far. A day on which nothing was counted has no bar.',
      width: 24,
      as: 'line',
      decimals: 4,
      interval: '1d',
      empty: missing,
      queries: [{ expr: unitCost(ofDay), legend: '{{unit}} {{team}}' }],
    }),
    table({
      title: 'Units in the time range',
      description: 'What was counted in the time range, what that cost, and the cost per unit.',
      width: 24,
      empty: missing,
      columns: [
        labelled('unit', 'Unit'),
        labelled('team', 'Team'),
        figures('Count', `sum by (unit, team) (${inRange(counts)})`, { unit: 'short', decimals: 0 }),
        figures('Cost', `sum by (unit, team) (0 * sum by (unit, team) (${inRange(counts)}) + on (team) group_left () ${costs(inRange)})`),
        figures('Cost of one', unitCost(inRange), { decimals: 6 }),
      ],
    }),
    words({
      title: 'How to count a unit',
      description: 'The one series that this dashboard requires.',
      width: 24,
      height: 12,
      content: `Record what you count, once an hour, as \`unit:count:sum1h\`: the count of the last hour, with the label \`unit\`. Add \`team\` where one team
bears the cost; without it the cost of everything is divided. Use an interval of one hour, so that each hour is there once.

\`\`\`yaml
groups:
  - name: unit-counts
    interval: 1h
    rules:
      - record: unit:count:sum1h
        labels: {unit: order, team: payments}
        expr: sum by (cluster) (increase(orders_completed_total[1h]))
      - record: unit:count:sum1h          # customers: those of the hour, over the hours of a day
        labels: {unit: customer-day}
        expr: count by (cluster) (customer_active) / 24
      - record: unit:count:sum1h          # OpenTelemetry's convention for generative AI; a million tokens
        labels: {unit: million tokens, team: search}
        expr: sum by (cluster) (increase(gen_ai_client_token_usage_sum[1h])) / 1e6
\`\`\`

The digest reads the same series: \`unitCosts: [{name: order, series: 'unit:count:sum1h{unit="order"}', team: payments}]\`.`,
    }),
  ],
});
