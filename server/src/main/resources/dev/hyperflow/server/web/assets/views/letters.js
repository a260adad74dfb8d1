/** Refused records: see why, correct, send again. */
import {get, post} from '../lib/api.js';
import {choose, toast} from '../lib/dialog.js';
import {h, named} from '../lib/dom.js';
import {ago, clockSeconds, day, plural} from '../lib/format.js';
import {message, panel} from '../lib/panel.js';
import {address} from '../lib/router.js';

const HOURS = {1: 'Last hour', 24: 'Last day', 168: 'Last week', 8760: 'Last year'};
const OUTCOMES = {
  SENT: (to) => `Sent again${to ? ` to ${to}` : ''}.`,
  SENT_BEFORE: () => 'It was sent again before.',
  REPLAY: () => 'It was a replay itself.',
  FORGOTTEN: () => 'The tenant was forgotten after the record came. In a terminal, --forgotten sends it.',
  GONE: () => 'The record is gone from the brokers, and the letter holds only its beginning.',
  NOT_TAKEN: () => 'Its topic does not take it: it is too large, or its timestamp is too far from now.',
};

export function letters({query, signal}) {
  const state = {tenant: query.tenant ?? '', reason: query.reason ?? '', hours: query.hours in HOURS ? query.hours : '24'};
  const list = panel({
    title: 'Refused records',
    load: () => get('/dead-letters', {query: state, signal}),
    render,
    signal,
  });
  const change = (key, value) => {
    state[key] = value;
    list.refresh();
  };

  function render({letters: found, more}) {
    if (found.length === 0) {
      return message('No dead letters.', 'Every record of that time could be processed, or none of the refused ones fits the filters.');
    }
    return h('div', {},
      h('ul', {class: 'letters'}, found.map(letterRow)),
      h('p', {class: 'note list-gap'}, more ? `The newest ${plural(found.length, 'letter')}; there are older ones.` : plural(found.length, 'letter')));
  }

  function letterRow(letter) {
    const {at, timestamp, reason, message: why, tenant, source} = letter;
    return h('li', {'data-letter': at},
      h('div', {},
        h('p', {class: 'name-line'}, h('span', {class: 'tag'}, reason), tenant ? h('a', {href: address('tenants', tenant)}, named(tenant)) : h('span', {class: 'muted'}, 'No tenant'),
          h('span', {class: 'muted', title: `${day(timestamp)} ${clockSeconds(timestamp)}`}, ago(timestamp))),
        h('p', {class: 'wrap'}, named(why ?? '')),
        h('p', {class: 'note mono'}, named(source))),
      h('button', {type: 'button', class: 'small', 'data-key': `letter-${at}`, onclick: () => look(letter)}, 'Look'));
  }

  /* The record as text: unchanged it is sent as it was. */
  async function look({at, reason, message: why, tenant, record}) {
    const value = h('textarea', {rows: 12, class: 'mono', spellcheck: 'false', value: record ?? '', disabled: record === null});
    const whose = h('input', {value: tenant ?? '', autocomplete: 'off', spellcheck: 'false'});
    const answer = await choose({
      title: reason,
      content: [h('p', {}, named(why ?? '')),
        h('label', {class: 'field'}, h('span', {}, 'Tenant'), whose),
        record === null ? h('p', {class: 'note'}, 'The record cannot be shown; it can be sent as it was.') : h('label', {class: 'field'}, h('span', {}, 'Record'), value)],
      actions: [h('button', {type: 'submit', value: 'send', class: 'primary'}, 'Send again')],
      wide: true,
    });
    if (answer === null) {
      return;
    }
    try {
      const {outcome, sentTo} = await post('/dead-letters/replay', {
        at,
        ...(record !== null && value.value !== record ? {record: value.value} : {}),
        ...(whose.value !== (tenant ?? '') ? {tenant: whose.value} : {}),
      }, {signal});
      toast(OUTCOMES[outcome]?.(sentTo) ?? outcome);
      list.refresh();
    } catch (error) {
      if (!error.kind) {
        throw error;
      }
      toast(`Not sent. ${error.message}`);
    }
  }

  const typed = (name, key) => h('label', {class: 'field'}, h('span', {}, name), h('input', {type: 'search', value: state[key], autocomplete: 'off', spellcheck: 'false', onchange: (event) => change(key, event.target.value.trim())}));
  return {
    title: 'Dead letters',
    element: h('div', {},
      h('div', {class: 'page-head'}, h('div', {}, h('p', {class: 'crumb'}, h('a', {href: address('overview')}, 'Overview')), h('h1', {}, 'Dead letters'))),
      h('div', {class: 'filters list-gap-after', role: 'search', 'aria-label': 'Which letters'},
        h('label', {class: 'field'}, h('span', {}, 'Age'), h('select', {onchange: (event) => change('hours', event.target.value)}, Object.entries(HOURS).map(([value, text]) => h('option', {value, selected: value === state.hours}, text)))),
        typed('Tenant', 'tenant'), typed('Reason', 'reason')),
      list.element),
  };
}
