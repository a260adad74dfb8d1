package dev.hyperflow.training.evaluate;

import dev.hyperflow.models.internal.SupportSet;
import dev.hyperflow.training.data.Episode;
import dev.hyperflow.training.peers.Matrices;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An episode in the forms that contenders need, made once. Immutable. */
final class PreparedEpisode {

  private final Episode episode;
  private final SupportSet supportSet;
  private final float[][] queries;
  private final float[][] columns;
  private final Map<Integer, PreparedEpisode> narrower = new ConcurrentHashMap<>();

  private PreparedEpisode(Episode episode, float[][] queries) {
    this.episode = episode;
    this.supportSet = episode.supportSet();
    this.queries = queries;
    this.columns = Matrices.transposed(queries);
  }

  static PreparedEpisode of(Episode episode) {
    return new PreparedEpisode(episode, episode.queries());
  }

  /** With more queries, which come last and belong to no label. */
  static PreparedEpisode of(Episode episode, float[][] outOfScope) {
    float[][] own = episode.queries();
    float[][] all = Arrays.copyOf(own, own.length + outOfScope.length);
    System.arraycopy(outOfScope, 0, all, own.length, outOfScope.length);
    return new PreparedEpisode(episode, all);
  }

  /** The same task with the first columns of its features alone. */
  PreparedEpisode first(int dimension) {
    return dimension == episode.dimension()
        ? this
        : narrower.computeIfAbsent(
            dimension,
            d ->
                new PreparedEpisode(
                    episode.first(d),
                    Arrays.stream(queries).map(x -> Arrays.copyOf(x, d)).toArray(float[][]::new)));
  }

  Episode episode() {
    return episode;
  }

  SupportSet supportSet() {
    return supportSet;
  }

  /** All queries, transposed: [D][Q]. */
  float[][] columns() {
    return columns;
  }
}
