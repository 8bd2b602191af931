import { DashboardBuilder, DashboardCursorSync } from '@grafana/grafana-foundation-sdk/dashboard';
import { bar } from './links.js';
import { guarded } from './origin.js';
import { cluster, source } from './variables.js';

/**
 * A dashboard with what all have: data source and cluster, the bar of links, UTC.
 *
 * @param question its title, which it answers
 * @param variables what can be chosen beside data source and cluster
 * @param annotations what concerns its graphs over time: each is another switch at the top
 */
export function dashboard({ uid, question, description, from = 'now-7d', variables = [], annotations = [], panels }) {
  const builder = new DashboardBuilder(`Namespend / ${question}`)
    .uid(uid)
    .description(`${description} Days and months are calendar days and months in UTC.`)
    .tags(['namespend'])
    .readonly()
    .timezone('utc')
    .time({ from, to: 'now' })
    .refresh('5m')
    .tooltip(DashboardCursorSync.Crosshair)
    .version(1)
    .link(bar());
  [source(), cluster(), ...variables].forEach((variable) => builder.withVariable(variable));
  annotations.forEach((annotation) => builder.annotation(annotation));
  for (const panel of panels) {
    if (panel.constructor.name === 'RowBuilder') {
      builder.withRow(panel);
    } else {
      builder.withPanel(panel);
    }
  }
  return tidied(JSON.parse(JSON.stringify(builder.build())));
}

/**
 * As Grafana 11 to 13 read it: the schema is that of Grafana 11, which newer ones migrate themselves.
 * Panels are numbered, hidden variables stay out of links, links and annotations stay in sight, and what
 * only says what is so anyway is left out.
 */
function tidied(model) {
  model.schemaVersion = 39;
  model.annotations.list ??= [];
  [...model.links, ...model.annotations.list].forEach((shown) => delete shown.placement);
  for (const annotation of model.annotations.list) {
    if (annotation.expr) annotation.expr = guarded(annotation.expr);
  }
  for (const variable of model.templating.list) {
    if (typeof variable.query === 'string') variable.query = guarded(variable.query);
    else if (variable.query?.query) variable.query.query = guarded(variable.query.query);
    if (variable.definition) variable.definition = guarded(variable.definition);
    variable.skipUrlSync = variable.hide === 2;
    ['auto', 'auto_min', 'auto_count', 'allowCustomValue'].forEach((name) => delete variable[name]);
  }
  model.panels.forEach((panel, index) => {
    panel.id = index + 1;
    delete panel.repeatDirection;
    if (!panel.transparent) delete panel.transparent;
    for (const target of panel.targets ?? []) {
      target.expr = guarded(target.expr);
      target.editorMode = 'code';
    }
    for (const [index, step] of (panel.fieldConfig?.defaults?.thresholds?.steps ?? []).entries()) {
      if (index === 0) step.value = null;
    }
    if (panel.fieldConfig?.defaults && panel.type !== 'text') {
      panel.pluginVersion = '11.0.0';
    }
  });
  return model;
}
