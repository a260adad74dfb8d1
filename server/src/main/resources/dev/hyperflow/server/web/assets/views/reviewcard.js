/** One answer to review: the text, the labels by probability, and the examples that mattered. */
import {post, tenantPath, wasAborted} from '../lib/api.js';
import {h, named, replace, share} from '../lib/dom.js';
import {ago, day, percent} from '../lib/format.js';
import {address} from '../lib/router.js';
import {influenceList, textsHint, withEffects} from './answer.js';
import {labelPicker} from './picker.js';

const INFLUENCE_MILLIS = 350;
const TOP = 9;

/**
 * @param {{signal: AbortSignal, onDecide: function(string): void, onSkip: function(): void, onUndo: function(): void}} options
 * @returns {{element: Element, show: function(object, object): void, key: function(string): boolean, know: function(string, string[]): void}}
 */
export function reviewCard({signal, onDecide, onSkip, onUndo}) {
  const known = new Map();
  const head = h('p', {class: 'review-head'});
  const text = h('blockquote', {class: 'review-text', id: 'review-text'});
  const choices = h('ol', {class: 'choices', 'aria-label': 'Labels by probability'});
  const why = h('div', {class: 'review-why'});
  const accept = h('button', {type: 'button', class: 'primary', onclick: () => acceptAnswer()});
  const undo = h('button', {type: 'button', onclick: onUndo}, 'Undo', h('kbd', {'aria-hidden': 'true'}, 'Z'));
  const picker = labelPicker({
    labels: () => labels(),
    onPick: (label) => {
      element.focus({preventScroll: true});
      onDecide(label);
    },
    onClose: () => element.focus({preventScroll: true}),
  });
  const element = h('div', {class: 'review-card', tabindex: '-1', role: 'group', 'aria-labelledby': 'review-text'},
    head, text,
    h('div', {class: 'review-choice'}, choices, picker.element,
      h('div', {class: 'row review-actions'},
        accept,
        h('button', {type: 'button', onclick: () => picker.open({fresh: true})}, 'New label', h('kbd', {'aria-hidden': 'true'}, 'N')),
        h('button', {type: 'button', onclick: onSkip}, 'Skip', h('kbd', {'aria-hidden': 'true'}, 'S')),
        undo)),
    why);
  let row = null;
  let shown = [];
  let asking = new AbortController();
  signal.addEventListener('abort', () => asking.abort());

  const labels = () => {
    const names = new Set([...(known.get(row?.tenant) ?? []), ...shown.map((one) => one.label)]);
    return [...names].sort((a, b) => a.localeCompare(b));
  };

  function acceptAnswer() {
    if (shown.length > 0) {
      onDecide(shown[0].label);
    }
  }

  function show(next, {all, canUndo}) {
    row = next;
    shown = (row.labels ?? (row.label ? [{label: row.label, probability: row.probability}] : [])).slice(0, TOP);
    asking.abort();
    picker.close();
    head.replaceChildren(...about(all));
    text.replaceChildren(row.text ? named(row.text) : h('span', {class: 'muted'}, 'No text is kept of ', h('span', {class: 'mono'}, named(row.queryId)), '.'));
    why.replaceChildren();
    drawChoices(new Map(shown.map((one) => [one.label, one.probability])));
    accept.disabled = shown.length === 0;
    replace(accept, shown.length === 0 ? 'Accept' : h('span', {class: 'clip'}, 'Accept ', named(shown[0].label)), h('kbd', {'aria-hidden': 'true'}, 'Enter'));
    undo.disabled = !canUndo;
    explain();
  }

  function about(all) {
    return [
      all ? h('span', {}, h('a', {href: address('tenants', row.tenant)}, named(row.tenant)), ' · ', h('a', {class: 'muted', href: address('review', row.tenant)}, 'only this one')) : null,
      h('span', {class: 'muted', title: day(row.time)}, ago(row.time)),
      row.status === 'NONE_OF_THESE' ? h('span', {class: 'tag', title: 'The text probably belongs to none of the labels'}, 'None of these') : null,
      row.label ? h('span', {}, 'answered ', h('b', {}, named(row.label)), ` ${percent(row.probability)}`) : h('span', {}, 'answered without a label'),
      row.disagreement && row.initialLabel ? h('span', {}, 'before adaptation ', h('span', {class: 'before'}, named(row.initialLabel))) : null,
      typeof row.scope === 'number' ? h('span', {class: 'muted'}, `in scope ${percent(row.scope)}`) : null,
    ].filter(Boolean);
  }

  /* The order stays as it was shown, whatever the probabilities become meanwhile. */
  function drawChoices(probabilities) {
    replace(choices, shown.map(({label}, i) => h('li', {}, h('button', {
      type: 'button', class: `choice${i === 0 ? ' first' : ''}`, 'data-key': `choice-${i + 1}`, onclick: () => onDecide(label),
    },
    h('kbd', {'aria-hidden': 'true'}, String(i + 1)),
    h('span', {class: 'bar-name', title: label}, named(label)),
    h('span', {class: 'bar-track'}, share(h('span', {class: 'bar-fill block now'}), probabilities.get(label) ?? 0)),
    h('span', {class: 'num'}, percent(probabilities.get(label)))))));
  }

  /* By the head of now, once one has looked at the answer for a moment. */
  async function explain() {
    asking = new AbortController();
    const controller = asking;
    const mine = row;
    await new Promise((resolve) => {
      setTimeout(resolve, INFLUENCE_MILLIS);
    });
    if (controller.signal.aborted || signal.aborted || shown.length === 0) {
      return;
    }
    try {
      const answer = withEffects(await post(tenantPath(mine.tenant, '/predict'), {queryId: mine.queryId, topK: TOP, influence: true}, {signal: controller.signal}));
      if (row === mine && !controller.signal.aborted) {
        drawChoices(new Map([...shown.map((one) => [one.label, one.probability]), ...(answer.labels ?? []).map((one) => [one.label, one.probability])]));
        why.replaceChildren(...[answer.influence?.length > 0 ? influenceList(answer, null) : null, textsHint(answer.texts)].filter(Boolean));
      }
    } catch (error) {
      if (error.kind) {
        why.replaceChildren(h('p', {class: 'note'}, `The examples that mattered are not known: ${error.message}`));
      } else if (!wasAborted(error, controller.signal) && !controller.signal.aborted) {
        throw error;
      }
    }
  }

  /* Whether a key meant something. */
  function key(name) {
    if (/^[1-9]$/.test(name)) {
      const one = shown[Number(name) - 1];
      if (one) {
        onDecide(one.label);
      }
      return Boolean(one);
    }
    const command = {Enter: acceptAnswer, n: () => picker.open({fresh: true}), s: onSkip, z: onUndo}[name.length === 1 ? name.toLowerCase() : name];
    if (command) {
      command();
      return true;
    }
    if (/^\p{L}$/u.test(name)) {
      picker.open({start: name});
      return true;
    }
    return false;
  }

  return {element, show, key, know: (tenant, names) => known.set(tenant, names)};
}
