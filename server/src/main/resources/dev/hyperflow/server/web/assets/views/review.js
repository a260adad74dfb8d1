/**
 * The queue: recent answers, one at a time, to confirm or correct. A decision is a FEEDBACK event,
 * so it is learned and measured once. The next answer is shown at once; what was sent is taken back
 * when it fails, and undone by retracting its event.
 */
import {get, post, tenantPath} from '../lib/api.js';
import {isKnown} from '../lib/accuracy.js';
import {toast} from '../lib/dialog.js';
import {h, named, visible} from '../lib/dom.js';
import {percent, plural, points, whole} from '../lib/format.js';
import {box, message, problemMessage} from '../lib/panel.js';
import {address, amend} from '../lib/router.js';
import {watch} from '../lib/connection.js';
import {reviewCard} from './reviewcard.js';

const PAGE = 50;
const FRESH_AFTER = 10;
const FRESH_MILLIS = 250;
const QUALITY_MILLIS = 2000;
const PAUSE_MILLIS = 250;
const TOP = 9;
const NARROW = 640;
const WHICH = {all: 'All answers', disagreements: 'Disagreements', 'none-of-these': 'None of these', 'no-labels': 'No labels'};
const SORTS = {uncertainty: 'Least certain first', newest: 'Newest first'};
const AGES = {'': 'Any age', 900: 'Last 15 minutes', 3600: 'Last hour', 86400: 'Last day'};

const keyOf = ({tenant, queryId}) => JSON.stringify([tenant, queryId]);

export function review({id: tenant, query, signal}) {
  const state = {
    filter: query.filter in WHICH ? query.filter : 'all',
    sort: query.sort in SORTS ? query.sort : 'uncertainty',
    label: query.label ?? '',
    text: query.text ?? '',
    'max-age': query['max-age'] in AGES ? query['max-age'] : '',
  };
  const settled = new Set();
  const decided = [];
  const accuracies = new Map();
  let queue = [];
  let total = 0;
  let current = null;
  let coming = null;
  let moves = 0;
  let sinceLoad = 0;
  let loading = 0;
  let sent = 0;

  const spoken = h('p', {class: 'sr', role: 'status'});
  const card = reviewCard({signal, onDecide: decide, onSkip: skip, onUndo: undo});
  const place = h('div', {id: 'review-place'});
  const progress = h('dl', {class: 'pairs', id: 'review-progress'});
  const left = h('span', {class: 'note', role: 'status', id: 'review-left'});
  const {element: queuePanel} = box({title: 'Answer', aside: left}, place, spoken);
  const {element: donePanel} = box({title: 'This review'}, progress);
  const problems = h('div', {class: 'trouble', role: 'alert'});

  /* What is asked for. */

  async function load() {
    loading += 1;
    const mine = loading;
    sinceLoad = 0;
    try {
      const path = tenant === null ? '/queries' : tenantPath(tenant, '/queries');
      const page = await get(path, {query: {...state, filter: state.filter === 'all' ? '' : state.filter, limit: PAGE, topK: TOP}, signal});
      if (mine !== loading) {
        return;
      }
      problems.replaceChildren();
      queue = page.queries.filter((row) => !settled.has(keyOf(row)) && ![current, coming].some((one) => one !== null && keyOf(row) === keyOf(one)));
      total = page.total - page.queries.filter((row) => settled.has(keyOf(row))).length;
      if (current === null && coming === null) {
        next();
      } else {
        showLeft();
      }
    } catch (error) {
      if (!error.kind || signal.aborted || mine !== loading) {
        return;
      }
      current = null;
      place.replaceChildren(error.code === 'NOT_CONFIGURED' ? turnedOff() : problemMessage(error, load));
    }
  }

  function change(key, value) {
    state[key] = value;
    stay();
    amend('review', tenant, {
      ...state,
      filter: state.filter === 'all' ? '' : state.filter,
      sort: state.sort === 'uncertainty' ? '' : state.sort,
    });
    current = null;
    queue = [];
    load();
  }

  /* One answer after the other. */

  async function next() {
    moves += 1;
    const mine = moves;
    current = null;
    coming = queue.shift() ?? null;
    if (coming === null && sinceLoad > 0) {
      load();
      return;
    }
    if (coming !== null && decided.length > 0) {
      await refresh(coming);
    }
    if (mine === moves && !signal.aborted) {
      current = coming;
      coming = null;
      show();
      if (sinceLoad >= FRESH_AFTER) {
        load();
      }
    }
  }

  /* By the head of now, which has learned from the answers before; but nobody waits long for it. */
  async function refresh(row) {
    try {
      const answer = await post(tenantPath(row.tenant, '/predict'), {queryId: row.queryId, topK: TOP}, {signal: AbortSignal.any([signal, AbortSignal.timeout(FRESH_MILLIS)])});
      if (answer.labels?.length > 0) {
        row.labels = answer.labels;
      }
    } catch (error) {
      if (!error.kind && error.name !== 'AbortError' && error.name !== 'TimeoutError') {
        throw error;
      }
    }
  }

  /* Gives up the answer that was coming. */
  function stay() {
    moves += 1;
    if (coming !== null) {
      queue.unshift(coming);
      coming = null;
    }
  }

  function show() {
    showLeft();
    showProgress();
    if (current === null) {
      const none = decided.length > 0 ? 'All of these are reviewed.' : 'Nothing to review.';
      place.replaceChildren(message(none, state.filter === 'all' && state.label === '' && state.text === ''
        ? 'A query appears here when it has been answered, until its label is known or its time is over.'
        : 'No other remembered answer fits the filters.',
      decided.length > 0 ? h('button', {type: 'button', class: 'small', onclick: undo}, 'Undo the last') : null));
      say(none);
      return;
    }
    if (card.element.parentElement !== place) {
      place.replaceChildren(card.element);
    }
    card.show(current, {all: tenant === null, canUndo: decided.length > 0});
    say(`${visible(current.text ?? current.queryId)}. ${current.labels?.[0] ? `${visible(current.labels[0].label)}, ${percent(current.labels[0].probability)}` : 'No answer'}.`);
  }

  const say = (text) => {
    spoken.textContent = text;
  };

  const showLeft = () => {
    left.textContent = current === null ? '' : `${plural(total, 'answer')} left`;
  };

  function settle(entry) {
    settled.add(keyOf(entry.row));
    decided.push(entry);
    sinceLoad += 1;
    total = Math.max(0, total - 1);
    next();
  }

  function decide(label) {
    if (current === null) {
      return;
    }
    const row = current;
    sent += 1;
    const entry = {row, label, right: label === (row.label ?? row.labels?.[0]?.label), eventId: null};
    const body = {queryId: row.queryId, label, ...(row.again ? {eventId: `review-${Date.now().toString(36)}-${sent}`} : {})};
    entry.sent = post(tenantPath(row.tenant, '/feedback'), body, {keepalive: true}).then(({eventId}) => {
      entry.eventId = eventId;
      quality.kick();
    }, (error) => fail(entry, error));
    settle(entry);
  }

  function fail(entry, error) {
    if (!error.kind) {
      throw error;
    }
    const index = decided.indexOf(entry);
    if (index >= 0) {
      decided.splice(index, 1);
    }
    settled.delete(keyOf(entry.row));
    toast(`“${visible(entry.label)}” was not taken. ${error.message}`);
    queue.unshift(entry.row);
    total += 1;
    if (current === null && coming === null) {
      next();
    } else {
      showLeft();
      showProgress();
    }
  }

  function skip() {
    if (current !== null) {
      settle({row: current, label: null});
    }
  }

  async function undo() {
    const entry = decided.pop();
    if (!entry) {
      return;
    }
    settled.delete(keyOf(entry.row));
    stay();
    if (current !== null) {
      queue.unshift(current);
    }
    total += 1;
    current = entry.row;
    show();
    if (entry.label === null) {
      return;
    }
    current.again = true;
    await entry.sent;
    if (entry.eventId === null) {
      return;
    }
    try {
      await post(tenantPath(entry.row.tenant, '/support'), {operation: 'RETRACT', targetEventId: entry.eventId}, {keepalive: true});
      say(`Taken back: ${visible(entry.label)}.`);
      quality.kick();
    } catch (error) {
      if (!error.kind) {
        throw error;
      }
      toast(`“${visible(entry.label)}” is not taken back. ${error.message}`);
    }
  }

  /* What was done, and what accuracy became. */

  const quality = watch({
    load: async () => {
      const name = (decided.findLast((entry) => entry.label !== null)?.row ?? current)?.tenant ?? tenant;
      return name === null ? null : {name, detail: await get(tenantPath(name), {signal})};
    },
    every: QUALITY_MILLIS,
    signal,
    onData: (seen) => {
      if (seen !== null) {
        card.know(seen.name, (seen.detail.labelsDetail ?? []).map((detail) => detail.label));
        const accuracy = seen.detail.quality?.accuracy;
        const first = accuracies.get(seen.name)?.first ?? accuracy;
        accuracies.set(seen.name, {first, last: accuracy});
        showProgress(seen.name);
      }
    },
    onProblem: () => {},
  });

  function showProgress(name = (decided.findLast((entry) => entry.label !== null)?.row ?? current)?.tenant) {
    const labelled = decided.filter((entry) => entry.label !== null);
    const right = labelled.filter((entry) => entry.right).length;
    const row = (title, ...values) => h('div', {}, h('dt', {}, title), h('dd', {}, values));
    progress.replaceChildren(
      row('Reviewed', h('span', {id: 'review-done'}, whole(labelled.length))),
      row('The answer was right', labelled.length === 0 ? '–' : `${whole(right)} of ${whole(labelled.length)}`),
      row('Skipped', whole(decided.length - labelled.length)),
      ...(name ? [row(h('span', {}, 'Accuracy of ', named(name)), h('span', {id: 'review-accuracy'}, accuracyText(accuracies.get(name))))] : []));
  }

  function accuracyText(seen) {
    if (!seen?.last) {
      return 'Not tested yet';
    }
    const labels = seen.last.labels - (seen.first?.labels ?? 0);
    if (!isKnown(seen.last)) {
      return `after ${whole(seen.last.minLabels)} labels, now ${whole(seen.last.labels)}`;
    }
    const now = percent(seen.last.adapted.value);
    if (!isKnown(seen.first) || labels === 0) {
      return now;
    }
    return `${percent(seen.first.adapted.value)} → ${now} (${points(seen.last.adapted.value - seen.first.adapted.value)})`;
  }

  /* The keyboard. One can turn it off, since some readers send letters. */

  const keys = h('input', {type: 'checkbox', checked: true});
  addEventListener('keydown', (event) => {
    const busy = event.target instanceof HTMLElement && event.target.closest('input, textarea, select, dialog, summary');
    if (!keys.checked || current === null || busy || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) {
      return;
    }
    if (event.key === 'Enter' && event.target instanceof HTMLElement && event.target.closest('a, button')) {
      return;
    }
    if (card.key(event.key)) {
      event.preventDefault();
    }
  }, {signal});

  const select = (name, key, options) => h('label', {class: 'field'}, h('span', {}, name),
    h('select', {onchange: (event) => change(key, event.target.value)},
      Object.entries(options).sort(([a], [b]) => (key === 'max-age' ? a - b : 0)).map(([value, text]) => h('option', {value, selected: value === state[key]}, text))));
  const typed = (name, key, placeholder) => {
    let timer = 0;
    return h('label', {class: 'field'}, h('span', {}, name), h('input', {
      type: 'search', value: state[key], placeholder, autocomplete: 'off', spellcheck: 'false',
      oninput: (event) => {
        clearTimeout(timer);
        timer = setTimeout(() => change(key, event.target.value.trim()), PAUSE_MILLIS);
      },
    }));
  };

  showProgress();
  load();
  return {
    title: tenant === null ? 'Review' : `Review ${tenant}`,
    element: h('div', {},
      h('div', {class: 'page-head'}, h('div', {},
        tenant === null ? null : h('p', {class: 'crumb'}, h('a', {href: address('tenants', tenant)}, named(tenant))),
        h('h1', {}, 'Review'),
        h('p', {class: 'facts'}, tenant === null
          ? h('span', {}, 'Recent answers of all tenants')
          : h('span', {}, 'Recent answers of ', h('b', {}, named(tenant)), h('a', {href: address('review')}, 'All tenants'))))),
      h('details', {class: 'filters-box', open: innerWidth > NARROW || Object.keys(query).length > 0},
        h('summary', {}, 'Filters'),
        h('div', {class: 'filters', role: 'search', 'aria-label': 'Which answers'},
          select('Answers', 'filter', WHICH), select('Order', 'sort', SORTS), select('Age', 'max-age', AGES),
          typed('Label', 'label', 'Any'), typed('Text', 'text', 'Part of the text'))),
      problems,
      h('div', {class: 'columns'},
        h('div', {}, queuePanel),
        h('div', {}, donePanel, h('section', {class: 'keys', 'aria-label': 'Keys'},
          h('label', {class: 'check'}, keys, 'Keys'),
          h('dl', {}, [['1–9', 'that label'], ['Enter', 'accept'], ['a–z', 'search labels'], ['N', 'new label'], ['S', 'skip'], ['Z', 'undo']]
            .map(([key, what]) => h('div', {}, h('dt', {}, h('kbd', {}, key)), h('dd', {}, what)))))))),
  };
}

function turnedOff() {
  return message('Queries are not remembered here.', 'Set feedback.window.ms, for example to 3600000, and restart. From then on an answer can be reviewed for that long.');
}
