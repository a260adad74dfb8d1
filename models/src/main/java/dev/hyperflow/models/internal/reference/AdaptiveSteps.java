package dev.hyperflow.models.internal.reference;

import dev.hyperflow.models.internal.DriftField;
import dev.hyperflow.models.internal.Stepping;
import dev.hyperflow.models.internal.SupportSet;
import java.util.ArrayList;
import java.util.List;

/**
 * Attempts of the pair of Bogacki and Shampine, of third order with an error estimate of second
 * order.
 *
 * @param stepping tolerance and early stop
 * @param attempts most attempts
 * @param horizon end in flow time
 */
record AdaptiveSteps(Stepping stepping, int attempts, double horizon) implements Steps {

  /*
   * Lengths are single precision, as in the graph: they decide what comes next, and a tie must fall
   * the same way.
   */

  @Override
  public List<Point> follow(float[] head, DriftField field, SupportSet support) {
    float target = (float) horizon;
    List<Point> points = new ArrayList<>();
    Point here = Point.at(head, 0f, field, support);
    points.add(here);
    float t = 0;
    float length = target / attempts;
    for (int left = attempts; left > 0; left--) {
      if (t < target && !here.isStill(stepping.earlyStop())) {
        float end = length >= target - t ? target : t + length;
        float[] error = new float[head.length];
        Point there = attempt(here, t, length, end, error, new Task(field, support));
        float squares = Point.squares(error);
        float limit = limit(here, there);
        if (squares <= limit || length <= (target - t) / left) {
          here = there;
          t = end;
        }
        length *= factor(squares, limit);
        length = Math.max(length, (target - t) / Math.max(1, left - 1));
        length = Math.min(length, target - t);
      }
      points.add(here);
    }
    return points;
  }

  private record Task(DriftField field, SupportSet support) {

    Point at(float[] head, float t) {
      return Point.at(head, t, field, support);
    }
  }

  /** Tries a step; adds its estimated error to an array of zeros. */
  private static Point attempt(
      Point k1, float t, float length, float end, float[] error, Task task) {
    float[] start = k1.head();
    Point k2 = task.at(k1.moved(start, length * 0.5f), t + length * 0.5f);
    Point k3 = task.at(k2.moved(start, length * 0.75f), t + length * 0.75f);
    float[] head = k1.moved(start, length * (2 / 9f));
    head = k2.moved(head, length * (1 / 3f));
    head = k3.moved(head, length * (4 / 9f));
    Point k4 = task.at(head, end);
    float[] sum = k1.moved(error, length * (-5 / 72f));
    sum = k2.moved(sum, length * (1 / 12f));
    sum = k3.moved(sum, length * (1 / 9f));
    sum = k4.moved(sum, length * (-1 / 8f));
    System.arraycopy(sum, 0, error, 0, sum.length);
    return k4;
  }

  /** Largest square of an error that is tolerated. */
  private float limit(Point from, Point to) {
    float norms = Math.max(Point.squares(from.head()), Point.squares(to.head()));
    return Math.min(Float.MAX_VALUE, stepping.tolerance() * stepping.tolerance() * norms);
  }

  private static float factor(float squares, float limit) {
    if (squares <= limit / 65_536) {
      return 4;
    }
    if (squares <= limit / 256) {
      return 2;
    }
    if (squares <= limit) {
      return 1;
    }
    return squares <= 64 * limit ? 0.5f : 0.25f;
  }
}
