/** All tenants: search, filter, sort, pages. The address holds all four, so that it can be passed on. */
import {get} from '../lib/api.js';
import {prompt} from '../lib/dialog.js';
import {h, named} from '../lib/dom.js';
import {gain, isKnown, meaning, tooFew} from '../lib/accuracy.js';
import {attentionTags} from '../lib/attention.js';
import {ago, day, percent, plural, whole} from '../lib/format.js';
import {message, panel} from '../lib/panel.js';
import {address, amend} from '../lib/router.js';
import {legend} from '../charts/frame.js';
import {sparkline} from '../charts/pair.js';

const EVERY_MILLIS = 5000;
const PAUSE_MILLIS = 200;
const LIMIT = 50;
const NAMES = {tenant: 'Name', accuracy: 'Accuracy', gain: 'Gain', tested: 'Tested', examples: 'Examples', lastEvent: 'Last event'};
const FIRST_ORDER = {tenant: 'asc', accuracy: 'desc', gain: 'desc', tested: 'desc', examples: 'desc', lastEvent: 'desc'};

export function tenants({query, signal}) {
  const state = {
    search: query.search ?? '',
    show: query.show === 'attention' ? 'attention' : '',
    sort: query.sort in FIRST_ORDER ? query.sort : 'tenant',
    order: query.order === 'desc' || query.order === 'asc' ? query.order : FIRST_ORDER[query.sort] ?? 'asc',
    page: Math.max(0, Number.parseInt(query.page, 10) || 0),
  };
  let timer = 0;
  const input = h('input', {
    type: 'search',
    value: state.search,
    placeholder: 'Search tenants',
    'aria-label': 'Search tenants',
    'data-search': true,
    spellcheck: 'false',
    oninput: () => {
      clearTimeout(timer);
      timer = setTimeout(() => change({search: input.value.trim(), page: 0}), PAUSE_MILLIS);
    },
    onkeydown: (event) => {
      if (event.key === 'Escape') {
        event.preventDefault();
        if (input.value === '') {
          input.blur();
        } else {
          input.value = '';
          change({search: '', page: 0});
        }
      }
    },
  });
  const attention = h('button', {
    type: 'button',
    'aria-pressed': String(state.show === 'attention'),
    onclick: () => change({show: state.show === '' ? 'attention' : '', page: 0}),
  }, 'Needs attention');
  const sorting = h('select', {
    class: 'sort-narrow',
    'aria-label': 'Sort by',
    onchange: () => change({sort: sorting.value, order: FIRST_ORDER[sorting.value], page: 0}),
  }, Object.entries(NAMES).map(([key, name]) => h('option', {value: key, selected: key === state.sort}, `By ${name.toLowerCase()}`)));
  const list = panel({
    title: 'All tenants',
    aside: legend([{name: 'Before', tone: 'before'}, {name: 'After adaptation', tone: 'after'}]),
    load: async () => {
      const asked = {...state};
      const answer = await get('/tenants', {query: {...asked, limit: LIMIT}, signal});
      return {...answer, asked};
    },
    every: EVERY_MILLIS,
    render,
    signal,
  });

  function change(next) {
    Object.assign(state, next);
    attention.setAttribute('aria-pressed', String(state.show === 'attention'));
    amend('tenants', null, {
      search: state.search,
      show: state.show,
      sort: state.sort === 'tenant' ? '' : state.sort,
      order: state.order === FIRST_ORDER[state.sort] ? '' : state.order,
      page: state.page || '',
    });
    list.refresh();
  }

  function sortBy(key) {
    const turned = state.order === 'asc' ? 'desc' : 'asc';
    change({sort: key, order: state.sort === key ? turned : FIRST_ORDER[key], page: 0});
  }

  const clear = (name) => h('button', {type: 'button', class: 'small', onclick: () => {
    input.value = '';
    change({search: '', show: '', page: 0});
  }}, name);

  function render({tenants: rows, total, page, limit, asked}) {
    if (total === 0 && asked.show !== '') {
      return message('No tenant needs attention.', asked.search === '' ? '' : `Of those whose name has “${asked.search}” in it.`, clear('Show all tenants'));
    }
    if (total === 0) {
      return asked.search === '' ? nothingYet() : message(`No tenant is called “${asked.search}”.`, 'The search looks for a part of the tenant’s id.',
        h('div', {class: 'row'}, h('a', {class: 'button', href: address('tenants', asked.search)}, 'Make it a tenant'), clear('Show all tenants')));
    }
    if (rows.length === 0) {
      return message('This page is empty.', `There are ${plural(total, 'tenant')}.`,
        h('button', {type: 'button', class: 'small', onclick: () => change({page: 0})}, 'Go to the first page'));
    }
    return h('div', {}, h('div', {class: 'table-scroll'}, table(rows, asked)), pager({total, page, limit, rows}));
  }

  function table(rows, {sort, order}) {
    sorting.value = sort;
    const head = (name, key, number) => {
      const arrow = h('span', {class: 'arrow', 'aria-hidden': 'true'}, sort === key ? (order === 'asc' ? '▲' : '▼') : '');
      return h('th', {scope: 'col', class: `sortable${number ? ' num' : ''}`, 'aria-sort': sort === key ? `${order}ending` : null},
        h('button', {type: 'button', 'data-key': `sort-${key}`, onclick: () => sortBy(key)}, name, arrow));
    };
    return h('table', {class: 'compact', id: 'tenants'},
      h('thead', {}, h('tr', {},
        head('Tenant', 'tenant'), head('Accuracy', 'accuracy', true), h('th', {scope: 'col', class: 'num'}, 'Before'), head('Gain', 'gain', true),
        head('Tested', 'tested', true), h('th', {scope: 'col', class: 'num'}, 'Labels'), head('Examples', 'examples', true),
        head('Last event', 'lastEvent', true), h('th', {scope: 'col', class: 'wide-only'}, 'Course'))),
      h('tbody', {}, rows.map(tenantRow)));
  }

  function pager({total, page, limit, rows}) {
    const first = page * limit;
    const to = (name, key, next, possible) => h('button', {
      type: 'button', class: 'small', 'data-key': key, disabled: !possible,
      onclick: () => change({page: next}),
    }, name);
    return h('div', {class: 'pager', role: 'group', 'aria-label': 'Pages'},
      h('span', {role: 'status'}, total > rows.length ? `${whole(first + 1)}–${whole(first + rows.length)} of ${plural(total, 'tenant')}` : plural(total, 'tenant')),
      total > limit ? h('span', {}, to('Previous', 'previous', page - 1, page > 0), to('Next', 'next', page + 1, first + rows.length < total)) : null);
  }

  return {
    title: 'Tenants',
    element: h('div', {},
      h('div', {class: 'page-head'}, h('h1', {}, 'Tenants'), h('button', {type: 'button', onclick: newTenant}, 'New tenant')),
      h('div', {class: 'toolbar'},
        h('div', {class: 'search', role: 'search'}, input, h('kbd', {'aria-hidden': 'true'}, '/')),
        attention, sorting),
      list.element),
  };
}

async function newTenant() {
  const name = await prompt({
    title: 'New tenant',
    text: 'It begins with its first example. You can type one on its page.',
    label: 'Name',
    action: 'Open',
  });
  if (name) {
    location.hash = address('tenants', name);
  }
}

function tenantRow({tenant, labels, examples, quality, lastEventAt, pinned, owner, attention}) {
  const flags = [
    ...attentionTags((attention ?? []).filter(({code}) => code !== 'DRIFT')),
    quality?.driftDetected ? h('span', {class: 'tag drift', title: `Since ${day(quality.driftedAt)}`}, '▲ Drift') : null,
    pinned ? h('span', {class: 'tag', title: 'Stays with the bundle that its settings name'}, 'Pinned') : null,
    owner && owner.local === false ? h('span', {class: 'tag', title: 'Answers come from there'}, `On ${owner.instance}`) : null,
  ];
  const accuracy = quality?.accuracy;
  const measured = isKnown(accuracy);
  const number = (name, text, tone = '') => h('td', {class: `num ${tone}`, 'data-label': name}, text);
  return h('tr', {},
    h('th', {scope: 'row'},
      h('span', {class: 'name-line'}, h('a', {href: address('tenants', tenant), 'data-key': `tenant-${tenant}`}, named(tenant)), flags),
      h('span', {class: 'narrow-only note', 'aria-hidden': 'true'}, `${plural(labels, 'label')} · ${plural(examples, 'example')}`)),
    h('td', {class: `num ${measured ? 'after' : ''}`, 'data-label': 'Accuracy', title: measured ? meaning(accuracy) : null}, measured ? percent(accuracy.adapted.value) : '–'),
    number('Before', measured ? percent(accuracy.unadapted.value) : '–', measured ? 'before' : ''),
    number('Gain', measured ? gain(accuracy) : '–'),
    number('Tested', accuracy?.labels > 0 ? whole(accuracy.labels) : '–'),
    number('Labels', whole(labels)),
    number('Examples', whole(examples)),
    h('td', {class: 'num', 'data-label': 'Last event', title: day(lastEventAt)}, ago(lastEventAt)),
    h('td', {class: 'spark-cell wide-only'}, measured ? sparkline(quality.sparkline ?? []) : h('span', {class: 'muted'}, accuracy?.labels > 0 ? tooFew(accuracy) : 'Not tested yet')));
}

function nothingYet() {
  const name = h('input', {required: true, placeholder: 'my-tenant', autocomplete: 'off', spellcheck: 'false'});
  return h('div', {class: 'message'},
    h('strong', {}, 'No tenants yet.'),
    h('p', {}, 'A tenant begins with its first labelled example on the support topic, sent with the tenant as the key. You can also name one here and give it its first examples by hand.'),
    h('form', {
      class: 'row',
      onsubmit: (event) => {
        event.preventDefault();
        if (name.value.trim() !== '') {
          location.hash = address('tenants', name.value.trim());
        }
      },
    }, h('label', {class: 'field grow'}, h('span', {}, 'Tenant'), name), h('button', {type: 'submit', class: 'primary'}, 'Open')));
}
