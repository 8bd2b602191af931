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

const difference = ([left, right]) => `((sum(${left}) or vector(0)) - (sum(${right}) or vector(0)))`;
const delta = (selector) => difference([inRange(selector), before(selector)]);

/**
 * A change told apart: rows with the label `reason` whose values add up to the last row, which is asked for by itself. CPU, memory and
 * GPUs changed by their quantities, at the prices of the span before, and by their prices, at the quantities of this one.
 *
 * @param matchers of the ledger's lines, and of the quantities that were charged for
 * @param whole the change
 * @param ours makes lines or quantities by cluster and namespace those that are ours: now, and before
 */
export function reasons(matchers, whole, ours = [(expr) => expr, (expr) => expr]) {
  const lines = (which) =>
    difference(
      [inRange, before].map((span, i) => ours[i](sumBy('cluster, namespace', span(`ledger_line:cost:sum1h{${which}, ${matchers}}`)))),
    );
  return reasonRows(whole, {
    ...computeReasons(matchers, ours),
    'share of idle capacity': lines('pool="idle"'),
    'share of common costs': lines('pool!~"|idle"'),
    'storage, network and services': lines('resource!~"cpu|memory|gpu", pool=""'),
  });
}

/**
 * The same of everything. Lines of a thousand namespaces would take seconds: those of the chosen ones are told apart, pools are read as
 * a whole, and the rest is what is left.
 *
 * @param chosen matchers of the namespaces that changed most
 */
export function reasonsOfAll(chosen) {
  const whole = delta(`cluster:cost:sum1h{${C}}`);
  const pools = delta(`pool:cost:sum1h{${C}}`);
  const idle = delta(`pool:cost:sum1h{pool="idle", ${C}}`);
  return reasonRows(whole, {
    ...computeReasons(`${chosen}, ${C}`, [(expr) => expr, (expr) => expr]),
    'share of idle capacity': idle,
    'share of common costs': `${pools} - ${idle}`,
    'all else, other namespaces included': `${whole} - ${pools} - ${delta(`ledger_line:cost:sum1h{${compute}, ${chosen}, ${C}}`)}`,
  });
}

function computeReasons(matchers, ours) {
  const by = 'cluster, namespace, resource';
  const [now, then, many, few] = [`ledger_line:cost:sum1h{${compute}, ${matchers}}`, `namespace:allocated:sum1h{${matchers}}`].flatMap(
    (selector) => [inRange, before].map((span, i) => `(${ours[i](sumBy(by, span(selector)))})`),
  );
  const priced = `sum(${now} - ${then} / (${few} > 0) * ${many})`;
  return {
    'prices': priced,
    'requests and usage': `(sum(${now} and ${then} > 0) - sum(${then} and ${now} > 0)) - (${priced} or vector(0))`,
    'new and gone namespaces': difference([`${now} unless ${then} > 0`, `${then} unless ${now} > 0`]),
  };
}

function reasonRows(whole, rows) {
  const all = Object.entries({ ...rows, 'all of the change': whole })
    .map(([reason, expr]) => `label_replace(${expr}, "reason", "${reason}", "", "")`)
    .join(' or ');
  return comparable('reason', `(${all})`);
}
