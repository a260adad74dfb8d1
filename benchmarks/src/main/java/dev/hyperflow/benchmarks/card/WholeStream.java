package dev.hyperflow.benchmarks.card;

import dev.hyperflow.benchmarks.report.Section;
import dev.hyperflow.benchmarks.scenario.Bench;
import dev.hyperflow.benchmarks.scenario.BenchSettings;
import dev.hyperflow.benchmarks.scenario.Workload;
import dev.hyperflow.models.internal.DeviceChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Text queries through broker and topology, on the processor and on the device. */
final class WholeStream implements Part {
  private static final String BROKER = "/org/rocksdb/RocksDB.class";
  private static final int THREADS = 2;
  private static final int PACKED = 2_000;
  private static final int LABELS = 1;
  private static final int TENANTS = 100;
  private static final int DIMENSION = 64;
  private static final int TEXTS_A_SECOND = 20;
  private static final int MIN_TEXTS = 40;
  private static final int MAX_TEXTS = 20_000;

  private final DeviceChoice choice;
  private final Path directory;

  /**
   * A stream.
   *
   * @param directory an empty one for broker, state and logs
   */
  WholeStream(DeviceChoice choice, Path directory) {
    this.choice = choice;
    this.directory = directory;
  }

  @Override
  public Section measure(Budget budget) {
    if (WholeStream.class.getResource(BROKER) == null) {
      throw new IllegalStateException(
          "broker: expected its libraries, found none; make the kit with --broker");
    }
    int texts =
        (int) Math.max(MIN_TEXTS, Math.min(MAX_TEXTS, budget.secondsLeft() * TEXTS_A_SECOND));
    List<Section> sections = new ArrayList<>();
    for (DeviceChoice device : List.of(DeviceChoice.CPU, choice)) {
      sections.add(run(device, texts));
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("processor", sections.get(0)));
    rows.add(row("device", sections.get(1)));
    return new Section(
        "A stream of %,d texts through broker and topology, %d threads".formatted(texts, THREADS),
        sections.get(0).header(),
        rows,
        List.of());
  }

  private static List<String> row(String device, Section section) {
    List<String> row = new ArrayList<>(section.rows().get(0));
    row.set(0, device);
    return row;
  }

  private Section run(DeviceChoice device, int texts) {
    BenchSettings settings =
        new BenchSettings(
            Set.of(Workload.TEXT),
            new BenchSettings.Load(PACKED, texts, LABELS, TENANTS, List.of(), DIMENSION, 1, 1),
            new BenchSettings.ApplicationSettings(
                THREADS,
                "exactly_once_v2",
                Map.of("device", device.name().toLowerCase(Locale.ROOT)),
                Optional.empty()),
            new BenchSettings.Beside(false, Optional.empty()));
    List<Section> sections = new ArrayList<>();
    try {
      // Both may be the processor.
      new Bench(settings, line -> {})
          .run(Files.createTempDirectory(directory, "stream-"), sections::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sections.get(0);
  }
}
