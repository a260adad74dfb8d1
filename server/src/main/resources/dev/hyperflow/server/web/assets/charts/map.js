/** A tenant's examples and heads on a plane. Colour and shape tell labels apart. */
import {h, s, visible} from '../lib/dom.js';
import {linear} from './scale.js';
import {frame} from './frame.js';
import {hideTooltip, showTooltip} from './tooltip.js';

const COLOURS = 8;
const REACH = 18;
const LEGEND_LIMIT = 24;

/** @returns {{element: Element, update: function(object): void}} */
export function exampleMap() {
  let data = {examples: [], heads: []};
  let marks = [];
  let kinds = new Map();
  let chosen = null;
  let cursor = null;
  const legend = h('div', {class: 'legend', role: 'group', 'aria-label': 'Labels; press one to single it out'});
  const chart = frame({height: (width) => Math.round(Math.min(460, Math.max(260, width * 0.62))), draw, describe, focusable: true});
  chart.svg.addEventListener('pointermove', (event) => {
    const bounds = chart.svg.getBoundingClientRect();
    show(nearest(event.clientX - bounds.left, event.clientY - bounds.top));
  });
  chart.svg.addEventListener('pointerleave', () => show(null));
  chart.svg.addEventListener('blur', () => show(null));
  chart.svg.addEventListener('keydown', (event) => {
    const step = {ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1}[event.key];
    if (step && marks.length > 0) {
      event.preventDefault();
      const from = cursor === null ? (step > 0 ? -1 : marks.length) : marks.indexOf(cursor);
      show(marks[Math.min(marks.length - 1, Math.max(0, from + step))]);
    }
  });

  function describe() {
    if (cursor) {
      return `${cursor.head ? 'Head' : 'Example'} of label ${cursor.label}${cursor.head ? '' : `, event ${cursor.eventId}`}${cursor.text ? `: ${cursor.text}` : ''}`;
    }
    return `Map of ${data.examples.length} examples and ${data.heads.length} heads. Arrow keys go through them.`;
  }

  function draw(svg, width, height) {
    const places = [...data.examples, ...data.heads];
    const [xs, ys] = [places.map((p) => p.x), places.map((p) => p.y)];
    const sx = linear(Math.min(...xs), Math.max(...xs), 24, width - 24);
    const sy = linear(Math.min(...ys), Math.max(...ys), height - 20, 20);
    marks = data.examples.map((e) => ({...e, head: false, px: sx(e.x), py: sy(e.y)}))
      .sort((a, b) => a.label.localeCompare(b.label))
      .concat(data.heads.map((e) => ({...e, head: true, px: sx(e.x), py: sy(e.y)})));
    for (const mark of marks) {
      const dim = chosen !== null && chosen !== mark.label ? ' dim' : '';
      svg.append(mark.head ? headShape(mark, dim) : pointShape(kindOf(mark.label), mark.px, mark.py, dim));
    }
    drawNames(svg, width);
    svg.append(s('circle', {class: 'cursor-ring', r: 8, fill: 'none', hidden: true}));
    drawRing();
  }

  function headShape(mark, dim) {
    const {px, py} = mark;
    return s('path', {class: `map-head k${kindOf(mark.label).colour}${dim}`, d: `M${px} ${py - 7}L${px + 7} ${py}L${px} ${py + 7}L${px - 7} ${py}Z`});
  }

  function drawNames(svg, width) {
    const taken = [];
    for (const mark of marks.filter((m) => m.head && (chosen === null || chosen === m.label))) {
      const name = visible(mark.label);
      const text = name.length > 22 ? `${name.slice(0, 21)}…` : name;
      const long = text.length * 6.4;
      const right = mark.px + 12 + long < width;
      const box = {x: right ? mark.px + 11 : mark.px - 11 - long, y: mark.py - 7, w: long, h: 14};
      const free = [0, -14, 14, -28, 28].find((dy) => !taken.some((t) => overlaps(t, {...box, y: box.y + dy})));
      if (free !== undefined) {
        taken.push({...box, y: box.y + free});
        svg.append(s('text', {class: 'halo', x: right ? mark.px + 11 : mark.px - 11, y: mark.py + 4 + free, 'text-anchor': right ? 'start' : 'end', 'pointer-events': 'none'}, text));
      }
    }
  }

  const overlaps = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

  function nearest(x, y) {
    let best = null;
    let distance = REACH * REACH;
    for (const mark of marks) {
      const d = (mark.px - x) ** 2 + (mark.py - y) ** 2;
      if (d < distance && (chosen === null || chosen === mark.label)) {
        best = mark;
        distance = d;
      }
    }
    return best;
  }

  function show(mark) {
    cursor = mark;
    drawRing();
    chart.svg.setAttribute('aria-label', describe());
    if (mark === null) {
      hideTooltip();
      return;
    }
    const bounds = chart.svg.getBoundingClientRect();
    showTooltip(bounds.left + mark.px, bounds.top + mark.py, mark.head ? 'Head of label' : `Example ${mark.eventId}`, mark.text ? [[mark.label, ''], [mark.text, '']] : [[mark.label, '']]);
  }

  function drawRing() {
    const ring = chart.svg.querySelector('.cursor-ring');
    if (ring && cursor) {
      ring.setAttribute('cx', cursor.px);
      ring.setAttribute('cy', cursor.py);
      ring.setAttribute('stroke', 'currentColor');
      ring.removeAttribute('hidden');
    } else {
      ring?.setAttribute('hidden', '');
    }
  }

  const kindOf = (label) => kinds.get(label) ?? {colour: 1, shape: 0};

  function update(next) {
    data = next;
    const labels = [...new Set([...next.heads, ...next.examples].map((e) => e.label))].sort((a, b) => a.localeCompare(b));
    kinds = new Map(labels.map((label, i) => [label, {colour: (i % COLOURS) + 1, shape: Math.floor(i / COLOURS) % 3}]));
    chosen = kinds.has(chosen) ? chosen : null;
    cursor = null;
    legend.replaceChildren(...labels.slice(0, LEGEND_LIMIT).map((label) => h('button', {
      type: 'button',
      'aria-pressed': String(label === chosen),
      'data-key': `label-${label}`,
      title: label,
      onclick: (event) => choose(label, event.currentTarget),
    }, s('svg', {width: 12, height: 12, 'aria-hidden': 'true'}, pointShape(kindOf(label), 6, 6, '')), h('span', {}, visible(label)))));
    if (labels.length > LEGEND_LIMIT) {
      legend.append(h('span', {class: 'muted'}, `and ${labels.length - LEGEND_LIMIT} more`));
    }
    chart.redraw();
  }

  function choose(label, button) {
    chosen = chosen === label ? null : label;
    legend.querySelectorAll('button').forEach((b) => b.setAttribute('aria-pressed', String(chosen !== null && b === button)));
    chart.redraw();
  }

  return {element: h('div', {}, chart.element, legend), update};
}

function pointShape({colour, shape}, x, y, dim) {
  const look = `map-point k${colour}${dim}`;
  switch (shape) {
    case 1:
      return s('rect', {class: look, x: x - 4, y: y - 4, width: 8, height: 8});
    case 2:
      return s('path', {class: look, d: `M${x} ${y - 5}L${x + 5} ${y + 4}L${x - 5} ${y + 4}Z`});
    default:
      return s('circle', {class: look, cx: x, cy: y, r: 4.5});
  }
}
