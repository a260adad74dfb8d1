/**
 * What looks wrong in a tenant's labels: examples that the others contradict, texts with two labels,
 * labels whose names look alike; each with what mends it.
 */
import {get, post, tenantPath} from '../lib/api.js';
import {toast} from '../lib/dialog.js';
import {h, named, visible} from '../lib/dom.js';
import {percent, plural} from '../lib/format.js';
import {box} from '../lib/panel.js';
import {watch} from '../lib/connection.js';

const LIMIT = 5;

/** Hidden while nothing looks wrong. `merge` asks before it merges two labels. */
export function suspectsPanel({tenant, signal, onChange, merge}) {
  const kept = new Set();
  const count = h('span', {class: 'note'});
  const {element, body} = box({title: 'Check these labels', aside: count, note: 'Judged by the other examples: each one is left out and asked about. Keep hides it until you leave.'});
  let found = null;
  element.hidden = true;

  const handle = watch({
    load: () => get(tenantPath(tenant, '/suspects'), {query: {limit: LIMIT * 4}, signal}),
    every: 0,
    signal,
    onData: (data) => {
      found = data;
      show();
    },
    onProblem: () => {
      element.hidden = true;
    },
  });

  function show() {
    const suspects = found.suspects.filter(({eventId, label}) => !kept.has(`${eventId}/${label}`)).slice(0, LIMIT);
    const conflicts = found.conflicts.slice(0, LIMIT);
    const alike = found.lookAlikes.filter(({label, other}) => !kept.has(`${label}/${other}`)).slice(0, LIMIT);
    element.hidden = suspects.length + conflicts.length + alike.length === 0;
    count.textContent = [
      found.suspected > 0 ? `${plural(found.suspected, 'example')} of ${plural(found.judged, 'that was judged', 'that were judged')}` : '',
      found.conflicting > 0 ? plural(found.conflicting, 'text with two labels', 'texts with two labels') : '',
      found.alike > 0 ? plural(found.alike, 'pair of names', 'pairs of names') : '',
    ].filter(Boolean).join(' · ');
    const key = body.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
    body.replaceChildren(h('ul', {class: 'suspects'}, suspects.map(suspectRow), conflicts.map(conflictRow), alike.map(alikeRow)));
    if (key !== undefined) {
      (body.querySelector(`[data-key="${CSS.escape(key)}"]`) ?? body.querySelector('button'))?.focus({preventScroll: true});
    }
  }

  const said = (text, eventId) => (text ? h('span', {class: 'said', title: text}, named(text)) : h('span', {class: 'mono'}, named(eventId)));
  const button = (name, key, readers, onclick) => h('button', {type: 'button', class: 'small', 'data-key': key, 'aria-label': readers, onclick}, name);

  function suspectRow({eventId, text, label, probability, suggested, suggestedProbability}) {
    return h('li', {'data-suspect': eventId},
      h('div', {}, said(text, eventId), h('p', {class: 'note'},
        named(label), ` ${percent(probability)} · the others say `, h('b', {}, named(suggested)), ` ${percent(suggestedProbability)}`)),
      h('div', {class: 'row'},
        text ? button(h('span', {class: 'clip'}, 'Relabel ', named(suggested)), `to-${eventId}`, `Relabel ${visible(eventId)} ${visible(suggested)}`, () => mend({operation: 'ADD', eventId, label: suggested, text}, `Now an example of “${visible(suggested)}”.`, {operation: 'ADD', eventId, label, text})) : null,
        button('Retract', `out-${eventId}`, `Retract the suspect ${visible(eventId)}`, () => mend({operation: 'RETRACT', targetEventId: eventId}, `Retracted ${visible(eventId)}.`, text ? {operation: 'ADD', eventId, label, text} : null)),
        button('Keep', `keep-${eventId}`, `Keep ${visible(eventId)}`, () => {
          kept.add(`${eventId}/${label}`);
          show();
        })));
  }

  function conflictRow({text, examples}) {
    const [first] = examples;
    const only = (chosen) => Promise.all(examples.filter(({label}) => label !== chosen).map(({eventId}) => post(tenantPath(tenant, '/support'), {operation: 'RETRACT', targetEventId: eventId})));
    return h('li', {'data-conflict': first.eventId},
      h('div', {}, said(text, first.eventId), h('p', {class: 'note'}, 'One text, ', plural(new Set(examples.map(({label}) => label)).size, 'label'))),
      h('div', {class: 'row'}, [...new Set(examples.map(({label}) => label))].map((label) => button(h('span', {class: 'clip'}, 'Only ', named(label)), `only-${first.eventId}-${label}`, `Keep only the label ${visible(label)}`,
        () => attempt(() => only(label), `Only “${visible(label)}” is left.`)))));
  }

  function alikeRow({label, other}) {
    return h('li', {'data-alike': label},
      h('div', {}, h('span', {}, named(label), ' and ', named(other)), h('p', {class: 'note'}, 'Two labels whose names look alike')),
      h('div', {class: 'row'}, button('Merge', `merge-${label}`, `Merge ${visible(label)} and ${visible(other)}`, () => merge(label, other)),
        button('Keep both', `both-${label}`, `Keep both ${visible(label)} and ${visible(other)}`, () => {
          kept.add(`${label}/${other}`);
          show();
        })));
  }

  const send = (body) => post(tenantPath(tenant, '/support'), body);

  const mend = (body, done, back) => attempt(() => send(body), done, back === null ? null : {
    label: 'Undo',
    run: () => attempt(() => send(back), 'As it was.'),
  });

  async function attempt(run, done, action = null) {
    try {
      await run();
      toast(done, {action});
      onChange();
    } catch (error) {
      if (!error.kind) {
        throw error;
      }
      toast(`Nothing changed. ${error.message}`);
    }
  }

  return {element, refresh: () => handle.kick()};
}
