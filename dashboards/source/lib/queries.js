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

export const sumBy = (labels, expr) => `sum by (${labels}) (${expr})`;

const coverage = `cluster:coverage:ratio1h{${C}}`;
const covered = (one, other) => `(sum by (cluster) (${one(coverage)}) or 0 * sum by (cluster) (${other(coverage)}))`;

/** Clusters with figures for too few minutes of the time range, or of the span before. */
const incomparable =
  '(' +
  `min by (cluster) (label_replace(${covered(inRange, before)}, "span", "now", "", "")` +
  ` or label_replace(${covered(before, inRange)}, "span", "before", "", ""))` +
  ' / ($__range_s / 3600) < on () group_left () namespend:threshold:max{threshold="comparable"})';

/** A change, where the spans can be compared. A data source that sees no coverage shows it in any case. */
export const comparable = (labels, expr) =>
  `(${expr} unless on (${labels.split(', ').includes('cluster') ? 'cluster' : ''}) ${incomparable})`;

/** Hourly rollups of the time range less those of the span before: what is new cost nothing then, and what is gone nothing now. */
export function change(labels, selector) {
  const now = sumBy(labels, inRange(selector));
  const then = sumBy(labels, before(selector));
  return comparable(labels, `((${now} or 0 * ${then}) - (${then} or 0 * ${now}))`);
}

/** The same as a share of the span before, of what was there. */
export const relativeChange = (labels, selector) =>
  comparable(labels, `${sumBy(labels, inRange(selector))} / (${sumBy(labels, before(selector))} > 0) - 1`);

/** What descriptions of changes say. */
export const onlyComparable =
  'No change is shown if either period has figures for less than 90% of its minutes (the threshold `comparable`).';

/** And those of amounts of the month. */
export const monthWithGaps =
  'So far is what was measured, of that share of the month. Expected and budgets are based on an estimate, which assumes that hours without figures cost as much as the others.';

/** How much of requested CPU and memory is used, in money; `metric` has the labels resource and basis. */
export function usedOfRequested(labels, metric, matchers) {
  const basis = (name) => sumBy(labels, `${metric}{basis="${name}", resource!="gpu", ${matchers}}`);
  return `${basis('usage')} / on (${labels}) (${basis('request')} > 0)`;
}

/** A label's values, with a word for the empty one. */
export const named = (expr, label, word) => `label_replace(${expr}, "${label}", "${word}", "${label}", "")`;

const compute = 'resource=~"cpu|memory|gpu", pool=""';

/**
 * A change told apart: rows with the label `reason` whose values add up to it. CPU, memory and GPUs changed by their quantities, at
 * the prices of the span before, and by their prices, at the quantities of this one.
 *
 * @param matchers of the ledger's lines, and of the quantities that were charged for
 * @param ours makes lines or quantities by cluster, namespace and what `inWhich` says those that are ours: now, and before
 * @param rest more of the change, that no line with these matchers has
 */
export function reasons(matchers, { ours = [(expr) => expr, (expr) => expr], rest = '' } = {}) {
  const by = 'cluster, namespace, resource';
  const spans = [inRange, before];
  const lines = (which, labels = 'cluster, namespace') =>
    spans.map((span, i) => `(${ours[i](sumBy(labels, span(`ledger_line:cost:sum1h{${which}, ${matchers}}`)))})`);
  const [now, then] = lines(compute, by);
  const [many, few] = spans.map((span, i) => `(${ours[i](sumBy(by, span(`namespace:allocated:sum1h{${matchers}}`)))})`);
  const both = `(sum(${now} and ${then} > 0) - sum(${then} and ${now} > 0))`;
  const priced = `sum(${now} - ${then} / (${few} > 0) * ${many})`;
  const difference = ([left, right]) => `((sum(${left}) or vector(0)) - (sum(${right}) or vector(0)))`;
  const rows = {
    'prices': priced,
    'requests and usage': `${both} - (${priced} or vector(0))`,
    'new and gone namespaces': difference([`${now} unless ${then} > 0`, `${then} unless ${now} > 0`]),
    'share of idle capacity': difference(lines('pool="idle"')),
    'share of common costs': difference(lines('pool!~"|idle"')),
    'storage, network and services': `${difference(lines('resource!~"cpu|memory|gpu", pool=""'))}${rest}`,
  };
  const all = Object.entries(rows)
    .map(([reason, expr]) => `label_replace(${expr}, "reason", "${reason}", "", "")`)
    .join(' or ');
  return comparable('reason', `(${all})`);
}
