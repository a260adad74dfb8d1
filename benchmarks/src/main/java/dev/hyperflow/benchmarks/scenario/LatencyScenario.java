package dev.hyperflow.benchmarks.scenario;

import dev.hyperflow.benchmarks.load.DirectProducer;
import dev.hyperflow.benchmarks.load.PredictionFeed;
import dev.hyperflow.benchmarks.report.Section;
import dev.hyperflow.benchmarks.report.Spread;
import dev.hyperflow.benchmarks.scenario.Bench.WarmTenants;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * How long it takes until a label counts. A few tenants ask all the time, and now and then one gets
 * a label. The clock runs until the first committed prediction that was made with it.
 */
final class LatencyScenario {
  private static final int TENANTS = 8;
  private static final int LABELS = 5;
  private static final int COPIES_PER_LABEL = 20;
  private static final int EXAMPLES = 20;
  private static final long BETWEEN_QUERIES_NANOS = 10_000_000;
  private static final long MAX_PAUSE_NANOS = 200_000_000;
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private final BenchSettings settings;
  private final WarmTenants warm;
  private final Consumer<String> progress;
  private final Random random = new Random(1);
  private final Map<String, Asker> askers = new HashMap<>();
  private final List<Double> millis = new ArrayList<>();

  LatencyScenario(BenchSettings settings, WarmTenants warm, Consumer<String> progress) {
    this.settings = settings;
    this.warm = warm;
    this.progress = progress;
  }

  Section measure() {
    int wanted = settings.load().labels();
    int thrownAway = wanted / 10 + TENANTS;
    progress.accept("timing %,d labels".formatted(wanted));
    for (int i = 0; i < TENANTS; i++) {
      // Tenants of their own, as their support sets change.
      Asker asker = new Asker(settings.load().tenants() + i);
      askers.put(asker.key(), asker);
    }
    String servers = warm.platform().bootstrapServers();
    try (PredictionFeed feed = new PredictionFeed(servers, warm.ours().predictions());
        DirectProducer producer = new DirectProducer(servers, 0)) {
      long progressAt = System.nanoTime();
      while (millis.size() < wanted + thrownAway) {
        int before = millis.size();
        feed.poll(this::seen);
        long now = System.nanoTime();
        progressAt = millis.size() > before ? now : progressAt;
        if (now - progressAt > PATIENCE_NANOS) {
          throw new IllegalStateException(
              "expected a prediction that uses the label, found none for a minute");
        }
        askers.values().forEach(asker -> asker.act(producer, now));
      }
    }
    progress.accept("timing the identity topology");
    double[] copies =
        new IdentityDelay(warm)
            .measure(settings.load(), TENANTS, BETWEEN_QUERIES_NANOS, wanted * COPIES_PER_LABEL);
    return section(millis.subList(thrownAway, thrownAway + wanted), copies);
  }

  private void seen(String tenant, long supportEvents) {
    Asker asker = askers.get(tenant);
    if (asker != null && asker.waiting && supportEvents >= asker.labels) {
      long now = System.nanoTime();
      millis.add((now - asker.labelledAt) / 1e6);
      asker.waiting = false;
      // Random, so that labels meet every phase of the commit interval.
      asker.nextLabelAt = now + (long) (random.nextDouble() * MAX_PAUSE_NANOS);
    }
  }

  private Section section(List<Double> found, double[] copies) {
    double[] labels = found.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(labels);
    double interval = warm.ours().commitIntervalMillis();
    return new Section(
        "Label to first prediction that uses it: %,d labels, %d tenants, a query each %d ms"
            .formatted(labels.length, TENANTS, BETWEEN_QUERIES_NANOS / 1_000_000),
        List.of("commit intervals of %.0f ms".formatted(interval), "p50", "p99", "most"),
        List.of(
            row("(a) identity topology, query to its copy", copies, interval),
            row("(b) this topology, label to prediction", labels, interval)),
        List.of(
            String.format(
                Locale.ROOT,
                "b, p99: %.2f commit intervals, %.0f ms; %.0f ms more than a",
                Spread.percentile(labels, 0.99) / interval,
                Spread.percentile(labels, 0.99),
                Spread.percentile(labels, 0.99) - Spread.percentile(copies, 0.99))));
  }

  private static List<String> row(String name, double[] sorted, double interval) {
    List<String> row = new ArrayList<>(List.of(name));
    for (double share : new double[] {0.5, 0.99, 1}) {
      row.add(String.format(Locale.ROOT, "%.2f", Spread.percentile(sorted, share) / interval));
    }
    return row;
  }

  /** A tenant that asks all the time and gets a label now and then. */
  private final class Asker {
    private final int tenant;
    private int labels;
    private int queries;
    private boolean waiting;
    private long labelledAt;
    private long nextLabelAt = Long.MIN_VALUE;
    private long nextQueryAt = Long.MIN_VALUE;

    Asker(int tenant) {
      this.tenant = tenant;
    }

    String key() {
      return PredictionFeed.tenant(tenant);
    }

    void act(DirectProducer producer, long now) {
      if (!waiting && now >= nextLabelAt) {
        int example = labels % EXAMPLES; // beyond, an example replaces the one of the same id
        labels++;
        waiting = true;
        labelledAt = System.nanoTime();
        producer.send(
            warm.maker()
                .example(
                    warm.ours().support(),
                    tenant,
                    "example-" + example,
                    "label-" + example % LABELS,
                    labels));
      }
      if (now >= nextQueryAt) {
        nextQueryAt = now + BETWEEN_QUERIES_NANOS;
        queries++;
        producer.send(
            warm.maker().query(warm.ours().queries(), tenant, "light-" + queries, queries));
      }
    }
  }
}
