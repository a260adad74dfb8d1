/** A titled part of a view that loads its own data and shows what state that is in. */
import {h, nextId, replace} from './dom.js';
import {watch} from './connection.js';

const skeleton = () => h('div', {class: 'skeleton', 'aria-hidden': 'true'}, h('i'), h('i'), h('i'));

/** A message in place of content: what is so, and what to do about it. */
export function message(title, text, ...actions) {
  return h('div', {class: 'message'}, h('strong', {}, title), text ? h('p', {}, text) : null, actions);
}

function defaultHint({kind, status}) {
  if (kind === 'forbidden') {
    return 'The token in use does not allow this. Use one with the scope that is needed.';
  }
  return status >= 500 ? 'The log of the instance says why.' : '';
}

/** The message for a request that was refused. */
export function problemMessage(problem, retry) {
  const hint = problem.hint || defaultHint(problem);
  return h('div', {class: 'message error', role: 'group'},
    h('strong', {}, problem.message),
    hint ? h('p', {}, hint) : null,
    retry ? h('button', {type: 'button', class: 'small', onclick: retry, 'data-key': 'retry'}, 'Try again') : null);
}

/** A panel without data of its own. */
export function box({title, aside, note, size = ''}, ...children) {
  const id = nextId('panel');
  const body = h('div', {class: 'panel-body'}, children);
  const element = h('section', {class: `panel ${size}`, 'aria-labelledby': id},
    h('div', {class: 'panel-head'}, h('h2', {id}, title), aside),
    body,
    note ? h('p', {class: 'note'}, note) : null);
  return {element, body};
}

/**
 * A panel that loads. `render(data)` returns what it shows and is called when the data changed;
 * what it returns is kept when it is the same element as before.
 *
 * @returns {{element: Element, refresh: function(): void}}
 */
export function panel({title, aside, note, size, load, every = 0, render, signal}) {
  const {element, body} = box({title, aside, note, size}, skeleton());
  element.setAttribute('aria-busy', 'true');
  let seen = null;
  const handle = watch({
    load,
    every,
    signal,
    onData: (data) => {
      element.removeAttribute('aria-busy');
      const text = JSON.stringify(data);
      if (text !== seen) {
        seen = text;
        const content = render(data);
        if (content !== body.firstElementChild || body.childElementCount !== 1) {
          replace(body, content);
        }
      }
    },
    onProblem: (problem) => {
      const waiting = ['offline', 'rebalancing', 'token'].includes(problem.kind);
      if (waiting && seen !== null) {
        return;
      }
      element.removeAttribute('aria-busy');
      seen = null;
      replace(body, waiting ? message(waitingTitle(problem)) : problemMessage(problem, () => handle.kick()));
    },
  });
  return {element, refresh: () => handle.kick()};
}

function waitingTitle(problem) {
  switch (problem.kind) {
    case 'token':
      return 'Needs a token.';
    case 'rebalancing':
      return 'Waits until the instance is ready.';
    default:
      return 'Waits for the instance.';
  }
}
