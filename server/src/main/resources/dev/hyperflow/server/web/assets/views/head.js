/** How the head moved from its prototypes to where it is. */
import {get, tenantPath} from '../lib/api.js';
import {h, named} from '../lib/dom.js';
import {duration, figure, fixed, plural, shortHash, whole} from '../lib/format.js';
import {message, panel} from '../lib/panel.js';
import {lineChart} from '../charts/linechart.js';
import {dumbbell} from '../charts/pair.js';

const LABELS_SHOWN = 8;

export function headPanel({tenant, signal}) {
  const loss = trajectory('Support loss', 'supportLoss');
  const drift = trajectory('Drift norm', 'driftNorm');
  const facts = h('p', {class: 'facts'});
  const norms = h('div', {class: 'dumbbells', role: 'list', 'aria-label': 'Norm of each label’s row, before and after'});
  const content = h('div', {}, facts,
    h('div', {class: 'two-charts'},
      h('div', {}, h('h3', {}, 'Support loss per step'), loss.element),
      h('div', {}, h('h3', {}, 'Drift norm per step'), drift.element)),
    h('h3', {class: 'list-gap'}, 'Norm of each label, ', h('span', {class: 'before'}, 'prototype'), ' → ', h('span', {class: 'after'}, 'adapted')),
    norms);
  return panel({
    title: 'Integration',
    load: () => get(tenantPath(tenant, '/head'), {signal}),
    signal,
    render: (data) => {
      if (!data.trajectory || data.trajectory.length === 0) {
        return message('No integration yet.', 'A head is integrated once the tenant knows two labels.');
      }
      facts.replaceChildren(
        h('span', {}, h('b', {}, data.integrator), plural(data.steps, 'step')),
        h('span', {}, 'Took', h('b', {}, duration(data.integrationMillis))),
        h('span', {title: data.fingerprint}, 'Of', h('b', {class: 'mono'}, shortHash(data.fingerprint))),
        data.safeguarded ? h('span', {class: 'tag', title: 'The integration did not help on the support set, so the prototypes are used'}, 'Safeguarded') : '');
      loss.update(data.trajectory);
      drift.update(data.trajectory);
      const values = data.labels.flatMap((l) => [l.norm, l.startNorm]).filter(Number.isFinite);
      const range = [Math.min(...values), Math.max(...values)];
      const shown = [...data.labels].sort((a, b) => (b.moved ?? 0) - (a.moved ?? 0)).slice(0, LABELS_SHOWN);
      norms.replaceChildren(...shown.map(({label, norm, startNorm}) => h('div', {class: 'dumbbell', role: 'listitem'},
        h('span', {title: label}, named(label)), dumbbell(startNorm, norm, range), h('span', {class: 'num'}, `${fixed(startNorm)} → ${fixed(norm)}`))));
      if (data.labels.length > shown.length) {
        norms.append(h('p', {class: 'note'}, `The ${whole(shown.length)} that moved most, of ${plural(data.labels.length, 'label')}.`));
      }
      return content;
    },
  });
}

function trajectory(label, key) {
  return lineChart({
    label: `${label} per integration step`,
    height: 128,
    series: [{key, name: label, tone: 'after'}],
    path: true,
    x: 'step',
    formatX: (step, axis) => (axis ? String(step) : `Step ${step}`),
    formatY: figure,
    bounds: {floor: 0, zero: true},
  });
}
