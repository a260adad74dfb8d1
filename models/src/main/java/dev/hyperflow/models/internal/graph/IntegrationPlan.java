package dev.hyperflow.models.internal.graph;

import dev.hyperflow.models.internal.Blocks;
import dev.hyperflow.models.internal.Check;
import dev.hyperflow.models.internal.Manifest;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * How a drift is integrated from a prototype head: by Euler steps of equal length.
 *
 * @param steps number S of steps, 1 to 1000; they cost S + 1 evaluations of the drift
 * @param horizon end T of the trajectory in flow time, above 0, at most 1000; step k goes from t =
 *     kT/S to (k+1)T/S
 * @param initialScale factor of the class means in the initial head, above 0, at most 1000
 * @param initialBias bias of the initial head
 * @param blocks how the blocks of a feature vector are mixed first; empty if there is one block
 */
public record IntegrationPlan(
    int steps,
    float horizon,
    float initialScale,
    InitialBias initialBias,
    Optional<Blocks> blocks) {

  private static final int MAX_STEPS = 1000;
  private static final float MAX = 1000f;

  public IntegrationPlan {
    checkGrid(steps, horizon);
    checkSize("initialScale", initialScale);
    Objects.requireNonNull(initialBias, "initialBias");
    Objects.requireNonNull(blocks, "blocks");
  }

  /** A plan for features of one block. */
  public IntegrationPlan(int steps, float horizon, float initialScale, InitialBias initialBias) {
    this(steps, horizon, initialScale, initialBias, Optional.empty());
  }

  /** The plan that a manifest notes down. */
  public static IntegrationPlan of(Manifest manifest) {
    Manifest.InitialHead start = manifest.initialHead();
    return new IntegrationPlan(
        manifest.steps(),
        (float) manifest.horizon(),
        (float) start.scale(),
        InitialBias.valueOf(start.bias().toUpperCase(Locale.ROOT).replace('-', '_')),
        Optional.ofNullable(manifest.blocks()));
  }

  /** The same with blocks that are mixed first. */
  public IntegrationPlan withBlocks(Optional<Blocks> other) {
    return new IntegrationPlan(steps, horizon, initialScale, initialBias, other);
  }

  static void checkGrid(int steps, float horizon) {
    Check.range("steps", 1, MAX_STEPS, steps);
    checkSize("horizon", horizon);
  }

  private static void checkSize(String name, float value) {
    Check.check(value > 0 && value <= MAX, name, "above 0 and at most " + MAX, value);
  }

  /** Flow time of every point of a trajectory, S + 1 of them. */
  float[] times() {
    float[] times = new float[steps + 1];
    for (int k = 0; k <= steps; k++) {
      times[k] = (float) ((double) horizon * k / steps);
    }
    return times;
  }

  /** Length of a step in flow time. */
  float stepLength() {
    return (float) ((double) horizon / steps);
  }
}
