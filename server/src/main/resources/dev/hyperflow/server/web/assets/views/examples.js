/**
 * The support set as a table: what each example says, which label it has, and both corrections. Retracting takes one click and can be undone for some seconds: it is
 * sent only when they are over, or when the view is left.
 */
import {get, post, tenantPath} from '../lib/api.js';
import {choose, toast} from '../lib/dialog.js';
import {h, named, nextId, visible} from '../lib/dom.js';
import {ago, day, figure, plural, whole} from '../lib/format.js';
import {message, panel} from '../lib/panel.js';
import {textsHint} from './answer.js';

const LIMIT = 15;
const REGRET_MILLIS = 5000;

export function examplesPanel({tenant, signal, onChange}) {
  const state = {label: '', page: 0};
  const pending = new Map();
  let labels = [];
  let table = null;
  const filter = h('select', {'aria-label': 'Label of the examples', onchange: () => change({label: filter.value, page: 0})}, h('option', {value: ''}, 'All labels'));
  const list = panel({
    title: 'Examples',
    aside: h('div', {class: 'filter'}, filter),
    load: () => get(tenantPath(tenant, '/examples'), {query: {...state, limit: LIMIT}, signal}),
    render,
    signal,
  });

  function change(next) {
    Object.assign(state, next);
    list.refresh();
  }

  function render({examples, total, page, limit, texts}) {
    if (examples.length === 0) {
      return page > 0 && total > 0
        ? message('This page is empty.', '', h('button', {type: 'button', class: 'small', onclick: () => change({page: 0})}, 'Go to the first page'))
        : message(state.label === '' ? 'No examples.' : 'No examples of this label.', 'Teach one above, import a file, or send it to the support topic.');
    }
    table = h('tbody', {}, examples.map(exampleRow));
    const first = page * limit;
    const to = (name, key, next, possible) => h('button', {type: 'button', class: 'small', 'data-key': key, disabled: !possible, onclick: () => change({page: next})}, name);
    return h('div', {},
      textsHint(texts),
      h('div', {class: 'table-scroll'}, h('table', {class: 'cards', id: 'examples'},
        h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, 'Example'), h('th', {scope: 'col'}, 'Label'),
          h('th', {scope: 'col', class: 'num'}, 'Added'),
          h('th', {scope: 'col', class: 'num'}, h('span', {class: 'sr'}, 'Correct')))),
        table)),
      h('div', {class: 'pager', role: 'group', 'aria-label': 'Pages of examples'},
        h('span', {}, total > limit ? `${whole(first + 1)}–${whole(first + examples.length)} of ${plural(total, 'example')}` : plural(total, 'example')),
        total > limit ? h('span', {}, to('Previous', 'previous', page - 1, page > 0), to('Next', 'next', page + 1, first + examples.length < total)) : null));
  }

  function exampleRow(example) {
    const {eventId, text, label, weight, addedAt, expiresAt, described} = example;
    const more = [
      text ? h('span', {class: 'mono'}, named(eventId)) : null,
      described ? 'description' : null,
      weight !== 1 && weight !== undefined ? `weight ${figure(weight)}` : null,
      expiresAt ? `expires ${day(expiresAt)}` : null,
    ].filter(Boolean);
    return h('tr', {'data-event': eventId, class: pending.has(eventId) ? 'going' : ''},
      h('th', {scope: 'row', class: 'whole'},
        text ? h('span', {class: 'said', title: text}, named(text)) : h('span', {class: 'mono'}, named(eventId)),
        more.length > 0 ? h('span', {class: 'note block'}, more.flatMap((part, i) => (i === 0 ? [part] : [' · ', part]))) : null),
      h('td', {class: 'wrap', 'data-label': 'Label'}, named(label)),
      h('td', {class: 'num', 'data-label': 'Added', title: day(addedAt)}, ago(addedAt)),
      h('td', {class: 'num act'},
        text && !described ? h('button', {
          type: 'button', class: 'quiet small', 'data-key': `relabel-${eventId}`, 'aria-label': `Relabel ${visible(eventId)}`,
          disabled: pending.has(eventId), onclick: () => relabel(example),
        }, 'Relabel') : null,
        h('button', {
          type: 'button', class: 'small', 'data-key': `retract-${eventId}`, 'aria-label': `Retract ${visible(eventId)}`,
          disabled: pending.has(eventId), onclick: () => retract(eventId),
        }, 'Retract')));
  }

  /* The same event id with another label replaces the example. */
  async function relabel({eventId, text, label, weight, expiresAt}) {
    const wanted = await askForLabel({text, label, labels});
    if (wanted === null) {
      return;
    }
    const to = (name) => post(tenantPath(tenant, '/support'), {operation: 'ADD', eventId, label: name, text, ...(weight === 1 ? {} : {weight}), ...(expiresAt ? {expiresAt} : {})});
    const attempt = async (name, done, action) => {
      try {
        await to(name);
        toast(done, {action});
        onChange();
      } catch (error) {
        if (!error.kind) {
          throw error;
        }
        toast(`${eventId} keeps its label. ${error.message}`);
      }
    };
    await attempt(wanted, `Now an example of “${visible(wanted)}”.`, {label: 'Undo', run: () => attempt(label, `An example of “${visible(label)}” again.`, null)});
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
    row?.querySelectorAll('button').forEach((button) => {
      button.disabled = going;
    });
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

/** Asks which label an example should have instead; null when it keeps the one that it has. */
export async function askForLabel({text, label, labels}) {
  const id = nextId('relabel');
  const input = h('input', {list: id, required: true, placeholder: 'Label', autocomplete: 'off', spellcheck: 'false', autofocus: true});
  const answer = await choose({
    title: 'Which label instead?',
    content: [h('p', {}, named(text)), h('p', {class: 'note'}, 'Now ', named(label)),
      h('label', {class: 'field'}, h('span', {}, 'Label'), input),
      h('datalist', {id}, labels.filter((other) => other !== label).map((other) => h('option', {value: other})))],
    actions: [h('button', {type: 'submit', value: 'yes', class: 'primary'}, 'Relabel')],
  });
  const wanted = input.value.trim();
  return answer === null || wanted === '' || wanted === label ? null : wanted;
}
