/** What the instance does now and did in the last ten minutes. */
import {get} from '../lib/api.js';
import {h, named, share} from '../lib/dom.js';
import {gain, isKnown, meaning} from '../lib/accuracy.js';
import {attentionList} from '../lib/attention.js';
import {clock, clockSeconds, duration, durationParts, percent, plural, rate, whole} from '../lib/format.js';
import {box, message, panel} from '../lib/panel.js';
import {address} from '../lib/router.js';
import {watch} from '../lib/connection.js';
import {legend} from '../charts/frame.js';
import {lineChart} from '../charts/linechart.js';
import {sparkline} from '../charts/pair.js';
import {rolloutSummary} from './bundles.js';

const EVERY_MILLIS = 2000;
const TENANTS_MILLIS = 6000;
const TENANTS_SHOWN = 6;

export function overview({signal}) {
  const throughput = metric('Throughput', [
    {key: 'eventsPerSecond', name: 'Events', tone: 'ink'},
    {key: 'answersPerSecond', name: 'Answers', tone: 'muted'},
  ], rate, 'eventsPerSecond');
  const latency = metric('Answer latency', [
    {key: 'latencyP50', name: 'p50', tone: 'ink'},
    {key: 'latencyP99', name: 'p99', tone: 'muted'},
  ], duration);
  const label = metric('Label to head', [{key: 'labelToHeadP50', name: 'p50', tone: 'ink'}], duration, 'labelToHeadP50');
  const letters = box({title: 'Dead letters', aside: h('a', {class: 'note', href: address('letters')}, 'See and replay')});
  const work = box({title: 'Work of this instance'});
  const facts = h('p', {class: 'facts'});
  const attention = h('div', {role: 'status'});

  const meanings = new Map();
  get('/reasons', {signal})
    .then(({reasons}) => reasons.forEach(({reason, meaning, remedy}) => meanings.set(reason, `${meaning} ${remedy}`)))
    .catch(() => {});

  watch({
    load: () => get('/overview', {signal}),
    every: EVERY_MILLIS,
    signal,
    onData: (data) => {
      attention.replaceChildren(attentionList(data.attention));
      facts.replaceChildren(
        h('span', {}, h('b', {}, whole(data.tenants)), data.tenants === 1 ? 'tenant' : 'tenants'),
        h('span', {}, h('b', {}, whole(data.examples)), data.examples === 1 ? 'example' : 'examples'),
        h('span', {}, 'Instance', h('b', {}, data.instance)),
        h('span', {}, 'As of', h('b', {}, clockSeconds(data.at))));
      throughput.update(data.history, rate(data.perSecond.events), 'events/s', `${rate(data.perSecond.answers)} answers/s`);
      latency.update(data.history, ...durationParts(data.latencyMillis?.p50), `p99 ${duration(data.latencyMillis?.p99)}`);
      label.update(data.history, ...durationParts(data.labelToHeadMillis?.p50), `p99 ${duration(data.labelToHeadMillis?.p99)}`);
      letters.body.replaceChildren(fates(data, meanings));
      work.body.replaceChildren(workFigures(data));
    },
    onProblem: () => {},
  });

  const gains = panel({
    title: 'Adaptation by tenant',
    aside: legend([{name: 'Before', tone: 'before'}, {name: 'After adaptation', tone: 'after'}]),
    load: () => get('/tenants', {query: {sort: 'tested', order: 'desc', limit: TENANTS_SHOWN}, signal}),
    every: TENANTS_MILLIS,
    render: tenantGains,
    signal,
  });
  const rollout = panel({
    title: 'Bundle',
    aside: h('a', {class: 'note', href: address('bundles')}, 'All bundles'),
    load: () => get('/bundles', {signal}),
    every: EVERY_MILLIS * 2,
    render: rolloutSummary,
    signal,
  });

  return {
    title: 'Overview',
    element: h('div', {},
      h('div', {class: 'page-head'}, h('div', {}, h('h1', {}, 'Overview'), facts)),
      attention,
      h('div', {class: 'grid'},
        throughput.element, latency.element, label.element),
      h('div', {class: 'columns'},
        h('div', {}, gains.element, work.element),
        h('div', {}, letters.element, rollout.element))),
  };
}

/* One figure in large with its last ten minutes below. */
function metric(title, series, format, area) {
  const chart = lineChart({
    label: title,
    height: 132,
    series,
    area,
    formatX: (at, axis) => (axis ? clock(at) : clockSeconds(at)),
    formatY: (value, axis) => (axis ? axisText(value, format) : format(value)),
    bounds: {floor: 0, zero: true},
  });
  const value = h('p', {class: 'metric'});
  const {element, body} = box({title, size: 'third', aside: series.length > 1 ? legend(series) : null}, value, chart.element);
  element.setAttribute('aria-busy', 'true');
  return {
    element,
    update: (history, figure, unit, second) => {
      element.removeAttribute('aria-busy');
      value.replaceChildren(figure, h('span', {class: 'unit'}, unit), h('span', {class: 'second'}, second));
      value.classList.toggle('muted', unit === '');
      chart.update(history ?? []);
      body.dataset.points = String(history?.length ?? 0);
    },
  };
}

/* Ticks are round, so a rate needs no decimals that are 0. */
const axisText = (value, format) => (value === 0 ? '0' : format(value).replace('.0', ''));

function fates({totals, deadLettersByReason, ignoredByReason}, meanings) {
  const refused = counted(deadLettersByReason);
  const ignored = counted(ignoredByReason);
  return h('div', {},
    h('p', {class: 'metric'}, whole(totals.deadLetters), h('span', {class: 'unit'}, 'since the start')),
    refused.length === 0 ? h('p', {class: 'note'}, 'Every record could be processed.') : bars(refused, 'bad', meanings),
    ignored.length === 0 ? null : [h('p', {class: 'note list-gap'}, 'Ignored, because they ask for nothing new'), bars(ignored, '', meanings)]);
}

const counted = (byReason) => Object.entries(byReason ?? {}).filter(([, n]) => n > 0).sort((a, b) => b[1] - a[1]);

function bars(reasons, tone, meanings) {
  const most = Math.max(1, ...reasons.map(([, n]) => n));
  return h('ul', {class: 'bars list-gap'}, reasons.map(([reason, n]) => h('li', {class: 'bar'},
    h('span', {class: 'bar-name', title: [reason, meanings.get(reason)].filter(Boolean).join(': ')}, readable(reason)),
    h('span', {}, whole(n)),
    h('span', {class: 'bar-track thin'}, share(h('span', {class: `bar-fill ${tone} block`.replace('  ', ' ')}), n / most)))));
}

const readable = (reason) => {
  const text = reason.toLowerCase().replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
};

function workFigures({totals, batch, sweep, staleTenants, perSecond}) {
  const rows = [
    ['Events since the start', whole(totals.events)],
    ['Answers', whole(totals.answers)],
    ['Heads integrated', `${whole(totals.integrations)} · ${rate(perSecond.integrations)}/s`],
    ['Batch', `${rate(batch?.sizeAvg)} events, waited ${duration(batch?.queueWaitMillisAvg)}`],
    ['Longest wait', duration(batch?.queueWaitMillisMax)],
    ['Heads to be renewed', sweep?.running ? `${whole(staleTenants)} · sweep at ${whole(sweep.visited)}` : whole(staleTenants)],
  ];
  return h('dl', {class: 'pairs columns'}, rows.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))));
}

function tenantGains({tenants, total}) {
  if (total === 0) {
    return message('No tenants yet.', 'A tenant appears with its first labelled example.',
      h('a', {href: address('tenants')}, 'How to send one'));
  }
  const tested = tenants.filter((t) => isKnown(t.quality?.accuracy));
  if (tested.length === 0) {
    const most = Math.max(0, ...tenants.map((t) => t.quality?.accuracy?.labels ?? 0));
    return message(most > 0 ? 'Too few labels tested yet.' : 'Nothing tested yet.', 'Accuracy is measured when a label comes for a text that was asked about before, or when a new label tests the head before it is learned.');
  }
  return h('table', {class: 'compact'},
    h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, 'Most tested tenants'),
      ['Accuracy', 'Before', 'Gain', 'Tested'].map((name) => h('th', {scope: 'col', class: 'num'}, name)), h('th', {scope: 'col', class: 'wide-only'}, 'Course'))),
    h('tbody', {}, tested.map(({tenant, quality}) => h('tr', {},
      h('th', {scope: 'row'}, h('a', {href: address('tenants', tenant), 'data-key': `gain-${tenant}`}, named(tenant))),
      h('td', {class: 'num after', 'data-label': 'Accuracy', title: meaning(quality.accuracy)}, percent(quality.accuracy.adapted.value)),
      h('td', {class: 'num before', 'data-label': 'Before'}, percent(quality.accuracy.unadapted.value)),
      h('td', {class: 'num', 'data-label': 'Gain'}, gain(quality.accuracy)),
      h('td', {class: 'num', 'data-label': 'Tested', title: plural(quality.accuracy.labels, 'label')}, whole(quality.accuracy.labels)),
      h('td', {class: 'spark-cell wide-only'}, sparkline(quality.sparkline ?? []))))));
}
