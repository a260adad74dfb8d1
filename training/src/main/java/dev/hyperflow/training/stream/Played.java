package dev.hyperflow.training.stream;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * One stream with what each method did on it.
 *
 * @param tracks by name of the method, in the order of the report
 */
record Played(Arrangement arrangement, LabelStream stream, Map<String, Track> tracks) {

  /** How far a method is above the best of others, which the result itself chooses. */
  double lead(String method, List<String> others, ToDoubleFunction<Track> figure) {
    double best = others.stream().map(tracks::get).mapToDouble(figure).max().orElse(Double.NaN);
    return figure.applyAsDouble(tracks.get(method)) - best;
  }
}
