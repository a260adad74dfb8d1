package dev.hyperflow.training.train;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * One look at training.
 *
 * @param step steps taken so far
 * @param objective what is being optimised
 * @param trainingLoss mean loss of the steps since the last look; NaN at the first
 * @param score on labels that were held out
 */
record CurvePoint(int step, Objective objective, double trainingLoss, HeldOutScore score) {

  void write(DataOutputStream out) throws IOException {
    out.writeInt(step);
    out.writeUTF(objective.name());
    out.writeDouble(trainingLoss);
    score.write(out);
  }

  static CurvePoint read(DataInputStream in) throws IOException {
    return new CurvePoint(
        in.readInt(), Objective.valueOf(in.readUTF()), in.readDouble(), HeldOutScore.read(in));
  }
}
