/** How the report of a file looks, before and after it was imported. */
import {h, named, share} from '../lib/dom.js';
import {plural, whole} from '../lib/format.js';
import {box} from '../lib/panel.js';

const LABELS_SHOWN = 12;
const TENANTS_SHOWN = 6;

/** What the file holds, and what looks wrong in it. */
export function preview({counts, labelCount, tenantCount, findings}) {
  return h('div', {},
    h('p', {class: 'metric'}, whole(counts.taken), h('span', {class: 'unit'}, counts.taken === 1 ? 'example' : 'examples'),
      h('span', {class: 'second'}, `${plural(labelCount, 'label')} · ${plural(tenantCount, 'tenant')}`)),
    findings.length === 0
      ? h('p', {class: 'note'}, 'Nothing looks wrong.')
      : h('ul', {class: 'findings', 'aria-label': 'What looks wrong'}, findings.map(({kind, wrong, message, lines}) => h('li', {class: wrong ? 'wrong' : '', 'data-kind': kind},
        h('strong', {}, wrong ? 'Look: ' : 'Good to know: '), sentence(message),
        lines.length > 0 ? h('span', {class: 'note'}, ` ${lines.length === 1 ? 'Line' : 'Lines'} ${lines.map(whole).join(', ')}`) : null))));
}

const sentence = (text) => `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?!]$/.test(text) ? '' : '.'}`;

/** The first rows as they were read. */
export function rowsTable(rows) {
  const tenants = new Set(rows.map((row) => row.tenant));
  return h('div', {class: 'table-scroll'}, h('table', {id: 'import-rows'},
    h('thead', {}, h('tr', {}, h('th', {scope: 'col', class: 'num'}, 'Line'), tenants.size > 1 ? h('th', {scope: 'col'}, 'Tenant') : null, h('th', {scope: 'col'}, 'Label'), h('th', {scope: 'col'}, 'Text'))),
    h('tbody', {}, rows.map(({line, tenant, label, text}) => h('tr', {},
      h('td', {class: 'num muted'}, whole(line)), tenants.size > 1 ? h('td', {class: 'wrap'}, named(tenant)) : null,
      h('td', {class: 'wrap'}, label ? named(label) : h('span', {class: 'muted'}, 'None')), h('td', {}, h('span', {class: 'said', title: text}, named(text))))))));
}

/** Labels with counts, tenant by tenant. */
export function labelCounts({tenants, tenantCount}) {
  const shown = tenants.slice(0, TENANTS_SHOWN);
  const panels = shown.map(({tenant, rows, labelCount, labels}) => {
    const sorted = [...labels].sort((a, b) => b.rows - a.rows);
    const most = Math.max(1, sorted[0]?.rows ?? 0);
    return box({title: named(tenant), aside: h('span', {class: 'note'}, plural(rows, 'row'))},
      h('ul', {class: 'bars', 'aria-label': 'Labels'}, sorted.slice(0, LABELS_SHOWN).map(({label, rows: count}) => h('li', {class: 'bar'},
        h('span', {class: 'bar-name', title: label}, named(label)), h('span', {}, whole(count)),
        h('span', {class: 'bar-track thin'}, share(h('span', {class: 'bar-fill block'}), count / most))))),
      labelCount > LABELS_SHOWN ? h('p', {class: 'note'}, `and ${plural(labelCount - LABELS_SHOWN, 'label')} more`) : null).element;
  });
  return tenantCount > shown.length ? [...panels, h('p', {class: 'note'}, `and ${plural(tenantCount - shown.length, 'tenant')} more`)] : panels;
}

/** The rows that were refused, with their lines; nothing when there are none. */
export function refusals({refusals: rows, counts}) {
  return rows.length === 0 ? [] : [box({
    title: 'Refused', aside: h('span', {class: 'note'}, counts.refused > rows.length ? `the first ${whole(rows.length)} of ${whole(counts.refused)}` : plural(rows.length, 'row')),
  }, h('table', {id: 'import-refused'},
    h('thead', {}, h('tr', {}, h('th', {scope: 'col', class: 'num'}, 'Line'), h('th', {scope: 'col'}, 'Why'))),
    h('tbody', {}, rows.map(({line, reason}) => h('tr', {}, h('td', {class: 'num muted'}, whole(line)), h('td', {class: 'wrap'}, reason)))))).element];
}
