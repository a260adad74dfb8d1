package dev.hyperflow.training.train;

import dev.hyperflow.engine.internal.texts.DataFormatException;
import dev.hyperflow.training.data.LabelledFeatures;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Sets to learn from, and labels to judge by that no step ever sees.
 *
 * @param training sets to learn from
 * @param validation sets to judge by
 */
record HeldOut(List<LabelledFeatures> training, List<LabelledFeatures> validation) {

  /** A set gives labels away only if so many stay on either side that tasks can be made of them. */
  private static final int MIN_LABELS = 8;

  private static final int SHARE = 4;

  /**
   * Holds out every fourth label, chosen by lot, of every set that has eight or more; where no set
   * has, every fourth set.
   *
   * @throws DataFormatException if there are too few of both
   */
  static HeldOut split(List<LabelledFeatures> sets, long seed) {
    List<LabelledFeatures> training = new ArrayList<>();
    List<LabelledFeatures> validation = new ArrayList<>();
    for (LabelledFeatures set : sets) {
      int labels = set.labels().size();
      if (labels < MIN_LABELS) {
        training.add(set);
        continue;
      }
      List<Integer> order = new ArrayList<>(IntStream.range(0, labels).boxed().toList());
      Collections.shuffle(order, new Random(seed ^ set.name().hashCode()));
      int held = labels / SHARE;
      validation.add(set.subset("#held-out", sorted(order.subList(0, held))));
      training.add(set.subset("", sorted(order.subList(held, labels))));
    }
    if (validation.isEmpty() && sets.size() >= SHARE) {
      return ofWholeSets(sets, seed);
    }
    if (validation.isEmpty()) {
      throw new DataFormatException(
          "--validation: expected a set, a training set of at least %d labels, or at least %d"
                  .formatted(MIN_LABELS, SHARE)
              + " training sets, found none of these");
    }
    return new HeldOut(training, validation);
  }

  private static HeldOut ofWholeSets(List<LabelledFeatures> sets, long seed) {
    List<LabelledFeatures> shuffled = new ArrayList<>(sets);
    Collections.shuffle(shuffled, new Random(seed));
    int held = sets.size() / SHARE;
    return new HeldOut(
        List.copyOf(shuffled.subList(held, sets.size())), List.copyOf(shuffled.subList(0, held)));
  }

  private static List<Integer> sorted(List<Integer> labels) {
    return labels.stream().sorted().toList();
  }
}
