/** How right a tenant's head is and how well it knows: the confusion matrix and the reliability diagram. */
import {h, s, share, visible} from '../lib/dom.js';
import {percent, plural, whole} from '../lib/format.js';
import {linear} from './scale.js';
import {frame} from './frame.js';
import {hideTooltip, showTooltip} from './tooltip.js';

const MATRIX_LIMIT = 24;
const WIDE_LIMIT = 7;
const PAIRS_SHOWN = 12;

/** A table of truth against answer, or, for many labels, the pairs most often mixed up. */
export function confusionMatrix({labels, confusion}) {
  if (labels.length > MATRIX_LIMIT) {
    return confusedPairs(labels, confusion);
  }
  const wide = labels.length <= WIDE_LIMIT;
  const sums = confusion.map((row) => Math.max(1, row.reduce((a, b) => a + b, 0)));
  return h('div', {class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': 'Confusion matrix'},
    h('table', {class: wide ? 'matrix wide' : 'matrix'},
      h('caption', {class: 'sr'}, 'Rows: the label of an example. Columns: the answer without it.'),
      h('thead', {}, h('tr', {}, h('td', {}), labels.map((label) => h('th', {scope: 'col', title: label}, h('span', {}, visible(label)))))),
      h('tbody', {}, confusion.map((row, i) => h('tr', {},
        h('th', {scope: 'row', title: labels[i]}, visible(labels[i])),
        row.map((count, j) => share(h('td', {
          class: count === 0 ? 'zero' : i === j ? 'right' : 'wrong',
          title: `${labels[i]} answered as ${labels[j]}: ${count}`,
        }, whole(count)), count / sums[i], '--heat')))))));
}

function confusedPairs(labels, confusion) {
  const pairs = confusion.flatMap((row, i) => row.map((count, j) => ({i, j, count})))
    .filter(({i, j, count}) => i !== j && count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, PAIRS_SHOWN);
  return h('table', {},
    h('caption', {class: 'sr'}, 'Pairs of labels that are mixed up most often'),
    h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, 'Label'), h('th', {scope: 'col'}, 'Answered as'), h('th', {scope: 'col', class: 'num'}, 'Times'))),
    h('tbody', {}, pairs.map(({i, j, count}) => h('tr', {}, h('th', {scope: 'row'}, visible(labels[i])), h('td', {class: 'wrap'}, visible(labels[j])), h('td', {class: 'num'}, whole(count))))));
}

/** Confidence against accuracy, a dot a bin, its area the number of examples in it. */
export function reliability(bins) {
  const filled = bins.filter((bin) => bin.count > 0);
  const most = Math.max(1, ...filled.map((bin) => bin.count));
  const chart = frame({height: (width) => Math.min(360, Math.max(220, width * 0.86)), draw, describe});

  function describe() {
    return `Reliability diagram. ${filled.map((b) => `Confidence ${percent(b.confidence)}, right ${percent(b.accuracy)}, ${plural(b.count, 'example')}`).join('. ')}.`;
  }

  function draw(svg, width, height) {
    const side = Math.min(width - 56, height - 42);
    const sx = linear(0, 1, 40, 40 + side);
    const sy = linear(0, 1, 8 + side, 8);
    for (const tick of [0, 0.25, 0.5, 0.75, 1]) {
      svg.append(
        s('line', {class: 'grid-line', x1: sx(0), x2: sx(1), y1: sy(tick), y2: sy(tick)}),
        s('text', {x: sx(0) - 8, y: sy(tick) + 4, 'text-anchor': 'end'}, `${tick * 100} %`),
        s('text', {x: sx(tick), y: sy(0) + 16, 'text-anchor': 'middle'}, `${tick * 100}`));
    }
    svg.append(
      s('text', {x: sx(0.5), y: sy(0) + 31, 'text-anchor': 'middle'}, 'Confidence, %'),
      s('line', {class: 'diagonal', x1: sx(0), y1: sy(0), x2: sx(1), y2: sy(1)}));
    for (const bin of filled) {
      const [x, y] = [sx(bin.confidence), sy(bin.accuracy)];
      svg.append(
        s('line', {class: 'gap-line', x1: x, x2: x, y1: y, y2: sy(bin.confidence)}),
        s('circle', {
          class: 'ring f-after', cx: x, cy: y, r: 3.5 + 7 * Math.sqrt(bin.count / most),
          onpointerenter: (event) => showTooltip(event.clientX, event.clientY, plural(bin.count, 'example'), [['Confidence', percent(bin.confidence)], ['Right', percent(bin.accuracy)]]),
          onpointerleave: hideTooltip,
        }));
    }
  }

  const figures = h('details', {}, h('summary', {}, 'Figures'),
    h('table', {},
      h('thead', {}, h('tr', {}, ['Confidence', 'Right', 'Examples'].map((name) => h('th', {scope: 'col', class: 'num'}, name)))),
      h('tbody', {}, filled.map((b) => h('tr', {}, [percent(b.confidence), percent(b.accuracy), whole(b.count)].map((text) => h('td', {class: 'num'}, text)))))));
  return h('div', {}, chart.element, figures);
}
