package dev.hyperflow.benchmarks.card;

import dev.hyperflow.benchmarks.load.SampleTexts;
import dev.hyperflow.benchmarks.report.Section;
import dev.hyperflow.benchmarks.report.Spread;
import dev.hyperflow.models.Head;
import dev.hyperflow.models.internal.DevicePolicy.Merge;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.SupportSet;
import dev.hyperflow.models.internal.bundle.Bundle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Text queries of many tenants, each with a head of its own, one text a query. */
final class Tenants implements Part {
  private static final List<Integer> COUNTS = List.of(1_024, 10_000, 100_000);
  private static final int LABELS = 5;
  private static final int EXAMPLES = 10;
  private static final int HEADS_A_CALL = 64;
  private static final int CALLERS = 16;

  /** Tenants of successive queries are far apart. */
  private static final int TENANT_STEP = 7_919;

  private static final int TEXTS = 1_000;
  private static final double MILLIS = 1e6;
  private static final double NANOS = 1e9;

  private final Subject subject;

  Tenants(Subject subject) {
    this.subject = subject;
  }

  @Override
  public Section measure(Budget budget) {
    List<List<String>> rows = new ArrayList<>();
    List<Head> heads = new ArrayList<>();
    try (Bundle merged = subject.sharedBy(Merge.ON)) {
      int left = COUNTS.size();
      for (int count : COUNTS) {
        Budget own = budget.share(left--);
        double headsPerSecond = grow(heads, count, own.share(2));
        rows.add(row(count, headsPerSecond, heads, Subject.encoder(merged), own));
        if (heads.size() < count) {
          break;
        }
      }
    }
    return new Section(
        "Tenants with a head of %d × %d each, %d callers with one text a query"
            .formatted(LABELS, EXAMPLES, CALLERS),
        List.of("tenants", "heads made", "a second", "queries/s", "p50, ms", "p95, ms"),
        rows,
        List.of(
            heads.size() < COUNTS.get(COUNTS.size() - 1)
                ? "%,d heads were all that the time allowed".formatted(heads.size())
                : "all tenants had their heads"));
  }

  private double grow(List<Head> heads, int count, Budget budget) {
    int before = heads.size();
    long start = System.nanoTime();
    do {
      int from = heads.size();
      List<SupportSet> tasks =
          IntStream.range(from, Math.min(count, from + HEADS_A_CALL))
              .mapToObj(i -> subject.tasks().task(i, LABELS, EXAMPLES))
              .toList();
      subject.device().integrator().integrate(tasks).forEach(made -> heads.add(made.adapted()));
    } while (heads.size() < count && budget.isLeft());
    return (heads.size() - before) * NANOS / (System.nanoTime() - start);
  }

  private static List<String> row(
      int count, double headsPerSecond, List<Head> heads, Encoder encoder, Budget budget) {
    List<String> texts = SampleTexts.of(TEXTS);
    AtomicInteger next = new AtomicInteger();
    Runnable query =
        () -> {
          int number = next.getAndIncrement();
          float[] vector = encoder.encode(List.of(texts.get(number % TEXTS)))[0];
          heads.get(Math.floorMod(number * TENANT_STEP, heads.size())).argmax(vector);
        };
    long start = System.nanoTime();
    double[] nanos = Callers.nanos(CALLERS, query, budget);
    double perSecond = nanos.length * NANOS / (System.nanoTime() - start);
    Arrays.sort(nanos);
    return List.of(
        "%,d".formatted(count),
        "%,d".formatted(heads.size()),
        Pace.cell(headsPerSecond),
        Pace.cell(perSecond),
        String.format(Locale.ROOT, "%.1f", Spread.percentile(nanos, 0.5) / MILLIS),
        String.format(Locale.ROOT, "%.1f", Spread.percentile(nanos, 0.95) / MILLIS));
  }
}
