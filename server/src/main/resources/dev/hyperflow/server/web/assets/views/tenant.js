/** One tenant: try it, how good it is, what it knows, and how its head came about. */
import {get, tenantPath} from '../lib/api.js';
import {watch} from '../lib/connection.js';
import {h, named, share} from '../lib/dom.js';
import {gain, isKnown, meaning, tooFew} from '../lib/accuracy.js';
import {attentionList} from '../lib/attention.js';
import {ago, day, percent, plural, shortHash, whole} from '../lib/format.js';
import {message, panel, problemMessage} from '../lib/panel.js';
import {address} from '../lib/router.js';
import {exampleMap} from '../charts/map.js';
import {crossvalidation, qualityPanel} from './quality.js';
import {examplesPanel} from './examples.js';
import {headPanel} from './head.js';
import {tryIt} from './tryit.js';

const EVERY_MILLIS = 2000;
const HEAD_MILLIS = 2000;
const MAP_MILLIS = 4000;
const CROSSVALIDATION_MILLIS = 15000;
const LABELS_SHOWN = 12;

/* Parts of an address that every browser resolves, however they are encoded. */
const UNREACHABLE = new Set(['.', '..']);

export function tenant({id, signal}) {
  if (UNREACHABLE.has(id)) {
    return {title: id, element: message(`A browser cannot ask for the tenant “${id}”.`, 'Addresses with such a part are resolved before they are sent. Use the command line instead: ./hyperflow tenant show.')};
  }
  const facts = h('p', {class: 'facts'}, h('span', {}, 'Loading'));
  const flags = h('span', {class: 'name-line'});
  const trouble = h('div', {class: 'trouble'});
  const trial = tryIt({tenant: id, signal, onChange: () => row.kick()});
  const body = h('div', {class: 'grid'}, trial.element);
  let parts = null;
  let fingerprint = null;

  const row = watch({
    load: () => get(tenantPath(id), {signal}),
    every: EVERY_MILLIS,
    signal,
    onData: (data) => {
      trouble.replaceChildren(attentionList(data.attention));
      showFacts(data);
      trial.know(data);
      if (parts === null) {
        parts = known(id, signal);
        body.append(...parts.elements);
      }
      parts.labels(data.labelsDetail ?? []);
      if (data.fingerprint !== fingerprint) {
        fingerprint = data.fingerprint;
        parts.changed();
      }
    },
    onProblem: (problem) => {
      if (problem.kind === 'missing') {
        facts.replaceChildren(h('span', {}, 'Not seen yet. Its first labelled example makes it a tenant.'));
        flags.replaceChildren();
        trial.know(null);
        parts?.elements.forEach((element) => element.remove());
        parts?.stop();
        parts = null;
        fingerprint = null;
      } else if (problem.kind === 'forbidden' || problem.kind === 'refused') {
        facts.replaceChildren();
        trouble.replaceChildren(problemMessage(problem, () => row.kick()));
      }
    },
  });

  function showFacts(data) {
    const {bundle, owner, quality} = data;
    flags.replaceChildren(
      quality?.driftDetected ? h('span', {class: 'tag drift', title: `Since ${day(quality.driftedAt)}`}, '▲ Drift') : '',
      data.pinned ? h('span', {class: 'tag'}, 'Pinned') : '',
      owner && owner.local === false ? h('span', {class: 'tag'}, `On ${owner.instance}`) : '');
    facts.replaceChildren(
      h('span', {}, h('b', {}, whole(data.labels)), data.labels === 1 ? 'label' : 'labels'),
      h('span', {}, h('b', {}, whole(data.examples)), data.examples === 1 ? 'example' : 'examples'),
      accuracyFact(quality?.accuracy),
      h('span', {title: bundle?.sha256}, 'Bundle', h('b', {}, bundle?.name ?? '–')),
      h('span', {title: data.fingerprint}, 'Fingerprint', h('b', {class: 'mono', 'data-fingerprint': data.fingerprint}, shortHash(data.fingerprint))),
      h('span', {title: day(data.lastEventAt)}, 'Last event', h('b', {}, ago(data.lastEventAt))));
  }

  return {
    title: id,
    element: h('div', {},
      h('div', {class: 'page-head'}, h('div', {},
        h('p', {class: 'crumb'}, h('a', {href: address('tenants')}, 'Tenants')),
        h('span', {class: 'name-line'}, h('h1', {}, named(id)), flags),
        facts)),
      trouble,
      body),
  };
}

function accuracyFact(accuracy) {
  if (!isKnown(accuracy)) {
    return accuracy?.labels > 0 ? h('span', {}, tooFew(accuracy)) : '';
  }
  return h('span', {title: meaning(accuracy)}, 'Accuracy',
    h('b', {class: 'before'}, percent(accuracy.unadapted.value)), '→', h('b', {class: 'after'}, percent(accuracy.adapted.value)), gain(accuracy));
}

/* The panels of a tenant that exists. They live until it is forgotten or the view is left. */
function known(id, parent) {
  const life = new AbortController();
  const signal = AbortSignal.any([parent, life.signal]);
  const labels = labelsPanel();
  const quality = qualityPanel({tenant: id, signal});
  const map = mapPanel(id, signal);
  const head = headPanel({tenant: id, signal});
  const validation = crossvalidation({tenant: id, signal});
  const examples = examplesPanel({tenant: id, signal});
  const paced = [
    pace(map.refresh, MAP_MILLIS, signal),
    pace(head.refresh, HEAD_MILLIS, signal),
    pace(validation.refresh, CROSSVALIDATION_MILLIS, signal),
    pace(examples.refresh, 0, signal),
  ];
  let first = true;
  return {
    elements: [quality.element, labels.element, map.element, head.element, ...validation.elements, examples.element],
    labels: (details) => {
      labels.update(details);
      examples.labels(details.map((detail) => detail.label));
    },
    changed: () => {
      if (!first) {
        paced.forEach((refresh) => refresh());
      }
      first = false;
    },
    stop: () => life.abort(),
  };
}

/* Calls at once, and then at most once in so many milliseconds; the last call is never lost. */
function pace(call, millis, signal) {
  let last = Date.now();
  let timer = 0;
  signal.addEventListener('abort', () => clearTimeout(timer));
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      last = Date.now();
      call();
    }, Math.max(0, last + millis - Date.now()));
  };
}

function labelsPanel() {
  const list = h('ul', {class: 'bars'});
  const more = h('div');
  let open = false;
  const id = 'labels-title';
  const element = h('section', {class: 'panel third', 'aria-labelledby': id},
    h('div', {class: 'panel-head'}, h('h2', {id}, 'Labels'), h('span', {class: 'note'}, 'examples of capacity')),
    h('div', {class: 'panel-body'}, list, more));
  let details = [];

  function update(next) {
    details = [...next].sort((a, b) => b.examples - a.examples || a.label.localeCompare(b.label));
    const shown = open ? details : details.slice(0, LABELS_SHOWN);
    list.replaceChildren(...shown.map(({label, examples, described, capacity}) => h('li', {class: 'bar'},
      h('span', {class: 'bar-name', title: label}, named(label), described ? h('span', {class: 'muted'}, ' · described') : null),
      h('span', {}, capacity ? `${whole(examples)} of ${whole(capacity)}` : whole(examples)),
      h('span', {class: 'bar-track thin'}, share(h('span', {class: 'bar-fill block'}), capacity ? examples / capacity : examples / Math.max(1, details[0].examples))))));
    more.replaceChildren(details.length > LABELS_SHOWN
      ? h('button', {type: 'button', class: 'quiet small', onclick: () => {
        open = !open;
        update(details);
      }}, open ? 'Show fewer' : `Show all ${details.length}`)
      : '');
  }
  return {element, update};
}

function mapPanel(id, signal) {
  const map = exampleMap();
  return panel({
    title: 'Map of its examples',
    note: 'The two directions in which the features vary most (PCA). Dots are examples, diamonds are heads.',
    size: 'seven',
    load: () => get(tenantPath(id, '/map'), {signal}),
    render: (data) => {
      if (data.examples.length + data.heads.length < 2) {
        return message('Too few examples for a map.', 'It appears with the second one.');
      }
      const explained = (data.explained ?? []).reduce((a, b) => a + b, 0);
      map.update(data);
      return h('div', {}, map.element, h('p', {class: 'note'},
        `${plural(data.examples.length, 'example')}${data.truncated ? ', a part of all' : ''} · ${percent(explained)} of the variance`));
    },
    signal,
  });
}
