/** Questions, and short messages at the edge of the page. */
import {h, nextId} from './dom.js';

/** Asks; resolves to true when the action was confirmed. Esc and Cancel mean no. */
export function confirm({title, text, action, danger = false}) {
  return ask(title, [h('p', {}, text)], action, danger).then((form) => form !== null);
}

/** Asks for one value; resolves to it, or to null. */
export async function prompt({title, text, label, action, type = 'text'}) {
  const input = h('input', {name: 'answer', type, required: true, autocomplete: 'off', autofocus: true});
  const form = await ask(title, [h('p', {}, text), h('label', {class: 'field'}, h('span', {}, label), input)], action, false);
  return form === null ? null : input.value.trim();
}

/**
 * Asks with more than one way to answer; resolves to the value of the button that was pressed, or to
 * null. Esc and Cancel mean null.
 *
 * @param {{title: string, content: Element[], actions: Element[], wide?: boolean}} options `actions`: submit buttons with a
 *     value, and others that close the dialog with one
 */
export function choose({title, content, actions, wide = false}) {
  return open(title, content, actions, wide).then(({value}) => value || null);
}

function ask(title, content, action, danger) {
  return open(title, content, [h('button', {type: 'submit', value: 'yes', class: danger ? 'danger' : 'primary'}, action)])
    .then(({value, form}) => (value === 'yes' ? form : null));
}

function open(title, content, actions, wide = false) {
  return new Promise((resolve) => {
    const id = nextId('dialog');
    const opener = document.activeElement;
    const form = h('form', {method: 'dialog'},
      h('div', {}, h('h2', {id}, title), content[0]),
      content.slice(1),
      h('div', {class: 'row'},
        h('button', {type: 'button', onclick: () => dialog.close('')}, 'Cancel'),
        actions));
    const dialog = h('dialog', {'aria-labelledby': id, class: wide ? 'wide' : ''}, form);
    dialog.addEventListener('close', () => {
      dialog.remove();
      if (opener instanceof HTMLElement && opener.isConnected) {
        opener.focus();
      }
      resolve({value: dialog.returnValue, form});
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Cancels what is asked: the view that asks is left. */
export function cancelAll() {
  document.querySelectorAll('dialog').forEach((dialog) => dialog.close(''));
}

const TOAST_MILLIS = 6000;

/** Shows a message for a while; `action` is {label, run}. It waits while it is pointed at or focused. */
export function toast(text, {action = null, millis = TOAST_MILLIS, onEnd = () => {}} = {}) {
  let left = millis;
  let started = 0;
  let timer = 0;
  let over = false;
  const end = (acted) => {
    if (!over) {
      over = true;
      clearTimeout(timer);
      element.remove();
      onEnd(acted);
    }
  };
  const button = action === null ? null : h('button', {
    type: 'button',
    class: 'small',
    onclick: () => {
      end(true);
      action.run();
    },
  }, action.label);
  const element = h('div', {class: 'toast'}, h('span', {}, text), button);
  const pause = () => {
    clearTimeout(timer);
    left -= Date.now() - started;
  };
  const go = () => {
    clearTimeout(timer);
    started = Date.now();
    timer = setTimeout(() => end(false), Math.max(left, 1000));
  };
  element.addEventListener('pointerenter', pause);
  element.addEventListener('pointerleave', go);
  element.addEventListener('focusin', pause);
  element.addEventListener('focusout', go);
  document.getElementById('toasts').append(element);
  go();
  return {end: () => end(false), cancel: () => end(true)};
}
