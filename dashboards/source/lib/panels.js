// What all panels have in common: one call builds one panel, from its question to its unit.
//
// `unit: 'money'` (the default) makes figures amounts in the installation's currency. `empty` says why a
// panel may have nothing to show; it stands there instead of the figure.
import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  GraphDrawStyle,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizOrientation,
  VizTextDisplayOptionsBuilder,
  VizTooltipOptionsBuilder,
  PercentChangeColorMode,
} from '@grafana/grafana-foundation-sdk/common';
import { FieldColorBuilder, FieldColorModeId, RowBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as BarChart } from '@grafana/grafana-foundation-sdk/barchart';
import { PanelBuilder as Stat } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as StateTimeline } from '@grafana/grafana-foundation-sdk/statetimeline';
import { PanelBuilder as Text } from '@grafana/grafana-foundation-sdk/text';
import { PanelBuilder as TimeSeries } from '@grafana/grafana-foundation-sdk/timeseries';
import { countedTarget, countedTransformation, currencyTarget, currencyTransformation, noCurrency } from './currency.js';
import { fixedColors, noSteps } from './palette.js';
import { datasource, query } from './queries.js';

/** Makes an object of the JSON model what the SDK's methods take. */
export const built = (object) => ({ build: () => object });

const refId = (index) => String.fromCharCode(65 + index);

/** Of a panel of any kind: what it says, where it gets it, how large it is. */
export function common(panel, { title, description, width, height, unit = 'money', decimals, empty }) {
  panel.title(title).description(description).span(width).height(height).datasource(datasource);
  panel.unit(unit === 'money' ? noCurrency : unit);
  if (decimals !== undefined || unit === 'money') {
    panel.decimals(decimals ?? 2);
  }
  if (empty) {
    panel.noValue(empty);
  }
  if (unit === 'money') {
    panel.withTransformation(currencyTransformation);
  }
  return panel;
}

function targets(panel, { queries, unit = 'money' }, range) {
  queries.forEach(({ expr, legend = '', trend = false }, index) =>
    panel.withTarget(query(expr, { refId: refId(index), legend, range: range || trend })),
  );
  if (unit === 'money') {
    panel.withTarget(currencyTarget());
  }
}

/** Other units, steps and links of one of several figures; only of those that have the label that a link needs. */
function exceptions(panel, queries) {
  queries.forEach(({ legend, unit, decimals, thresholds, links }, index) => {
    const properties = [];
    if (unit) properties.push({ id: 'unit', value: unit });
    if (decimals !== undefined) properties.push({ id: 'decimals', value: decimals });
    if (thresholds) properties.push({ id: 'thresholds', value: thresholds });
    if (links) properties.push({ id: 'links', value: links });
    if (properties.length && legend.includes('{{')) panel.overrideByQuery(refId(index), properties);
    else if (properties.length) panel.overrideByName(legend, properties);
  });
}

/** One or a few figures at the end of the time range; one with a `trend` shows how it came there. */
export function stat({ height = 4, thresholds = noSteps, links, counted, ...options }) {
  if (!options.empty || options.empty === '–') {
    throw new Error(`${options.title} does not say why it may be empty`);
  }
  const panel = common(new Stat(), { height, ...options });
  targets(panel, options, false);
  exceptions(panel, options.queries);
  if (counted) {
    panel.withTarget(countedTarget(counted)).withTransformation(countedTransformation);
  }
  if (links) {
    panel.dataLinks(links.map(built));
  }
  const colored = thresholds !== noSteps || options.queries.some((q) => q.thresholds);
  const several = options.queries.length > 1 || options.queries[0].legend.includes('{{');
  if (several) {
    // Grafana makes them as large as fits the first, and cuts a longer one.
    panel.text(new VizTextDisplayOptionsBuilder().titleSize(13).valueSize(22));
  }
  const trends = options.queries.some((q) => q.trend);
  if (trends) {
    // Hours, as they are recorded: the last point is then the figure that tables show.
    panel.interval('1h').maxDataPoints(1000);
  }
  return panel
    .thresholds(built(thresholds))
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
    .colorMode(colored ? BigValueColorMode.Value : BigValueColorMode.None)
    .graphMode(trends ? BigValueGraphMode.Area : BigValueGraphMode.None)
    .textMode(several ? BigValueTextMode.ValueAndName : BigValueTextMode.Value)
    .percentChangeColorMode(PercentChangeColorMode.Inverted)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false).fields(''));
}

const look = {
  line: { style: GraphDrawStyle.Line, fill: 10, width: 2, stack: StackingMode.None },
  area: { style: GraphDrawStyle.Line, fill: 70, width: 1, stack: StackingMode.Normal },
};

/** A graph over time; `as` is line or area (stacked). */
export function graph({ height = 9, as = 'line', interval = '1m', links, min = 0, points = 500, ...options }) {
  const { style, fill, width, stack } = look[as];
  const panel = common(new TimeSeries(), { height, ...options });
  targets(panel, options, true);
  exceptions(panel, options.queries);
  fixedColors(options.queries.map((q) => q.legend)).forEach((override) => panel.withOverride(override));
  if (links) {
    panel.dataLinks(links.map(built));
  }
  if (min !== null) {
    panel.min(min);
  }
  return panel
    .interval(interval)
    .maxDataPoints(points)
    .thresholds(built(noSteps))
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassicByName))
    .drawStyle(style)
    .fillOpacity(fill)
    .lineWidth(width)
    .showPoints(VisibilityMode.Never)
    .stacking(new StackingConfigBuilder().mode(stack).group('A'))
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true)
        .calcs([]),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending));
}

/**
 * A stacked bar for each UTC day. A bar is its day: what is under the pointer is what the tooltip tells, the total first and then its
 * parts, the largest first, and a click offers the links of the part that was clicked.
 *
 * @param total the query of the whole, which only the tooltip shows
 */
export function days({ height = 10, total, ...options }) {
  const panel = common(new BarChart(), { height, ...options });
  const queries = total ? [...options.queries, { expr: total, legend: 'total' }] : options.queries;
  targets(panel, { ...options, queries }, true);
  exceptions(panel, queries);
  fixedColors(queries.map((q) => q.legend)).forEach((override) => panel.withOverride(override));
  panel.overrideByName('Time', [{ id: 'unit', value: 'time:ddd D MMM' }]);
  if (total) {
    panel.overrideByName('total', [{ id: 'custom.hideFrom', value: { viz: true, legend: true, tooltip: false } }]);
  }
  return panel
    .interval('1d')
    .maxDataPoints(1000)
    .thresholds(built(noSteps))
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassicByName))
    .xField('Time')
    .orientation(VizOrientation.Vertical)
    .stacking(StackingMode.Normal)
    .showValue(VisibilityMode.Never)
    .xTickLabelSpacing(100)
    .groupWidth(0.8)
    .barWidth(0.9)
    .lineWidth(0)
    .fillOpacity(90)
    .min(0)
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true)
        .calcs([]),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending));
}

/** One line for each series, coloured by value over time. */
export function timeline({ height = 8, interval = '10m', thresholds, ...options }) {
  const panel = common(new StateTimeline(), { height, ...options });
  targets(panel, options, true);
  return panel
    .interval(interval)
    .maxDataPoints(300)
    .thresholds(built(thresholds))
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
    .mergeValues(true)
    .fillOpacity(80)
    .lineWidth(0)
    .legend(new VizLegendOptionsBuilder().showLegend(false).displayMode(LegendDisplayMode.List).placement(LegendPlacement.Bottom).calcs([]));
}

/** Words in Markdown. */
export function words({ title, description, width, height, content }) {
  return new Text().title(title).description(description).span(width).height(height).mode('markdown').content(content);
}

export const row = (title) => new RowBuilder(title);
