/**
 * Whether the instance can be reached. All polling goes through watch(); what fails there is shown
 * once, in the banner, while the last data stays on the page in grey.
 */
import {wasAborted} from './api.js';

const BACKOFF_MILLIS = [1000, 2000, 4000, 8000, 15000];
const REFUSED_MILLIS = 15000;

const listeners = new Set();
const watches = new Set();
let current = {kind: 'ok', since: Date.now(), retryAt: 0};
let lastAnswer = null;

/** Calls back with {kind, since, retryAt, problem} now and at every change; returns how to stop. */
export function onConnection(listener) {
  listeners.add(listener);
  listener(current);
  return () => listeners.delete(listener);
}

/** Makes every watch load at once. */
export function retryNow() {
  watches.forEach((watch) => watch.kick());
}

function change(next) {
  current = next;
  listeners.forEach((listener) => listener(current));
}

/** When something was last answered; null before that. */
export const answeredAt = () => lastAnswer;

/* Readiness needs no token and answers while partitions move, so it proves less than data does. */
function succeeded(open) {
  lastAnswer = open ? lastAnswer : Date.now();
  const found = current.kind === 'offline';
  if (found || (current.kind !== 'ok' && !open)) {
    change({kind: 'ok', since: Date.now(), retryAt: 0});
  }
  if (found) {
    watches.forEach((watch) => watch.resume());
  }
}

function failed(problem, retryAt) {
  const same = current.kind === problem.kind;
  change({kind: problem.kind, since: same ? current.since : Date.now(), retryAt: same && current.retryAt > Date.now() ? Math.min(current.retryAt, retryAt) : retryAt, problem});
}

const isConnection = (problem) => ['offline', 'token', 'rebalancing'].includes(problem.kind);

/**
 * Loads now and every `every` milliseconds (0: only now and when kicked), backing off while it
 * fails until another finds the instance again, and not at all while the page is hidden. Ends with
 * the signal. `open`: what is loaded is there for everybody at any time.
 *
 * @returns {{kick: function(): void}} kick loads at once
 */
export function watch({load, every, onData, onProblem, signal, open = false}) {
  let timer = 0;
  let failures = 0;
  let running = false;
  let again = false;

  const plan = (delay) => {
    clearTimeout(timer);
    if (delay > 0 && !signal.aborted) {
      timer = setTimeout(run, delay);
    }
  };

  async function run() {
    if (signal.aborted) {
      return;
    }
    if (running) {
      again = true;
      return;
    }
    if (document.hidden && every > 0) {
      plan(every);
      return;
    }
    running = true;
    clearTimeout(timer);
    let delay = every;
    try {
      const data = await load(signal);
      failures = 0;
      succeeded(open);
      if (!signal.aborted) {
        onData(data);
      }
    } catch (error) {
      if (wasAborted(error, signal)) {
        return;
      }
      if (!error.kind) {
        throw error;
      }
      delay = waitAfter(error);
      if (isConnection(error)) {
        failed(error, Date.now() + delay);
      } else {
        succeeded(open);
      }
      onProblem(error);
    } finally {
      running = false;
      if (again) {
        again = false;
        queueMicrotask(run);
      } else {
        plan(delay);
      }
    }
  }

  function waitAfter(problem) {
    if (problem.kind === 'token') {
      return 0;
    }
    if (!isConnection(problem)) {
      return problem.retryAfterMillis || REFUSED_MILLIS;
    }
    failures += 1;
    const backoff = BACKOFF_MILLIS[Math.min(failures, BACKOFF_MILLIS.length) - 1];
    return problem.retryAfterMillis || Math.round(backoff * (0.85 + Math.random() * 0.3));
  }

  const resume = () => {
    if (failures > 0) {
      run();
    }
  };

  const handle = {kick: run, resume};
  watches.add(handle);
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    watches.delete(handle);
  });
  run();
  return handle;
}
