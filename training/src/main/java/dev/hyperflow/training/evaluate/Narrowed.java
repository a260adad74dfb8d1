package dev.hyperflow.training.evaluate;

import java.util.List;

/**
 * A contender that sees the first columns of features: the last layer of the encoder, where that
 * hands out an inner one besides.
 *
 * @param contender who responds
 * @param dimension number of columns
 */
record Narrowed(Contender contender, int dimension) implements Contender {

  @Override
  public List<String> names() {
    return contender.names();
  }

  @Override
  public List<List<Response>> respond(List<PreparedEpisode> tasks) {
    return contender.respond(tasks.stream().map(task -> task.first(dimension)).toList());
  }
}
