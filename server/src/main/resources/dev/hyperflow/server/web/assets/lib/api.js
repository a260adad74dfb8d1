/** The HTTP API. Answers are parsed JSON; everything else is a Problem. */
/* Relative to the page, so that it works below any path. */
const BASE = 'api/v1';
const TOKEN = 'hyperflow.token';
const PATIENCE_MILLIS = 20000;

/** What went wrong: kind is 'offline', 'token', 'forbidden', 'rebalancing', 'missing', 'refused' or 'stopped'. */
export class Problem extends Error {
  constructor(kind, message, {status = 0, code = '', hint = '', retryAfterMillis = 0} = {}) {
    super(message);
    this.kind = kind;
    this.status = status;
    this.code = code;
    this.hint = hint;
    this.retryAfterMillis = retryAfterMillis;
  }
}

/** Keeps the token for this tab only; null takes it away. */
export function useToken(token) {
  if (token) {
    sessionStorage.setItem(TOKEN, token);
  } else {
    sessionStorage.removeItem(TOKEN);
  }
}

export const hasToken = () => sessionStorage.getItem(TOKEN) !== null;

/** The path of a tenant; its id is any string. */
export const tenantPath = (tenant, rest = '') => `/tenants/${encodeURIComponent(tenant)}${rest}`;

/** GET with query parameters; those that are empty are left out. */
export function get(path, {query = {}, signal} = {}) {
  return send(`${BASE}${path}${tail(query)}`, {method: 'GET', signal});
}

function tail(query) {
  const parameters = new URLSearchParams(Object.entries(query).filter(([, v]) => v !== '' && v !== null && v !== undefined));
  return parameters.size > 0 ? `?${parameters}` : '';
}

/** POST of a JSON body. */
export function post(path, body, {signal, keepalive = false} = {}) {
  return send(`${BASE}${path}`, {method: 'POST', body: JSON.stringify(body), signal, keepalive});
}

/** DELETE. */
export function del(path, {signal} = {}) {
  return send(`${BASE}${path}`, {method: 'DELETE', signal});
}

/**
 * POST of a file, which may take long. Aborting the signal stops it: what was taken until then stays.
 *
 * @param {{query: object, signal: AbortSignal, onProgress: function(number): void}} options
 *     `onProgress`: is told which share of the file is sent
 */
export function upload(path, file, {query = {}, signal, onProgress}) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `${BASE}${path}${tail(query)}`);
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    if (hasToken()) {
      request.setRequestHeader('Authorization', `Bearer ${sessionStorage.getItem(TOKEN)}`);
    }
    request.upload.onprogress = ({loaded, total}) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const content = parsed(request.responseText);
      if (request.status >= 200 && request.status < 300) {
        resolve(content);
      } else {
        reject(problem(request.status, request.getResponseHeader('Retry-After'), content ?? {}));
      }
    };
    request.onerror = () => reject(unreachable());
    request.onabort = () => reject(new Problem('stopped', 'Stopped.'));
    signal.addEventListener('abort', () => request.abort(), {once: true});
    request.send(file);
  });
}

/** The readiness document, which is served with status 200 or 503. */
export async function readiness(signal) {
  const response = await reach('health/ready', {headers: {Accept: 'application/json'}, signal: limited(signal)}, signal);
  return (await json(response)) ?? {status: response.ok ? 'UP' : 'DOWN'};
}

async function send(url, {method, body, signal, keepalive}) {
  const headers = {Accept: 'application/json'};
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  if (hasToken()) {
    headers.Authorization = `Bearer ${sessionStorage.getItem(TOKEN)}`;
  }
  const response = await reach(url, {method, headers, body, keepalive, cache: 'no-store', signal: limited(signal)}, signal);
  const content = await json(response);
  if (response.ok) {
    return content;
  }
  throw problem(response.status, response.headers.get('Retry-After'), content ?? {});
}

async function reach(url, options, signal) {
  try {
    return await fetch(url, options);
  } catch (error) {
    if (signal?.aborted) {
      throw error;
    }
    throw unreachable();
  }
}

const unreachable = () => new Problem('offline', 'The instance does not answer.', {
  hint: 'Is it running, and is this its address? The page tries again by itself.',
});

const limited = (signal) => {
  const limit = AbortSignal.timeout(PATIENCE_MILLIS);
  return signal ? AbortSignal.any([signal, limit]) : limit;
};

const json = async (response) => parsed(await response.text());

function parsed(text) {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

function problem(status, retryAfter, content) {
  const wait = Number(content.retryAfterMillis) || Number(retryAfter) * 1000 || 0;
  const details = {status, code: content.code ?? '', hint: content.hint ?? '', retryAfterMillis: wait};
  const message = content.message ?? `The instance answered with status ${status}.`;
  return new Problem(kindOf(status), message, details);
}

function kindOf(status) {
  switch (status) {
    case 401:
      return 'token';
    case 403:
      return 'forbidden';
    case 404:
      return 'missing';
    case 503:
      return 'rebalancing';
    default:
      return status === 502 || status === 504 ? 'offline' : 'refused';
  }
}

/** True for the error of a request that was given up on purpose. */
export const wasAborted = (error, signal) => signal?.aborted === true && !(error instanceof Problem);
