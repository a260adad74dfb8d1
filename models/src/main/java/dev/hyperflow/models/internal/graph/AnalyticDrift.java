package dev.hyperflow.models.internal.graph;

/**
 * Emits the analytic drift network: softmax regression on the support set, anchored at the
 * prototype head, followed by Newton-like steps with a fixed curvature bound (Böhning 1992,
 * "Multinomial logistic regression algorithm").
 *
 * <p>It needs no training, takes any number of features, labels and examples, and depends on the
 * features only through inner products.
 */
public final class AnalyticDrift {

  /*
   * The flow. Per task, with x̃ = [x, f] (f the constant feature), X̃ the rows x̃, V the example
   * weights, Y one-hot labels, Z = X̃W the logits, P their softmax, W₀ the anchor:
   *
   *   loss(W) = Σ v · crossEntropy + λ/2 ‖W − W₀‖²
   *   dW/dt   = H⁻¹ (X̃ᵀV(Y − P) − λ(W − W₀)),   H = c X̃ᵀVX̃ + λI
   *
   * Because λI = H − c X̃ᵀVX̃, this equals
   *
   *   dW/dt   = (W₀ − W) + F E,   F = H⁻¹ X̃ᵀ V^½,   E = V^½ (Y − P + c (Z − Z₀)),
   *
   * which needs no difference of nearly equal terms. Its expensive part, F, depends on neither W nor
   * t: a loop over the flow computes it once and pays two thin products per step.
   *
   * F without the constant feature, with U = V^½ X, by the smaller of two inverses:
   *   primal  F₀ = (c UᵀU + λI)⁻¹ Uᵀ    D × D
   *   dual    F₀ = Uᵀ (c UUᵀ + λI)⁻¹    M × M, while M, padded to a multiple of 32, is at most D
   * At M = 100, N = 20, D = 384 a whole integration takes 2.3 ms per task one way and 9.7 the other
   * (batch of 16, one core of a busy machine).
   *
   * The constant feature is bordered on afterwards. As part of U it would be its largest singular
   * direction by far and cost two digits of single precision. With q = V^½ 1, a = F₀q and
   * e = q − c U a, the row of the bias and the others are
   *
   *   βᵀ = f² eᵀ / (λ + c f² qᵀe),   F₀ − c a βᵀ
   *
   * where β is in head coordinates already: a head's bias b multiplies 1, not f, so b = f · w̃ and
   * the row carries another factor f.
   *
   * λ is raised where needed to 1e-6 of the trace of c UᵀU. That bounds the condition number, so that
   * single precision holds for heavy weights or long feature vectors; up to 500,000 unit-length
   * examples of weight 1 it changes nothing. The elimination subtracts the identity, which would
   * drown beside features that are long: where their mean square exceeds one, F₀ is solved for at
   * length one.
   *
   * Bits. M is padded to a multiple of 32 inside, and no sum runs over a padded axis except in
   * matrix products, where zeros at the end are exact, and as a running sum. Hence padding M up to
   * the next multiple of 32 changes nothing, nor does padding M beyond 64 as long as the same form
   * is taken.
   */

  private static final float CONDITION_FLOOR = 1e-6f;

  private final AnalyticFlow flow;
  private final DriftGraph network = new DriftGraph("analytic_drift");
  private final OnnxGraph g = network.nodes();

  private AnalyticDrift(AnalyticFlow flow) {
    this.flow = flow;
  }

  /**
   * Emits {@code drift.onnx}. The same flow gives the same bytes.
   *
   * @param flow the hyperparameters; its steps and horizon do not enter
   */
  public static byte[] emit(AnalyticFlow flow) {
    return new AnalyticDrift(flow).model();
  }

  private byte[] model() {
    SupportNodes nodes = network.support();
    String weight = g.op("Sqrt", g.sum(nodes.membership(), 2));
    String anchor = PrototypeHead.emit(g, nodes, flow.prototypeScale(), InitialBias.NEAREST_MEAN);
    String error = g.transpose(error(nodes, weight, anchor));
    String pull = g.op("Sub", anchor, DriftContract.HEAD);
    String drift = g.op("Add", pull, g.op("MatMul", error, solver(nodes, weight)));
    return network.finish(drift);
  }

  /** Emits E, of which V^½ (Y − c Z₀) does not depend on the head: float[B,M,N]. */
  private String error(SupportNodes nodes, String weight, String anchor) {
    String zero = g.scalar(0f);
    String curvature = g.scalar(flow.curvature());
    String isPadding = g.op("Equal", weight, zero);
    String divisor = g.op("Where", isPadding, g.scalar(1f), weight);
    String target = g.op("Div", nodes.membership(), divisor);
    String anchored = g.op("Mul", g.op("Mul", nodes.logits(g, anchor), curvature), weight);
    String fixed = g.op("Sub", target, anchored);

    String logits = nodes.logits(g, DriftContract.HEAD);
    String open = g.op("Where", nodes.labelColumns(), logits, g.scalar(SupportNodes.MASKED));
    String moved = g.op("Sub", g.op("Mul", logits, curvature), g.op("Softmax", open));
    String error = g.op("Add", fixed, g.op("Mul", moved, weight));
    return g.op("Where", nodes.labelColumns(), error, zero);
  }

  /** Emits Fᵀ with its bias in head coordinates: float[B,M,D+1]. */
  private String solver(SupportNodes nodes, String weight) {
    String features = g.slice(nodes.ones(), g.longs(0), g.longs(-1), 2);
    String design = g.op("Mul", features, weight);
    String trace = squares(design);
    String floor = g.op("Mul", trace, g.scalar(flow.curvature() * CONDITION_FLOOR));
    String ridge = g.op("Max", floor, g.scalar(flow.regularisation()));

    String weights = g.op("Max", squares(weight), g.scalar(Float.MIN_NORMAL));
    String squaredLength = g.op("Max", g.op("Div", trace, weights), g.scalar(1f));
    String length = g.op("Sqrt", squaredLength);
    String solver =
        RidgeSolver.emit(
            g,
            g.op("Div", design, length),
            branch -> branch.scalar(flow.curvature()),
            g.op("Div", ridge, squaredLength));
    return bordered(design, weight, ridge, g.op("Div", solver, length));
  }

  /** Emits the sum of the squares of a float[B,M,n], as float[B,1,1]. */
  private String squares(String matrix) {
    String rows = g.op("ReduceSumSquare", matrix, g.longs(2));
    String sum = g.orderedSum(g.op("Squeeze", rows, g.longs(2)));
    return g.op("Unsqueeze", sum, g.longs(2));
  }

  /** Emits [F₀ᵀ − c β aᵀ, β] from F₀ᵀ. */
  private String bordered(String design, String weight, String ridge, String solver) {
    String curvature = g.scalar(flow.curvature());
    String constant = g.scalar(flow.constantFeature() * flow.constantFeature());
    String mean = g.op("MatMul", g.transpose(weight), solver);
    String explained = g.op("MatMul", design, g.transpose(mean));
    String rest = g.op("Sub", weight, g.op("Mul", explained, curvature));
    String products = g.op("Squeeze", g.op("Mul", weight, rest), g.longs(2));
    String total = g.op("Unsqueeze", g.orderedSum(products), g.longs(2));
    String free =
        g.op(
            "Mul",
            total,
            g.scalar(flow.curvature() * flow.constantFeature() * flow.constantFeature()));
    String schur = g.op("Max", g.op("Add", ridge, free), ridge);
    String bias = g.op("Mul", g.op("Div", rest, schur), constant);
    String shift = g.op("MatMul", g.op("Mul", bias, curvature), mean);
    return g.concat(2, g.op("Sub", solver, shift), bias);
  }
}
