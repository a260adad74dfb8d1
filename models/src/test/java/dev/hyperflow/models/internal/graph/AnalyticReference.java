package dev.hyperflow.models.internal.graph;

/**
 * The analytic flow in double precision, written as it is defined: one dense Newton-like system per
 * step in the D + 1 coordinates of [x, f], solved by Cholesky decomposition.
 */
final class AnalyticReference {

  private final AnalyticFlow flow;
  private final TaskBatch batch;
  private final int task;
  private final int size;

  AnalyticReference(AnalyticFlow flow, TaskBatch batch, int task) {
    this.flow = flow;
    this.batch = batch;
    this.task = task;
    this.size = batch.features + 1;
  }

  /** Class means times the scale, bias −scale · ‖mean‖² / 2; [N][D+1], bias last. */
  double[][] prototypes() {
    double[][] head = new double[batch.labels][size];
    for (int n = 0; n < batch.labels; n++) {
      double count = 0;
      for (int m = 0; m < batch.examples; m++) {
        double weight = batch.membership(task, m, n);
        count += weight;
        for (int d = 0; d < batch.features; d++) {
          head[n][d] += weight * batch.feature(task, m, d);
        }
      }
      double squares = 0;
      for (int d = 0; d < batch.features && count > 0; d++) {
        double mean = head[n][d] / count;
        squares += mean * mean;
        head[n][d] = flow.prototypeScale() * mean;
      }
      head[n][batch.features] = -flow.prototypeScale() * squares / 2;
    }
    return head;
  }

  /** The end of the trajectory; [N][D+1], bias last. */
  double[][] integrate() {
    double[][] head = prototypes();
    double[][] factor = cholesky(curvature());
    for (int k = 0; k < flow.steps(); k++) {
      step(head, factor);
    }
    return head;
  }

  /** One Euler step from a head, [N·(D+1)]. */
  double[][] stepFrom(float[] start) {
    double[][] head = new double[batch.labels][size];
    for (int i = 0; i < start.length; i++) {
      head[i / size][i % size] = start[i];
    }
    step(head, cholesky(curvature()));
    return head;
  }

  private void step(double[][] head, double[][] factor) {
    double[][] force = force(head, prototypes());
    double length = (double) flow.horizon() / flow.steps();
    for (int n = 0; n < batch.labels; n++) {
      double[] motion = solve(factor, force[n]);
      for (int d = 0; d < size && batch.isLabel(task, n); d++) {
        head[n][d] += length * motion[d] * (d < batch.features ? 1 : flow.constantFeature());
      }
    }
  }

  /** Minus the gradient of the regularised loss in the coordinates of [x, f]. */
  private double[][] force(double[][] head, double[][] anchor) {
    double[][] force = new double[batch.labels][size];
    for (int m = 0; m < batch.examples; m++) {
      double weight = batch.weight(task, m);
      double[] p = probabilities(head, m);
      for (int n = 0; n < batch.labels; n++) {
        double residual = batch.membership(task, m, n) - weight * p[n];
        for (int d = 0; d < size; d++) {
          force[n][d] += residual * design(m, d);
        }
      }
    }
    for (int n = 0; n < batch.labels; n++) {
      for (int d = 0; d < size; d++) {
        double unit = d < batch.features ? 1 : flow.constantFeature();
        force[n][d] -= flow.regularisation() * (head[n][d] - anchor[n][d]) / unit;
      }
    }
    return force;
  }

  private double[] probabilities(double[][] head, int example) {
    double[] p = new double[batch.labels];
    double total = 0;
    for (int n = 0; n < batch.labels; n++) {
      if (batch.isLabel(task, n)) {
        double logit = head[n][batch.features];
        for (int d = 0; d < batch.features; d++) {
          logit += head[n][d] * batch.feature(task, example, d);
        }
        p[n] = Math.exp(logit);
        total += p[n];
      }
    }
    for (int n = 0; n < batch.labels; n++) {
      p[n] /= total;
    }
    return p;
  }

  private double design(int example, int column) {
    return column < batch.features ? batch.feature(task, example, column) : flow.constantFeature();
  }

  private double[][] curvature() {
    double[][] matrix = new double[size][size];
    for (int m = 0; m < batch.examples; m++) {
      double weight = flow.curvature() * batch.weight(task, m);
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          matrix[i][j] += weight * design(m, i) * design(m, j);
        }
      }
    }
    for (int i = 0; i < size; i++) {
      matrix[i][i] += flow.regularisation();
    }
    return matrix;
  }

  private static double[][] cholesky(double[][] a) {
    double[][] l = new double[a.length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = a[i][j];
        for (int k = 0; k < j; k++) {
          sum -= l[i][k] * l[j][k];
        }
        l[i][j] = i == j ? Math.sqrt(sum) : sum / l[j][j];
      }
    }
    return l;
  }

  private static double[] solve(double[][] l, double[] b) {
    double[] x = b.clone();
    for (int i = 0; i < x.length; i++) {
      for (int k = 0; k < i; k++) {
        x[i] -= l[i][k] * x[k];
      }
      x[i] /= l[i][i];
    }
    for (int i = x.length - 1; i >= 0; i--) {
      for (int k = i + 1; k < x.length; k++) {
        x[i] -= l[k][i] * x[k];
      }
      x[i] /= l[i][i];
    }
    return x;
  }
}
