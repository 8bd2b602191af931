// Any page that Prometheus scrapes can have a series under any name. What rules record has no job, and what the
// exporter says has a job of its own; questions that ask for these read nobody else's. As Origin.java of the
// reporter does it.
const recorded = 'job=""';
const exported = 'job=~"(namespend.*)?"';

/** They keep the job that they tell of. */
const aboutJobs = ['namespend_exporter:excluded:bool', 'cluster_job:exporter:info'];

/** A text in quotes, or a name of ours with its matchers, which may hold such texts. */
const text = String.raw`"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'`;
const selector = new RegExp(
  String.raw`${text}|(?<![\w:$])([a-zA-Z_]\w*(?::\w+)+|namespend_\w+|node_(?:cpu|ram|gpu|total)_hourly_cost` +
    String.raw`|kubecost_\w+_cost|pv_hourly_cost|(?:shared|external)_service_hourly_cost)(?![\w:]|\s*\()` +
    String.raw`(\{(?:[^"'}]|${text})*\})?`,
  'g',
);

/** The same question, of series of ours only; what says a job itself stays as it is. */
export function guarded(promql) {
  return promql.replace(selector, (found, name, matchers = '{}') => {
    if (!name || aboutJobs.includes(name) || /[{,]\s*job\s*[=!]/.test(matchers)) return found;
    const others = matchers.slice(1, -1).trim();
    return `${name}{${name.includes(':') ? recorded : exported}${others ? `, ${others}` : ''}}`;
  });
}
