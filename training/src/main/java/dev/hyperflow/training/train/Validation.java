package dev.hyperflow.training.train;

import ai.djl.ndarray.NDArray;
import dev.hyperflow.training.data.Episode;
import dev.hyperflow.training.network.DriftNetwork;
import dev.hyperflow.training.network.Parameters;
import dev.hyperflow.training.network.SupportTensors;
import dev.hyperflow.training.network.Trajectory;
import dev.hyperflow.training.tensor.DjlTensors;
import java.util.ArrayList;
import java.util.List;

/** Judges parameters on fixed episodes of labels that were held out. */
final class Validation {

  private final List<List<Episode>> batches = new ArrayList<>();
  private final int eulerSteps;

  /**
   * Draws the episodes.
   *
   * @param source draws from the labels that were held out
   * @param count number of batches
   */
  Validation(EpisodeSource source, int count, int eulerSteps) {
    for (int i = 0; i < count; i++) {
      batches.add(List.copyOf(source.batch(i)));
    }
    this.eulerSteps = eulerSteps;
  }

  HeldOutScore score(Parameters parameters) {
    Sums sums = new Sums();
    for (List<Episode> episodes : batches) {
      EpisodeBatch batch = new EpisodeBatch(episodes);
      float[] both = Gradients.values(parameters, t -> logits(t, batch));
      int half = both.length / 2;
      int queries = half / batch.size() / batch.labels();
      for (int task = 0; task < episodes.size(); task++) {
        int from = task * queries * batch.labels();
        sums.add(episodes.get(task), both, half + from, from, batch.labels());
      }
    }
    return sums.score();
  }

  /** Logits where trajectories start, and then where they end: [2B,Q,N]. */
  private NDArray logits(DjlTensors t, EpisodeBatch batch) {
    SupportTensors<NDArray> support = batch.support(t);
    NDArray start = Trajectory.start(t, support);
    DriftNetwork<NDArray> network = new DriftNetwork<>(t, support);
    NDArray end = Trajectory.end(t, network, start, eulerSteps);
    return t.concat(
        0, List.of(Losses.logits(t, batch, support, start), Losses.logits(t, batch, support, end)));
  }

  private static final class Sums {
    private double loss;
    private double accuracy;
    private double prototypes;
    private int episodes;

    void add(Episode episode, float[] logits, int adapted, int initial, int labels) {
      int count = episode.queries().length;
      double unit = count * Losses.unit(episode.ways());
      for (int q = 0; q < count; q++) {
        int right = episode.queryLabels()[q];
        int row = q * labels;
        loss += Logits.crossEntropy(logits, adapted + row, episode.ways(), right, 1) / unit;
        accuracy += isRight(logits, adapted + row, episode.ways(), right) / count;
        prototypes += isRight(logits, initial + row, episode.ways(), right) / count;
      }
      episodes++;
    }

    private static double isRight(float[] logits, int from, int ways, int right) {
      return Logits.argmax(logits, from, ways) == right ? 1 : 0;
    }

    HeldOutScore score() {
      return new HeldOutScore(loss / episodes, accuracy / episodes, prototypes / episodes);
    }
  }
}
