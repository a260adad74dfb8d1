/** Scales and paths, without a drawing. */

/** A function from [from, to] to [low, high]; a domain of no width maps to the middle. */
export function linear(from, to, low, high) {
  const width = to - from;
  return (value) => (width === 0 ? (low + high) / 2 : low + ((value - from) / width) * (high - low));
}

/** At most `count` + 1 round values that cover [from, to]. */
export function ticks(from, to, count) {
  const width = to - from;
  if (!(width > 0)) {
    return [from];
  }
  const raw = width / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((m) => m * power).find((candidate) => candidate >= raw * 0.999);
  const values = [];
  for (let i = Math.ceil(from / step - 1e-9); i * step <= to + step * 1e-6; i += 1) {
    values.push(Number((i * step).toPrecision(12)));
  }
  return values;
}

/** The range of values widened to round ticks; `floor` and `ceiling` bound it, `zero` includes 0. */
export function nice(values, {floor = -Infinity, ceiling = Infinity, zero = false, count = 3} = {}) {
  const known = values.filter((v) => v !== null && v !== undefined && Number.isFinite(v));
  if (known.length === 0) {
    return [floor === -Infinity ? 0 : floor, ceiling === Infinity ? 1 : ceiling];
  }
  let low = Math.min(...known);
  let high = Math.max(...known);
  if (zero) {
    low = Math.min(0, low);
    high = Math.max(0, high);
  }
  if (low === high) {
    const pad = Math.abs(low) * 0.1 || 0.5;
    low -= pad;
    high += pad;
  }
  const step = stepOf(low, high, count);
  return [Math.max(floor, Math.floor(low / step + 1e-9) * step), Math.min(ceiling, Math.ceil(high / step - 1e-9) * step)];
}

function stepOf(low, high, count) {
  const found = ticks(low, high, count);
  return found.length > 1 ? found[1] - found[0] : high - low;
}

const round = (value) => Math.round(value * 100) / 100;

/** The path through [x, y] points; null leaves a gap. */
export function line(points) {
  let path = '';
  let pen = 'M';
  for (const point of points) {
    if (point === null) {
      pen = 'M';
    } else {
      path += `${pen}${round(point[0])} ${round(point[1])}`;
      pen = 'L';
    }
  }
  return path;
}

/**
 * The area between two lines over the same x, as {gain, loss} paths: gain where `after` is above
 * `before` on the screen, loss where it is below. Points are [x, yBefore, yAfter] or null.
 */
export function between(points) {
  const paths = {gain: '', loss: ''};
  for (let i = 1; i < points.length; i += 1) {
    const [a, b] = [points[i - 1], points[i]];
    if (a !== null && b !== null) {
      segments(a, b).forEach(([p, q]) => {
        const kind = p[1] + q[1] >= p[2] + q[2] ? 'gain' : 'loss';
        paths[kind] += `M${round(p[0])} ${round(p[1])}L${round(q[0])} ${round(q[1])}L${round(q[0])} ${round(q[2])}L${round(p[0])} ${round(p[2])}Z`;
      });
    }
  }
  return paths;
}

function segments(a, b) {
  const [first, second] = [a[1] - a[2], b[1] - b[2]];
  if (first * second >= 0) {
    return [[a, b]];
  }
  const at = first / (first - second);
  const crossing = a.map((value, i) => value + (b[i] - value) * at);
  return [[a, crossing], [crossing, b]];
}
