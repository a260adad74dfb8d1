package dev.hyperflow.models.internal.onnx;

import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.ModelException;
import dev.hyperflow.models.internal.Check;
import dev.hyperflow.models.internal.Manifest.EncoderReference;
import dev.hyperflow.models.internal.Manifest.InnerLayer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Makes one block of a vector from the token vectors of one output: their mean, of length 1 if so
 * configured. The block of an inner layer is centred by the mean of such vectors over a corpus, and
 * has length 1 again.
 */
final class Pooling {

  /*
   * Sums run in token order, in double precision: cheap against the model, and exact enough to need
   * no further argument.
   */

  private final String output;
  private final float[] centre;
  private final boolean normalise;
  private final boolean centred;

  private Pooling(String output, float[] centre, boolean normalise, boolean centred) {
    this.output = output;
    this.centre = centre;
    this.normalise = normalise;
    this.centred = centred;
  }

  /** The block of the last layer, not centred. */
  static Pooling last(EncoderReference reference) {
    return new Pooling(
        EncoderContract.LAST_HIDDEN_STATE,
        new float[reference.outerWidth()],
        reference.normalise(),
        false);
  }

  /**
   * The block of an inner layer, centred and of length 1.
   *
   * @param mean little-endian floats
   * @throws BundleException if there are not as many finite ones as the layer has columns
   */
  static Pooling inner(InnerLayer layer, ByteBuffer mean) {
    FloatBuffer values = mean.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] centre = new float[values.remaining()];
    values.get(centre);
    if (mean.remaining() != layer.dimension() * Float.BYTES || !Check.finite(centre)) {
      throw new BundleException(
          "%s: expected %d finite floats, found %d bytes"
              .formatted(layer.mean(), layer.dimension(), mean.remaining()));
    }
    return new Pooling(layer.value(), centre, true, true);
  }

  /** Name of the model's output that it pools. */
  String output() {
    return output;
  }

  /** Number of columns of the block. */
  int width() {
    return centre.length;
  }

  /**
   * Pools the vectors of one text.
   *
   * @param states rows of {@link #width()} floats
   * @param first row of the first token
   * @param count number of tokens, at least 1
   * @param into receives the block
   * @param at where the block starts
   * @throws ModelException if the block is not finite
   */
  void pool(FloatBuffer states, int first, int count, float[] into, int at) {
    int width = width();
    double[] sums = new double[width];
    for (int token = first; token < first + count; token++) {
      int offset = token * width;
      for (int d = 0; d < width; d++) {
        sums[d] += states.get(offset + d);
      }
    }
    double length = normalise ? length(sums) : count;
    for (int d = 0; d < width; d++) {
      sums[d] = sums[d] / length - centre[d];
    }
    double rest = centred ? length(sums) : 1;
    for (int d = 0; d < width; d++) {
      float value = (float) (sums[d] / rest);
      if (!Float.isFinite(value)) {
        throw new ModelException(
            "encoder output %s: expected finite values, found %s".formatted(output, value));
      }
      into[at + d] = value;
    }
  }

  private static double length(double[] vector) {
    double squares = 0;
    for (double value : vector) {
      squares += value * value;
    }
    return Math.sqrt(squares);
  }
}
