package dev.hyperflow.training.train;

import dev.hyperflow.models.internal.Blocks;
import dev.hyperflow.training.data.Episode;
import dev.hyperflow.training.data.EpisodeRange;
import dev.hyperflow.training.data.EpisodeSampler;
import dev.hyperflow.training.data.LabelledFeatures;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Draws batches of episodes; what a step gets depends on the seed and its number alone. */
final class EpisodeSource {

  /*
   * A batch is padded to its largest episode. So several batches are drawn at once, sorted by size
   * and then dealt out in random order. Episodes of a batch are of like size, and the order of
   * sizes is as random as before.
   */
  private static final int BATCHES = 4;

  private final List<LabelledFeatures> sets;
  private final EpisodeSampler sampler;
  private final int batch;
  private final long seed;
  private final Optional<Blocks> blocks;

  /**
   * A source.
   *
   * @param sets what to draw from, each as often
   * @param batch episodes of a step
   * @param blocks how blocks of features are mixed; empty to hand features out as they are
   */
  EpisodeSource(
      List<LabelledFeatures> sets,
      EpisodeRange range,
      int batch,
      long seed,
      Optional<Blocks> blocks) {
    this.sets = List.copyOf(sets);
    this.sampler = new EpisodeSampler(range, seed);
    this.batch = batch;
    this.seed = seed;
    this.blocks = blocks;
  }

  /** The episodes of a step. */
  List<Episode> batch(int step) {
    return drawn(step).stream().map(e -> blocks.map(e::mixed).orElse(e)).toList();
  }

  private List<Episode> drawn(int step) {
    int block = step / BATCHES;
    Random random = new Random(seed * 1_000_003 + block);
    List<Episode> episodes = new ArrayList<>();
    for (int i = 0; i < BATCHES * batch; i++) {
      LabelledFeatures set = sets.get(random.nextInt(sets.size()));
      episodes.add(sampler.sample(set, (long) block * BATCHES * batch + i));
    }
    episodes.sort(
        Comparator.<Episode>comparingInt(episode -> episode.support().length)
            .thenComparingInt(Episode::ways));
    List<Integer> order = new ArrayList<>(IntStream.range(0, BATCHES).boxed().toList());
    Collections.shuffle(order, random);
    int chosen = order.get(step % BATCHES);
    return episodes.subList(chosen * batch, (chosen + 1) * batch);
  }

  /** Support examples and queries of a step's episodes. */
  long examples(int step) {
    return drawn(step).stream()
        .mapToLong(episode -> episode.support().length + (long) episode.queries().length)
        .sum();
  }
}
