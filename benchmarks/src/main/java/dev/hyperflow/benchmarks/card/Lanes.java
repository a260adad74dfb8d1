package dev.hyperflow.benchmarks.card;

import dev.hyperflow.benchmarks.load.SampleTexts;
import dev.hyperflow.benchmarks.report.Section;
import dev.hyperflow.models.internal.DevicePolicy.Merge;
import dev.hyperflow.models.internal.DeviceState.ModelState;
import dev.hyperflow.models.internal.SupportSet;
import dev.hyperflow.models.internal.bundle.Bundle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;

/** What it gains that one thread merges the requests of all others. */
final class Lanes implements Part {
  private static final List<Integer> THREADS = List.of(1, 2, 4, 8, 16);

  /** Items of a request, as a stream thread hands them over. */
  private static final int REQUEST = 4;

  private static final int LABELS = 20;
  private static final int EXAMPLES = 100;

  private final Subject subject;

  Lanes(Subject subject) {
    this.subject = subject;
  }

  @Override
  public Section measure(Budget budget) {
    List<String> texts = SampleTexts.of(REQUEST);
    List<SupportSet> tasks = subject.tasks().of(REQUEST, LABELS, EXAMPLES);
    List<List<String>> rows = new ArrayList<>();
    try (Bundle merged = subject.sharedBy(Merge.ON);
        Bundle direct = subject.sharedBy(Merge.OFF)) {
      int cells = 2 * THREADS.size();
      for (int threads : THREADS) {
        rows.add(
            compare(
                "texts",
                threads,
                budget.share(cells--),
                new Pair(merged, direct),
                bundle -> Subject.encoder(bundle).encode(texts),
                bundle -> bundle.deviceState().encoder().get(0)));
        rows.add(
            compare(
                "heads",
                threads,
                budget.share(cells--),
                new Pair(merged, direct),
                bundle -> bundle.integrator().integrate(tasks),
                bundle -> bundle.deviceState().integrator().get(0)));
      }
    }
    return new Section(
        "Threads that share the device, requests of %d, heads of %d × %d"
            .formatted(REQUEST, LABELS, EXAMPLES),
        List.of("", "threads", "merged, a second", "direct, a second", "times", "items a run"),
        rows,
        List.of());
  }

  private record Pair(Bundle merged, Bundle direct) {}

  private static List<String> compare(
      String what,
      int threads,
      Budget budget,
      Pair bundles,
      Consumer<Bundle> call,
      Function<Bundle, ModelState> state) {
    double direct =
        Callers.perSecond(threads, () -> call.accept(bundles.direct()), budget.share(2)) * REQUEST;
    ModelState before = state.apply(bundles.merged());
    double merged =
        Callers.perSecond(threads, () -> call.accept(bundles.merged()), budget) * REQUEST;
    ModelState after = state.apply(bundles.merged());
    double perRun =
        (double) REQUEST * (after.requests() - before.requests()) / (after.runs() - before.runs());
    return List.of(
        what,
        "" + threads,
        Pace.cell(merged),
        Pace.cell(direct),
        String.format(Locale.ROOT, "%.2f", merged / direct),
        String.format(Locale.ROOT, "%.1f", perRun));
  }
}
