/** What waits to be reviewed of a tenant, with the least certain answers, on its page. */
import {get, tenantPath} from '../lib/api.js';
import {h, named} from '../lib/dom.js';
import {percent, plural} from '../lib/format.js';
import {box} from '../lib/panel.js';
import {address} from '../lib/router.js';
import {watch} from '../lib/connection.js';

const EVERY_MILLIS = 5000;
const SHOWN = 3;

/** Hidden while nothing waits. */
export function queuePanel({tenant, signal}) {
  const count = h('span', {class: 'note'});
  const {element, body} = box({title: 'Review', aside: count, size: 'queue'});
  element.hidden = true;
  const show = (total, ...children) => {
    element.hidden = children.length === 0;
    count.textContent = total > 0 ? `${plural(total, 'answer')} without a label` : '';
    body.replaceChildren(...children);
  };
  let seen = '';
  watch({
    load: () => get(tenantPath(tenant, '/queries'), {query: {limit: SHOWN, topK: 0}, signal}),
    every: EVERY_MILLIS,
    signal,
    onData: ({total, queries}) => {
      const text = JSON.stringify([total, queries]);
      if (text === seen) {
        return;
      }
      seen = text;
      if (total === 0) {
        show(0);
        return;
      }
      const active = body.contains(document.activeElement);
      show(total,
        h('ul', {class: 'queue-list', 'aria-label': 'Least certain answers'}, queries.map(({queryId, text, label, probability, status}) => h('li', {},
          text ? h('span', {title: text}, named(text)) : h('span', {class: 'mono muted'}, named(queryId)),
          status === 'NONE_OF_THESE' ? h('span', {class: 'tag'}, 'None of these') : label ? named(label) : h('span', {class: 'muted'}, 'No label'),
          h('span', {class: 'num'}, status === 'NO_LABELS' ? '' : percent(probability))))),
        h('div', {class: 'row list-gap'}, h('a', {class: 'button primary', href: address('review', tenant)}, 'Review the least certain first')));
      if (active) {
        body.querySelector('a')?.focus({preventScroll: true});
      }
    },
    onProblem: (problem) => {
      seen = '';
      if (problem.code === 'NOT_CONFIGURED') {
        show(0, h('p', {class: 'note'}, 'Answers cannot be reviewed here: queries are not remembered. Set feedback.window.ms and restart.'));
      } else {
        element.hidden = true;
      }
    },
  });
  return {element};
}
