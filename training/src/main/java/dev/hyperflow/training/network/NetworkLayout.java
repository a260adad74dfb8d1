package dev.hyperflow.training.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;

/** Names and shapes of the matrices of {@link DriftNetwork}, and where training starts. */
public final class NetworkLayout {

  static final String TASK_IN = "task.in";
  static final String TASK_IN_BIAS = "task.in.bias";
  static final String TASK_MIDDLE = "task.middle";
  static final String TASK_MIDDLE_BIAS = "task.middle.bias";
  static final String TASK_OUT = "task.out";
  static final String TASK_OUT_BIAS = "task.out.bias";
  static final String CERTAINTY = "certainty";

  private static final int TASK_HIDDEN = 8;

  private NetworkLayout() {}

  /** Rows and columns by name, in the order of the file. */
  static Map<String, int[]> shapes() {
    Map<String, int[]> shapes = new LinkedHashMap<>();
    shapes.put(TASK_IN, new int[] {TASK_HIDDEN, SupportStatistics.TASK});
    shapes.put(TASK_IN_BIAS, new int[] {TASK_HIDDEN, 1});
    shapes.put(TASK_MIDDLE, new int[] {TASK_HIDDEN, TASK_HIDDEN});
    shapes.put(TASK_MIDDLE_BIAS, new int[] {TASK_HIDDEN, 1});
    shapes.put(TASK_OUT, new int[] {Quantity.values().length, TASK_HIDDEN});
    shapes.put(TASK_OUT_BIAS, new int[] {Quantity.values().length, 1});
    shapes.put(CERTAINTY, new int[] {1, SupportStatistics.CERTAINTY});
    return shapes;
  }

  /** Tells the parameters that {@link Quantity#SHARPNESS} alone depends on. */
  public static IntPredicate sharpness(Parameters parameters) {
    int row = List.of(Quantity.values()).indexOf(Quantity.SHARPNESS);
    int from = parameters.offset(TASK_OUT) + row * TASK_HIDDEN;
    int bias = parameters.offset(TASK_OUT_BIAS) + row;
    return correction(parameters).or(i -> i == bias || (i >= from && i < from + TASK_HIDDEN));
  }

  /** Tells the parameters that correct the sharpness of a flow that has been learned. */
  public static IntPredicate correction(Parameters parameters) {
    int from = parameters.offset(CERTAINTY);
    return i -> i >= from;
  }

  /**
   * Parameters with which what is predicted does not depend on the task yet: a flow that works, the
   * same for all.
   *
   * @param seed decides the layers before the last
   */
  public static Parameters initial(long seed) {
    Random random = new Random(seed);
    Parameters parameters = new Parameters(shapes());
    for (String name : new String[] {TASK_IN, TASK_MIDDLE}) {
      float[] values = parameters.values(name);
      double spread = 1 / Math.sqrt(parameters.columns(name));
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (spread * random.nextGaussian());
      }
      parameters.set(name, values);
    }
    float[] start = parameters.values(TASK_OUT_BIAS);
    int row = 0;
    for (Quantity quantity : Quantity.values()) {
      start[row] = quantity.startLogit();
      row++;
    }
    parameters.set(TASK_OUT_BIAS, start);
    return parameters;
  }
}
