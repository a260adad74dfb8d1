package dev.hyperflow.models.internal.verify;

import dev.hyperflow.models.Head;

/** Distances of two heads of equal shape. */
final class HeadDistance {

  private HeadDistance() {}

  /** Largest absolute difference of two weights of the same place. */
  static double difference(Head left, Head right) {
    float[] a = left.toArray();
    float[] b = right.toArray();
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs((double) a[i] - b[i]));
    }
    return largest;
  }

  /** The same in relation to the largest weight. */
  static double relative(Head left, Head right) {
    double scale = 0;
    for (float weight : right.toArray()) {
      scale = Math.max(scale, Math.abs(weight));
    }
    double difference = difference(left, right);
    return difference == 0 ? 0 : difference / scale;
  }
}
