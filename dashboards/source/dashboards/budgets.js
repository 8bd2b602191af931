import { budgetBreaches } from '../lib/annotations.js';
import { cell, to } from '../lib/links.js';
import { graph, stat, timeline } from '../lib/panels.js';
import { budgetSteps, exceededSteps, wholeSteps } from '../lib/palette.js';
import { figures, labelled, table } from '../lib/table.js';
import { many } from '../lib/variables.js';
import { dashboard } from '../lib/dashboard.js';

// Budgets of teams and cost centers belong to no cluster.
const B = 'scope=~"$scope", name=~"$name", cluster=~"$cluster|"';
const amount = `budget:amount:max{${B}}`;
const used = `budget:used:ratio{${B}}`;
const expected = `budget:forecast:ratio{${B}}`;
const labels = 'cluster, scope, name, period, team';
const none = `0 * count(${amount})`;

const month = (expr) => `label_replace(${expr}, "period", "month", "", "")`;
const spent = `label_replace(budget:cost:sum{window=~"day|month", ${B}}, "period", "$1", "window", "(.*)")`;
const withTeam = (expr) => `sum by (${labels}) (${expr} * on (cluster, scope, name, period) group_left (team) (0 * ${amount} + 1))`;

// What is left of the month's budget, at the pace of the last 24 full hours.
const left = `clamp_min(budget:amount:max{period="month", ${B}} - on (cluster, scope, name) group_left () budget:cost:sum{window="month_estimate", ${B}}, 0)`;
const lasts = `${left} / on (cluster, scope, name) group_left () (budget:cost:sum{window="day", ${B}} > 0)`;

export default dashboard({
  uid: 'namespend-budgets',
  question: 'Are we on budget?',
  description: 'Every budget of namespaces, teams and cost centers: used, forecast, and when it was exceeded.',
  from: 'now/M',
  variables: [
    many('scope', 'Budgets of', 'Namespaces, teams or cost centers.', 'label_values(budget:amount:max, scope)'),
    many('name', 'Name', 'Of the namespace, team or cost center.', 'label_values(budget:amount:max{scope=~"$scope"}, name)'),
  ],
  annotations: [budgetBreaches()],
  panels: [
    stat({
      title: 'Budgets exceeded now',
      description: 'Budgets that are used up now: of the day by the last 24 full hours, of the month by the calendar month (UTC) so far, estimated over hours that were not measured.',
      width: 6,
      unit: 'none',
      decimals: 0,
      thresholds: exceededSteps,
      empty: 'No budgets',
      counted: `count(${amount})`,
      queries: [{ expr: `count(${used} >= 1) or ${none}`, legend: 'exceeded' }],
    }),
    stat({
      title: 'Expected to be exceeded this month',
      description: 'Monthly budgets that are not exceeded yet, and are forecast to be.',
      width: 6,
      unit: 'none',
      decimals: 0,
      thresholds: exceededSteps,
      empty: 'No budgets',
      queries: [{ expr: `count(${expected} > 1 unless on (cluster, scope, name) budget:used:ratio{period="month", ${B}} >= 1) or ${none}`, legend: 'expected' }],
    }),
    stat({
      title: 'Budget of the month',
      description: 'All selected monthly budgets added up, and what they cover so far, estimated over hours that were not measured. Budgets of a team and of its namespaces can overlap: this is no cost of the company.',
      width: 6,
      empty: 'No monthly budgets',
      queries: [
        { expr: `sum(budget:amount:max{period="month", ${B}})`, legend: 'budgets' },
        { expr: `sum(budget:cost:sum{window="month_estimate", ${B}} and on (cluster, scope, name) budget:amount:max{period="month", ${B}})`, legend: 'spent' },
      ],
    }),
    stat({
      title: 'Days left in the month',
      description: 'Whole days after today, UTC.',
      width: 6,
      unit: 'none',
      decimals: 0,
      empty: 'Not known',
      queries: [{ expr: 'days_in_month() - day_of_month()', legend: 'days' }],
    }),
    graph({
      title: 'Monthly budgets used',
      description: 'How the month\'s budgets are used up; at 100% a budget is exhausted. A new month starts at zero.',
      width: 24,
      unit: 'percentunit',
      decimals: 0,
      interval: '30m',
      empty: 'No monthly budgets',
      queries: [{ expr: `max by (cluster, scope, name) (budget:used:ratio{period="month", ${B}})`, legend: '{{scope}} {{name}} {{cluster}}' }],
    }),
    table({
      title: 'Budgets of the day and of the month',
      description:
        'Budget and spend: daily by the last 24 full hours, monthly by the calendar month so far. Spent is what was measured; Used includes an estimate for hours of the month that were not measured, and Measured is the measured share. Expected is the month\'s forecast divided by the budget. "Lasts" is how many days the rest lasts at the rate of the last 24 full hours. A click on a name shows the namespace or team.',
      width: 24,
      height: 12,
      sort: 'Used',
      empty: 'No budgets yet: set budgets in the policy, or annotate a namespace (docs/policy.md)',
      columns: [
        labelled('name', 'Name', {
          links: [
            to('namespend-namespace', 'Namespace ${__data.fields.Name}', { namespace: cell('Name') }),
            to('namespend-team', 'Team ${__data.fields.Name}', { team: cell('Name') }),
          ],
        }),
        labelled('scope', 'Of'),
        labelled('period', 'Period'),
        labelled('team', 'Team', { links: [to('namespend-team', 'What ${__data.fields.Team} spends', { team: cell('Team') })] }),
        labelled('cluster', 'Cluster'),
        figures('Budget', `sum by (${labels}) (${amount})`),
        figures('Spent', withTeam(spent)),
        figures('Used', `sum by (${labels}) (${used})`, { unit: 'percentunit', decimals: 0, thresholds: budgetSteps, gauge: true }),
        figures('Expected', `sum by (${labels}) (${month(expected)})`, { unit: 'percentunit', decimals: 0, thresholds: budgetSteps }),
        figures('Pace', `sum by (${labels}) (${month(`budget:burn:ratio{window="day", ${B}}`)})`, { unit: 'percentunit', decimals: 0 }),
        figures('Lasts', withTeam(month(lasts)), { unit: 'suffix:days', decimals: 1 }),
        figures('Measured', withTeam(month(`budget:measured:ratio{${B}}`)), { unit: 'percentunit', decimals: 1, thresholds: wholeSteps }),
      ],
    }),
    timeline({
      title: 'Breaches over time',
      description:
        'Budgets that were at least 80% used at some point in the time range: orange from 80%, vermillion while exceeded.',
      width: 24,
      height: 9,
      unit: 'percentunit',
      decimals: 0,
      interval: '1h',
      thresholds: budgetSteps,
      empty: 'No budget was nearly used',
      queries: [
        {
          expr: `max by (cluster, scope, name, period) (${used}) and on (cluster, scope, name, period) (max_over_time(${used}[$__range:1h] @ end()) >= 0.8)`,
          legend: '{{name}} ({{scope}}, {{period}}) {{cluster}}',
        },
      ],
    }),
  ],
});
