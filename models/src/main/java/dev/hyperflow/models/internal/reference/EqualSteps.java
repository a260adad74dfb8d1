package dev.hyperflow.models.internal.reference;

import dev.hyperflow.models.internal.DriftField;
import dev.hyperflow.models.internal.SupportSet;
import java.util.ArrayList;
import java.util.List;

/**
 * Steps of equal length.
 *
 * @param steps number of steps
 * @param horizon end in flow time
 * @param earlyStop relative drift at which a head rests, 0 for none
 * @param rule how a step is taken
 */
record EqualSteps(int steps, double horizon, float earlyStop, Rule rule) implements Steps {

  /** Takes one step. */
  @FunctionalInterface
  interface Rule {

    /**
     * Where the step ends.
     *
     * @param k what is known of its start
     * @param step its number, for the times of its stages
     */
    float[] end(Point k, int step, EqualSteps steps, DriftField field, SupportSet support);
  }

  @Override
  public List<Point> follow(float[] head, DriftField field, SupportSet support) {
    List<Point> points = new ArrayList<>();
    points.add(Point.at(head, 0f, field, support));
    for (int step = 0; step < steps; step++) {
      Point here = points.get(step);
      points.add(
          here.isStill(earlyStop)
              ? here
              : Point.at(
                  rule.end(here, step, this, field, support), time(step + 1), field, support));
    }
    return points;
  }

  static float[] euler(Point k, int step, EqualSteps s, DriftField field, SupportSet support) {
    return k.moved(k.head(), s.part(1));
  }

  static float[] heun(Point k1, int step, EqualSteps s, DriftField field, SupportSet support) {
    Point k2 = Point.at(k1.moved(k1.head(), s.part(1)), s.time(step + 1), field, support);
    return k2.moved(k1.moved(k1.head(), s.part(0.5)), s.part(0.5));
  }

  static float[] rk4(Point k1, int step, EqualSteps s, DriftField field, SupportSet support) {
    float[] start = k1.head();
    Point k2 = Point.at(k1.moved(start, s.part(0.5)), s.time(step + 0.5), field, support);
    Point k3 = Point.at(k2.moved(start, s.part(0.5)), s.time(step + 0.5), field, support);
    Point k4 = Point.at(k3.moved(start, s.part(1)), s.time(step + 1), field, support);
    float[] end = k1.moved(start, s.part(1 / 6.0));
    end = k2.moved(end, s.part(1 / 3.0));
    end = k3.moved(end, s.part(1 / 3.0));
    return k4.moved(end, s.part(1 / 6.0));
  }

  /** A part of a step in flow time. */
  private float part(double part) {
    return (float) (horizon / steps * part);
  }

  private float time(double stepsTaken) {
    return (float) (horizon * stepsTaken / steps);
  }
}
