package dev.hyperflow.models.internal.reference;

import dev.hyperflow.models.Head;
import dev.hyperflow.models.internal.Check;
import dev.hyperflow.models.internal.DriftField;
import dev.hyperflow.models.internal.SupportSet;
import java.util.Arrays;

/** A head on its way, and the drift there. Neither need be finite. */
final class Point {

  private final float[] head; // row-major [N][D+1]
  private final float[] drift; // the same shape

  private Point(float[] head, float[] drift) {
    this.head = head;
    this.drift = drift;
  }

  /** Evaluates the drift, which is not a number where the head is not finite. */
  static Point at(float[] head, float t, DriftField field, SupportSet support) {
    float[] drift = new float[head.length];
    if (Check.finite(head)) {
      drift = field.drift(Head.of(support.labels(), support.dimension(), head), t, support);
    } else {
      Arrays.fill(drift, Float.NaN);
    }
    return new Point(head, drift);
  }

  /** The head after a step from here along the drift. */
  float[] moved(float length) {
    float[] moved = head.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += length * drift[i];
    }
    return moved;
  }

  float[] head() {
    return head;
  }

  /** Infinite where the squares leave the range of single precision, as it is in a graph. */
  float driftNorm() {
    double squares = 0;
    for (float value : drift) {
      squares += (double) value * value;
    }
    return (float) Math.sqrt((float) squares);
  }

  /** Not a number if the head is not finite. */
  float loss(SupportSet support) {
    return Check.finite(head)
        ? (float) SupportLoss.of(Head.of(support.labels(), support.dimension(), head), support)
        : Float.NaN;
  }
}
