/**
 * The support set as a table. Retracting takes one click and can be undone for some seconds: it is
 * sent only when they are over, or when the view is left.
 */
import {get, post, tenantPath} from '../lib/api.js';
import {toast} from '../lib/dialog.js';
import {h, named} from '../lib/dom.js';
import {ago, day, figure, plural, whole} from '../lib/format.js';
import {message, panel} from '../lib/panel.js';

const LIMIT = 15;
const REGRET_MILLIS = 5000;

export function examplesPanel({tenant, signal}) {
  const state = {label: '', page: 0};
  const pending = new Map();
  let labels = [];
  let table = null;
  const filter = h('select', {'aria-label': 'Label of the examples', onchange: () => change({label: filter.value, page: 0})}, h('option', {value: ''}, 'All labels'));
  const list = panel({
    title: 'Examples',
    aside: h('div', {class: 'filter'}, filter),
    note: 'The state holds features, not texts, so an example is known by its event id.',
    load: () => get(tenantPath(tenant, '/examples'), {query: {...state, limit: LIMIT}, signal}),
    render,
    signal,
  });

  function change(next) {
    Object.assign(state, next);
    list.refresh();
  }

  function render({examples, total, page, limit}) {
    if (examples.length === 0) {
      return page > 0 && total > 0
        ? message('This page is empty.', '', h('button', {type: 'button', class: 'small', onclick: () => change({page: 0})}, 'Go to the first page'))
        : message(state.label === '' ? 'No examples.' : 'No examples of this label.', 'Add one in the try-it box above, or send it to the support topic.');
    }
    table = h('tbody', {}, examples.map(exampleRow));
    const first = page * limit;
    const to = (name, key, next, possible) => h('button', {type: 'button', class: 'small', 'data-key': key, disabled: !possible, onclick: () => change({page: next})}, name);
    return h('div', {},
      h('div', {class: 'table-scroll'}, h('table', {class: 'cards', id: 'examples'},
        h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, 'Event id'), h('th', {scope: 'col'}, 'Label'),
          h('th', {scope: 'col', class: 'num'}, 'Weight'), h('th', {scope: 'col', class: 'num'}, 'Added'), h('th', {scope: 'col', class: 'num'}, 'Expires'),
          h('th', {scope: 'col', class: 'num'}, h('span', {class: 'sr'}, 'Retract')))),
        table)),
      h('div', {class: 'pager', role: 'group', 'aria-label': 'Pages of examples'},
        h('span', {}, total > limit ? `${whole(first + 1)}–${whole(first + examples.length)} of ${plural(total, 'example')}` : plural(total, 'example')),
        total > limit ? h('span', {}, to('Previous', 'previous', page - 1, page > 0), to('Next', 'next', page + 1, first + examples.length < total)) : null));
  }

  function exampleRow({eventId, label, weight, addedAt, expiresAt, described}) {
    return h('tr', {'data-event': eventId, class: pending.has(eventId) ? 'going' : ''},
      h('th', {scope: 'row', class: 'two'}, h('span', {class: 'mono'}, named(eventId))),
      h('td', {class: 'wrap', 'data-label': 'Label'}, named(label), described ? h('span', {class: 'muted'}, ' · description') : null),
      h('td', {class: 'num', 'data-label': 'Weight'}, figure(weight)),
      h('td', {class: 'num', 'data-label': 'Added', title: day(addedAt)}, ago(addedAt)),
      h('td', {class: 'num', 'data-label': 'Expires'}, expiresAt ? day(expiresAt) : 'Never'),
      h('td', {class: 'num act'}, h('button', {
        type: 'button', class: 'small', 'data-key': `retract-${eventId}`, 'aria-label': `Retract ${eventId}`,
        disabled: pending.has(eventId), onclick: () => retract(eventId),
      }, 'Retract')));
  }

  function retract(eventId) {
    const notice = toast(`Retracting ${eventId} …`, {
      millis: REGRET_MILLIS,
      action: {label: 'Undo', run: () => {}},
      onEnd: (undone) => {
        pending.delete(eventId);
        if (undone) {
          mark(eventId, false);
        } else {
          send(eventId);
        }
      },
    });
    pending.set(eventId, notice);
    mark(eventId, true);
  }

  async function send(eventId) {
    try {
      await post(tenantPath(tenant, '/support'), {operation: 'RETRACT', targetEventId: eventId}, {keepalive: true});
      toast(`Retracted ${eventId}. The head is what it would be without it.`);
    } catch (error) {
      if (!error.kind) {
        throw error;
      }
      mark(eventId, false);
      toast(`${eventId} is not retracted. ${error.message}`);
    }
  }

  function mark(eventId, going) {
    const row = [...(table?.rows ?? [])].find((r) => r.dataset.event === eventId);
    row?.classList.toggle('going', going);
    const button = row?.querySelector('button');
    if (button) {
      button.disabled = going;
    }
  }

  const flush = () => [...pending.values()].forEach((notice) => notice.end());
  signal.addEventListener('abort', flush);
  addEventListener('pagehide', flush, {signal});

  return {
    element: list.element,
    refresh: list.refresh,
    labels: (next) => {
      const sorted = [...next].sort((a, b) => a.localeCompare(b));
      if (JSON.stringify(sorted) !== JSON.stringify(labels)) {
        labels = sorted;
        filter.replaceChildren(h('option', {value: ''}, 'All labels'), ...labels.map((label) => h('option', {value: label}, label)));
        filter.value = labels.includes(state.label) ? state.label : '';
      }
    },
  };
}
