package dev.hyperflow.benchmarks.card;

import dev.hyperflow.benchmarks.load.SampleTexts;
import dev.hyperflow.benchmarks.report.Section;
import dev.hyperflow.models.Head;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.SupportSet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Whether the device gives the heads and vectors of the processor. */
final class Parity implements Part {
  private static final int TASKS = 48;
  private static final int TEXTS = 64;
  private static final int LABEL_COUNTS = 20;
  private static final int SHOT_COUNTS = 6;

  private final Subject subject;

  Parity(Subject subject) {
    this.subject = subject;
  }

  @Override
  public Section measure(Budget budget) {
    List<SupportSet> tasks = IntStream.range(0, TASKS).mapToObj(this::task).toList();
    List<Integration> expected = subject.processor().integrator().integrate(tasks);
    List<Integration> found = subject.device().integrator().integrate(tasks);
    float heads = 0;
    for (int i = 0; i < TASKS; i++) {
      heads =
          Math.max(heads, Subject.difference(expected.get(i).adapted(), found.get(i).adapted()));
    }
    List<String> texts = SampleTexts.of(TEXTS);
    float[][] processor = Subject.encoder(subject.processor()).encode(texts);
    float[][] device = Subject.encoder(subject.device()).encode(texts);
    float vectors = 0;
    int same = 0;
    Head head = expected.get(TASKS - 1).adapted();
    for (int i = 0; i < TEXTS; i++) {
      for (int d = 0; d < processor[i].length; d++) {
        vectors = Math.max(vectors, Math.abs(processor[i][d] - device[i][d]));
      }
      same += head.argmax(processor[i]) == found.get(TASKS - 1).adapted().argmax(device[i]) ? 1 : 0;
    }
    Subject.requireSmall("heads", heads);
    Subject.requireSmall("vectors", vectors);
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("heads, relative to the largest weight", "" + TASKS, "%.2e".formatted(heads)));
    rows.add(List.of("vectors", "" + TEXTS, "%.2e".formatted(vectors)));
    return new Section(
        "Parity with the processor",
        List.of("largest difference", "of", "found"),
        rows,
        List.of("equal top label of a head: %d of %d texts".formatted(same, TEXTS)));
  }

  private SupportSet task(int number) {
    int labels = 2 + number % LABEL_COUNTS;
    return subject.tasks().task(number, labels, labels * (3 + number % SHOT_COUNTS));
  }
}
