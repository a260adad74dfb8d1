package dev.hyperflow.training.evaluate;

import dev.hyperflow.models.internal.SupportSet;
import dev.hyperflow.models.internal.bundle.Bundle;
import dev.hyperflow.training.data.Episode;
import dev.hyperflow.training.data.LabelledFeatures;
import dev.hyperflow.training.data.Setting;
import dev.hyperflow.training.data.SettingSampler;
import dev.hyperflow.training.peers.LogisticRegression;
import dev.hyperflow.training.peers.Prototypes;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Measures time and allocation of a head, one thread, on the same episodes for every method. */
final class CostMeter {

  /*
   * Median of rounds over 16 episodes, after as many rounds to warm up. The allocation is what the
   * JVM counts for this thread, so it covers Java objects only: ONNX Runtime's own memory, which it
   * keeps and reuses, is not in it.
   */
  private static final int EPISODES = 16;
  private static final int ROUNDS = 12;
  private static final Setting SHAPE = new Setting(OptionalInt.of(20), 5, OptionalInt.empty());
  private static final double NANOS_PER_MILLI = 1e6;

  private final List<Episode> episodes;
  private final int outer;

  /**
   * What one head costs on one core.
   *
   * @param method who made it
   * @param batch how many heads were made in one call
   * @param millis median time of a head, milliseconds
   * @param javaBytes allocated on the Java heap for a head; empty if the platform does not count
   */
  record Cost(String method, int batch, double millis, OptionalDouble javaBytes) {}

  private CostMeter(List<Episode> episodes, int outer) {
    this.episodes = episodes;
    this.outer = outer;
  }

  /**
   * A meter on 20-way 5-shot episodes of the first set that has 20 labels with eight texts or more.
   *
   * @param outer number of the first columns of features that peers see
   * @return empty if there is no such set
   */
  static Optional<CostMeter> of(List<LabelledFeatures> sets, EvaluationPlan plan, int outer) {
    SettingSampler sampler = new SettingSampler(SHAPE, plan.queries(), plan.seed());
    return sets.stream()
        .filter(CostMeter::isLarge)
        .findFirst()
        .map(
            set ->
                new CostMeter(
                    IntStream.range(0, EPISODES)
                        .mapToObj(number -> sampler.sample(set, number))
                        .filter(episode -> episode.support().length == 100)
                        .toList(),
                    outer))
        .filter(meter -> !meter.episodes.isEmpty());
  }

  private static boolean isLarge(LabelledFeatures set) {
    return IntStream.range(0, set.labels().size()).filter(l -> set.count(l) >= 8).count() >= 20
        && IntStream.range(0, set.labels().size()).allMatch(l -> set.count(l) >= 8);
  }

  /** Costs of the classical heads that are compared with bundles. */
  List<Cost> peers() {
    return List.of(
        cost(
            Peer.PROTOTYPES, 1, one(e -> Prototypes.fit(e.support(), e.supportLabels(), e.ways()))),
        cost(Peer.tuned(200), 1, one(e -> Peer.tuned(Peer.TUNING, e))),
        cost(Peer.LR_1, 1, one(e -> regression(e, 1))),
        cost(Peer.LR_10, 1, one(e -> regression(e, 10))));
  }

  /** Costs of a bundle on the first columns, one head a call and all in one call. */
  List<Cost> bundle(String name, Bundle bundle, int dimension) {
    List<SupportSet> tasks =
        episodes.stream().map(episode -> episode.first(dimension).supportSet()).toList();
    return List.of(
        cost(name, 1, () -> tasks.forEach(task -> bundle.integrator().integrate(List.of(task)))),
        cost(name, tasks.size(), () -> bundle.integrator().integrate(tasks)));
  }

  private static void regression(Episode e, double c) {
    LogisticRegression.fit(c, e.support(), e.supportLabels(), e.ways());
  }

  private Runnable one(Consumer<Episode> fit) {
    List<Episode> seen = episodes.stream().map(episode -> episode.first(outer)).toList();
    return () -> seen.forEach(fit);
  }

  private Cost cost(String method, int batch, Runnable round) {
    for (int i = 0; i < ROUNDS; i++) {
      round.run();
    }
    double[] nanos = new double[ROUNDS];
    long before = allocated();
    for (int i = 0; i < ROUNDS; i++) {
      long start = System.nanoTime();
      round.run();
      nanos[i] = System.nanoTime() - start;
    }
    long after = allocated();
    Arrays.sort(nanos);
    double median = (nanos[(ROUNDS - 1) / 2] + nanos[ROUNDS / 2]) / 2;
    OptionalDouble bytes =
        before < 0
            ? OptionalDouble.empty()
            : OptionalDouble.of((double) (after - before) / ROUNDS / episodes.size());
    return new Cost(method, batch, median / NANOS_PER_MILLI / episodes.size(), bytes);
  }

  /** Bytes this thread allocated so far; negative if the platform does not count. */
  private static long allocated() {
    return ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads
            && threads.isThreadAllocatedMemorySupported()
            && threads.isThreadAllocatedMemoryEnabled()
        ? threads.getThreadAllocatedBytes(Thread.currentThread().getId())
        : -1;
  }
}
