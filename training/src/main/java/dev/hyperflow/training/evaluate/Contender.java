package dev.hyperflow.training.evaluate;

import java.util.List;

/** One or several methods that share their work. Safe for use by many threads. */
interface Contender {

  /** Names of the methods, unique in an evaluation. */
  List<String> names();

  /**
   * Adapts to each task and answers its queries.
   *
   * @return per task a response of each method, in the order of {@link #names()}
   */
  List<List<Response>> respond(List<PreparedEpisode> tasks);
}
