package dev.hyperflow.training.network;

import dev.hyperflow.training.tensor.ParameterSource;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Named matrices of floats, all in one array: what training changes. Equality is by names, shapes
 * and values, bit for bit. Not safe for use by several threads.
 */
public final class Parameters implements ParameterSource {

  /*
   * The file, big-endian as DataOutputStream writes:
   *
   *   int    "HFPN"
   *   int    layout version, 1
   *   int    number of matrices
   *   for each matrix: UTF name, int rows, int columns
   *   float  all values, matrix by matrix in that order, each in row-major order
   */
  private static final int MAGIC = 0x4846504E;
  private static final int VERSION = 1;
  private static final int MAX_VALUES = 1 << 24;

  private final Map<String, int[]> shapes;
  private final Map<String, Integer> offsets = new LinkedHashMap<>();
  private final float[] values;

  /**
   * Matrices of zeros.
   *
   * @param shapes rows and columns by name
   */
  Parameters(Map<String, int[]> shapes) {
    this.shapes = new LinkedHashMap<>(shapes);
    long size = 0;
    for (Map.Entry<String, int[]> shape : shapes.entrySet()) {
      offsets.put(shape.getKey(), (int) size);
      size += (long) shape.getValue()[0] * shape.getValue()[1];
      if (size > MAX_VALUES) {
        throw new IllegalArgumentException(
            "parameters: expected at most %d values, found more".formatted(MAX_VALUES));
      }
    }
    this.values = new float[(int) size];
  }

  /** Matrices of the same names and shapes with other values. */
  public Parameters with(float[] all) {
    Parameters other = new Parameters(shapes);
    if (all.length != values.length) {
      throw new IllegalArgumentException(
          "values: expected %d, found %d".formatted(values.length, all.length));
    }
    System.arraycopy(all, 0, other.values, 0, all.length);
    return other;
  }

  /** All values, matrix by matrix, a copy. */
  public float[] all() {
    return values.clone();
  }

  /** Number of values. */
  public int size() {
    return values.length;
  }

  /** Where a matrix starts in {@link #all()}. */
  public int offset(String name) {
    shape(name);
    return offsets.get(name);
  }

  @Override
  public float[] values(String name) {
    int[] shape = shape(name);
    int from = offsets.get(name);
    return Arrays.copyOfRange(values, from, from + shape[0] * shape[1]);
  }

  @Override
  public int rows(String name) {
    return shape(name)[0];
  }

  @Override
  public int columns(String name) {
    return shape(name)[1];
  }

  void set(String name, float[] matrix) {
    System.arraycopy(matrix, 0, values, offset(name), matrix.length);
  }

  private int[] shape(String name) {
    int[] shape = shapes.get(name);
    if (shape == null) {
      throw new IllegalArgumentException(
          "parameter: expected one of %s, found %s".formatted(shapes.keySet(), name));
    }
    return shape;
  }

  /** Writes names, shapes and values, as {@link #read} reads them. */
  public void write(DataOutputStream out) throws IOException {
    out.writeInt(MAGIC);
    out.writeInt(VERSION);
    out.writeInt(shapes.size());
    for (Map.Entry<String, int[]> shape : shapes.entrySet()) {
      out.writeUTF(shape.getKey());
      out.writeInt(shape.getValue()[0]);
      out.writeInt(shape.getValue()[1]);
    }
    for (float value : values) {
      out.writeFloat(value);
    }
  }

  /**
   * Reads the file of this network.
   *
   * @throws IllegalArgumentException if it is no such file, or of another version or network
   */
  public static Parameters read(DataInputStream in) throws IOException {
    expect("start", MAGIC, in.readInt());
    expect("layout version", VERSION, in.readInt());
    Map<String, int[]> expected = NetworkLayout.shapes();
    expect("number of matrices", expected.size(), in.readInt());
    for (Map.Entry<String, int[]> shape : expected.entrySet()) {
      String name = in.readUTF();
      if (!name.equals(shape.getKey())) {
        throw new IllegalArgumentException(
            "parameters: expected matrix %s, found %s".formatted(shape.getKey(), name));
      }
      expect("rows of " + name, shape.getValue()[0], in.readInt());
      expect("columns of " + name, shape.getValue()[1], in.readInt());
    }
    Parameters parameters = new Parameters(expected);
    for (int i = 0; i < parameters.values.length; i++) {
      parameters.values[i] = in.readFloat();
    }
    return parameters;
  }

  private static void expect(String what, int expected, int found) {
    if (expected != found) {
      throw new IllegalArgumentException(
          "parameters: %s: expected %d, found %d".formatted(what, expected, found));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Parameters that
        && shapes.keySet().equals(that.shapes.keySet())
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Parameters[matrices=%d, values=%d]".formatted(shapes.size(), values.length);
  }
}
