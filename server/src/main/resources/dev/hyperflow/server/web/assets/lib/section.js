/** A titled part of a view that is closed until one wants it, and then makes its content. */
import {h} from './dom.js';

const KEY = 'hyperflow.open';

const opened = () => {
  try {
    return new Set(JSON.parse(localStorage.getItem(KEY) ?? '[]'));
  } catch {
    // Storage may be forbidden; everything is closed then.
    return new Set();
  }
};

function remember(name, open) {
  try {
    const names = opened();
    if (open) {
      names.add(name);
    } else {
      names.delete(name);
    }
    localStorage.setItem(KEY, JSON.stringify([...names]));
  } catch {
    // As above: it lasts as long as the view then.
  }
}

/**
 * A part that is made when it is opened first. Whether it is open is remembered in this browser.
 *
 * @param {{name: string, title: string, about: string}} options `about`: what is inside, in a line
 * @param {function(): Element[]} make called once
 * @returns {Element}
 */
export function section({name, title, about}, make) {
  const content = h('div', {class: 'section-body'});
  let made = false;
  const fill = () => {
    if (element.open && !made) {
      made = true;
      content.append(...make());
    }
  };
  const element = h('details', {
    class: 'section',
    'data-section': name,
    ontoggle: () => {
      remember(name, element.open);
      fill();
    },
  }, h('summary', {}, h('h2', {}, title), h('span', {class: 'note'}, about)), content);
  element.open = opened().has(name);
  fill();
  return element;
}
