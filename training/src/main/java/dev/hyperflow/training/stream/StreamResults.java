package dev.hyperflow.training.stream;

import dev.hyperflow.training.report.Interval;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * All streams of a run, with intervals over the seeds of an order.
 *
 * @param played at least one
 * @param bundles names of the bundles under evaluation, with their memories
 * @param peers names of the classical learners that every run plays
 */
record StreamResults(List<Played> played, List<String> bundles, List<String> peers) {

  StreamResults {
    played = List.copyOf(played);
    bundles = List.copyOf(bundles);
    peers = List.copyOf(peers);
  }

  List<Arrangement> arrangements() {
    return played.stream().map(Played::arrangement).distinct().toList();
  }

  List<String> methods() {
    return List.copyOf(played.get(0).tracks().keySet());
  }

  /** Methods of other programs: those whose answers a file brought. */
  List<String> guests() {
    return methods().stream().filter(m -> !bundles.contains(m) && !peers.contains(m)).toList();
  }

  List<String> sets(Arrangement arrangement) {
    return played.stream()
        .filter(one -> one.arrangement() == arrangement)
        .map(one -> one.stream().name())
        .distinct()
        .toList();
  }

  /** The streams of a set in an order, by seed. */
  List<Played> streams(Arrangement arrangement, String set) {
    return played.stream()
        .filter(one -> one.arrangement() == arrangement && one.stream().name().equals(set))
        .toList();
  }

  /** A figure of a set, over the seeds. */
  Interval of(Arrangement arrangement, String set, ToDoubleFunction<Played> figure) {
    return Interval.of(streams(arrangement, set).stream().mapToDouble(figure).toArray());
  }

  /** The mean over the sets, over the seeds. */
  Interval mean(Arrangement arrangement, ToDoubleFunction<Played> figure) {
    List<String> sets = sets(arrangement);
    double[] means = new double[streams(arrangement, sets.get(0)).size()];
    for (String set : sets) {
      List<Played> streams = streams(arrangement, set);
      for (int i = 0; i < means.length; i++) {
        means[i] += figure.applyAsDouble(streams.get(i)) / sets.size();
      }
    }
    return Interval.of(means);
  }
}
