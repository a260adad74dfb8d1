/** The one tooltip of the page. It repeats what is also there as text, so it is hidden from readers. */
import {h} from '../lib/dom.js';

const element = () => document.getElementById('tooltip');

/** Shows rows of [name, value, tone] under a heading near a place on the screen. */
export function showTooltip(x, y, heading, rows = []) {
  const tip = element();
  tip.replaceChildren(
    h('div', {class: 'tip-head'}, heading),
    ...rows.map(([name, value, tone]) => h('div', {class: 'tip-row'}, h('span', {class: tone ?? ''}, name), h('b', {}, value))));
  tip.hidden = false;
  const {width, height} = tip.getBoundingClientRect();
  const left = x + 14 + width > innerWidth ? x - width - 14 : x + 14;
  tip.style.left = `${Math.max(4, left)}px`;
  tip.style.top = `${Math.max(4, Math.min(innerHeight - height - 4, y - height / 2))}px`;
}

export function hideTooltip() {
  element().hidden = true;
}

addEventListener('keydown', (event) => event.key === 'Escape' && hideTooltip());
addEventListener('scroll', hideTooltip, {passive: true, capture: true});
