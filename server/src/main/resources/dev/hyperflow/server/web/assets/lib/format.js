/** Numbers, shares and times as text. A value that is missing is shown as a dash. */
const NONE = '–';
const WHOLE = new Intl.NumberFormat('en-GB', {maximumFractionDigits: 0});
const ONE = new Intl.NumberFormat('en-GB', {minimumFractionDigits: 1, maximumFractionDigits: 1});
const CLOCK = new Intl.DateTimeFormat('en-GB', {hour: '2-digit', minute: '2-digit'});
const CLOCK_SECONDS = new Intl.DateTimeFormat('en-GB', {hour: '2-digit', minute: '2-digit', second: '2-digit'});
const DAY = new Intl.DateTimeFormat('en-GB', {day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit'});

const missing = (value) => value === null || value === undefined || !Number.isFinite(Number(value));

/** 12,345 */
export const whole = (value) => (missing(value) ? NONE : WHOLE.format(value));

/** 0.4, 12.3 or 1,234: a rate with the digits that matter. */
export const rate = (value) => (missing(value) ? NONE : Number(value) < 100 ? ONE.format(value) : WHOLE.format(value));

/** A share 0..1 as 78.5 %. */
export const percent = (value) => (missing(value) ? NONE : `${ONE.format(value * 100)} %`);

/** A difference of two shares in points: +4.1 or −0.3. */
export function points(value) {
  if (missing(value)) {
    return NONE;
  }
  const text = ONE.format(Math.abs(value * 100));
  return text === '0.0' ? '0.0' : `${value < 0 ? '−' : '+'}${text}`;
}

/** Milliseconds with a fitting unit, as [figure, unit]. */
export function durationParts(millis) {
  if (missing(millis)) {
    return [NONE, ''];
  }
  if (millis < 10) {
    return [ONE.format(millis), 'ms'];
  }
  if (millis < 1000) {
    return [WHOLE.format(millis), 'ms'];
  }
  if (millis < 60000) {
    return [ONE.format(millis / 1000), 's'];
  }
  return [ONE.format(millis / 60000), 'min'];
}

/** 340 ms, 1.2 s or 3.0 min. */
export const duration = (millis) => durationParts(millis).join(' ').trim();

/** A figure of no known range with about three digits. */
export function figure(value) {
  if (missing(value)) {
    return NONE;
  }
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.001 || size >= 1e6)) {
    return Number(value).toExponential(2);
  }
  return Number(value).toLocaleString('en-GB', {maximumFractionDigits: size >= 100 ? 0 : size >= 1 ? 2 : 4});
}

/** A figure with two decimals, for columns. */
export const fixed = (value) => (missing(value) ? NONE : Number(value).toFixed(2));

/** 14:03 */
export const clock = (at) => (missing(at) ? NONE : CLOCK.format(at));

/** 14:03:27 */
export const clockSeconds = (at) => (missing(at) ? NONE : CLOCK_SECONDS.format(at));

/** 24 Nov 2026, 14:03 */
export const day = (at) => (missing(at) ? NONE : DAY.format(at));

/** How long ago, coarsely: 12 s ago, 3 min ago, else the day. */
export function ago(at, now = Date.now()) {
  if (missing(at)) {
    return NONE;
  }
  const seconds = Math.max(0, Math.round((now - at) / 1000));
  if (seconds < 60) {
    return `${seconds} s ago`;
  }
  if (seconds < 3600) {
    return `${Math.round(seconds / 60)} min ago`;
  }
  if (seconds < 86400) {
    return `${Math.round(seconds / 3600)} h ago`;
  }
  return DAY.format(at);
}

/** The first digits of a hash. */
export const shortHash = (hash) => (hash ? String(hash).slice(0, 10) : NONE);

/** 1 example, 2 examples. */
export const plural = (count, one, many = `${one}s`) => `${whole(count)} ${Number(count) === 1 ? one : many}`;

/** 640 bytes, 12.3 kB or 4.5 MB. */
export function bytes(count) {
  if (missing(count)) {
    return NONE;
  }
  if (count < 1000) {
    return plural(count, 'byte');
  }
  return count < 1e6 ? `${ONE.format(count / 1000)} kB` : `${ONE.format(count / 1e6)} MB`;
}
