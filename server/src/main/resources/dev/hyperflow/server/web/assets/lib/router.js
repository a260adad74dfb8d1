/** Views by the part of the address after #. A tenant id is percent-encoded in it. */

/** {view, id, query} of an address such as #/tenants/acme or #/tenants?page=2. */
export function parse(hash) {
  const [path, search = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const parts = path.split('/').filter((part) => part !== '');
  const query = Object.fromEntries(new URLSearchParams(search));
  if (parts.length === 0) {
    return {view: 'overview', id: null, query};
  }
  return {view: parts[0], id: parts.length > 1 ? decode(parts[1]) : null, query};
}

/** The address of a view; query values that are empty are left out. */
export function address(view, id = null, query = {}) {
  const search = new URLSearchParams(Object.entries(query).filter(([, v]) => v !== '' && v !== null && v !== undefined));
  return `#/${view === 'overview' ? '' : view}${id === null ? '' : `/${encodeURIComponent(id)}`}${search.size > 0 ? `?${search}` : ''}`;
}

/** Changes the address without a new entry in the history and without drawing the view anew. */
export function amend(view, id, query) {
  history.replaceState(null, '', address(view, id, query));
}

/** Shows the view of the address now and whenever it changes. */
export function start(show) {
  addEventListener('hashchange', () => show(parse(location.hash)));
  show(parse(location.hash));
}

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
