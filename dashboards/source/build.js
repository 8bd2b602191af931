// Writes ../NAME.json, as Grafana reads it. With --check writes nothing, and fails where a file differs from
// what would be written. With --grafana.com writes ../grafana.com/NAME.json instead, to be uploaded there.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { shared } from './lib/grafana-com.js';

const here = dirname(fileURLToPath(import.meta.url));
const dashboards = resolve(here, '..');
const json = (model) => `${JSON.stringify(model, null, 2)}\n`;

const models = [];
for (const name of readdirSync(join(here, 'dashboards')).sort()) {
  models.push((await import(`./dashboards/${name}`)).default);
}

if (process.argv.includes('--check')) {
  const expected = new Map(models.map((model) => [`${model.uid}.json`, json(model)]));
  const existing = readdirSync(dashboards).filter((name) => name.endsWith('.json'));
  const wrong = [...new Set([...existing, ...expected.keys()])].filter(
    (name) => !existing.includes(name) || readFileSync(join(dashboards, name), 'utf8') !== expected.get(name),
  );
  if (wrong.length) {
    console.error(`not as dashboards/source makes them: ${wrong.join(', ')}; run \`npm run build\` there`);
    process.exit(1);
  }
} else if (process.argv.includes('--grafana.com')) {
  write(join(dashboards, 'grafana.com'), shared);
} else {
  write(dashboards, (model) => model);
}

function write(folder, form) {
  mkdirSync(folder, { recursive: true });
  for (const model of models) {
    writeFileSync(join(folder, `${model.uid}.json`), json(form(model)));
  }
}
