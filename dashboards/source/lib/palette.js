// Okabe and Ito's colours, which people with any colour vision tell apart, and what always has which.
export const blue = '#0072B2';
export const orange = '#E69F00';
export const green = '#009E73';
export const purple = '#CC79A7';
export const sky = '#56B4E9';
export const vermillion = '#D55E00';
export const yellow = '#F0E442';
export const gray = '#999999';

export const good = green;
export const warning = orange;
export const bad = vermillion;
export const plain = 'text';

const resources = {
  cpu: blue,
  memory: orange,
  gpu: purple,
  storage: green,
  load_balancer: yellow,
  network: sky,
  external: vermillion,
};

const pools = {
  idle: gray,
  system: '#666666',
  'control-plane': sky,
  'unclaimed-storage': green,
};

const shares = Object.fromEntries(Object.entries(pools).map(([pool, color]) => [`share of ${pool}`, color]));

const words = {
  'owned directly': blue,
  requested: orange,
  used: blue,
  'all others': '#BBBBBB',
  unallocated: '#777777',
};

const ofLabels = {
  '{{resource}}': resources,
  '{{pool}}': pools,
  'share of {{pool}}': shares,
  '{{item}}': { ...resources, ...shares },
};

/** Overrides that give series their fixed colours, where their legends name some that have one. */
export function fixedColors(legends) {
  const colors = Object.assign({}, ...legends.map((legend) => ofLabels[legend] ?? pick(words, legend)));
  return Object.entries(colors).map(([name, fixedColor]) => ({
    matcher: { id: 'byName', options: name },
    properties: [{ id: 'color', value: { mode: 'fixed', fixedColor } }],
  }));
}

const pick = (colors, name) => (name in colors ? { [name]: colors[name] } : {});

/**
 * Colours for values from these on. What is missing is below all of them, and has no colour: it is neither good nor bad.
 */
export function steps(...pairs) {
  return { mode: 'absolute', steps: [[null, plain], ...pairs].map(([value, color]) => ({ value, color })) };
}

export const noSteps = steps();

/** Of a change: less is green, more is orange, much more vermillion. Nothing can lose more than all of it. */
export const changeSteps = steps([-1, good], [-0.05, plain], [0.05, warning], [0.1, bad]);

/** Of a part of a budget that is used, or is expected to be. */
export const budgetSteps = steps([0, good], [0.8, warning], [1, bad]);

/** Of a share that should be 1. */
export const wholeSteps = steps([0, bad], [0.9, warning], [0.99, good], [1.01, bad]);

/** Of a number of things that should be none. */
export const exceededSteps = steps([0, good], [1, bad]);
