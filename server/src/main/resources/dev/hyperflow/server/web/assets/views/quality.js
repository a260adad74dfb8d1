/** How good the answers are: accuracy over time, and cross-validation over the support set. */
import {get, tenantPath} from '../lib/api.js';
import {h, s} from '../lib/dom.js';
import {gain, interval, isKnown, meaning, tooFew} from '../lib/accuracy.js';
import {clock, clockSeconds, figure, percent, plural, whole} from '../lib/format.js';
import {box, message, panel, problemMessage} from '../lib/panel.js';
import {watch} from '../lib/connection.js';
import {legend} from '../charts/frame.js';
import {lineChart, markerName, markerShape} from '../charts/linechart.js';
import {confusionMatrix, reliability} from '../charts/calibration.js';

const EVERY_MILLIS = 3000;
const MARKERS_LISTED = 40;
const PAIR = [{key: 'before', name: 'Before', tone: 'before'}, {key: 'after', name: 'After adaptation', tone: 'after'}];

/** Accuracy before and after adaptation over time, with what happened to the tenant meanwhile. */
export function qualityPanel({tenant, signal}) {
  const chart = lineChart({
    label: 'Accuracy before and after adaptation',
    height: 250,
    series: PAIR,
    pair: true,
    formatX: (at, axis) => (axis ? clock(at) : clockSeconds(at)),
    formatY: (value, axis) => (axis ? `${Math.round(value * 100)} %` : percent(value)),
    bounds: {floor: 0, ceiling: 1},
  });
  const summary = h('p', {class: 'facts'});
  const kinds = h('div', {class: 'legend'});
  const list = h('ol', {class: 'marker-list'});
  const details = h('details', {}, h('summary', {}, 'What happened when'), list);
  const content = h('div', {}, summary, chart.element, kinds, details);
  return panel({
    title: 'Accuracy over time',
    aside: legend(PAIR),
    note: 'Prequential: each labelled text is answered before it is learned. Kept in this instance’s memory.',
    load: () => get(tenantPath(tenant, '/quality'), {signal}),
    every: EVERY_MILLIS,
    signal,
    render: (data) => {
      const markers = data.markers ?? [];
      const {accuracy} = data;
      if (!(accuracy.labels > 0) && markers.length === 0) {
        return message('Nothing tested yet.', 'Accuracy is measured when the true label of an earlier query arrives (FEEDBACK), or when a new example tests the head before it is learned.');
      }
      summary.replaceChildren(
        ...(isKnown(accuracy)
          ? [
            h('span', {}, 'Before', h('b', {class: 'before'}, percent(accuracy.unadapted.value))),
            h('span', {title: meaning(accuracy)}, 'After', h('b', {class: 'after'}, percent(accuracy.adapted.value)), interval(accuracy.adapted)),
            h('span', {}, 'Gain', h('b', {}, `${gain(accuracy)} points`))]
          : [h('span', {}, tooFew(accuracy), ` of ${whole(accuracy.minLabels)}`)]),
        h('span', {}, `${plural(accuracy.labels, 'label')} tested${accuracy.window ? `, the last ${whole(accuracy.window)} count most` : ''}`));
      chart.update(data.history ?? [], markers);
      const used = [...new Set(markers.map((m) => m.kind))];
      kinds.replaceChildren(...used.map((kind) => h('span', {}, s('svg', {width: 12, height: 12, 'aria-hidden': 'true'}, markerShape(kind, 6, 6)), markerName(kind))));
      details.hidden = markers.length === 0;
      list.replaceChildren(...markers.slice(-MARKERS_LISTED).reverse().map((m) => h('li', {}, h('span', {class: 'muted'}, clockSeconds(m.at)), ' ', markerName(m.kind), m.text ? ` · ${m.text}` : '')));
      return content;
    },
  });
}

/** Confusion matrix and reliability diagram. Costs integrations, so it is made only where it is wanted. */
export function crossvalidation({tenant, signal}) {
  const note = 'From cross-validation: each example is answered by a head made without it. A function of the support set and the bundle, not of past traffic.';
  const confusion = box({title: 'Confusion matrix', note}, h('p', {class: 'muted'}, 'Cross-validating …'));
  const diagram = box({title: 'Reliability', note: 'Dots on the diagonal know how sure to be. Also from cross-validation.'}, h('p', {class: 'muted'}, 'Cross-validating …'));
  const handle = watch({
    load: () => get(tenantPath(tenant, '/crossvalidation'), {signal}),
    every: 0,
    signal,
    onData: show,
    onProblem: (problem) => {
      if (problem.kind === 'refused' || problem.kind === 'missing' || problem.kind === 'forbidden') {
        confusion.body.replaceChildren(problemMessage(problem, () => handle.kick()));
        diagram.body.replaceChildren(message('Not available.'));
      }
    },
  });

  function show(data) {
    if (!(data.examples > 0) || data.labels.length < 2 || !(data.folds > 1)) {
      const text = 'Cross-validation needs two labels with two examples each.';
      confusion.body.replaceChildren(message('Too few examples.', text));
      diagram.body.replaceChildren(message('Too few examples.', text));
      return;
    }
    confusion.body.replaceChildren(
      h('p', {class: 'facts'}, h('span', {}, 'Cross-validated accuracy', h('b', {}, data.crossValidatedAccuracy ? percent(data.crossValidatedAccuracy.value) : `too few examples: ${whole(data.examples)}`)), h('span', {}, `${plural(data.examples, 'example')}, ${plural(data.folds, 'fold')}`)),
      confusionMatrix(data));
    diagram.body.replaceChildren(
      h('p', {class: 'facts'}, h('span', {}, 'Expected calibration error', h('b', {}, percent(data.ece))), h('span', {}, 'Brier score', h('b', {}, figure(data.brier)))),
      reliability(data.reliability ?? []));
  }

  return {elements: [confusion.element, diagram.element], refresh: () => handle.kick()};
}
