// What all panels have in common: one call builds one panel, from its question to its unit.
//
// `unit: 'money'` (the default) makes figures amounts in the installation's currency. `empty` says why a
// panel may have nothing to show; it stands there instead of the figure.
import {
  BarAlignment,
  BarGaugeDisplayMode,
  BarGaugeNamePlacement,
  BarGaugeSizing,
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  GraphDrawStyle,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
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
import { PanelBuilder as BarGauge } from '@grafana/grafana-foundation-sdk/bargauge';
import { PanelBuilder as Stat } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as StateTimeline } from '@grafana/grafana-foundation-sdk/statetimeline';
import { PanelBuilder as Text } from '@grafana/grafana-foundation-sdk/text';
import { PanelBuilder as TimeSeries } from '@grafana/grafana-foundation-sdk/timeseries';
import { currencyTarget, currencyTransformation, noCurrency } from './currency.js';
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
  queries.forEach(({ expr, legend = '' }, index) =>
    panel.withTarget(query(expr, { refId: refId(index), legend, range })),
  );
  if (unit === 'money') {
    panel.withTarget(currencyTarget());
  }
}

/** Other units, steps and links of one of several figures. */
function exceptions(panel, queries) {
  for (const { legend, unit, decimals, thresholds, links } of queries) {
    const properties = [];
    if (unit) properties.push({ id: 'unit', value: unit });
    if (decimals !== undefined) properties.push({ id: 'decimals', value: decimals });
    if (thresholds) properties.push({ id: 'thresholds', value: thresholds });
    if (links) properties.push({ id: 'links', value: links });
    if (properties.length) panel.overrideByName(legend, properties);
  }
}

/** One or a few figures at the end of the time range. */
export function stat({ height = 4, thresholds = noSteps, links, ...options }) {
  const panel = common(new Stat(), { height, ...options });
  targets(panel, options, false);
  exceptions(panel, options.queries);
  if (links) {
    panel.dataLinks(links.map(built));
  }
  const colored = thresholds !== noSteps || options.queries.some((q) => q.thresholds);
  const several = options.queries.length > 1 || options.queries[0].legend.includes('{{');
  if (several) {
    // Grafana makes them as large as fits the first, and cuts a longer one.
    panel.text(new VizTextDisplayOptionsBuilder().titleSize(13).valueSize(22));
  }
  return panel
    .thresholds(built(thresholds))
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
    .colorMode(colored ? BigValueColorMode.Value : BigValueColorMode.None)
    .graphMode(BigValueGraphMode.None)
    .textMode(several ? BigValueTextMode.ValueAndName : BigValueTextMode.Value)
    .percentChangeColorMode(PercentChangeColorMode.Inverted)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false).fields(''));
}

/** Bars to compare, the longest as long as the panel is wide. */
export function bars({ height = 8, thresholds, links, ...options }) {
  const panel = common(new BarGauge(), { height, ...options });
  targets(panel, options, false);
  exceptions(panel, options.queries);
  if (links) {
    panel.dataLinks(links.map(built));
  }
  if (thresholds) {
    panel
      .thresholds(built(thresholds))
      .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds));
  } else {
    panel
      .thresholds(built(noSteps))
      .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassicByName));
    fixedColors(options.queries.map((q) => q.legend)).forEach((override) => panel.withOverride(override));
  }
  return panel
    .displayMode(BarGaugeDisplayMode.Basic)
    .orientation(VizOrientation.Horizontal)
    .showUnfilled(true)
    // Beside its bar a name is cut.
    .namePlacement(BarGaugeNamePlacement.Top)
    .sizing(BarGaugeSizing.Manual)
    .minVizHeight(36)
    .maxVizHeight(48)
    .text(new VizTextDisplayOptionsBuilder().titleSize(13).valueSize(16))
    .min(0)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false).fields(''));
}

const look = {
  line: { style: GraphDrawStyle.Line, fill: 10, width: 2, stack: StackingMode.None },
  area: { style: GraphDrawStyle.Line, fill: 70, width: 1, stack: StackingMode.Normal },
  bars: { style: GraphDrawStyle.Bars, fill: 90, width: 0, stack: StackingMode.Normal },
};

/** A graph over time; `as` is line, area (stacked) or bars (stacked, one for each `interval`). */
export function graph({ height = 9, as = 'line', interval = '1m', links, timeFrom, min = 0, points, ...options }) {
  const { style, fill, width, stack } = look[as];
  const panel = common(new TimeSeries(), { height, ...options });
  targets(panel, options, true);
  exceptions(panel, options.queries);
  fixedColors(options.queries.map((q) => q.legend)).forEach((override) => panel.withOverride(override));
  if (links) {
    panel.dataLinks(links.map(built));
  }
  if (timeFrom) {
    panel.timeFrom(timeFrom);
  }
  if (min !== null) {
    panel.min(min);
  }
  return panel
    .interval(interval)
    .maxDataPoints(points ?? (as === 'bars' ? 1000 : 500))
    .thresholds(built(noSteps))
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassicByName))
    .drawStyle(style)
    .fillOpacity(fill)
    .lineWidth(width)
    .barAlignment(options.centered ? BarAlignment.Center : BarAlignment.After)
    .barWidthFactor(0.9)
    .showPoints(VisibilityMode.Never)
    .stacking(new StackingConfigBuilder().mode(stack).group('A'))
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true)
        .calcs([]),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi));
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
