/** Which bundle answers, which one is on its way, and the three steps of a rollout. */
import {get, post} from '../lib/api.js';
import {confirm, toast} from '../lib/dialog.js';
import {h, share} from '../lib/dom.js';
import {day, percent, plural, points, shortHash, whole} from '../lib/format.js';
import {box, message, panel, problemMessage} from '../lib/panel.js';

const EVERY_MILLIS = 3000;

const ACTIONS = {SHADOW: 'Shadow', PROMOTE: 'Promote', ROLLBACK: 'Roll back'};

export function bundles({signal}) {
  const problems = h('div', {role: 'alert'});
  const form = shadowForm();
  const shadow = box({
    title: 'Bring in another bundle',
    note: 'In shadow a bundle answers beside the current one and its answers are only compared. Nothing is sent from it.',
  }, form.element);

  const state = panel({
    title: 'Rollout',
    load: () => get('/bundles', {signal}),
    every: EVERY_MILLIS,
    render: (data) => {
      form.disabled = !data.enabled;
      return h('div', {}, rolloutSummary(data), data.enabled ? actions(data) : notEnabled());
    },
    signal,
  });
  const history = panel({
    title: 'History',
    load: async () => (await get('/bundles', {signal})).history,
    every: EVERY_MILLIS,
    render: historyTable,
    signal,
  });
  async function act(action, bundle, question) {
    problems.replaceChildren();
    if (!(await confirm(question))) {
      return;
    }
    try {
      await post('/bundles', bundle ? {action, bundle} : {action}, {signal});
      toast(`${ACTIONS[action]}: sent to every instance.`);
      state.refresh();
      history.refresh();
    } catch (error) {
      if (!error.kind) {
        throw error;
      }
      problems.replaceChildren(problemMessage(error));
    }
  }

  function actions({current, candidate, history: steps}) {
    const earlier = (steps ?? []).length > 0 || candidate !== null;
    const compared = hasSeenTraffic(candidate);
    return h('div', {class: 'row list-gap'},
      candidate?.mode === 'SHADOW' ? h('button', {
        type: 'button', class: compared ? 'primary' : '', 'data-key': 'promote',
        onclick: () => act('PROMOTE', null, {
          title: `Promote ${candidate.name}?`,
          text: `${compared ? '' : 'It has not answered any query yet, so nothing has been compared. '}Every tenant moves from ${current.name} to it, one after the other, in the background. You can roll back at any time.`,
          action: 'Promote',
        }),
      }, 'Promote') : null,
      earlier ? h('button', {
        type: 'button', class: 'danger', 'data-key': 'rollback',
        onclick: () => act('ROLLBACK', null, candidate?.mode === 'SHADOW' ? {
          title: `Drop ${candidate.name}?`, text: `It leaves the shadow; ${current.name} goes on answering.`, action: 'Drop', danger: true,
        } : {
          title: 'Roll back?', text: `Tenants go back to the bundle that answered before ${candidate?.name ?? current.name}.`, action: 'Roll back', danger: true,
        }),
      }, candidate?.mode === 'SHADOW' ? 'Drop from shadow' : 'Roll back') : null);
  }

  function shadowForm() {
    const location = h('input', {required: true, placeholder: '/srv/bundles/next.zip', 'aria-describedby': 'bundle-place', autocomplete: 'off', spellcheck: 'false'});
    const send = (action, title, text) => {
      if (location.reportValidity()) {
        const bundle = location.value.trim();
        act(action, bundle, {title, text: `${bundle}. ${text}`, action: ACTIONS[action]});
      }
    };
    const fields = h('fieldset', {disabled: true}, h('div', {class: 'row'},
      h('label', {class: 'field grow'}, h('span', {}, 'Where the bundle is'), location),
      h('button', {type: 'submit'}, 'Shadow'),
      h('button', {
        type: 'button',
        onclick: () => send('PROMOTE', 'Promote this bundle without a shadow?', 'Its answers have not been compared with those of the current one.'),
      }, 'Promote')),
    h('p', {class: 'note', id: 'bundle-place'}, 'A folder or a .zip file that every instance can read, or classpath:bundles/NAME for one that is shipped.'));
    const element = h('form', {
      onsubmit: (event) => {
        event.preventDefault();
        send('SHADOW', 'Bring this bundle into shadow?', 'Each instance loads it and verifies it first.');
      },
    }, fields);
    return {
      element,
      set disabled(off) {
        fields.disabled = off;
      },
    };
  }

  return {
    title: 'Bundles',
    element: h('div', {},
      h('div', {class: 'page-head'}, h('h1', {}, 'Bundles')),
      problems,
      h('div', {class: 'columns even'},
        h('div', {}, state.element, shadow.element),
        h('div', {}, history.element))),
  };
}

/** Whether the answers of a bundle in shadow have been compared with any. */
const hasSeenTraffic = (candidate) => Number.isFinite(candidate?.agreement);

/** The current bundle, the candidate if there is one, and how far its rollout is. */
export function rolloutSummary({current, candidate}) {
  return h('div', {},
    h('dl', {class: 'pairs'},
      pair('Answers', h('span', {}, current.name, ' ', h('code', {class: 'muted', title: current.sha256}, shortHash(current.sha256)))),
      current.since ? pair('Since', day(current.since)) : null),
    candidate === null || candidate === undefined
      ? h('p', {class: 'note list-gap'}, 'No rollout is under way.')
      : candidateSummary(candidate));
}

function candidateSummary({name, sha256, mode, progress, answers, agreement, accuracyCurrent, accuracyCandidate}) {
  const shadow = mode === 'SHADOW';
  const fraction = progress?.fraction ?? 0;
  return h('div', {class: 'list-gap'},
    h('dl', {class: 'pairs'},
      pair(shadow ? 'In shadow' : 'Rolling out', h('span', {}, name, ' ', h('code', {class: 'muted', title: sha256}, shortHash(sha256)))),
      shadow ? pair('Gives the same answer', Number.isFinite(agreement) ? percent(agreement) : answers > 0 ? `Too few answers: ${whole(answers)}` : 'Nothing compared yet') : null),
    h('div', {class: 'progress', role: 'progressbar', 'aria-label': shadow ? 'Heads integrated' : 'Tenants moved', 'aria-valuemin': '0', 'aria-valuemax': '100', 'aria-valuenow': String(Math.round(fraction * 100))},
      share(h('div', {class: 'bar-fill ink'}), fraction)),
    h('p', {class: 'note'}, `${whole(progress?.visited)} of ${plural(progress?.tenants, 'tenant')} · ${fraction > 0 ? percent(fraction) : 'not begun yet'}`),
    Number.isFinite(accuracyCurrent) && Number.isFinite(accuracyCandidate) ? compare(accuracyCurrent, accuracyCandidate) : null);
}

function compare(current, candidate) {
  const bar = (name, value, tone) => h('div', {class: 'bar'},
    h('span', {class: 'bar-name'}, name), h('span', {}, percent(value)),
    h('span', {class: 'bar-track'}, share(h('span', {class: `bar-fill block ${tone}`}), value)));
  return h('div', {class: 'bars list-gap'},
    bar('Accuracy now', current, 'was'), bar('Accuracy with the candidate', candidate, 'now'),
    h('p', {class: 'note'}, `${points(candidate - current)} points on the same labels.`));
}

const pair = (name, value) => h('div', {}, h('dt', {}, name), h('dd', {}, value));

function notEnabled() {
  return message('Bundles cannot be changed from here.', 'Set topics.bundles to the name of a control topic and restart; then this page can bring in, promote and roll back bundles.');
}

function historyTable(steps) {
  if (!steps || steps.length === 0) {
    return message('No bundle was changed since the start.');
  }
  return h('table', {},
    h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, 'Step'), h('th', {scope: 'col'}, 'Bundle'), h('th', {scope: 'col', class: 'num'}, 'When'))),
    h('tbody', {}, steps.map(({at, action, bundle, outcome, why}) => h('tr', {},
      h('th', {scope: 'row', class: 'nowrap'}, ACTIONS[action] ?? action, outcome === 'REFUSED' ? ' · refused' : outcome === 'WAITING' ? ' · waits' : ''),
      h('td', {class: 'wrap'}, bundle ?? '–', why ? h('span', {class: 'note block'}, why) : ''), h('td', {class: 'num'}, day(at))))));
}
