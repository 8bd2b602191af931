import { TableCellHeight, TableFooterOptionsBuilder, TableSortByFieldStateBuilder } from '@grafana/grafana-foundation-sdk/common';
import { FieldColorBuilder, FieldColorModeId } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as Table } from '@grafana/grafana-foundation-sdk/table';
import { currencyTarget } from './currency.js';
import { bad, blue, noSteps, warning } from './palette.js';
import { built, common } from './panels.js';
import { query } from './queries.js';

/** A column of a label that the queries keep. */
export const labelled = (label, title, options = {}) => ({ label, title, ...options });

/** A column of figures, from a query of its own; all queries of a table keep the same labels. A hidden one only brings its labels. */
export const figures = (title, expr, options = {}) => ({ expr, title, ...options });

/**
 * Rows of labels with figures at the end of the time range.
 *
 * @param columns in order, `labelled` and `figures`
 * @param sort title of the column that is sorted by, the largest first
 */
export function table({ height = 9, columns, sort, ascending = false, ...options }) {
  const panel = common(new Table(), { height, ...options });
  if (options.empty) {
    // The reason stands for the whole table; a single cell has a dash.
    panel.overrideByRegexp('/.*/', [{ id: 'noValue', value: '–' }]);
  }
  const isMoney = (options.unit ?? 'money') === 'money';
  const hasManyFrames = isMoney || columns.filter((column) => column.expr).length > 1;
  const names = {};
  const order = {};
  const excluded = { Time: true };
  let figure = 0;
  columns.forEach((column, index) => {
    let name = column.label;
    if (column.expr) {
      const refId = String.fromCharCode(65 + figure++);
      const isFirst = figure === 1;
      const expr = isFirst && hasManyFrames && isReason(options.empty) ? orReason(column.expr, columns, options.empty) : column.expr;
      panel.withTarget(query(expr, { refId, table: true }));
      name = `Value #${refId}`;
    }
    names[name] = column.title;
    order[name] = index;
    if (column.hidden) {
      excluded[name] = true;
      excluded.Value = true;
    }
    const properties = exceptions(column);
    if (properties.length) {
      panel.overrideByName(column.title, properties);
    }
  });
  if (figure === 1) {
    // Grafana's name for the only figures there are.
    names.Value = names['Value #A'];
  }
  if (isMoney) {
    panel.withTarget(currencyTarget());
  }
  if (figure > 1) {
    panel.withTransformation({ id: 'merge', options: {} });
  }
  panel.withTransformation({
    id: 'organize',
    options: { excludeByName: excluded, indexByName: order, renameByName: names },
  });
  if (sort) {
    panel.sortBy([new TableSortByFieldStateBuilder().displayName(sort).desc(!ascending)]);
  }
  return panel
    .thresholds(built(noSteps))
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
    .noValue(options.empty ?? '–')
    // Grafana's 150 would push the last of six columns out of half a dashboard.
    .minWidth(80)
    .showHeader(true)
    .cellHeight(TableCellHeight.Sm)
    // Rows scroll: a pager for one page takes the place of two.
    .footer(new TableFooterOptionsBuilder().show(false).reducer(['sum']).enablePagination(false));
}

const isReason = (text) => text !== undefined && text !== '–';

/**
 * A row that says why there is none. Grafana shows a table's own text for that only where no query has a frame, and merged
 * frames, or that of the currency, leave a head without rows.
 */
function orReason(expr, columns, reason) {
  const { label } = columns.find((column) => column.label && column.label !== 'cluster');
  return `${expr}\nor on () label_replace(vector(0), "${label}", "${reason}", "", "")`;
}

function exceptions({ unit, decimals, thresholds, mappings, links, width, gauge }) {
  const properties = [];
  if (unit) properties.push({ id: 'unit', value: unit });
  if (decimals !== undefined) properties.push({ id: 'decimals', value: decimals });
  if (thresholds) properties.push({ id: 'thresholds', value: thresholds });
  if (mappings) properties.push({ id: 'mappings', value: mappings });
  if (gauge) {
    properties.push({ id: 'min', value: 0 }, { id: 'max', value: 1 });
    properties.push({ id: 'custom.cellOptions', value: { type: 'gauge', mode: 'basic', valueDisplayMode: 'text' } });
    if (!thresholds) properties.push({ id: 'color', value: { mode: 'fixed', fixedColor: blue } });
  } else if (thresholds || mappings) {
    properties.push({ id: 'custom.cellOptions', value: { type: 'color-text' } });
  }
  if (links) properties.push({ id: 'links', value: links });
  if (width) properties.push({ id: 'custom.width', value: width });
  return properties;
}

/** A share as a bar that is full at 1, with its figure in the colour of text. */
export const share = (title, expr, options = {}) => figures(title, expr, { unit: 'percentunit', decimals: 1, gauge: true, ...options });

/**
 * What a whole consists of: the parts, the largest first, and each one's share of all of them.
 *
 * @param label whose values are the parts
 * @param amount column of the amounts
 * @param part their query, by that label only
 * @param extra columns at the end
 */
export const parts = ({ label, name, amount = 'Cost', part, links, extra = [], ...options }) =>
  table({
    sort: amount,
    ...options,
    columns: [
      labelled(label, name, { links }),
      figures(amount, part),
      share('Share', `(${part}) / on () group_left () (sum(${part}) > 0)`),
      ...extra,
    ],
  });

/** The cluster of a row; a click shows only that one. The column is there where the label is. */
export const clusterColumn = (uid) =>
  labelled('cluster', 'Cluster', {
    links: [
      {
        title: 'Only ${__data.fields.Cluster}',
        url: `/d/${uid}?\${datasource:queryparam}&var-cluster=\${__data.fields.Cluster:percentencode}&\${__url_time_range}`,
        targetBlank: false,
      },
    ],
  });

/** A price's source; a guess stands out. */
export const sourceMappings = (() => {
  const colored = (pattern, color, index) => ({ type: 'regex', options: { pattern, result: { color, index } } });
  return [colored('.*fallback.*', bad, 0), colored('.*estimate.*', warning, 1)];
})();

/** A month's number as its name. */
export const monthMappings = [
  {
    type: 'value',
    options: Object.fromEntries(
      'January February March April May June July August September October November December'
        .split(' ')
        .map((text, index) => [String(index + 1), { text, index }]),
    ),
  },
];

/** Why a cost changed: the parts, the largest first, and the whole change. */
export const why = ({ reasons, ...options }) =>
  table({
    title: 'Why did it change in the time range?',
    sort: 'Change',
    empty: 'Nothing to compare with',
    ...options,
    columns: [
      labelled('reason', 'Reason'),
      figures('Change', reasons),
    ],
  });
