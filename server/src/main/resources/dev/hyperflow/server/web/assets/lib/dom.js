/**
 * Builds elements. Text reaches the page through text nodes alone, so a tenant id or a label can be
 * any string; there is no way here to hand over markup, a style attribute or an inline handler.
 */
const SVG = 'http://www.w3.org/2000/svg';
const PROPERTIES = new Set(['value', 'checked', 'disabled', 'hidden', 'selected', 'open', 'tabIndex']);
const REFUSED = new Set(['style', 'innerHTML', 'outerHTML', 'srcdoc']);

/** An HTML element: h('button', {class: 'primary', type: 'button', onclick: save}, 'Save'). */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** An SVG element. */
export function s(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) {
      if (PROPERTIES.has(name)) {
        element[name] = value ?? '';
      }
    } else if (REFUSED.has(name)) {
      throw new TypeError(`${name} is not allowed`);
    } else if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (PROPERTIES.has(name)) {
      element[name] = value;
    } else {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  element.append(...children.flat(4).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Sets the share, 0 to 1, that style sheets read as --fraction or --heat. */
export function share(element, value, name = '--fraction') {
  const number = Number(value);
  element.style.setProperty(name, String(Math.min(1, Math.max(0, Number.isFinite(number) ? number : 0))));
  return element;
}

/** Replaces the children, and puts the focus back on the child with the same data-key. */
export function replace(parent, ...children) {
  const active = document.activeElement;
  const key = active && parent.contains(active) ? active.dataset.key : undefined;
  parent.replaceChildren(...children.flat().filter(Boolean));
  if (key !== undefined) {
    [...parent.querySelectorAll('[data-key]')].find((e) => e.dataset.key === key)?.focus({preventScroll: true});
  }
}

let ids = 0;

/** An id that no other element has. */
export function nextId(prefix) {
  ids += 1;
  return `${prefix}-${ids}`;
}

const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** An id or a label as readable text: what cannot be seen is spelled out, and a blank is quoted. */
export function visible(text) {
  const shown = String(text).replace(INVISIBLE, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return shown.trim() === '' ? `“${shown}”` : shown;
}

/** The same as an element that keeps its writing direction to itself. */
export const named = (text) => h('bdi', {}, visible(text));
