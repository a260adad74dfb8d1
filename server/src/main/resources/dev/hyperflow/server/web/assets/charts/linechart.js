/**
 * Lines over time or steps, with a cursor for pointer and arrow keys, markers in a lane below, and,
 * where one line is before and one after adaptation, the area between them.
 */
import {s} from '../lib/dom.js';
import {between, line, linear, nice, ticks} from './scale.js';
import {frame} from './frame.js';
import {hideTooltip, showTooltip} from './tooltip.js';

const LETTER = 6;
const RIGHT = 10;
const TOP = 8;
const AXIS = 20;
const LANE = 18;
const MARK_ROOM = 18;
const MARK_GROWTH = 1.1;
const MARK_LARGEST = 5;

/**
 * @param {{label: string, height: number, series: {key: string, name: string, tone: string}[],
 *     pair?: boolean, x?: string, formatX: function, formatY: function, bounds?: object,
 *     area?: string, path?: boolean}} options
 *     `pair`: the series `before` and `after` are filled between; `area`: the series that is filled
 *     to the ground; `path`: the line goes from the colour of before to that of after
 * @returns {{element: Element, update: function(object[], object[]=): void}}
 */
export function lineChart(options) {
  const {label, series, x = 'at', formatX, formatY} = options;
  let points = [];
  let markers = [];
  let marks = [];
  let cursor = null;
  let shape = null;

  const chart = frame({height: options.height, draw, describe, focusable: true});
  chart.svg.addEventListener('pointermove', (event) => pointAt(event));
  chart.svg.addEventListener('pointerdown', (event) => pointAt(event));
  chart.svg.addEventListener('pointerleave', () => move(null));
  chart.svg.addEventListener('blur', () => move(null));
  chart.svg.addEventListener('keydown', (event) => {
    const step = {ArrowLeft: -1, ArrowRight: 1}[event.key];
    if (step && points.length > 0) {
      event.preventDefault();
      const from = cursor ?? (step > 0 ? -1 : points.length);
      move(Math.min(points.length - 1, Math.max(0, from + step)));
    } else if (event.key === 'Escape') {
      move(null);
    }
  });

  function describe() {
    if (points.length === 0) {
      return `${label}. Nothing measured yet.`;
    }
    if (cursor !== null && points[cursor]) {
      return `${label}. ${formatX(points[cursor][x])}: ${values(points[cursor])}.`;
    }
    const first = points[0];
    const last = points[points.length - 1];
    const marked = markers.length > 0 ? ` ${markers.length} markers.` : '';
    return `${label}, ${formatX(first[x])} to ${formatX(last[x])}. First ${values(first)}. Last ${values(last)}.${marked} Arrow keys read the points.`;
  }

  const values = (point) => series.map(({key, name}) => `${name} ${formatY(point[key])}`).join(', ');

  function draw(svg, width, height) {
    const lane = laneOf('') * LANE;
    const bottom = height - AXIS - lane;
    const all = points.flatMap((p) => series.map(({key}) => p[key]));
    const [low, high] = nice(all, {...options.bounds, count: height > 150 ? 4 : 3});
    const steps = points.length === 0 ? [] : ticks(low, high, height > 150 ? 4 : 3);
    const left = 14 + LETTER * Math.max(3, ...steps.map((tick) => formatY(tick, true).length));
    const ends = domain();
    const sx = linear(ends[0], ends[1], left, width - RIGHT);
    const sy = linear(low, high, bottom, TOP);
    shape = {sx, sy, bottom, left, width};
    for (const tick of steps) {
      const y = Math.round(sy(tick));
      svg.append(
        s('line', {class: 'grid-line', x1: left, x2: width - RIGHT, y1: y, y2: y}),
        s('text', {x: left - 8, y: y + 4, 'text-anchor': 'end'}, formatY(tick, true)));
    }
    if (points.length === 0) {
      svg.append(s('line', {class: 'grid-line', x1: 0, x2: width, y1: bottom, y2: bottom}));
      svg.append(s('text', {x: width / 2, y: (TOP + bottom) / 2 + 4, 'text-anchor': 'middle'}, 'Nothing measured yet'));
      return;
    }
    drawAxis(svg, ends, sx, bottom + lane, width, left);
    drawLines(svg, sx, sy, bottom);
    marks = gathered(markers, sx);
    marks.forEach((mark) => drawMark(svg, mark, bottom + 9 + laneOf(mark.kind) * LANE));
    svg.append(s('g', {class: 'cursor-layer', 'pointer-events': 'none'}));
    drawCursor();
  }

  function domain() {
    const xs = [...points.map((p) => p[x]), ...markers.map((m) => m.at)];
    return xs.length === 0 ? [0, 1] : [Math.min(...xs), Math.max(...xs)];
  }

  function drawAxis(svg, [from, to], sx, bottom, width, left) {
    const room = Math.max(1, Math.floor((width - left) / 110));
    const places = x === 'at' ? spread(from, to, room) : ticks(from, to, Math.min(room * 2, 8)).filter(Number.isInteger);
    const texts = new Set();
    for (const place of places) {
      const text = formatX(place, true);
      if (!texts.has(text)) {
        texts.add(text);
        const at = sx(place);
        const anchor = at > width - 40 ? 'end' : at < left + 12 ? 'start' : 'middle';
        svg.append(s('text', {x: anchor === 'end' ? width - RIGHT : at, y: bottom + 15, 'text-anchor': anchor}, text));
      }
    }
  }

  function drawLines(svg, sx, sy, bottom) {
    const known = (v) => v !== null && v !== undefined && Number.isFinite(v);
    if (options.pair) {
      const {gain, loss} = between(points.map((p) => (known(p.before) && known(p.after) ? [sx(p[x]), sy(p.before), sy(p.after)] : null)));
      svg.append(s('path', {class: 'gain', d: gain}), s('path', {class: 'loss', d: loss}));
    }
    for (const {key, tone} of series) {
      const places = points.map((p) => (known(p[key]) ? [sx(p[x]), sy(p[key])] : null));
      const seen = places.filter((place) => place !== null);
      if (seen.length === 0) {
        continue;
      }
      if (options.area === key) {
        svg.append(s('path', {class: 'area', d: `${line(seen)}L${seen.at(-1)[0]} ${bottom}L${seen[0][0]} ${bottom}Z`}));
      }
      if (options.path) {
        drawPath(svg, seen);
      } else {
        const [endX, endY] = seen.at(-1);
        svg.append(
          s('path', {class: `series t-${tone}`, d: line(places)}),
          s('circle', {class: `ring f-${tone}`, cx: endX, cy: endY, r: 4}));
      }
    }
  }

  function drawPath(svg, seen) {
    const id = `path-${label.replace(/\W/g, '')}`;
    const [first, last] = [seen[0], seen.at(-1)];
    svg.append(
      s('defs', {}, s('linearGradient', {id, gradientUnits: 'userSpaceOnUse', x1: first[0], x2: last[0] + 0.1, y1: 0, y2: 0},
        s('stop', {class: 'stop-before', offset: '0'}), s('stop', {class: 'stop-after', offset: '1'}))),
      s('path', {class: 'series', d: line(seen), stroke: `url(#${id})`}),
      s('circle', {class: 'ring f-before', cx: first[0], cy: first[1], r: 4.5}),
      s('circle', {class: 'ring f-after', cx: last[0], cy: last[1], r: 4.5}));
  }

  /* Labels have a lane of their own above that of the rarer events; without a kind, how many lanes there are. */
  function laneOf(kind) {
    const labels = markers.some((marker) => marker.kind === 'LABEL') ? 1 : 0;
    const others = markers.some((marker) => marker.kind !== 'LABEL') ? 1 : 0;
    return kind === '' ? labels + others : kind === 'LABEL' ? 0 : labels;
  }

  function drawMark(svg, {kind, at, count}, y) {
    if (kind === 'BUNDLE' || kind === 'DRIFT') {
      svg.append(s('line', {class: `marker-line ${kind.toLowerCase()}`, x1: at, x2: at, y1: TOP, y2: y - 5}));
    }
    svg.append(markerShape(kind, at, y, count));
  }

  function drawCursor() {
    const layer = chart.svg.querySelector('.cursor-layer');
    layer?.replaceChildren();
    if (layer && cursor !== null && points[cursor]) {
      const point = points[cursor];
      const at = shape.sx(point[x]);
      layer.append(s('line', {class: 'cursor', x1: at, x2: at, y1: TOP, y2: shape.bottom}));
      for (const {key, tone} of series) {
        if (Number.isFinite(point[key])) {
          layer.append(s('circle', {class: `ring f-${tone}`, cx: at, cy: shape.sy(point[key]), r: 4.5}));
        }
      }
    }
  }

  function pointAt(event) {
    if (shape === null || points.length === 0) {
      return;
    }
    const place = event.clientX - chart.svg.getBoundingClientRect().left;
    let best = 0;
    points.forEach((p, i) => {
      if (Math.abs(shape.sx(p[x]) - place) < Math.abs(shape.sx(points[best][x]) - place)) {
        best = i;
      }
    });
    const lane = event.offsetY - shape.bottom - 9;
    const mark = marks.find(({at, kind}) => Math.abs(at - place) < 8 && Math.abs(lane - laneOf(kind) * LANE) < 9);
    if (mark) {
      move(null);
      const from = formatX(mark.first.at);
      const to = formatX(mark.last.at);
      showTooltip(event.clientX, event.clientY, `${from === to ? from : `${from} – ${to}`} · ${mark.count > 1 ? `${mark.count} × ` : ''}${markerName(mark.kind)}`, mark.count > 1 ? [] : [[mark.first.text ?? '', '']]);
    } else {
      move(best);
    }
  }

  function move(index) {
    cursor = index;
    drawCursor();
    chart.svg.setAttribute('aria-label', describe());
    if (index === null || shape === null || !points[index]) {
      hideTooltip();
      return;
    }
    const bounds = chart.svg.getBoundingClientRect();
    const point = points[index];
    showTooltip(bounds.left + shape.sx(point[x]), bounds.top + (TOP + shape.bottom) / 2, formatX(point[x]),
      series.map(({key, name, tone}) => [name, formatY(point[key]), tone === 'before' || tone === 'after' ? tone : '']));
  }

  function update(nextPoints, nextMarkers = []) {
    points = nextPoints ?? [];
    markers = nextMarkers ?? [];
    cursor = cursor !== null && cursor < points.length ? cursor : null;
    chart.redraw();
  }

  return {element: chart.element, update};
}

const MARKERS = {LABEL: 'Label', RETRACT: 'Retraction', FORGET: 'Forgotten', BUNDLE: 'Bundle', DRIFT: 'Drift'};

/** The name of a kind of marker. */
export const markerName = (kind) => MARKERS[kind] ?? kind;

/* Those of one kind that have no room beside each other become one mark that counts them. */
function gathered(markers, sx) {
  const marks = [];
  const open = new Map();
  for (const marker of [...markers].sort((a, b) => a.at - b.at)) {
    const place = sx(marker.at);
    const mark = open.get(marker.kind);
    if (mark && place - mark.from < MARK_ROOM) {
      mark.count += 1;
      mark.last = marker;
      mark.at = mark.from + (place - mark.from) / 4;
    } else {
      const next = {kind: marker.kind, from: place, at: place, count: 1, first: marker, last: marker};
      open.set(marker.kind, next);
      marks.push(next);
    }
  }
  return marks.sort((a, b) => RANK.indexOf(a.kind) - RANK.indexOf(b.kind));
}

/* What is drawn last lies on top. */
const RANK = ['LABEL', 'RETRACT', 'FORGET', 'BUNDLE', 'DRIFT'];

/** The shape of a marker, centred on a place; each kind has its own, whatever its colour. A dot for many labels is larger. */
export function markerShape(kind, x, y, count = 1) {
  switch (kind) {
    case 'LABEL':
      return s('circle', {class: 'marker', cx: x, cy: y, r: Math.min(MARK_LARGEST, 2.5 + MARK_GROWTH * Math.log2(count))});
    case 'RETRACT':
    case 'FORGET':
      return s('path', {class: 'marker stroke', d: `M${x - 3} ${y - 3}L${x + 3} ${y + 3}M${x + 3} ${y - 3}L${x - 3} ${y + 3}`});
    case 'DRIFT':
      return s('path', {class: 'marker drift', d: `M${x} ${y - 5}L${x + 5} ${y + 4}L${x - 5} ${y + 4}Z`});
    default:
      return s('path', {class: 'marker bundle', d: `M${x} ${y - 5}L${x + 5} ${y}L${x} ${y + 5}L${x - 5} ${y}Z`});
  }
}

function spread(from, to, count) {
  return Array.from({length: count + 1}, (_, i) => from + ((to - from) * i) / count);
}
