/** The HTTP API. Answers are parsed JSON; everything else is a Problem. */
/* Relative to the page, so that it works below any path. */
const BASE = 'api/v1';
const TOKEN = 'hyperflow.token';
const PATIENCE_MILLIS = 20000;

/** What went wrong: kind is 'offline', 'token', 'forbidden', 'rebalancing', 'missing' or 'refused'. */
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
  const parameters = new URLSearchParams(Object.entries(query).filter(([, v]) => v !== '' && v !== null && v !== undefined));
  const tail = parameters.size > 0 ? `?${parameters}` : '';
  return send(`${BASE}${path}${tail}`, {method: 'GET', signal});
}

/** POST of a JSON body. */
export function post(path, body, {signal, keepalive = false} = {}) {
  return send(`${BASE}${path}`, {method: 'POST', body: JSON.stringify(body), signal, keepalive});
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
  throw problem(response, content ?? {});
}

async function reach(url, options, signal) {
  try {
    return await fetch(url, options);
  } catch (error) {
    if (signal?.aborted) {
      throw error;
    }
    throw new Problem('offline', 'The instance does not answer.', {
      hint: 'Is it running, and is this its address? The page tries again by itself.',
    });
  }
}

const limited = (signal) => {
  const limit = AbortSignal.timeout(PATIENCE_MILLIS);
  return signal ? AbortSignal.any([signal, limit]) : limit;
};

async function json(response) {
  const text = await response.text();
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

function problem(response, content) {
  const wait = Number(content.retryAfterMillis) || Number(response.headers.get('Retry-After')) * 1000 || 0;
  const details = {status: response.status, code: content.code ?? '', hint: content.hint ?? '', retryAfterMillis: wait};
  const message = content.message ?? `The instance answered with status ${response.status}.`;
  return new Problem(kindOf(response.status), message, details);
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
