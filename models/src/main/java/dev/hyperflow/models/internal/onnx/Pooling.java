package dev.hyperflow.models.internal.onnx;

import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.ModelException;
import dev.hyperflow.models.internal.Check;
import dev.hyperflow.models.internal.InnerLayer;
import dev.hyperflow.models.internal.Manifest.EncoderReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Makes one block of a vector from the token vectors of one output: their mean or the first one, of
 * length 1 if so configured. The block of an inner layer is centred and projected then, and has
 * length 1 again.
 */
final class Pooling {

  /*
   * Sums run in a fixed order, in double precision: cheap against the model, and exact enough to
   * need no further argument.
   */

  private final String output;
  private final int width;
  private final boolean first;
  private final boolean normalise;
  private final Optional<Projection> projection;

  private Pooling(
      String output, int width, String tokens, boolean normalise, Optional<Projection> projection) {
    this.output = output;
    this.width = width;
    this.first = tokens.equals("cls");
    this.normalise = normalise;
    this.projection = projection;
  }

  /** The block of the last layer. */
  static Pooling last(EncoderReference reference) {
    return new Pooling(
        reference.outputName(),
        reference.outerWidth(),
        reference.pooling(),
        reference.normalise(),
        Optional.empty());
  }

  /**
   * The block of an inner layer.
   *
   * @param projection mean and axes, little-endian floats
   * @throws BundleException if there are not as many finite ones as the layer asks for
   */
  static Pooling inner(EncoderReference reference, ByteBuffer projection) {
    InnerLayer layer = reference.inner();
    return new Pooling(
        layer.value(),
        layer.width(),
        reference.pooling(),
        true,
        Optional.of(Projection.of(layer, projection)));
  }

  /** Name of the model's output that it pools. */
  String output() {
    return output;
  }

  /** Number of columns of the block. */
  int dimension() {
    return projection.map(Projection::dimension).orElse(width);
  }

  /**
   * Pools the vectors of one text.
   *
   * @param states rows of as many floats as the output has columns
   * @param row that of the first token
   * @param tokens their number, at least 1
   * @param into receives the block
   * @param at where the block starts
   * @throws ModelException if the block is not finite
   */
  void pool(FloatBuffer states, int row, int tokens, float[] into, int at) {
    double[] pooled = new double[width];
    int count = first ? 1 : tokens;
    for (int token = row; token < row + count; token++) {
      int offset = token * width;
      for (int d = 0; d < width; d++) {
        pooled[d] += states.get(offset + d);
      }
    }
    divide(pooled, normalise ? length(pooled) : count);
    double[] block = projection.map(p -> p.project(pooled)).orElse(pooled);
    for (int d = 0; d < block.length; d++) {
      float value = (float) block[d];
      if (!Float.isFinite(value)) {
        throw new ModelException(
            "encoder output %s: expected finite values, found %s".formatted(output, value));
      }
      into[at + d] = value;
    }
  }

  private static void divide(double[] vector, double by) {
    for (int d = 0; d < vector.length; d++) {
      vector[d] /= by;
    }
  }

  private static double length(double[] vector) {
    double squares = 0;
    for (double value : vector) {
      squares += value * value;
    }
    return Math.sqrt(squares);
  }

  /** A mean that is subtracted, and axes that what is left is projected on. */
  private static final class Projection {
    private final double[] mean;
    private final double[][] axes;

    private Projection(double[] mean, double[][] axes) {
      this.mean = mean;
      this.axes = axes;
    }

    static Projection of(InnerLayer layer, ByteBuffer bytes) {
      FloatBuffer values = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
      float[] all = new float[values.remaining()];
      values.get(all);
      int expected = (1 + layer.dimension()) * layer.width();
      if (bytes.remaining() != expected * Float.BYTES || !Check.finite(all)) {
        throw new BundleException(
            "%s: expected %d finite floats, found %d bytes"
                .formatted(layer.projection(), expected, bytes.remaining()));
      }
      double[][] rows = new double[1 + layer.dimension()][layer.width()];
      for (int i = 0; i < all.length; i++) {
        rows[i / layer.width()][i % layer.width()] = all[i];
      }
      return new Projection(rows[0], Arrays.copyOfRange(rows, 1, rows.length));
    }

    int dimension() {
      return axes.length;
    }

    double[] project(double[] vector) {
      double[] block = new double[axes.length];
      for (int axis = 0; axis < axes.length; axis++) {
        double sum = 0;
        for (int d = 0; d < mean.length; d++) {
          sum += axes[axis][d] * (vector[d] - mean[d]);
        }
        block[axis] = sum;
      }
      divide(block, length(block));
      return block;
    }
  }
}
