/** How an answer looks: its label, its probabilities, a comparison, and the examples behind it. */
import {h, named, share, visible} from '../lib/dom.js';
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

/** One bar a label; pressing one calls `teach` with the label, if there is such a function. */
export function probabilityBars(labels, teach = null) {
  return h('ul', {class: 'bars', 'aria-label': teach ? 'Probability of each label; press one to teach it' : 'Probability of each label'}, labels.map(({label, probability}, i) => {
    const parts = [
      h('span', {class: 'bar-name', title: label}, named(label)),
      h('span', {class: 'bar-figure'}, percent(probability)),
      h('span', {class: 'bar-track'}, share(h('span', {class: 'bar-fill block now'}), probability)),
    ];
    const look = `bar${i === 0 ? ' first' : ''}`;
    return teach
      ? h('li', {}, h('button', {type: 'button', class: look, 'data-key': `teach-${label}`, 'aria-label': `Teach: the text is ${visible(label)}, ${percent(probability)} probable`, onclick: () => teach(label)}, parts))
      : h('li', {class: look}, parts);
  }));
}

/** Two bars a label, before and after a change of the examples: not the colours of adaptation. */
export function comparisonBars({before, after}, onClose) {
  const of = (answer) => new Map((answer.labels ?? []).map(({label, probability}) => [label, probability]));
  const [was, is] = [of(before), of(after)];
  const names = [...new Set([...is.keys(), ...was.keys()])]
    .sort((a, b) => Math.max(is.get(b) ?? 0, was.get(b) ?? 0) - Math.max(is.get(a) ?? 0, was.get(a) ?? 0))
    .slice(0, COMPARED);
  return h('div', {class: 'comparison'},
    h('ul', {class: 'bars', 'aria-label': 'Probability of each label without and with the change'}, names.map((name) => {
      const [old, now] = [was.get(name) ?? 0, is.get(name) ?? 0];
      return h('li', {class: `bar${name === after.label ? ' first' : ''}`},
        h('span', {class: 'bar-name', title: name}, named(name)),
        h('span', {class: 'bar-figure'}, h('span', {class: 'was'}, percent(old)), ' → ', h('span', {class: 'now'}, percent(now)), ' ', h('span', {class: 'change'}, points(now - old))),
        h('span', {class: 'bar-track thin'}, share(h('span', {class: 'bar-fill block was'}), old)),
        h('span', {class: 'bar-track thin'}, share(h('span', {class: 'bar-fill block now'}), now)));
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
  return h('div', {},
    h('h3', {class: 'influence-title'}, 'Examples that mattered for ', named(label), ', in points'),
    h('ul', {class: 'influence'}, rows.slice(0, INFLUENCE_SHOWN).map(({eventId, label: name, text, effect}) => h('li', {},
      h('div', {class: 'influence-what'},
        text ? h('span', {class: 'quoted', title: text}, named(text)) : h('span', {class: 'mono muted', title: eventId}, named(eventId)),
        h('span', {class: 'influence-label', title: name}, named(name))),
      h('span', {class: 'swing', 'aria-hidden': 'true'}, share(h('i', {class: effect < 0 ? 'down' : 'up'}), Math.abs(effect) / most)),
      h('span', {class: 'num'}, points(effect)),
      leaveOut ? h('button', {type: 'button', class: 'quiet small', 'data-key': `without-${eventId}`, 'aria-label': `Leave out ${visible(eventId)}`, onclick: () => leaveOut(eventId)}, 'Leave out') : null))));
}

/** How to see texts where they are not shown. */
export function textsHint(texts) {
  const hint = texts?.shown === false ? texts.hint : null;
  return hint ? h('p', {class: 'note'}, `${hint.charAt(0).toUpperCase()}${visible(hint.slice(1))}.`) : null;
}
