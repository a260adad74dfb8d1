package dev.hyperflow.training.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Computes at once, with PyTorch, which remembers what it needs for gradients.
 *
 * <p>Every array belongs to the manager handed in, as long as the operands do: closing the manager
 * frees all of them. One object serves one evaluation of the network.
 */
public final class DjlTensors implements Tensors<NDArray> {

  private final NDManager manager;
  private final ParameterSource parameters;
  private final boolean learning;
  private final Map<String, NDArray> arrays = new HashMap<>();

  /**
   * Computes in a manager.
   *
   * @param manager what all arrays belong to
   * @param parameters values of the matrices, read when one is first asked for
   * @param learning whether gradients by the matrices will be asked for
   */
  public DjlTensors(NDManager manager, ParameterSource parameters, boolean learning) {
    this.manager = manager;
    this.parameters = parameters;
    this.learning = learning;
  }

  /** The matrices used so far, by name; their gradients are there after a backward pass. */
  public Map<String, NDArray> parametersUsed() {
    return Map.copyOf(arrays);
  }

  /** A tensor of given values, in row-major order. */
  public NDArray array(float[] values, long... shape) {
    return manager.create(values, new Shape(shape));
  }

  @Override
  public NDArray scalar(float value) {
    return manager.create(value);
  }

  @Override
  public NDArray parameter(String name) {
    return arrays.computeIfAbsent(
        name,
        any -> {
          NDArray array =
              array(parameters.values(name), parameters.rows(name), parameters.columns(name));
          array.setRequiresGradient(learning);
          return array;
        });
  }

  @Override
  public NDArray add(NDArray a, NDArray b) {
    return a.add(b);
  }

  @Override
  public NDArray sub(NDArray a, NDArray b) {
    return a.sub(b);
  }

  @Override
  public NDArray mul(NDArray a, NDArray b) {
    return a.mul(b);
  }

  @Override
  public NDArray div(NDArray a, NDArray b) {
    return a.div(b);
  }

  @Override
  public NDArray max(NDArray a, NDArray b) {
    return a.maximum(b);
  }

  @Override
  public NDArray min(NDArray a, NDArray b) {
    return a.minimum(b);
  }

  @Override
  public NDArray exp(NDArray a) {
    return a.exp();
  }

  @Override
  public NDArray log(NDArray a) {
    return a.log();
  }

  @Override
  public NDArray sqrt(NDArray a) {
    return a.sqrt();
  }

  @Override
  public NDArray tanh(NDArray a) {
    return a.tanh();
  }

  @Override
  public NDArray sigmoid(NDArray a) {
    return Activation.sigmoid(a);
  }

  @Override
  public NDArray softmax(NDArray a) {
    return a.softmax(-1);
  }

  @Override
  public NDArray logSoftmax(NDArray a) {
    return a.logSoftmax(-1);
  }

  @Override
  public NDArray greater(NDArray a, NDArray b) {
    return a.gt(b);
  }

  @Override
  public NDArray where(NDArray condition, NDArray yes, NDArray no) {
    Shape shape = common(common(condition.getShape(), yes.getShape()), no.getShape());
    return NDArrays.where(condition.broadcast(shape), yes.broadcast(shape), no.broadcast(shape));
  }

  @Override
  public NDArray matmul(NDArray a, NDArray b) {
    return a.matMul(b);
  }

  @Override
  public NDArray transpose(NDArray a) {
    return a.swapAxes(1, 2);
  }

  @Override
  public NDArray sum(NDArray a, int axis) {
    return a.sum(new int[] {axis}, true);
  }

  @Override
  public NDArray orderedSum(NDArray a, int axis) {
    return sum(a, axis);
  }

  @Override
  public NDArray largest(NDArray a, int axis) {
    return a.max(new int[] {axis}, true);
  }

  @Override
  public NDArray slice(NDArray a, int axis, int from, int to) {
    NDIndex index = new NDIndex();
    for (int before = 0; before < axis; before++) {
      index.addAllDim();
    }
    return a.get(index.addSliceDim(from, to));
  }

  @Override
  public NDArray last(NDArray a, int axis) {
    int size = Math.toIntExact(a.getShape().get(axis));
    return slice(a, axis, size - 1, size);
  }

  @Override
  public NDArray withoutLast(NDArray a, int axis) {
    return slice(a, axis, 0, Math.toIntExact(a.getShape().get(axis)) - 1);
  }

  @Override
  public NDArray concat(int axis, List<NDArray> parts) {
    return NDArrays.concat(new NDList(parts), axis);
  }

  /** Cuts the gradient: the value is taken as given. */
  public NDArray detached(NDArray a) {
    return a.stopGradient();
  }

  @Override
  public NDArray pick(NDArray values, NDArray membership, int max) {
    int tasks = Math.toIntExact(values.getShape().get(0));
    int picked = Math.toIntExact(Math.min(max, values.getShape().get(1)));
    NDArray positive = membership.sum(new int[] {2}).gt(0f).toType(DataType.INT64, false);
    long[] counts = positive.sum(new int[] {1}).toLongArray();
    NDList parts = new NDList();
    for (int task = 0; task < tasks; task++) {
      long[] rows = new long[picked];
      for (int i = 0; i < picked; i++) {
        rows[i] = i * Math.max(counts[task], max) / max;
      }
      parts.add(values.get(task).get(manager.create(rows)));
    }
    return NDArrays.stack(parts);
  }

  @Override
  public Ridge<NDArray> ridge(NDArray design, NDArray curvature, NDArray ridge) {
    boolean dual = design.getShape().get(1) <= design.getShape().get(2);
    NDArray turned = transpose(design);
    NDArray gram = dual ? design.matMul(turned) : turned.matMul(design);
    NDArray inverse = inverse(gram.mul(curvature), ridge);
    return left -> dual ? left.matMul(inverse).matMul(design) : left.matMul(design).matMul(inverse);
  }

  @Override
  public NDArray inverse(NDArray products, NDArray ridge) {
    return products.add(identity(products).mul(ridge)).inverse();
  }

  @Override
  public NDArray diagonal(NDArray squares) {
    return sum(squares.mul(identity(squares)), 2);
  }

  private NDArray identity(NDArray squares) {
    int size = Math.toIntExact(squares.getShape().get(1));
    return manager.eye(size, size, 0, DataType.FLOAT32);
  }

  /** The shape that two shapes broadcast to. */
  private static Shape common(Shape a, Shape b) {
    int rank = Math.max(a.dimension(), b.dimension());
    long[] sizes = new long[rank];
    for (int fromEnd = 1; fromEnd <= rank; fromEnd++) {
      long first = fromEnd <= a.dimension() ? a.get(a.dimension() - fromEnd) : 1;
      long second = fromEnd <= b.dimension() ? b.get(b.dimension() - fromEnd) : 1;
      sizes[rank - fromEnd] = Math.max(first, second);
    }
    return new Shape(sizes);
  }
}
