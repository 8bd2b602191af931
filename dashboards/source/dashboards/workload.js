import { priceChanges, rollouts } from '../lib/annotations.js';
import { cell, to } from '../lib/links.js';
import { graph, stat } from '../lib/panels.js';
import { C, hoursOfAMonth, usedOfRequested } from '../lib/queries.js';
import { clusterColumn, figures, labelled, sourceMappings, table } from '../lib/table.js';
import { namespace, oneOrAll } from '../lib/variables.js';
import { dashboard } from '../lib/dashboard.js';

const W = `workload=~"$workload", namespace="$namespace", ${C}`;
const cost = `workload:cost_hourly:direct{${W}}`;
const basis = (name) => `workload_basis:cost_hourly:sum{basis="${name}", resource!="gpu", ${W}}`;
// Read every four minutes, which is how often workloads are recorded, wherever somebody has another interval too.
const dollars = (expr) => `sum(sum_over_time(${expr}[$__range:4m])) * 4 / 60`;

const podLabels = 'cluster, pod, node, workload_type, workload';
const nodeFacts = 'instance_type, capacity_type, zone, price_source';
const facts = `topk by (cluster, node) (1, max by (cluster, node, ${nodeFacts}) (namespend_node_info{${C}}))`;
const pods = `sum by (${podLabels}) (pod:cost_hourly:direct{${W}})`;
const podsOnNodes = `(${pods} * on (cluster, node) group_left (${nodeFacts}) ${facts} or on (cluster, pod, node) ${pods})`;
const nodePrice = `max by (cluster, node) (node_total_hourly_cost{${C}})`;
const onItsNodes = (expr) =>
  `(${expr} * on (cluster, node) group_left (${nodeFacts}) ${facts} or on (cluster, node) ${expr}) and on (cluster, node) pod:cost_hourly:direct{${W}}`;
const rate = (resource) => onItsNodes(`max by (cluster, node) (node_${resource}_hourly_cost{${C}})`);

export default dashboard({
  uid: 'namespend-workload',
  question: 'Which workload, which pod?',
  description: 'The workloads of a namespace, their pods, and the nodes and prices behind them.',
  from: 'now-24h',
  variables: [
    namespace(),
    oneOrAll('workload', 'Workload', 'Its name; All shows every workload of the namespace.', `label_values(workload:cost_hourly:direct{namespace="$namespace", ${C}}, workload)`),
  ],
  annotations: [rollouts('namespace="$namespace"'), priceChanges()],
  panels: [
    stat({
      title: 'Cost now',
      description:
        'CPU, memory and GPUs of the selected workloads at the prices of their nodes: per hour, and for a month of 730 such hours. Shares of pools, volumes, load balancers and network are the namespace\'s.',
      width: 6,
      empty: 'No pods run',
      queries: [
        { expr: `sum(${cost})`, legend: 'an hour', decimals: 4 },
        { expr: `${hoursOfAMonth} * sum(${cost})`, legend: 'a month' },
      ],
    }),
    stat({
      title: 'Cost in the time range',
      description:
        'What was recorded in the time range, every four minutes. It explains the namespace\'s cost of CPU, memory and GPUs; the statement uses hourly figures.',
      width: 6,
      empty: 'Nothing recorded in this range',
      queries: [{ expr: dollars(cost), legend: 'cost' }],
    }),
    stat({
      title: 'Share of requests used now',
      description: 'By cost, now; above 100% if usage exceeds requests.',
      width: 6,
      unit: 'percentunit',
      decimals: 0,
      empty: 'Nothing is requested',
      queries: [{ expr: usedOfRequested('resource', 'workload_basis:cost_hourly:sum', W), legend: '{{resource}}' }],
    }),
    table({
      title: 'Owner',
      description: 'The workload\'s owner and its source: its own label, its namespace, or the policy\'s default.',
      width: 6,
      height: 4,
      unit: 'none',
      empty: 'No workload of this name runs',
      columns: [
        labelled('team', 'Team', { links: [to('namespend-team', 'What ${__data.fields.Team} spends', { team: cell('Team') })] }),
        labelled('owner_source', 'Said by'),
        figures('Workloads', `count by (team, owner_source) (namespend_workload_owner_info{${W}})`, { unit: 'none', decimals: 0 }),
      ],
    }),
    graph({
      title: 'Requested and used, an hour',
      description: 'Hourly cost of CPU and memory of the selected workloads at the prices of their nodes, as requested and as used.',
      width: 24,
      decimals: 4,
      interval: '4m',
      queries: [
        { expr: `sum(${basis('request')})`, legend: 'requested' },
        { expr: `sum(${basis('usage')})`, legend: 'used' },
      ],
    }),
    table({
      title: 'Workloads now, a month',
      description: 'The selected workloads by cost; a click shows one of them alone.',
      width: 12,
      sort: 'A month',
      empty: 'No pods run',
      columns: [
        labelled('workload', 'Workload', {
          links: [to('namespend-workload', 'Only ${__data.fields.Workload}', { namespace: null, workload: cell('Workload') })],
        }),
        labelled('workload_type', 'Kind'),
        clusterColumn('namespend-workload'),
        figures('A month', `${hoursOfAMonth} * sum by (cluster, workload_type, workload) (${cost})`),
        figures('Requested', `${hoursOfAMonth} * sum by (cluster, workload_type, workload) (${basis('request')})`),
        figures('Used', `${hoursOfAMonth} * sum by (cluster, workload_type, workload) (${basis('usage')})`),
      ],
    }),
    graph({
      title: 'Cost an hour, by resource',
      description: 'Hourly cost of the selected workloads, as charged.',
      width: 12,
      as: 'area',
      decimals: 4,
      interval: '4m',
      queries: [{ expr: `sum by (resource) (${cost})`, legend: '{{resource}}' }],
    }),
    table({
      title: 'Pods, and the nodes they run on',
      description:
        'Each pod\'s hourly cost (CPU, memory and GPUs, as charged), its node, the node\'s hourly price, and its source. Estimated prices are highlighted.',
      width: 24,
      height: 10,
      sort: 'An hour',
      empty: 'No pods run, or the exporter publishes none (--no-pod-series)',
      columns: [
        labelled('pod', 'Pod', { width: 250 }),
        labelled('workload', 'Workload'),
        labelled('workload_type', 'Kind'),
        clusterColumn('namespend-workload'),
        labelled('node', 'Node'),
        labelled('instance_type', 'Type'),
        labelled('capacity_type', 'Capacity'),
        labelled('zone', 'Zone'),
        labelled('price_source', 'Price source', { mappings: sourceMappings, width: 170 }),
        figures('An hour', podsOnNodes, { decimals: 4 }),
        figures('A month', `${hoursOfAMonth} * ${podsOnNodes}`),
        figures('Node an hour', `0 * ${podsOnNodes} + on (cluster, node) group_left () ${nodePrice}`, { decimals: 4 }),
      ],
    }),
    table({
      title: 'Nodes and their prices an hour',
      description:
        'The nodes under the selected workloads: hourly price of a core and of a GiB of memory, price of the whole node, and how much of it these workloads are charged for.',
      width: 24,
      sort: 'An hour',
      empty: 'No pods run, or the exporter publishes none (--no-pod-series)',
      columns: [
        labelled('node', 'Node'),
        clusterColumn('namespend-workload'),
        labelled('instance_type', 'Type'),
        labelled('capacity_type', 'Capacity'),
        labelled('zone', 'Zone'),
        labelled('price_source', 'Price source', { mappings: sourceMappings, width: 170 }),
        figures('Core an hour', rate('cpu'), { decimals: 5 }),
        figures('GiB an hour', rate('ram'), { decimals: 5 }),
        figures('An hour', onItsNodes(nodePrice), { decimals: 4 }),
        figures('Charged here', `0 * (${onItsNodes(nodePrice)}) + on (cluster, node) group_left () sum by (cluster, node) (pod:cost_hourly:direct{${W}}) / on (cluster, node) group_left () ${nodePrice}`, { unit: 'percentunit', decimals: 1 }),
      ],
    }),
  ],
});
