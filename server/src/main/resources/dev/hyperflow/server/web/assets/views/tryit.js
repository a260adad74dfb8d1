/**
 * Teaching: asks the tenant's head while one types, shows which examples mattered, and lets one add
 * the text as an example, by one press on a label, and see what that changes. The latest question wins: an answer to an earlier one is
 * dropped however late it comes.
 */
import {get, post, tenantPath, wasAborted} from '../lib/api.js';
import {h, replace, visible} from '../lib/dom.js';
import {duration, percent, shortHash} from '../lib/format.js';
import {box, message, problemMessage} from '../lib/panel.js';
import {answerLine, comparisonBars, influenceList, probabilityBars, textsHint, withEffects} from './answer.js';

const PAUSE_MILLIS = 180;
const INFLUENCE_MILLIS = 450;
const LOOK_MILLIS = 200;
const PATIENCE_MILLIS = 20000;
const TOP = 8;

export function tryIt({tenant, signal, onChange}) {
  let question = 0;
  let asking = new AbortController();
  let typing = 0;
  let answer = null;
  let comparison = null;
  let fingerprint = null;
  let busy = false;
  let running = false;
  let outdated = false;

  const text = h('textarea', {rows: 2, placeholder: 'Type a message as your customers write it', 'aria-describedby': 'try-note', spellcheck: 'false', oninput: typed});
  const label = h('input', {list: 'try-labels', placeholder: 'New or known label', autocomplete: 'off', spellcheck: 'false', oninput: () => enable()});
  const known = h('datalist', {id: 'try-labels'});
  const preview = h('button', {type: 'button', onclick: () => whatIf(`If it were added as “${label.value.trim()}”`, {with: [{label: label.value.trim(), text: text.value}]})}, 'Preview');
  const add = h('button', {type: 'submit', class: 'primary'}, 'Add example');
  const event = h('div', {role: 'status'});
  const result = h('div', {class: 'result', id: 'result'}, nothingAsked());
  const spoken = h('p', {class: 'sr', role: 'status'});
  const behind = h('div', {class: 'teach-why'});
  const form = h('form', {
    class: 'row',
    onsubmit: (submitted) => {
      submitted.preventDefault();
      addExample(label.value.trim());
    },
  }, h('label', {class: 'field grow'}, h('span', {}, 'Another label'), label, known), preview, add);
  const {element} = box({title: 'Teach'}, h('div', {class: 'teach'},
    h('label', {class: 'field'}, h('span', {}, 'Text'), text),
    h('div', {class: 'teach-answer'},
      h('div', {class: 'teach-choice'}, result, event, form,
        h('p', {class: 'note', id: 'try-note'}, 'Answers come from the current head while you type. Preview asks what an example would change without keeping it.')),
      behind),
    spoken));
  enable();

  function typed() {
    clearTimeout(typing);
    comparison = null;
    enable();
    supersede();
    if (text.value.trim() === '') {
      answer = null;
      result.removeAttribute('aria-busy');
      replace(result, nothingAsked());
      replace(behind);
      return;
    }
    result.setAttribute('aria-busy', 'true');
    typing = setTimeout(() => ask(), PAUSE_MILLIS);
  }

  function enable() {
    result.querySelectorAll('button.bar').forEach((bar) => {
      bar.disabled = busy;
    });
    const possible = text.value.trim() !== '' && label.value.trim() !== '' && !busy;
    add.disabled = !possible;
    preview.disabled = !possible;
  }

  /* Makes every earlier question void and returns how to know whether this one still counts. */
  function supersede() {
    question += 1;
    running = false;
    asking.abort();
    asking = new AbortController();
    const mine = question;
    const controller = asking;
    return {current: () => mine === question && !signal.aborted, signal: AbortSignal.any([signal, controller.signal])};
  }

  const predict = (more, asked) => post(tenantPath(tenant, '/predict'), {text: text.value, topK: TOP, ...more}, {signal: asked.signal});

  /* Again, when the support set has changed; what mattered before stays until the new figures come. */
  async function ask(again = false) {
    const asked = supersede();
    running = true;
    outdated = false;
    await guarded(asked, async () => {
      const next = await predict({}, asked);
      if (asked.current()) {
        answer = again && next.label === answer?.label ? {...next, influence: answer.influence} : next;
        show();
        await influence(asked);
      }
    });
    if (asked.current()) {
      running = false;
      if (outdated) {
        ask(true);
      }
    }
  }

  async function influence(asked) {
    await wait(INFLUENCE_MILLIS, asked.signal);
    if (asked.current() && answer?.label) {
      if (!answer.influence) {
        replace(behind, h('p', {class: 'note'}, 'Finding the examples that mattered …'));
      }
      const next = await predict({influence: true}, asked);
      if (asked.current()) {
        answer = {...withEffects(next), millis: answer.millis};
        show();
      }
    }
  }

  async function whatIf(title, more) {
    const asked = supersede();
    running = true;
    result.setAttribute('aria-busy', 'true');
    await guarded(asked, async () => {
      const before = await predict({}, asked);
      const after = await predict(more, asked);
      if (asked.current()) {
        answer = {...before, influence: answer?.influence};
        comparison = {title, before, after, kept: false};
        show();
      }
    });
    if (asked.current()) {
      running = false;
    }
  }

  async function addExample(name) {
    await change(`Added as “${name}”`, {operation: 'ADD', label: name, text: text.value}, (sent) => sent.eventId);
  }

  /* Sends a change of the support set and shows the answers before and after it took effect. */
  async function change(title, body, idOf) {
    const asked = supersede();
    const wording = text.value;
    busy = true;
    enable();
    event.replaceChildren();
    result.setAttribute('aria-busy', 'true');
    await guarded(asked, async () => {
      // What was decided is sent, also when one goes on typing meanwhile.
      const before = await predict({text: wording}, {signal});
      const sent = await post(tenantPath(tenant, '/support'), body, {signal});
      const eventId = idOf(sent);
      const started = performance.now();
      say('Sent. Waiting for the head …');
      const then = await changed(before.fingerprint);
      onChange();
      const seen = then === null ? 'It is not visible yet.' : `Visible after ${duration(performance.now() - started)}; fingerprint ${shortHash(before.fingerprint)} → ${shortHash(then)}.`;
      say(`${title}, event ${eventId}. ${seen}`, body.operation === 'ADD' ? () => undo(eventId, wording) : null);
      if (asked.current()) {
        const after = await predict({influence: true}, asked);
        if (asked.current()) {
          answer = withEffects(after);
          comparison = {title, before, after, kept: true};
          show();
        }
      }
    });
    busy = false;
    enable();
  }

  function undo(eventId, wording) {
    text.value = wording;
    change('Taken back', {operation: 'RETRACT', targetEventId: eventId}, () => eventId);
  }

  /* The first fingerprint other than `old`, or null when it does not change in time. */
  async function changed(old) {
    const end = performance.now() + PATIENCE_MILLIS;
    while (performance.now() < end) {
      try {
        const row = await get(tenantPath(tenant), {signal});
        if (row.fingerprint !== old) {
          return row.fingerprint;
        }
      } catch (error) {
        if (error.kind !== 'missing') {
          throw error;
        }
      }
      await wait(LOOK_MILLIS, signal);
    }
    return null;
  }

  /* Runs and shows a problem, unless the question has been superseded. */
  async function guarded(asked, run) {
    try {
      await run();
    } catch (error) {
      if (error.kind && asked.current()) {
        comparison = null;
        replace(result, problemMessage(error, () => ask()));
      } else if (!error.kind && !wasAborted(error, asked.signal)) {
        throw error;
      }
    } finally {
      if (asked.current()) {
        result.removeAttribute('aria-busy');
      }
    }
  }

  function say(words, undoing = null) {
    event.replaceChildren(h('div', {class: 'event'}, h('span', {}, words),
      undoing ? h('button', {type: 'button', class: 'small', onclick: undoing}, 'Undo') : null));
  }

  function show() {
    result.removeAttribute('aria-busy');
    if (answer.label === null || answer.label === undefined) {
      replace(result, message('No answer yet.', answer.status === 'NO_LABELS' ? 'The tenant has no labels. Add this text as its first example.' : 'No label is known well enough.'));
      return;
    }
    const shown = comparison ? comparison.after : answer;
    replace(result,
      h('div', {}, answerLine(shown), h('p', {class: 'answer-more'}, comparison ? comparison.title : `In ${duration(answer.millis)} with ${answer.bundle}`)),
      comparison ? comparisonBars(comparison, comparison.kept ? null : () => {
        comparison = null;
        show();
      }) : [h('p', {class: 'note'}, 'Is it another one? Press the right label to teach it.'), probabilityBars(answer.labels, addExample)]);
    spoken.textContent = `${visible(shown.label)}, ${percent(shown.confidence)}`;
    replace(behind, answer.influence ? influenceList(answer, (id) => whatIf(`If ${id} were not there`, {without: [id]})) : null, answer.influence ? textsHint(answer.texts) : null);
  }

  function know(row) {
    const labels = (row?.labelsDetail ?? []).map((detail) => detail.label).sort((a, b) => a.localeCompare(b));
    known.replaceChildren(...labels.map((name) => h('option', {value: name})));
    if (row?.fingerprint !== fingerprint) {
      const first = fingerprint === null;
      fingerprint = row?.fingerprint ?? null;
      if (!first && !busy && comparison === null && answer !== null) {
        outdated = true;
        if (!running) {
          ask(true);
        }
      }
    }
  }

  return {element, know};
}

function nothingAsked() {
  return h('p', {class: 'muted'}, 'The answer appears here, with the probability of each label. Press the right one to teach it.');
}

function wait(millis, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, millis);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    }, {once: true});
  });
}
