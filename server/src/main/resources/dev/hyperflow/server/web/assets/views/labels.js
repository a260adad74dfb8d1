/** The labels of a tenant and how many examples each has; one can rename, merge and forget them. */
import {post, tenantPath} from '../lib/api.js';
import {choose, confirm, toast} from '../lib/dialog.js';
import {h, named, nextId, share, visible} from '../lib/dom.js';
import {plural, whole} from '../lib/format.js';
import {box} from '../lib/panel.js';

const LABELS_SHOWN = 12;

/** @returns {{element: Element, update: function(object[]): void, change: function(string, string): void}} `change` asks with a wish */
export function labelsPanel({tenant, onChange}) {
  const list = h('ul', {class: 'bars'});
  const more = h('div');
  const {element} = box({title: 'Labels', aside: h('span', {class: 'note'}, 'examples')}, list, more);
  let details = [];
  let open = false;
  let seen = '';

  function update(next) {
    const text = JSON.stringify([next, open]);
    if (text === seen) {
      return;
    }
    seen = text;
    details = [...next].sort((a, b) => b.examples - a.examples || a.label.localeCompare(b.label));
    const most = Math.max(1, details[0]?.examples ?? 0);
    const shown = open ? details : details.slice(0, LABELS_SHOWN);
    const active = list.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
    list.replaceChildren(...shown.map((detail) => row(detail, most)));
    if (active !== undefined) {
      [...list.querySelectorAll('[data-key]')].find((button) => button.dataset.key === active)?.focus({preventScroll: true});
    }
    more.replaceChildren(details.length > LABELS_SHOWN
      ? h('button', {type: 'button', class: 'quiet small', onclick: () => {
        open = !open;
        update(details);
      }}, open ? 'Show fewer' : `Show all ${details.length}`)
      : '');
  }

  function row({label, examples, described, capacity}, most) {
    return h('li', {class: 'bar label-row', title: capacity ? `${whole(examples)} of at most ${plural(capacity, 'example')}` : null},
      h('span', {class: 'bar-name', title: label}, named(label), described ? h('span', {class: 'muted'}, ' · described') : null),
      h('span', {}, whole(examples), capacity && examples >= capacity ? h('span', {class: 'muted'}, ' · full') : null,
        h('button', {type: 'button', class: 'quiet small', 'data-key': `change-${label}`, 'aria-label': `Change label ${visible(label)}`, onclick: () => changeLabel(label, examples)}, 'Change')),
      h('span', {class: 'bar-track thin'}, share(h('span', {class: 'bar-fill block'}), examples / most)));
  }

  async function changeLabel(label, examples, wish = label) {
    const others = details.map((detail) => detail.label).filter((other) => other !== label);
    const listId = nextId('other-labels');
    const what = h('p', {class: 'note', role: 'status'});
    const submit = h('button', {type: 'submit', value: 'change', class: 'primary'}, 'Rename');
    const input = h('input', {list: listId, value: wish, required: true, autocomplete: 'off', spellcheck: 'false', autofocus: true, oninput: say});
    function say() {
      const wanted = input.value.trim();
      const merges = others.includes(wanted);
      submit.textContent = merges ? 'Merge' : 'Rename';
      submit.disabled = wanted === '' || wanted === label;
      what.textContent = merges
        ? `“${visible(wanted)}” exists: ${plural(examples, 'example')} of “${visible(label)}” ${examples === 1 ? 'becomes an example' : 'become examples'} of it. That cannot be undone.`
        : 'Type the name of another label to merge them.';
    }
    say();
    const answer = await choose({
      title: `Label ${visible(label)}`,
      content: [h('p', {}, plural(examples, 'example')), h('label', {class: 'field'}, h('span', {}, 'Name'), input), h('datalist', {id: listId}, others.map((other) => h('option', {value: other}))), what],
      actions: [h('button', {type: 'button', class: 'danger', onclick: (event) => event.currentTarget.closest('dialog').close('forget')}, 'Forget label'), submit],
    });
    const wanted = input.value.trim();
    if (answer === 'change' && wanted !== '' && wanted !== label) {
      if (others.includes(wanted)) {
        await send({operation: 'MERGE_LABELS', label, targetLabel: wanted}, `“${visible(label)}” goes into “${visible(wanted)}”.`);
      } else {
        await rename(label, wanted);
      }
    } else if (answer === 'forget' && await confirm({
      title: `Forget ${visible(label)}?`,
      text: `Its ${examples === 1 ? 'example goes' : `${plural(examples, 'example')} go`}, and answers never name it again. That cannot be undone.`,
      action: 'Forget',
      danger: true,
    })) {
      await send({operation: 'FORGET_LABEL', label}, `“${visible(label)}” is forgotten.`);
    }
  }

  const rename = (from, to) => send({operation: 'RENAME_LABEL', label: from, targetLabel: to}, `“${visible(from)}” is now “${visible(to)}”.`, {
    label: 'Undo',
    run: () => send({operation: 'RENAME_LABEL', label: to, targetLabel: from}, `“${visible(from)}” has its name again.`),
  });

  async function send(body, done, action = null) {
    try {
      await post(tenantPath(tenant, '/support'), body);
      toast(done, {action});
      onChange();
    } catch (error) {
      if (!error.kind) {
        throw error;
      }
      toast(`The label stays as it is. ${error.message}`);
    }
  }

  const change = (label, wish) => changeLabel(label, details.find((detail) => detail.label === label)?.examples ?? 0, wish);
  return {element, update, change};
}
