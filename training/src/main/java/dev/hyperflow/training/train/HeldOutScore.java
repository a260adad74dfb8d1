package dev.hyperflow.training.train;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * How good parameters are on episodes of labels that were held out: means over episodes.
 *
 * @param loss cross-entropy of the queries, relative to that of guessing
 * @param accuracy share of queries answered right, 0 to 1
 * @param prototypes the same for the heads where trajectories start
 */
record HeldOutScore(double loss, double accuracy, double prototypes) {

  void write(DataOutputStream out) throws IOException {
    out.writeDouble(loss);
    out.writeDouble(accuracy);
    out.writeDouble(prototypes);
  }

  static HeldOutScore read(DataInputStream in) throws IOException {
    return new HeldOutScore(in.readDouble(), in.readDouble(), in.readDouble());
  }
}
