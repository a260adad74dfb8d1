package dev.hyperflow.training.train;

import ai.djl.ndarray.NDArray;
import dev.hyperflow.training.data.Episode;
import dev.hyperflow.training.network.ArrayTasks;
import dev.hyperflow.training.network.SupportTensors;
import dev.hyperflow.training.tensor.DjlTensors;
import java.util.List;

/** Episodes side by side, padded to the largest. */
final class EpisodeBatch {

  private final int size;
  private final int labels;
  private final int queries;
  private final int features;
  private final ArrayTasks support;
  private final float[] queryOnes;
  private final float[] queryShares;
  private final float[] units;

  EpisodeBatch(List<Episode> episodes) {
    this.size = episodes.size();
    this.features = episodes.get(0).dimension();
    this.labels = episodes.stream().mapToInt(Episode::ways).max().orElseThrow();
    this.queries = episodes.stream().mapToInt(e -> e.queries().length).max().orElseThrow();
    int examples = episodes.stream().mapToInt(e -> e.support().length).max().orElseThrow();
    this.support = new ArrayTasks(size, examples, labels, features);
    this.queryOnes = new float[size * queries * (features + 1)];
    this.units = new float[size];
    this.queryShares = new float[size * queries * labels];
    for (int task = 0; task < size; task++) {
      put(task, episodes.get(task));
    }
  }

  private void put(int task, Episode episode) {
    for (int m = 0; m < episode.support().length; m++) {
      support.put(task, m, episode.supportLabels()[m], 1f, episode.support()[m]);
    }
    units[task] = (float) Losses.unit(episode.ways());
    int count = episode.queries().length;
    for (int q = 0; q < count; q++) {
      int row = task * queries + q;
      System.arraycopy(episode.queries()[q], 0, queryOnes, row * (features + 1), features);
      queryOnes[(row + 1) * (features + 1) - 1] = 1f;
      queryShares[row * labels + episode.queryLabels()[q]] = 1f / count;
    }
  }

  /** Number B of tasks. */
  int size() {
    return size;
  }

  /** Number N of labels the tasks are padded to. */
  int labels() {
    return labels;
  }

  SupportTensors<NDArray> support(DjlTensors t) {
    return support.arrays(t);
  }

  /** [B,Q,D+1]: features of the queries and a last column of ones; zero rows are padding. */
  NDArray queries(DjlTensors t) {
    return t.array(queryOnes, size, queries, features + 1L);
  }

  /** [B,Q,N]: 1 ÷ number of the task's queries at the query's label; zero rows are padding. */
  NDArray shares(DjlTensors t) {
    return t.array(queryShares, size, queries, labels);
  }

  /** [B]: the cross-entropy of guessing, for each task. */
  NDArray units(DjlTensors t) {
    return t.array(units, size);
  }
}
