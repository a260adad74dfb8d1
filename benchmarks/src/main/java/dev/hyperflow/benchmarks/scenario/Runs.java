package dev.hyperflow.benchmarks.scenario;

import dev.hyperflow.benchmarks.report.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The repetitions of one thing that is measured. Not thread-safe. */
final class Runs {
  static final List<String> HEADER =
      List.of("", "records/s, median (min … max)", "own CPU, µs/record", "broker CPU, µs/record");

  private final String name;
  private final List<Repetition> runs = new ArrayList<>();

  Runs(String name) {
    this.name = name;
  }

  void add(Repetition run) {
    runs.add(run);
  }

  /** A row below {@link #HEADER}. */
  List<String> row() {
    return List.of(
        name,
        spread(Repetition::perSecond).whole(),
        spread(Repetition::ownMicros).whole(),
        spread(Repetition::brokerMicros).whole());
  }

  Spread spread(ToDoubleFunction<Repetition> figure) {
    return Spread.of(runs.stream().mapToDouble(figure).toArray());
  }

  /** The ratio of a figure to that of the same repetition of others. */
  Spread ratio(Runs others, ToDoubleFunction<Repetition> figure) {
    double[] ratios = new double[runs.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = figure.applyAsDouble(runs.get(i)) / figure.applyAsDouble(others.runs.get(i));
    }
    return Spread.of(ratios);
  }
}
