package dev.hyperflow.demo.scenario;

import dev.hyperflow.engine.internal.texts.Utterance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Divides one tenant's messages into examples and queries.
 *
 * <p>A label gives at most {@value #MAX_SHOTS} examples and at most three fifths of its messages;
 * the others become queries. With a quota smaller than the data, both shrink alike; with a larger
 * one, queries are asked again, in another order.
 */
final class TenantSplit {

  private static final int MAX_SHOTS = 24;
  private static final double EXAMPLE_SHARE = 0.6;

  private final List<Utterance> examples;
  private final List<Utterance> queries;

  private TenantSplit(List<Utterance> examples, List<Utterance> queries) {
    this.examples = examples;
    this.queries = queries;
  }

  /**
   * Splits.
   *
   * @param quota examples and queries together
   * @param random the only source of chance
   */
  static TenantSplit of(List<Utterance> messages, int quota, Random random) {
    Map<String, List<Utterance>> byLabel = new TreeMap<>();
    List<Utterance> queries = new ArrayList<>();
    for (Utterance message : messages) {
      if (message.isLabelled()) {
        byLabel.computeIfAbsent(message.label(), l -> new ArrayList<>()).add(message);
      } else {
        queries.add(message);
      }
    }
    int shots = byLabel.isEmpty() ? 0 : shotsFor(quota, byLabel.size());
    List<List<Utterance>> examplesByLabel = new ArrayList<>();
    for (List<Utterance> ofLabel : byLabel.values()) {
      Collections.shuffle(ofLabel, random);
      int taken = Math.min(shots, Math.max(1, (int) (ofLabel.size() * EXAMPLE_SHARE)));
      examplesByLabel.add(ofLabel.subList(0, taken));
      queries.addAll(ofLabel.subList(taken, ofLabel.size()));
    }
    List<Utterance> examples = inRounds(examplesByLabel, random);
    return new TenantSplit(
        examples, repeated(queries, Math.max(0, quota - examples.size()), random));
  }

  private static List<Utterance> repeated(List<Utterance> queries, int count, Random random) {
    List<Utterance> all = new ArrayList<>(count);
    while (all.size() < count && !queries.isEmpty()) {
      Collections.shuffle(queries, random);
      all.addAll(queries.subList(0, Math.min(count - all.size(), queries.size())));
    }
    return List.copyOf(all);
  }

  /** Examples in rounds: every label once before any label twice, mixed within a round. */
  List<Utterance> examples() {
    return examples;
  }

  /** Queries in random order. */
  List<Utterance> queries() {
    return queries;
  }

  private static int shotsFor(int quota, int labels) {
    return Math.max(1, Math.min(MAX_SHOTS, (int) (quota * EXAMPLE_SHARE) / labels));
  }

  private static List<Utterance> inRounds(List<List<Utterance>> byLabel, Random random) {
    List<Utterance> all = new ArrayList<>();
    for (int round = 0; round < MAX_SHOTS; round++) {
      List<Utterance> once = new ArrayList<>();
      for (List<Utterance> ofLabel : byLabel) {
        if (round < ofLabel.size()) {
          once.add(ofLabel.get(round));
        }
      }
      Collections.shuffle(once, random);
      all.addAll(once);
    }
    return List.copyOf(all);
  }
}
