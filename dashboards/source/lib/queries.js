import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';

export const datasource = { type: 'prometheus', uid: '${datasource}' };

/** Selects the chosen clusters; a series without a label `cluster` is in all of them. */
export const C = 'cluster=~"$cluster"';

export const hoursOfAMonth = 730;

export function query(expr, { refId, legend, table = false, range = false } = {}) {
  const builder = new DataqueryBuilder()
    .datasource(datasource)
    .expr(expr)
    .format(table ? PromQueryFormat.Table : PromQueryFormat.TimeSeries)
    .refId(refId);
  if (legend !== undefined) {
    builder.legendFormat(legend);
  }
  return range ? builder.range() : builder.instant();
}

/** Sums hourly rollups over the time range, or over the span of the same length before it. */
export const inRange = (selector) => `sum_over_time(${selector}[$__range])`;
export const before = (selector) => `sum_over_time(${selector}[$__range] offset $__range)`;

/** Sums them over the UTC day that begins at each point: Grafana puts points at midnight. */
export const ofDay = (selector) => `sum_over_time(${selector}[1d] offset -1d)`;

/** A label's values, with a word for the empty one. */
export const named = (expr, label, word) => `label_replace(${expr}, "${label}", "${word}", "${label}", "")`;
