/** One tenant as its labeller works on it: teach, see the effect, correct; and below, how it came about. */
import {del, get, tenantPath} from '../lib/api.js';
import {watch} from '../lib/connection.js';
import {choose, toast} from '../lib/dialog.js';
import {h, named, visible} from '../lib/dom.js';
import {gain, interval, isKnown, meaning, tooFew} from '../lib/accuracy.js';
import {attentionList} from '../lib/attention.js';
import {ago, day, percent, plural, shortHash, whole} from '../lib/format.js';
import {message, panel, problemMessage} from '../lib/panel.js';
import {address} from '../lib/router.js';
import {section} from '../lib/section.js';
import {exampleMap} from '../charts/map.js';
import {textsHint} from './answer.js';
import {crossvalidation, qualityPanel} from './quality.js';
import {examplesPanel} from './examples.js';
import {headPanel} from './head.js';
import {labelsPanel} from './labels.js';
import {queuePanel} from './queue.js';
import {suspectsPanel} from './suspects.js';
import {tryIt} from './tryit.js';

const EVERY_MILLIS = 2000;
const HEAD_MILLIS = 2000;
const MAP_MILLIS = 4000;
const SUSPECTS_MILLIS = 3000;
const CROSSVALIDATION_MILLIS = 15000;

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
  const queue = queuePanel({tenant: id, signal});
  const main = h('div', {}, queue.element, trial.element);
  const side = h('div');
  const below = h('div', {class: 'sections'});
  const forgetting = h('div', {class: 'danger-zone', hidden: true},
    h('button', {type: 'button', class: 'danger', onclick: () => forget(id, () => row.kick())}, 'Forget tenant'),
    h('span', {class: 'note'}, 'Removes all that is known of it: examples, texts, remembered queries, settings, quality.'));
  let parts = null;
  let shown = null;

  const row = watch({
    load: () => get(tenantPath(id), {signal}),
    every: EVERY_MILLIS,
    signal,
    onData: (data) => {
      trouble.replaceChildren(attentionList(data.attention));
      forgetting.hidden = false;
      showFacts(data);
      trial.know(data);
      if (parts === null) {
        parts = known(id, signal, () => row.kick());
        main.append(...parts.main);
        side.append(...parts.side);
        below.append(...parts.below);
      }
      parts.update(data);
      /* The fingerprint alone comes back after an example and its retraction; a panel may have loaded between the two. */
      const state = `${data.fingerprint} ${data.applied}`;
      if (state !== shown) {
        shown = state;
        parts.changed();
      }
    },
    onProblem: (problem) => {
      if (problem.kind === 'missing') {
        facts.replaceChildren(h('span', {}, 'No example yet. The first one makes it a tenant.'));
        flags.replaceChildren();
        forgetting.hidden = true;
        trial.know(null);
        parts?.stop();
        parts = null;
        shown = null;
      } else if (problem.kind === 'forbidden' || problem.kind === 'refused') {
        facts.replaceChildren();
        trouble.replaceChildren(problemMessage(problem, () => row.kick()));
      }
    },
  });

  function showFacts(data) {
    const {owner, quality} = data;
    flags.replaceChildren(
      quality?.driftDetected ? h('span', {class: 'tag drift', title: `Since ${day(quality.driftedAt)}`}, '▲ Drift') : '',
      data.pinned ? h('span', {class: 'tag'}, 'Pinned') : '',
      owner && owner.local === false ? h('span', {class: 'tag'}, `On ${owner.instance}`) : '');
    facts.replaceChildren(
      accuracyFact(quality?.accuracy),
      h('span', {}, h('b', {}, whole(data.labels)), data.labels === 1 ? 'label' : 'labels'),
      h('span', {}, h('b', {}, whole(data.examples)), data.examples === 1 ? 'example' : 'examples'),
      h('span', {title: day(data.lastEventAt)}, 'Last event', h('b', {}, ago(data.lastEventAt))));
  }

  return {
    title: id,
    element: h('div', {},
      h('div', {class: 'page-head'},
        h('div', {},
          h('p', {class: 'crumb'}, h('a', {href: address('tenants')}, 'Tenants')),
          h('span', {class: 'name-line'}, h('h1', {}, named(id)), flags),
          facts),
        h('a', {class: 'button', href: address('import', id)}, 'Import examples')),
      trouble,
      h('div', {class: 'columns'}, main, side),
      below, forgetting),
  };
}

/* All that is known of a tenant goes, so its name must be typed. */
async function forget(id, onChange) {
  const input = h('input', {required: true, autocomplete: 'off', spellcheck: 'false', autofocus: true, oninput: () => {
    submit.disabled = input.value !== id;
  }});
  const submit = h('button', {type: 'submit', value: 'yes', class: 'danger', disabled: true}, 'Forget');
  const answer = await choose({
    title: `Forget ${visible(id)}?`,
    content: [h('p', {}, 'Its examples with their texts, its remembered queries, its settings and its quality go. That cannot be undone.'),
      h('label', {class: 'field'}, h('span', {}, 'Type its name'), input)],
    actions: [submit],
  });
  if (answer === null || input.value !== id) {
    return;
  }
  try {
    await del(tenantPath(id));
    toast(`${visible(id)} is forgotten.`);
    onChange();
  } catch (error) {
    if (!error.kind) {
      throw error;
    }
    toast(`${visible(id)} is not forgotten. ${error.message}`);
  }
}

function accuracyFact(accuracy) {
  if (!isKnown(accuracy)) {
    return accuracy?.labels > 0 ? h('span', {}, tooFew(accuracy)) : '';
  }
  return h('span', {title: meaning(accuracy)}, 'Accuracy',
    h('b', {class: 'before'}, percent(accuracy.unadapted.value)), '→', h('b', {class: 'after'}, percent(accuracy.adapted.value)), gain(accuracy));
}

/* The panels of a tenant that exists. They live until it is forgotten or the view is left. */
function known(id, parent, onChange) {
  const life = new AbortController();
  const signal = AbortSignal.any([parent, life.signal]);
  const labels = labelsPanel({tenant: id, onChange});
  const quality = qualityPanel({tenant: id, signal});
  const suspects = suspectsPanel({tenant: id, signal, onChange, merge: (label, other) => labels.change(label, other)});
  const examples = examplesPanel({tenant: id, signal, onChange});
  const paced = [pace(examples.refresh, 0, signal), pace(suspects.refresh, SUSPECTS_MILLIS, signal)];
  const made = ({refresh}, millis) => paced.push(pace(refresh, millis, signal));
  const identity = h('dl', {class: 'pairs small'});
  const sections = [
    section({name: 'map', title: 'Map of the examples', about: 'which labels lie close to each other'}, () => {
      const map = mapPanel(id, signal);
      made(map, MAP_MILLIS);
      return [map.element];
    }),
    section({name: 'confusion', title: 'What is mixed up', about: 'confusion matrix and reliability, from cross-validation'}, () => {
      const validation = crossvalidation({tenant: id, signal});
      made(validation, CROSSVALIDATION_MILLIS);
      return [h('div', {class: 'columns even'}, validation.elements.map((element) => h('div', {}, element)))];
    }),
    section({name: 'head', title: 'How its head came about', about: 'integration, bundle, fingerprint'}, () => {
      const head = headPanel({tenant: id, signal});
      made(head, HEAD_MILLIS);
      return [head.element];
    }),
  ];
  const elements = {main: [quality.element, suspects.element, examples.element], side: [labels.element, identity], below: sections};
  let first = true;
  return {
    ...elements,
    update: ({labelsDetail = [], bundle, fingerprint}) => {
      labels.update(labelsDetail);
      examples.labels(labelsDetail.map((detail) => detail.label));
      identity.replaceChildren(
        h('div', {title: bundle?.sha256}, h('dt', {}, 'Bundle'), h('dd', {}, bundle?.name ?? '–')),
        h('div', {title: fingerprint}, h('dt', {}, 'Fingerprint'), h('dd', {class: 'mono', 'data-fingerprint': fingerprint}, shortHash(fingerprint))));
    },
    changed: () => {
      if (!first) {
        paced.forEach((refresh) => refresh());
      }
      first = false;
    },
    stop: () => {
      life.abort();
      Object.values(elements).flat().forEach((element) => element.remove());
    },
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

function mapPanel(id, signal) {
  const map = exampleMap();
  return panel({
    title: 'Examples and heads in the plane',
    note: 'The two directions in which the features vary most (PCA). Dots are examples, diamonds are heads.',
    load: () => get(tenantPath(id, '/map'), {signal}),
    render: (data) => {
      if (data.examples.length + data.heads.length < 2) {
        return message('Too few examples for a map.', 'It appears with the second one.');
      }
      const explained = (data.explained ?? []).reduce((a, b) => a + b, 0);
      map.update(data);
      return h('div', {}, map.element, h('p', {class: 'note'},
        `${plural(data.examples.length, 'example')}${data.truncated ? ', a part of all' : ''} · ${percent(explained)} of the variance`), textsHint(data.texts));
    },
    signal,
  });
}
