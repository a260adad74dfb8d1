package dev.hyperflow.benchmarks.card;

import dev.hyperflow.benchmarks.load.SampleTexts;
import dev.hyperflow.benchmarks.report.Section;
import dev.hyperflow.models.internal.DeviceState.ModelState;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.SupportSet;
import dev.hyperflow.models.internal.bundle.Bundle;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** How large a call may be, and what becomes of one that the device's memory cannot hold. */
final class Memory implements Part {
  private static final int FIRST_BATCH = 64;
  private static final int LAST_BATCH = 65_536;

  /** Too little for a batch of these heads. */
  private static final long LITTLE_BYTES = 64L << 20;

  private static final int TASKS = 16;
  private static final int LABELS = 150;
  private static final int EXAMPLES = 1_024;

  private final Subject subject;

  Memory(Subject subject) {
    this.subject = subject;
  }

  @Override
  public Section measure(Budget budget) {
    List<String> results = new ArrayList<>();
    results.add(halved());
    List<List<String>> rows = new ArrayList<>();
    Pace pace = new Pace();
    int largest = 0;
    for (int batch = FIRST_BATCH; batch <= LAST_BATCH; batch *= 2) {
      List<String> texts = SampleTexts.of(batch);
      long failures = encoder().failures();
      OptionalDouble rate =
          pace.measure(
              batch,
              () -> Subject.encoder(subject.device()).encode(texts),
              budget.share(Integer.numberOfTrailingZeros(LAST_BATCH / batch) + 1));
      rows.add(List.of("" + batch, Pace.cell(rate), NvidiaSmi.usedMemory()));
      if (rate.isEmpty()) {
        break;
      }
      largest = encoder().failures() == failures ? batch : largest;
    }
    results.add("largest call without a failed run: %,d texts".formatted(largest));
    results.add(Speed.told(encoder()));
    return new Section(
        "Memory", List.of("texts a call", "a second", "device memory in use"), rows, results);
  }

  private ModelState encoder() {
    return subject.device().deviceState().encoder().get(0);
  }

  private String halved() {
    List<SupportSet> tasks = subject.tasks().of(TASKS, LABELS, EXAMPLES);
    try (Bundle little = subject.limitedTo(LITTLE_BYTES)) {
      List<Integration> found = little.integrator().integrate(tasks);
      List<Integration> expected = subject.processor().integrator().integrate(tasks.subList(0, 1));
      Subject.requireSmall(
          "a head that was made with little memory",
          Subject.difference(expected.get(0).adapted(), found.get(0).adapted()));
      return "%d heads of %d × %,d with 64 MiB: %s"
          .formatted(TASKS, LABELS, EXAMPLES, Speed.told(little.deviceState().integrator().get(0)));
    }
  }
}
