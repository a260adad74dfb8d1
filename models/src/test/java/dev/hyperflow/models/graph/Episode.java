package dev.hyperflow.models.graph;

import dev.hyperflow.models.SupportSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One few-shot task: N labels drawn from those of a data set, K examples and queries of each. */
final class Episode {

  /** A label takes part if that many texts are left for queries. */
  private static final int MIN_QUERIES = 5;

  private static final int MAX_QUERIES = 50;

  final int ways;
  final List<float[]> support = new ArrayList<>();
  final List<Integer> supportLabels = new ArrayList<>();
  final List<float[]> queries = new ArrayList<>();
  final List<Integer> queryLabels = new ArrayList<>();

  /** Draws an episode; queries are all remaining texts of a label, at most 50. */
  Episode(Random random, Map<String, List<float[]>> data, int ways, int shots) {
    this.ways = ways;
    List<List<float[]>> labels = new ArrayList<>(data.values());
    labels.removeIf(texts -> texts.size() < shots + MIN_QUERIES);
    Collections.shuffle(labels, random);
    for (int label = 0; label < ways; label++) {
      List<float[]> texts = new ArrayList<>(labels.get(label));
      Collections.shuffle(texts, random);
      for (int i = 0; i < Math.min(texts.size(), shots + MAX_QUERIES); i++) {
        (i < shots ? support : queries).add(texts.get(i));
        (i < shots ? supportLabels : queryLabels).add(label);
      }
    }
  }

  SupportSet supportSet() {
    SupportSet.Builder set = SupportSet.builder(support.get(0).length, ways);
    for (int i = 0; i < support.size(); i++) {
      set.add(supportLabels.get(i), 1f, support.get(i));
    }
    return set.build();
  }

  int[] supportTargets() {
    return supportLabels.stream().mapToInt(Integer::intValue).toArray();
  }
}
