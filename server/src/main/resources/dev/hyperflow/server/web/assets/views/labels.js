/** The labels of a tenant and how many examples each has. */
import {h, named, share} from '../lib/dom.js';
import {plural, whole} from '../lib/format.js';
import {box} from '../lib/panel.js';

const LABELS_SHOWN = 12;

/** @returns {{element: Element, update: function(object[]): void}} */
export function labelsPanel() {
  const list = h('ul', {class: 'bars'});
  const more = h('div');
  const {element} = box({title: 'Labels', aside: h('span', {class: 'note'}, 'examples')}, list, more);
  let details = [];
  let open = false;

  function update(next) {
    details = [...next].sort((a, b) => b.examples - a.examples || a.label.localeCompare(b.label));
    const most = Math.max(1, details[0]?.examples ?? 0);
    const shown = open ? details : details.slice(0, LABELS_SHOWN);
    list.replaceChildren(...shown.map(({label, examples, described, capacity}) => h('li', {class: 'bar', title: capacity ? `${whole(examples)} of at most ${plural(capacity, 'example')}` : null},
      h('span', {class: 'bar-name', title: label}, named(label), described ? h('span', {class: 'muted'}, ' · described') : null),
      h('span', {}, whole(examples), capacity && examples >= capacity ? h('span', {class: 'muted'}, ' · full') : null),
      h('span', {class: 'bar-track thin'}, share(h('span', {class: 'bar-fill block'}), examples / most)))));
    more.replaceChildren(details.length > LABELS_SHOWN
      ? h('button', {type: 'button', class: 'quiet small', onclick: () => {
        open = !open;
        update(details);
      }}, open ? 'Show fewer' : `Show all ${details.length}`)
      : '');
  }
  return {element, update};
}
