import {
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableHide,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { C, datasource } from './queries.js';

const all = { selected: true, text: 'All', value: '$__all' };
const allOfMany = { selected: true, text: ['All'], value: ['$__all'] };

export const source = () =>
  new DatasourceVariableBuilder('datasource')
    .label('Data source')
    .description('The Prometheus (or Thanos, Mimir) that has the recorded series.')
    .type('prometheus')
    .current({ selected: true, text: 'default', value: 'default' });

function fromQuery(name, label, description, query) {
  return new QueryVariableBuilder(name)
    .label(label)
    .description(description)
    .datasource(datasource)
    .query(query)
    .definition(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalCaseInsensitiveAsc);
}

/** One value that has to be chosen; the first at the beginning. */
export const one = (name, label, description, query) =>
  fromQuery(name, label, description, query).includeAll(false).multi(false);

/** One or all. */
export const oneOrAll = (name, label, description, query) =>
  fromQuery(name, label, description, query)
    .includeAll(true)
    .allValue('.*')
    .multi(false)
    .current(all);

/** Several or all. */
export const many = (name, label, description, query) =>
  fromQuery(name, label, description, query)
    .includeAll(true)
    .allValue('.*')
    .multi(true)
    .current(allOfMany);

/** What queries need and nobody chooses: all values that the query finds. */
export const hidden = (name, description, query, regex) => {
  const builder = fromQuery(name, name, description, query)
    .sort(VariableSort.Disabled)
    .hide(VariableHide.HideVariable)
    .includeAll(true)
    .multi(true)
    .current(allOfMany);
  return regex ? builder.regex(regex) : builder;
};

export const cluster = () =>
  oneOrAll(
    'cluster',
    'Cluster',
    'Leave it at All if there is only one cluster, or no label cluster.',
    'label_values(cluster:cost_hourly:sum, cluster)',
  );

export const team = () =>
  one(
    'team',
    'Team',
    'Owner by label of workload or namespace, otherwise by the policy.',
    `label_values({__name__=~"namespace_owner:cost_hourly:sum|team:cost_hourly:sum", job="", ${C}}, team)`,
  );

export const namespace = (build = one) =>
  build('namespace', 'Namespace', 'As in Kubernetes.', `label_values(namespace:cost_hourly:sum{${C}}, namespace)`);
