/** How an answer looks: its label, its probabilities, a comparison, and the examples behind it. */
import {h, named, share} from '../lib/dom.js';
import {percent, points} from '../lib/format.js';

const INFLUENCE_SHOWN = 8;
const COMPARED = 6;

/** An answer whose influence says by how much each example raised the probability of the label. */
export const withEffects = (answer) => ({
  ...answer,
  influence: answer.influence?.map((entry) => ({...entry, effect: answer.confidence - entry.probabilityWithout})),
});

/** The label and how sure it is. */
export function answerLine({label, confidence, abstained, scope, status, initialLabel}) {
  const outside = status === 'NONE_OF_THESE';
  return h('div', {class: 'answer'},
    h('span', {class: 'answer-label'}, named(label)),
    h('span', {class: 'answer-more'}, percent(confidence)),
    outside ? h('span', {class: 'tag', title: 'The text probably belongs to none of the labels: not to be acted on'}, 'None of these') : null,
    abstained && !outside ? h('span', {class: 'tag', title: 'Below the threshold: not to be acted on'}, 'Abstains') : null,
    typeof scope === 'number' ? h('span', {class: 'answer-more', title: 'Probability that the text belongs to one of the labels'}, `in scope ${percent(scope)}`) : null,
    initialLabel && initialLabel !== label ? h('span', {class: 'answer-more'}, 'before adaptation ', h('span', {class: 'before'}, named(initialLabel))) : null,
    status === 'COLD_START' ? h('span', {class: 'tag', title: 'Too few labels to adapt yet'}, 'Cold start') : null,
    status === 'RATE_LIMITED' ? h('span', {class: 'tag', title: 'Answered by an earlier head; the limit on integrations is reached'}, 'Rate limited') : null);
}

/** One bar a label. */
export function probabilityBars(labels) {
  return h('ul', {class: 'bars', 'aria-label': 'Probability of each label'}, labels.map(({label, probability}, i) => h('li', {class: `bar${i === 0 ? ' first' : ''}`},
    h('span', {class: 'bar-name', title: label}, named(label)),
    h('span', {}, percent(probability)),
    h('span', {class: 'bar-track'}, share(h('span', {class: 'bar-fill block after'}), probability)))));
}

/** Two bars a label, before and after a change. */
export function comparisonBars({before, after}, onClose) {
  const of = (answer) => new Map((answer.labels ?? []).map(({label, probability}) => [label, probability]));
  const [was, is] = [of(before), of(after)];
  const names = [...new Set([...is.keys(), ...was.keys()])]
    .sort((a, b) => Math.max(is.get(b) ?? 0, was.get(b) ?? 0) - Math.max(is.get(a) ?? 0, was.get(a) ?? 0))
    .slice(0, COMPARED);
  return h('div', {class: 'comparison'},
    h('ul', {class: 'bars', 'aria-label': 'Probability of each label before and after'}, names.map((name) => {
      const [old, now] = [was.get(name) ?? 0, is.get(name) ?? 0];
      return h('li', {class: `bar${name === after.label ? ' first' : ''}`},
        h('span', {class: 'bar-name', title: name}, named(name)),
        h('span', {}, h('span', {class: 'before'}, percent(old)), ' → ', h('span', {class: 'after'}, percent(now)), ' ', h('span', {class: 'change'}, points(now - old))),
        h('span', {class: 'bar-track thin'}, share(h('span', {class: 'bar-fill block before'}), old)),
        h('span', {class: 'bar-track thin'}, share(h('span', {class: 'bar-fill block after'}), now)));
    })),
    onClose ? h('button', {type: 'button', class: 'quiet small', onclick: onClose, 'data-key': 'close-comparison'}, 'Back to the answer') : null);
}

/** The examples that moved the probability of the answer's label most. */
export function influenceList({label, influence}, leaveOut) {
  const rows = [...influence].sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect));
  if (rows.length === 0) {
    return null;
  }
  const most = Math.max(1e-9, ...rows.map((row) => Math.abs(row.effect)));
  return h('div', {class: 'try-influence'},
    h('h3', {class: 'influence-title'}, `Examples that mattered for ${label}, in points`),
    h('ul', {class: 'influence'}, rows.slice(0, INFLUENCE_SHOWN).map(({eventId, label: name, effect}) => h('li', {},
      h('span', {title: name}, named(name)),
      h('span', {class: 'mono muted', title: eventId}, eventId),
      h('span', {class: 'swing', 'aria-hidden': 'true'}, share(h('i', {class: effect < 0 ? 'down' : 'up'}), Math.abs(effect) / most)),
      h('span', {class: 'num'}, points(effect)),
      h('button', {type: 'button', class: 'quiet small', 'data-key': `without-${eventId}`, 'aria-label': `Leave out ${eventId}`, onclick: () => leaveOut(eventId)}, 'Leave out')))));
}
