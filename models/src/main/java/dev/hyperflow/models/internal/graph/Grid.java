package dev.hyperflow.models.internal.graph;

/**
 * The 256 levels that an activation is rounded to: (level − zero) · step.
 *
 * @param step above 0 and finite
 * @param zero the level of the number 0, from 0 to 255
 */
public record Grid(float step, int zero) {

  private static final int LEVELS = 255;

  public Grid {
    if (!(step > 0) || !Float.isFinite(step)) {
      throw new IllegalArgumentException("step: expected above 0 and finite, found " + step);
    }
    if (zero < 0 || zero > LEVELS) {
      throw new IllegalArgumentException("zero: expected 0 to 255, found " + zero);
    }
  }

  /** The grid from a lowest to a highest number, widened to hold 0; both may move half a step. */
  public static Grid between(float low, float high) {
    float from = Math.min(low, 0);
    float to = Math.max(high, 0);
    float step = Math.max((to - from) / LEVELS, Float.MIN_NORMAL);
    return new Grid(step, Math.min(LEVELS, Math.max(0, Math.round(-from / step))));
  }

  /** What a number becomes. */
  public float round(float value) {
    long level = Math.round((double) value / step) + zero;
    return (Math.min(LEVELS, Math.max(0, level)) - zero) * step;
  }
}
