import { DashboardLinkBuilder, DashboardLinkType } from '@grafana/grafana-foundation-sdk/dashboard';

/** The bar on every dashboard: all others, with the same variables and time range. */
export const bar = () =>
  new DashboardLinkBuilder('Namespend')
    .type(DashboardLinkType.Dashboards)
    .tags(['namespend'])
    .asDropdown(true)
    .includeVars(true)
    .keepTime(true)
    .icon('external link');

/** The value of a table's column in the clicked row, for a variable. */
export const cell = (title) => `\${__data.fields.${title}:percentencode}`;

/** The label of the clicked series. */
export const label = (name) => `\${__field.labels.${name}:percentencode}`;

/**
 * A link to another dashboard that keeps data source, clusters and time range.
 *
 * @param variables what to set there: values, or null to keep the value from here
 */
export function to(uid, title, variables = {}) {
  const chosen = Object.entries(variables).map(([name, value]) =>
    value === null ? `\${${name}:queryparam}` : `var-${name}=${value}`,
  );
  const cluster = 'cluster' in variables ? [] : ['${cluster:queryparam}'];
  const parameters = ['${datasource:queryparam}', ...cluster, ...chosen, '${__url_time_range}'];
  return { title, url: `/d/${uid}?${parameters.join('&')}`, targetBlank: false };
}
