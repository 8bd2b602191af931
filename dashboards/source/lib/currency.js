// Grafana replaces no variables in units. So each panel of money asks which currency it is, and the
// transformation "Config from query results" makes the answer the unit of all figures.
import * as units from '@grafana/grafana-foundation-sdk/units';
import { query } from './queries.js';

/** What figures have until the answer is there, and where it may not be read. */
export const noCurrency = 'short';

const known = Object.values(units)
  .map((unit) => /^currency([A-Z]{3})$/.exec(unit)?.[1])
  .filter(Boolean)
  .sort()
  .join('|');

// A currency that Grafana has no symbol for stands in front of the figure as it is. The value is not
// used and not a number, so that it is never taken for an amount.
const expr =
  'label_replace(label_replace(max by (currency) (namespend_currency_info) * NaN,' +
  ' "unit", "currency:$1 ", "currency", "(.*)"),' +
  ` "unit", "currency$1", "currency", "(${known})")`;

export const currencyTarget = () => query(expr, { refId: 'currency', table: true });

const unitOf = (refId) => ({
  id: 'configFromData',
  options: {
    configRefId: refId,
    mappings: [{ fieldName: 'unit', handlerKey: 'unit', reducerId: 'lastNotNull' }],
  },
});

export const currencyTransformation = unitOf('currency');

/** "of 3" behind a number of things, where there are so many. */
export const countedTarget = (count) =>
  query(`label_replace(count_values("n", ${count}) * NaN, "unit", "suffix:of $1", "n", "(.*)")`, { refId: 'counted', table: true });

export const countedTransformation = unitOf('counted');
