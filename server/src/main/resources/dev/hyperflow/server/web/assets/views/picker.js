/** A field that searches the labels of a tenant, or makes a new one. */
import {h, named, nextId} from '../lib/dom.js';

const SHOWN = 8;

/**
 * A field with a list below it. Arrows choose, Enter takes, Esc closes.
 *
 * @param {{labels: function(): string[], onPick: function(string): void, onClose: function(): void}} options
 * @returns {{element: Element, open: function({start?: string, fresh?: boolean}=): void, close: function(): void}}
 */
export function labelPicker({labels, onPick, onClose}) {
  const listId = nextId('labels');
  let options = [];
  let active = 0;
  let fresh = false;

  const input = h('input', {
    role: 'combobox', 'aria-expanded': 'false', 'aria-controls': listId, 'aria-autocomplete': 'list',
    autocomplete: 'off', spellcheck: 'false', 'data-search': true, placeholder: 'Search labels, or type a new one',
    oninput: () => {
      active = 0;
      show();
    },
    onfocus: () => show(),
    onblur: (event) => {
      if (!list.contains(event.relatedTarget)) {
        hide();
      }
    },
    onkeydown,
  });
  const title = h('span', {}, 'Another label');
  const list = h('ul', {id: listId, class: 'options', role: 'listbox', 'aria-label': 'Labels', hidden: true});
  const element = h('div', {class: 'picker'}, h('label', {class: 'field'}, title, input), list);

  function onkeydown(event) {
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (step) {
      event.preventDefault();
      active = Math.min(options.length - 1, Math.max(0, active + step));
      draw();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      event.stopPropagation();
      pick(options[active]);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      close();
      onClose();
    }
  }

  function show() {
    const wanted = input.value.trim();
    const part = wanted.toLocaleLowerCase();
    const all = labels();
    const starts = all.filter((label) => label.toLocaleLowerCase().startsWith(part));
    const found = [...starts, ...all.filter((label) => !starts.includes(label) && label.toLocaleLowerCase().includes(part))]
      .slice(0, SHOWN).map((label) => ({label, isNew: false}));
    const known = all.includes(wanted);
    const made = wanted !== '' && !known ? [{label: wanted, isNew: true}] : [];
    options = fresh ? [...made, ...found] : [...found, ...made];
    active = Math.min(active, Math.max(0, options.length - 1));
    draw();
  }

  function draw() {
    list.replaceChildren(...options.map(({label, isNew}, i) => h('li', {
      id: `${listId}-${i}`, role: 'option', tabindex: '-1', 'aria-selected': String(i === active),
      onpointerdown: (event) => event.preventDefault(),
      onclick: () => pick(options[i]),
    }, isNew ? h('span', {class: 'muted'}, 'New label ') : null, named(label))));
    list.hidden = options.length === 0;
    input.setAttribute('aria-expanded', String(!list.hidden));
    if (list.hidden) {
      input.removeAttribute('aria-activedescendant');
    } else {
      input.setAttribute('aria-activedescendant', `${listId}-${active}`);
    }
  }

  function hide() {
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  }

  function pick(option) {
    if (option) {
      const {label} = option;
      close();
      onPick(label);
    }
  }

  /** Puts the focus in the field: with the letter that opened it, or for a new label. */
  function open({start = '', fresh: isFresh = false} = {}) {
    fresh = isFresh;
    title.textContent = isFresh ? 'New label' : 'Another label';
    active = 0;
    input.value = start;
    input.focus();
    show();
  }

  function close() {
    fresh = false;
    title.textContent = 'Another label';
    input.value = '';
    hide();
  }

  return {element, open, close};
}
