/** Starts the page: the frame around the views, the state of the instance, the keyboard. */
import {hasToken, readiness, useToken} from './lib/api.js';
import {answeredAt, onConnection, retryNow, watch} from './lib/connection.js';
import {cancelAll, prompt} from './lib/dialog.js';
import {h, share, visible} from './lib/dom.js';
import {message} from './lib/panel.js';
import {address, parse, start} from './lib/router.js';
import {clockSeconds, percent, whole} from './lib/format.js';
import {themeButton} from './lib/theme.js';
import {overview} from './views/overview.js';
import {tenants} from './views/tenants.js';
import {tenant} from './views/tenant.js';
import {bundles} from './views/bundles.js';
import {importing, openFile} from './views/import.js';
import {letters} from './views/letters.js';
import {review} from './views/review.js';

const READINESS_MILLIS = 3000;
const VIEWS = {overview, review, tenants, import: importing, bundles, letters};

const main = document.getElementById('main');
const banner = document.getElementById('banner');
const state = document.getElementById('state');
const forever = new AbortController();
let leaving = new AbortController();
let connection = {kind: 'ok'};
let ready = {status: 'UP'};
let asking = false;

function show(route) {
  cancelAll();
  leaving.abort();
  leaving = new AbortController();
  const view = route.view === 'tenants' && route.id !== null ? tenant : VIEWS[route.view];
  const {title, element} = view ? view({...route, signal: leaving.signal}) : unknown();
  document.title = `${visible(title)} · HyperFlow Streams`;
  const changed = main.dataset.view !== undefined && main.dataset.view !== `${route.view}/${route.id}`;
  main.dataset.view = `${route.view}/${route.id}`;
  main.replaceChildren(element);
  document.querySelectorAll('[data-nav]').forEach((link) => {
    if (link.dataset.nav === (route.view === 'letters' ? 'overview' : route.view)) {
      link.setAttribute('aria-current', 'page');
    } else {
      link.removeAttribute('aria-current');
    }
  });
  if (changed) {
    scrollTo(0, 0);
    main.focus({preventScroll: true});
  }
}

function unknown() {
  return {title: 'Not found', element: message('There is no such view.', '', h('a', {href: address('overview')}, 'Go to the overview'))};
}

/* The state of the instance, at the top right. */

function showState() {
  const [tone, text] = stateOf();
  state.dataset.tone = tone;
  const place = state.querySelector('.pill-text');
  if (place.textContent !== text) {
    place.textContent = text;
  }
}

function stateOf() {
  switch (connection.kind) {
    case 'offline':
      return ['bad', 'No connection'];
    case 'token':
      return ['warn', 'Token needed'];
    case 'rebalancing':
      return ['warn', connection.problem?.code === 'REBALANCING' ? 'Rebalancing' : 'Not ready'];
    default:
  }
  switch (ready.status) {
    case 'UP':
      return ['ok', 'Running'];
    case 'RESTORING':
      return ['warn', `Restoring ${percent(ready.restoring?.fraction)}`];
    case 'REBALANCING':
      return ['warn', 'Rebalancing'];
    default:
      return ['bad', 'Down'];
  }
}

/* The banner: what is wrong with the connection, and what happens next. */

function showBanner() {
  const {kind, retryAt} = connection;
  main.classList.toggle('stale', kind !== 'ok');
  const restoring = kind === 'ok' && ready.status === 'RESTORING';
  banner.hidden = kind === 'ok' && !restoring;
  if (kind === 'ok') {
    banner.dataset.tone = 'warn';
    banner.replaceChildren(...(restoring ? [restoringBanner(ready.restoring ?? {})] : []));
    return;
  }
  const wait = h('span', {'aria-hidden': 'true'}, waitText(retryAt));
  const [tone, title, text] = {
    offline: ['bad', 'No connection to the instance.', answeredAt() === null ? 'Is it running?' : `Showing what was known at ${clockSeconds(answeredAt())}.`],
    token: ['warn', 'The instance asks for a token.', hasToken() ? 'The one in use is not accepted.' : 'It is kept in this tab only.'],
    rebalancing: connection.problem?.code === 'REBALANCING'
      ? ['warn', 'Partitions are moving between instances.', 'Tenants answer again when they have arrived.']
      : ['warn', 'Not ready to answer.', connection.problem?.message ?? ''],
  }[kind];
  banner.dataset.tone = tone;
  banner.replaceChildren(h('div', {class: 'banner-inner'}, h('span', {}, h('strong', {}, title), ' ', text),
    kind === 'token'
      ? h('button', {type: 'button', class: 'small', onclick: askForToken}, 'Enter token')
      : [wait, h('button', {type: 'button', class: 'small', onclick: retryNow}, 'Try now')]));
}

function restoringBanner({fraction, remaining, total}) {
  return h('div', {class: 'banner-inner'},
    h('span', {}, h('strong', {}, 'Restoring state.'), ` ${whole(remaining)} of ${whole(total)} records to go. A tenant answers once its partition is restored.`),
    h('span', {class: 'progress banner-progress', role: 'progressbar', 'aria-label': 'Restored', 'aria-valuemin': '0', 'aria-valuemax': '100', 'aria-valuenow': String(Math.round((fraction ?? 0) * 100))},
      share(h('span', {class: 'bar-fill ink block'}), fraction)));
}

const waitText = (retryAt) => {
  const seconds = Math.ceil((retryAt - Date.now()) / 1000);
  return seconds > 0 ? `Next try in ${seconds} s.` : 'Trying …';
};

setInterval(() => {
  const wait = banner.querySelector('[aria-hidden]');
  if (wait) {
    wait.textContent = waitText(connection.retryAt);
  }
}, 1000);

async function askForToken() {
  if (asking) {
    return;
  }
  asking = true;
  try {
    const token = await prompt({
      title: 'Token',
      text: 'A token with the scope read shows everything; write adds and retracts examples; admin moves bundles.',
      label: 'Bearer token',
      action: 'Use token',
      type: 'password',
    });
    if (token) {
      useToken(token);
      retryNow();
    }
  } finally {
    asking = false;
  }
}

/* The keyboard: / goes to the search. */

addEventListener('keydown', (event) => {
  const typing = event.target instanceof HTMLElement && event.target.closest('input, textarea, select, dialog');
  if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    if (!document.querySelector('[data-search]')) {
      location.hash = address('tenants');
      setTimeout(() => document.querySelector('[data-search]')?.focus(), 0);
    }
    document.querySelector('[data-search]')?.focus();
  }
});

/* A file that is dropped anywhere is looked at, for the tenant whose page it is. */

addEventListener('dragover', (event) => {
  if (event.dataTransfer?.types.includes('Files')) {
    event.preventDefault();
    document.documentElement.classList.add('dropping');
  }
});
addEventListener('dragleave', (event) => event.relatedTarget === null && document.documentElement.classList.remove('dropping'));
addEventListener('drop', (event) => {
  document.documentElement.classList.remove('dropping');
  const file = event.dataTransfer?.files[0];
  if (file) {
    event.preventDefault();
    const {view, id} = parse(location.hash);
    openFile(file, view === 'tenants' ? id : null);
  }
});

document.querySelector('.skip').addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
});

themeButton(document.getElementById('theme'));
let signature = '';
onConnection((next) => {
  connection = next;
  const now = `${next.kind}/${next.since}/${hasToken()}`;
  if (now !== signature) {
    signature = now;
    showBanner();
    if (next.kind === 'token' && !hasToken()) {
      askForToken();
    }
  }
  showState();
});
watch({
  load: readiness,
  open: true,
  every: READINESS_MILLIS,
  signal: forever.signal,
  onData: (data) => {
    const changed = JSON.stringify(ready) !== JSON.stringify(data);
    ready = data;
    showState();
    if (changed) {
      showBanner();
    }
  },
  onProblem: showState,
});
start(show);
