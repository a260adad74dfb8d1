/** What needs a person, as the API says it. */
import {h, named} from './dom.js';
import {ago} from './format.js';
import {address} from './router.js';

const NAMES = {
  BACKLOG: 'Backlog',
  SLOW_ANSWERS: 'Slow answers',
  DRIFT: 'Drift',
  BUNDLE_REFUSED: 'Bundle refused',
  DEAD_LETTERS: 'Dead letters',
  NO_LABELS: 'No labels',
  WRONG_PARTITION: 'Wrong partition',
};

const name = (code) => NAMES[code] ?? code;

/** A list with what to do; nothing where nothing needs a person. */
export function attentionList(items) {
  if (!items || items.length === 0) {
    return '';
  }
  const several = new Set(items.map(({instance}) => instance)).size > 1;
  return h('ul', {class: 'attention', 'aria-label': 'Needs attention'}, items.map(({code, tenant, text, action, since, instance}) => h('li', {'data-code': code},
    h('strong', {}, name(code)), ' ',
    tenant ? [h('a', {href: address('tenants', tenant)}, named(tenant)), ': '] : '',
    text, ' ', code === 'DEAD_LETTERS' ? h('a', {href: address('letters', null, {tenant})}, 'See and replay') : '', ' ', h('span', {class: 'muted'}, code === 'DEAD_LETTERS' ? '' : action, since ? ` Last seen ${ago(since)}.` : '', several && instance ? ` Instance ${instance}.` : ''))));
}

/** Short marks for a row. */
export const attentionTags = (items) => items.map(({code, text, action}) => h('span', {class: 'tag drift', title: `${text} ${action}`}, name(code)));
