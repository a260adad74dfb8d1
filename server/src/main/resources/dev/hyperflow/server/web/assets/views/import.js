/**
 * A file of labelled texts: what it holds and what looks wrong, before anything is written; then how
 * far it is, and what was taken and refused. The same file twice changes nothing, so an import that
 * was stopped is resumed by importing the file again.
 */
import {tenantPath, upload} from '../lib/api.js';
import {h, named, share, visible} from '../lib/dom.js';
import {bytes, percent, plural, whole} from '../lib/format.js';
import {box, message, problemMessage} from '../lib/panel.js';
import {address} from '../lib/router.js';
import {labelCounts, preview, rowsTable, refusals} from './importreport.js';

const SEPARATORS = {'': 'As found', tab: 'Tab', comma: 'Comma', semicolon: 'Semicolon', pipe: 'Pipe'};
const HEADERS = {'': 'As found', true: 'Names of the columns', false: 'Data'};
const ROLES = ['text', 'label', 'tenant', 'id'];
const DELIMITED = ['csv', 'tsv'];

let waiting = null;
let take = null;

/** Shows the preview of a file that was dropped anywhere; `tenant` is that of the view, or null. */
export function openFile(file, tenant) {
  if (take) {
    take(file);
    return;
  }
  waiting = file;
  location.hash = address('import', tenant);
}

export function importing({id, signal}) {
  const form = {separator: '', header: '', columns: {}};
  let file = null;
  let running = new AbortController();
  let asked = 0;

  const chooser = h('input', {type: 'file', class: 'file', id: 'file', accept: '.csv,.tsv,.txt,.json,.jsonl,.ndjson,.yml,.yaml', onchange: () => chooser.files[0] && begin(chooser.files[0])});
  const tenant = h('input', {id: 'import-tenant', value: id ?? '', placeholder: 'A column of the file', autocomplete: 'off', spellcheck: 'false', onchange: () => file && look()});
  const {element: filePanel} = box({title: 'File'},
    h('label', {class: 'drop', for: 'file'},
      h('strong', {}, 'Drop a file here, or choose one'),
      h('span', {class: 'note'}, 'CSV and TSV with or without a header, JSON lines, exports of Label Studio and Argilla, Rasa nlu.yml'),
      chooser),
    h('label', {class: 'field list-gap'}, h('span', {}, 'Tenant of all rows'), tenant),
    h('p', {class: 'note'}, 'Nothing is written before you have seen a preview.'));
  const main = h('div', {id: 'import-main'});
  const spoken = h('p', {class: 'sr', role: 'status'});
  const side = h('div', {id: 'import-side'});

  signal.addEventListener('abort', () => {
    take = null;
    running.abort();
  });
  take = begin;

  function begin(next) {
    file = next;
    Object.assign(form, {separator: '', header: '', columns: {}});
    look();
  }

  const path = () => (tenant.value.trim() === '' ? '/import' : tenantPath(tenant.value.trim(), '/import'));
  const query = () => ({
    separator: form.separator,
    header: form.header,
    columns: Object.entries(form.columns).filter(([, column]) => column !== '').map(([role, column]) => `${role}=${column}`).join(','),
  });

  /* Sends the file, and shows how far it is. */
  async function send(title, more, show, stopped) {
    running.abort();
    running = new AbortController();
    asked += 1;
    const mine = asked;
    const bar = share(h('span', {class: 'bar-fill ink block'}), 0);
    const figure = h('span', {class: 'num'}, percent(0));
    const progress = h('div', {class: 'progress', role: 'progressbar', 'aria-label': title, 'aria-valuemin': '0', 'aria-valuemax': '100', 'aria-valuenow': '0'}, bar);
    main.replaceChildren(box({title}, h('p', {class: 'facts'}, h('span', {}, named(file.name)), h('span', {}, bytes(file.size)), figure), progress,
      h('div', {class: 'row'}, h('button', {type: 'button', onclick: () => running.abort()}, 'Stop'))).element);
    try {
      const report = await upload(path(), file, {
        query: {...query(), ...more},
        signal: AbortSignal.any([signal, running.signal]),
        onProgress: (fraction) => {
          share(bar, fraction);
          figure.textContent = percent(fraction);
          progress.setAttribute('aria-valuenow', String(Math.round(fraction * 100)));
        },
      });
      if (mine === asked) {
        show(report);
      }
    } catch (error) {
      if (!error.kind) {
        throw error;
      }
      if (mine !== asked || signal.aborted) {
        return;
      }
      side.replaceChildren();
      main.replaceChildren(box({title}, error.kind === 'stopped'
        ? message('Stopped.', stopped, h('button', {type: 'button', class: 'small', onclick: look}, 'Look at the file again'))
        : problemMessage(error, look)).element);
    }
  }

  function look() {
    side.replaceChildren();
    send('Looking at the file', {preview: 'true'}, showPreview, 'Nothing was written.');
  }

  function showPreview(report) {
    const {counts, findings, looksWrong} = report;
    spoken.textContent = `Preview: ${plural(counts.taken, 'example')}, ${plural(findings.filter((finding) => finding.wrong).length, 'thing')} to look at.`;
    main.replaceChildren(
      box({title: 'Preview'},
        h('p', {class: 'facts'}, h('span', {}, named(file.name)), h('span', {}, bytes(file.size))),
        preview(report), shape(report),
        h('div', {class: 'row list-gap'},
          h('button', {type: 'button', class: looksWrong ? '' : 'primary', id: 'import-start', disabled: counts.taken === 0, onclick: write},
            looksWrong ? `Import ${plural(counts.taken, 'example')} as they are` : `Import ${plural(counts.taken, 'example')}`))).element,
      box({title: 'First rows'}, rowsTable(report.first)).element,
      ...refusals(report));
    side.replaceChildren(...labelCounts(report));
  }

  /* How the file is read, which one can correct. */
  function shape({shape: {format, separator, header, columns}}) {
    if (!DELIMITED.includes(format)) {
      return null;
    }
    const count = Math.max(header?.length ?? 0, 4, ...Object.values(columns));
    const names = Array.from({length: count}, (_, i) => [String(i + 1), header?.[i] ? visible(header[i]) : `Column ${i + 1}`]);
    const select = (name, value, options, change) => h('label', {class: 'field'}, h('span', {}, name),
      h('select', {onchange: (event) => {
        change(event.target.value);
        look();
      }}, options.map(([key, text]) => h('option', {value: key, selected: key === value}, text))));
    return h('div', {class: 'filters list-gap'},
      select('Separator', form.separator, Object.entries(SEPARATORS).map(([key, name]) => [key, key === '' && separator ? `As found: ${separatorName(separator)}` : name]), (value) => {
        form.separator = value;
      }),
      select('First row', form.header, Object.entries(HEADERS).map(([key, name]) => [key, key === '' ? `As found: ${header ? 'names' : 'data'}` : name]), (value) => {
        form.header = value;
      }),
      ROLES.slice(0, 3).map((role) => select(`${role.charAt(0).toUpperCase()}${role.slice(1)}`, form.columns[role] ?? '',
        [['', columns[role] ? `As found: ${names[columns[role] - 1][1]}` : 'None'], ...names], (value) => {
          form.columns[role] = value;
        })));
  }

  function write() {
    send('Importing', {}, showReport, 'What was sent until then is kept. Import the file again to go on: what is there already does not change.');
  }

  function showReport(report) {
    const {counts, tenants, stopped} = report;
    spoken.textContent = `${plural(counts.taken, 'example')} taken, ${whole(counts.refused)} refused.`;
    side.replaceChildren(...labelCounts(report));
    main.replaceChildren(
      box({title: stopped ? 'Not all was imported' : 'Imported'},
        stopped ? h('p', {class: 'bad'}, stopped) : null,
        h('dl', {class: 'pairs', id: 'import-report'}, [
          ['Taken', counts.taken], ['Repeated in the file', counts.repeated], ['Without a label', counts.unlabelled], ['Refused', counts.refused],
        ].map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, whole(value))))),
        h('p', {class: 'note'}, 'The same file again changes nothing.'),
        h('ul', {class: 'row list-gap'}, tenants.slice(0, 12).map(({tenant: name}) => h('li', {}, h('a', {class: 'button', href: address('tenants', name)}, named(name)))))).element,
      ...refusals(report));
  }

  if (waiting !== null) {
    const next = waiting;
    waiting = null;
    begin(next);
  }
  return {
    title: id === null ? 'Import' : `Import into ${id}`,
    element: h('div', {},
      h('div', {class: 'page-head'}, h('div', {},
        id === null ? null : h('p', {class: 'crumb'}, h('a', {href: address('tenants', id)}, named(id))),
        h('h1', {}, 'Import'))),
      h('div', {class: 'columns'}, h('div', {}, filePanel, main), side),
      spoken),
  };
}

const separatorName = (separator) => ({'\t': 'tab', ',': 'comma', ';': 'semicolon', '|': 'pipe'}[separator] ?? visible(separator));
