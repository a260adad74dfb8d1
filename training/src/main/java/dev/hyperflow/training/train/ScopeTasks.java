package dev.hyperflow.training.train;

import dev.hyperflow.training.data.Episode;
import dev.hyperflow.training.data.EpisodeRange;
import dev.hyperflow.training.data.EpisodeSampler;
import dev.hyperflow.training.data.LabelledFeatures;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Draws episodes with texts that belong to none of their labels. */
final class ScopeTasks {

  private final List<LabelledFeatures> sets;
  private final EpisodeRange range;
  private final EpisodeSampler sampler;
  private final long seed;

  /**
   * A source.
   *
   * @param sets what to draw from, each as often; each has labels enough for the range
   */
  ScopeTasks(List<LabelledFeatures> sets, EpisodeRange range, long seed) {
    this.sets = List.copyOf(sets);
    this.range = range;
    this.sampler = new EpisodeSampler(range, seed);
    this.seed = seed;
  }

  /** The first tasks; what a task holds depends on the seed and its number alone. */
  List<ScopeTask> first(int count) {
    return IntStream.range(0, count).mapToObj(this::task).toList();
  }

  private ScopeTask task(int number) {
    Random random = new Random(seed * 1_000_003 + number);
    int chosen = random.nextInt(sets.size());
    LabelledFeatures set = sets.get(chosen);
    List<Integer> known = new ArrayList<>();
    List<Integer> unknown = new ArrayList<>();
    split(set, known, unknown, random);
    Episode episode = sampler.sample(set.subset("", known), number);
    int wanted = episode.queries().length;
    return new ScopeTask(
        episode,
        draw(set, unknown, wanted, random),
        sets.size() == 1 ? List.of() : draw(other(chosen, random), wanted, random));
  }

  /** Deals the labels of a set; where there are too few to leave one out, all are known. */
  private void split(
      LabelledFeatures set, List<Integer> known, List<Integer> unknown, Random random) {
    List<Integer> order = new ArrayList<>();
    for (int label = 0; label < set.labels().size(); label++) {
      (set.count(label) > 1 ? order : unknown).add(label);
    }
    Collections.shuffle(order, random);
    int min = range.minWays();
    int kept = order.size() > min ? min + random.nextInt(order.size() - min) : order.size();
    known.addAll(order.subList(0, kept).stream().sorted().toList());
    unknown.addAll(order.subList(kept, order.size()));
  }

  private LabelledFeatures other(int chosen, Random random) {
    return sets.get((chosen + 1 + random.nextInt(sets.size() - 1)) % sets.size());
  }

  private static List<float[]> draw(LabelledFeatures set, int wanted, Random random) {
    return draw(set, IntStream.range(0, set.labels().size()).boxed().toList(), wanted, random);
  }

  private static List<float[]> draw(
      LabelledFeatures set, List<Integer> labels, int wanted, Random random) {
    List<float[]> texts = new ArrayList<>();
    for (int label : labels) {
      for (int text = 0; text < set.count(label); text++) {
        texts.add(set.row(label, text));
      }
    }
    Collections.shuffle(texts, random);
    return texts.subList(0, Math.min(wanted, texts.size()));
  }
}
