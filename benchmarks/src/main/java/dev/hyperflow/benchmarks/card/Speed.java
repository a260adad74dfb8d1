package dev.hyperflow.benchmarks.card;

import dev.hyperflow.benchmarks.load.SampleTexts;
import dev.hyperflow.benchmarks.report.Section;
import dev.hyperflow.models.internal.DeviceState.ModelState;
import dev.hyperflow.models.internal.SupportSet;
import dev.hyperflow.models.internal.bundle.Bundle;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Texts or heads a second on the device and on the processor, in turn. */
final class Speed {
  private static final List<Integer> BATCHES = List.of(1, 4, 16, 64, 256, 1_024);
  private static final List<String> HEADER =
      List.of("", "a call", "processor, a second", "device, a second", "times");

  /** A thousand large ones would not fit into the heap. */
  private static final int DISTINCT_TASKS = 16;

  /** Labels and examples of a head. */
  private static final List<Shape> SHAPES =
      List.of(new Shape(20, 100), new Shape(50, 500), new Shape(150, 150 * 32));

  private record Shape(int labels, int examples) {}

  private final Subject subject;
  private final List<List<String>> rows = new ArrayList<>();

  private Speed(Subject subject) {
    this.subject = subject;
  }

  /** The part that encodes texts. */
  static Part ofTexts(Subject subject) {
    return budget -> {
      Speed speed = new Speed(subject);
      List<String> all = SampleTexts.of(BATCHES.get(BATCHES.size() - 1));
      speed.compare(
          "texts",
          budget,
          1,
          batch -> {
            List<String> texts = all.subList(0, batch);
            return bundle -> Subject.encoder(bundle).encode(texts);
          });
      return speed.section("Texts", subject.device().deviceState().encoder().get(0));
    };
  }

  /** The part that makes heads. */
  static Part ofHeads(Subject subject) {
    return budget -> {
      Speed speed = new Speed(subject);
      int left = SHAPES.size();
      for (Shape shape : SHAPES) {
        List<SupportSet> distinct =
            subject.tasks().of(DISTINCT_TASKS, shape.labels(), shape.examples());
        speed.compare(
            "%d × %,d".formatted(shape.labels(), shape.examples()),
            budget,
            left--,
            batch -> {
              List<SupportSet> tasks = repeated(distinct, batch);
              return bundle -> bundle.integrator().integrate(tasks);
            });
      }
      return speed.section(
          "Heads, labels × examples", subject.device().deviceState().integrator().get(0));
    };
  }

  private static List<SupportSet> repeated(List<SupportSet> distinct, int count) {
    return IntStream.range(0, count).mapToObj(i -> distinct.get(i % distinct.size())).toList();
  }

  /** Compares calls, made for so many items. */
  private void compare(
      String what, Budget budget, int shares, IntFunction<Consumer<Bundle>> calls) {
    Budget own = budget.share(shares);
    Pace processor = new Pace();
    Pace device = new Pace();
    int cells = 2 * BATCHES.size();
    for (int batch : BATCHES) {
      Consumer<Bundle> call = calls.apply(batch);
      OptionalDouble before =
          processor.measure(batch, () -> call.accept(subject.processor()), own.share(cells--));
      OptionalDouble now =
          device.measure(batch, () -> call.accept(subject.device()), own.share(cells--));
      rows.add(
          List.of(what, "" + batch, Pace.cell(before), Pace.cell(now), Pace.ratio(before, now)));
    }
  }

  private Section section(String title, ModelState state) {
    return new Section(title + " a second", HEADER, rows, List.of(told(state)));
  }

  /** What became of the device meanwhile. */
  static String told(ModelState state) {
    return "in use: %s; failed runs: %,d, halved: %,d%s"
        .formatted(
            state.inUse(),
            state.failures(),
            state.halvings(),
            state.lastFailure().map(failure -> "; last failure: " + failure).orElse(""));
  }
}
