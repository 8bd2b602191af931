const pluginNames = {
  barchart: 'Bar chart',
  stat: 'Stat',
  'state-timeline': 'State timeline',
  table: 'Table',
  text: 'Text',
  timeseries: 'Time series',
};

/** A dashboard as grafana.com takes it, and as "Import" asks for its data source. */
export function shared(model) {
  const copy = structuredClone(model);
  const source = copy.templating.list.find((variable) => variable.name === 'datasource');
  source.current = { selected: true, text: '${DS_PROMETHEUS}', value: '${DS_PROMETHEUS}' };
  const types = [...new Set(copy.panels.map((panel) => panel.type))].filter((type) => type !== 'row').sort();
  return {
    __inputs: [
      {
        name: 'DS_PROMETHEUS',
        label: 'Prometheus',
        description: 'The data source with the series recorded by Namespend\'s rules.',
        type: 'datasource',
        pluginId: 'prometheus',
        pluginName: 'Prometheus',
      },
    ],
    __elements: {},
    __requires: [
      { type: 'grafana', id: 'grafana', name: 'Grafana', version: '11.0.0' },
      { type: 'datasource', id: 'prometheus', name: 'Prometheus', version: '1.0.0' },
      ...types.map((id) => ({ type: 'panel', id, name: pluginNames[id], version: '' })),
    ],
    ...copy,
    id: null,
  };
}
