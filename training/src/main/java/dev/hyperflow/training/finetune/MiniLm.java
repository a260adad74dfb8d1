package dev.hyperflow.training.finetune;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.norm.LayerNorm;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A BERT sentence encoder on PyTorch, with gradients where asked for: mean of the token vectors,
 * scaled to length 1. Its arrays belong to the manager it was made in. For use by one thread, the
 * one that first used PyTorch.
 */
final class MiniLm {

  /*
   * As published (Devlin et al. 2018, arXiv 1810.04805; Wang et al. 2020, arXiv 2002.10957): post
   * normalisation, exact GELU, additive attention mask. Without dropout: a handful of examples is
   * fitted for a hundred steps, and a run shall repeat.
   *
   * Operations give their result to the manager of their first operand, so activations live in the
   * manager of the token ids while parameters, always second, stay where they are.
   */
  private static final float EPSILON = 1e-12f;
  private static final float MASKED = -1e9f;

  private final EncoderShape shape;
  private final Map<String, NDArray> parameters;

  private MiniLm(EncoderShape shape, Map<String, NDArray> parameters) {
    this.shape = shape;
    this.parameters = parameters;
  }

  /** Copies weights into native memory. */
  static MiniLm of(NDManager manager, MiniLmWeights weights) {
    Map<String, NDArray> parameters = new LinkedHashMap<>();
    for (String name : weights.names()) {
      Shape shape = new Shape(weights.dimensions(name));
      parameters.put(name, manager.create(weights.values(name), shape));
    }
    return new MiniLm(weights.shape(), parameters);
  }

  /**
   * The same encoder, of which some parameters are copies to be changed, with gradients; the others
   * are shared with this one.
   */
  MiniLm tunable(NDManager manager, Predicate<String> chosen) {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    parameters.forEach(
        (name, array) -> {
          if (chosen.test(name)) {
            NDArray copy = array.duplicate();
            copy.attach(manager);
            copy.setRequiresGradient(true);
            arrays.put(name, copy);
          } else {
            arrays.put(name, array);
          }
        });
    return new MiniLm(shape, arrays);
  }

  EncoderShape shape() {
    return shape;
  }

  Map<String, NDArray> parameters() {
    return parameters;
  }

  /**
   * Encodes texts.
   *
   * @param step what activations and the result belong to
   * @return [rows][hidden], rows of length 1
   */
  NDArray embed(NDManager step, TokenBatch batch) {
    long rows = batch.rows();
    long length = batch.length();
    NDArray x = embeddings(step, batch).reshape(rows * length, shape.hidden());
    NDArray mask = step.create(batch.mask(), new Shape(rows, length));
    NDArray closed = mask.sub(1).mul(-MASKED).reshape(rows, 1, 1, length);
    for (int layer = 0; layer < shape.layers(); layer++) {
      String name = "encoder.layer." + layer;
      NDArray context = attention(x, closed, name + ".attention.self");
      NDArray attended = linear(context, name + ".attention.output.dense").add(x);
      x = normalised(attended, name + ".attention.output.LayerNorm");
      NDArray inner = Activation.gelu(linear(x, name + ".intermediate.dense"));
      x = normalised(linear(inner, name + ".output.dense").add(x), name + ".output.LayerNorm");
    }
    NDArray states = x.reshape(rows, length, shape.hidden());
    NDArray sums = states.mul(mask.reshape(rows, length, 1)).sum(new int[] {1});
    return sums.div(sums.square().sum(new int[] {1}, true).sqrt());
  }

  private NDArray embeddings(NDManager step, TokenBatch batch) {
    NDArray ids = step.create(batch.ids(), new Shape(batch.rows(), batch.length()));
    NDArray positions = step.arange(0, batch.length(), 1, DataType.INT64);
    NDArray type = step.zeros(new Shape(1), DataType.INT64);
    NDArray sum =
        looked(ids, "word_embeddings")
            .add(looked(positions, "position_embeddings"))
            .add(looked(type, "token_type_embeddings"));
    return normalised(sum, "embeddings.LayerNorm");
  }

  private NDArray looked(NDArray ids, String table) {
    NDArray weight = parameters.get("embeddings." + table + ".weight");
    return Embedding.embedding(ids, weight, SparseFormat.DENSE).singletonOrThrow();
  }

  private NDArray attention(NDArray x, NDArray closed, String name) {
    long rows = closed.getShape().get(0);
    long length = closed.getShape().get(3);
    NDArray query = heads(linear(x, name + ".query"), rows, length);
    NDArray key = heads(linear(x, name + ".key"), rows, length);
    NDArray value = heads(linear(x, name + ".value"), rows, length);
    NDArray scores = query.matMul(key.transpose(0, 1, 3, 2)).mul(1 / Math.sqrt(shape.headSize()));
    NDArray context = scores.add(closed).softmax(-1).matMul(value);
    return context.transpose(0, 2, 1, 3).reshape(rows * length, shape.hidden());
  }

  /** [rows · length][hidden] to [rows][heads][length][size]. */
  private NDArray heads(NDArray x, long rows, long length) {
    return x.reshape(rows, length, shape.heads(), shape.headSize()).transpose(0, 2, 1, 3);
  }

  private NDArray linear(NDArray x, String name) {
    return x.matMul(parameters.get(name + ".weight")).add(parameters.get(name + ".bias"));
  }

  private NDArray normalised(NDArray x, String name) {
    NDArray weight = parameters.get(name + ".weight");
    NDArray bias = parameters.get(name + ".bias");
    return LayerNorm.layerNorm(x, new Shape(shape.hidden()), weight, bias, EPSILON)
        .singletonOrThrow();
  }
}
