/**
 * The one accuracy of a tenant, as the API gives it: prequential, each label predicted before it is
 * learned. A handful of labels gives no figure.
 */
import {percent, plural, points, whole} from './format.js';

/** Whether there are enough labels for a figure. */
export const isKnown = (accuracy) => Boolean(accuracy?.adapted && accuracy?.unadapted);

/** Says why there is no figure. */
export const tooFew = (accuracy) => `Too few labels: ${whole(accuracy?.labels ?? 0)}`;

/** What adaptation gains, in points. */
export const gain = ({adapted, unadapted}) => points(adapted.value - unadapted.value);

/** The interval, as 71.3–84.0 %. */
export const interval = ({low, high}) => `${percent(low).replace(' %', '')}–${percent(high)}`;

/** What the figure is of, in a sentence. */
export const meaning = (accuracy) =>
  `Prequential accuracy, interval of 95 %: ${interval(accuracy.adapted)}, from ${plural(accuracy.labels, 'label')}${accuracy.window ? `, of which the last ${whole(accuracy.window)} count most` : ''}. Each label was predicted before it was learned.`;
