/** An SVG that is drawn in real pixels and drawn again when its width changes. */
import {h, s} from '../lib/dom.js';

const observer = new ResizeObserver((entries) => entries.forEach((entry) => drawings.get(entry.target)?.()));
const drawings = new WeakMap();

/**
 * A figure around one drawing. `draw(svg, width, height)` fills the empty svg; `describe()` is its
 * text alternative.
 *
 * @returns {{element: Element, svg: Element, redraw: function(): void}}
 */
export function frame({height, draw, describe, role = 'img', focusable = false}) {
  const svg = s('svg', {role, tabindex: focusable ? '0' : null});
  const element = h('figure', {class: 'chart'}, svg);
  const redraw = () => {
    const width = element.clientWidth;
    svg.setAttribute('aria-label', describe());
    if (width > 0) {
      const tall = typeof height === 'function' ? height(width) : height;
      svg.setAttribute('viewBox', `0 0 ${width} ${tall}`);
      svg.setAttribute('height', String(tall));
      svg.replaceChildren();
      draw(svg, width, tall);
    }
  };
  drawings.set(element, redraw);
  observer.observe(element);
  return {element, svg, redraw};
}

/** A legend whose keys look like the lines they name. */
export function legend(series) {
  return h('div', {class: 'legend'}, series.map(({name, tone}) => h('span', {},
    s('svg', {width: 16, height: 8, 'aria-hidden': 'true'}, s('line', {class: `series t-${tone}`, x1: 1, y1: 4, x2: 15, y2: 4})),
    name)));
}
