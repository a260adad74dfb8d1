/** Small pairs of before and after: a sparkline for a table cell and a dumbbell for a row. */
import {s} from '../lib/dom.js';
import {between, line, linear} from './scale.js';

const WIDTH = 150;
const HEIGHT = 34;
const LEAST_SPAN = 0.2;
const PAD = 3;

/** Two lines over the course of a tenant, on a scale of its own: the figures stand beside it. */
export function sparkline(points) {
  const [low, high] = range(points);
  const svg = s('svg', {class: 'spark', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, 'aria-hidden': 'true'});
  const sx = linear(0, Math.max(1, points.length - 1), PAD, WIDTH - PAD);
  const sy = linear(low, high, HEIGHT - PAD, PAD);
  const places = points.map((p, i) => (known(p) ? [sx(i), sy(p.before), sy(p.after)] : null));
  const {gain, loss} = between(places);
  svg.append(s('path', {class: 'gain', d: gain}), s('path', {class: 'loss', d: loss}));
  for (const [tone, index] of [['before', 1], ['after', 2]]) {
    const line2 = places.map((p) => (p === null ? null : [p[0], p[index]]));
    const last = line2.filter((p) => p !== null).at(-1);
    svg.append(s('path', {class: `series t-${tone}`, d: line(line2)}));
    if (last) {
      svg.append(s('circle', {class: `f-${tone}`, cx: last[0], cy: last[1], r: 2.2}));
    }
  }
  return svg;
}

/* What the values cover, but not so little that noise fills the height. */
function range(points) {
  const values = points.filter(known).flatMap((p) => [p.before, p.after]);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const pad = Math.max(0, LEAST_SPAN - (high - low)) / 2;
  return [low - pad, high + pad];
}

/** A value before and after, on a scale that its neighbours share. */
export function dumbbell(before, after, [low, high]) {
  const sx = (value) => `${linear(low, high, 4, 96)(value)}%`;
  return s('svg', {'aria-hidden': 'true', height: 14},
    s('line', {class: 'grid-line', x1: 0, x2: '100%', y1: 7, y2: 7}),
    s('line', {class: 'stem', x1: sx(before), x2: sx(after), y1: 7, y2: 7}),
    s('circle', {class: 'f-before', cx: sx(before), cy: 7, r: 4}),
    s('circle', {class: 'f-after', cx: sx(after), cy: 7, r: 4}));
}

const known = (p) => p && Number.isFinite(p.before) && Number.isFinite(p.after);
