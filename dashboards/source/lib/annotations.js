import { AnnotationQueryBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { orange, purple, sky } from './palette.js';
import { C, datasource } from './queries.js';

function events({ name, expr, title, text, tags, color, enable = true }) {
  return new AnnotationQueryBuilder()
    .name(name)
    .datasource(datasource)
    .enable(enable)
    .hide(false)
    .iconColor(color)
    .expr(expr)
    .step('5m')
    .titleFormat(title)
    .textFormat(text)
    .tagKeys(tags)
    .useValueForTime(false);
}

/** Changed Deployments, from kube-state-metrics; scaling counts too. Nothing is shown without it. */
export const rollouts = (selector) =>
  events({
    name: 'Rollouts',
    expr: `sum by (namespace, deployment) (changes(kube_deployment_status_observed_generation{${C}, ${selector}}[$__rate_interval])) > 0`,
    title: 'Deployment changed',
    text: '{{namespace}}/{{deployment}}',
    tags: 'namespace',
    color: sky,
  });

/** Budget alerts while they fire. Those of teams and cost centers belong to all clusters. */
export const budgetBreaches = () =>
  events({
    name: 'Budget breaches',
    expr: 'max by (alertname, scope, name) (ALERTS{alertstate="firing", topic=~"budget|guard", cluster=~"$cluster|"})',
    title: '{{alertname}}',
    text: '{{scope}} {{name}}',
    tags: 'alertname',
    color: orange,
  });

/** Prices of nodes that were there before: not nodes that came or went. */
export const priceChanges = () =>
  events({
    name: 'Price changes',
    expr: `max by (cluster, instance_type) (max_over_time(instance_type:price_changes:count{${C}}[$__rate_interval]))`,
    title: 'Node prices changed',
    text: '{{instance_type}} {{cluster}}',
    tags: 'instance_type',
    color: purple,
  });
