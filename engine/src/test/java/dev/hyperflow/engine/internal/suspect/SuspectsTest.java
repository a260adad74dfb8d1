package dev.hyperflow.engine.internal.suspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.heap.InMemoryTenantStore;
import dev.hyperflow.engine.internal.remember.FeaturePrecision;
import dev.hyperflow.engine.internal.remember.LabelledExamples;
import dev.hyperflow.engine.internal.remember.MemorySettings;
import dev.hyperflow.engine.internal.remember.RingPolicy;
import dev.hyperflow.engine.internal.remember.SupportMemory;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SuspectsTest {
  private static final String TENANT = "t";
  private static final long SEED = 7;

  /** Share of planted mislabels that are to be found among as many suspects. */
  private static final double RECALL = 0.9;

  private final SupportMemory memory =
      new SupportMemory(
          new InMemoryTenantStore(),
          new MemorySettings(1_024, 65_536, 65_536, RingPolicy.NEWEST, FeaturePrecision.FLOAT32, 1),
          "");

  @Test
  void shouldFindPlantedMislabels() {
    // Given 20 clouds of 20 examples, every twentieth of which has the label of another cloud
    Random random = new Random(SEED);
    Set<String> planted = new HashSet<>();
    for (int i = 0; i < 400; i++) {
      boolean isWrong = i % 20 == 7;
      int cloud = i / 20;
      add("e" + i, "label " + (isWrong ? (cloud + 3) % 20 : cloud), cloud(random, cloud, 64, 0.1));
      if (isWrong) {
        planted.add("e" + i);
      }
    }

    Suspects.Found found = found();

    // Then the most surprising ones are they, and their own clouds are suggested
    List<Suspects.Suspect> first = found.suspects().stream().limit(planted.size()).toList();
    long hits = first.stream().filter(s -> planted.contains(s.entry().example().eventId())).count();
    assertThat(hits).isGreaterThanOrEqualTo((long) (RECALL * planted.size()));
    assertThat(found.judged()).isEqualTo(400);
    assertThat(first)
        .filteredOn(s -> planted.contains(s.entry().example().eventId()))
        .allSatisfy(
            s ->
                assertThat(s.other())
                    .isEqualTo(
                        "label "
                            + Integer.parseInt(s.entry().example().eventId().substring(1)) / 20));
  }

  @Test
  void shouldGiveThePredictionOfARegressionWithoutTheExample() {
    // Given
    Random random = new Random(SEED);
    int n = 30;
    float[][] features = new float[n][];
    float[] weights = new float[n];
    int[] rows = new int[n];
    for (int i = 0; i < n; i++) {
      features[i] = cloud(random, i % 3, 8, 0.3);
      weights[i] = i % 5 == 0 ? 0.25f : 1;
      rows[i] = i % 3;
    }

    // When
    double[][] scores = LeftOut.scores(features, weights, rows, 3);

    // Then each is what the others say by elimination
    for (int left = 0; left < n; left++) {
      double[] expected = RidgeWithout.predict(features, weights, rows, 3, left);
      for (int label = 0; label < 3; label++) {
        assertThat(scores[left][label]).isCloseTo(expected[label], within(1e-9));
      }
    }
  }

  @Test
  void shouldNotDependOnTheOrderOfArrival() {
    Random random = new Random(SEED);
    Event.Add[] adds = new Event.Add[60];
    for (int i = 0; i < adds.length; i++) {
      adds[i] = add("e" + i, "label " + random.nextInt(3), cloud(random, i % 3, 8, 0.2));
    }
    List<Suspects.Suspect> once = found().suspects();
    memory.forgetTenant(TENANT);
    List<Event.Add> reversed = Arrays.asList(adds);
    Collections.reverse(reversed);
    reversed.forEach(this::add);

    assertThat(found().suspects()).isEqualTo(once);
  }

  @Test
  void shouldNotJudgeAnExampleThatIsAloneWithItsLabel() {
    add("e1", "red", 1, 0, 0);
    add("e2", "red", 1, 0.1f, 0);
    add("e3", "blue", 0, 0, 1);

    assertThat(found()).isEqualTo(new Suspects.Found(2, List.of()));
  }

  @Test
  void shouldTakeADescriptionForEvidenceAndNotJudgeIt() {
    add("e1", "red", 1, 0, 0);
    add("e2", "red", 1, 0.1f, 0);
    describe("d", "blue", 1, 0.05f, 0);
    add("e3", "blue", 0, 0, 1);

    Suspects.Found found = Suspects.of(memory.examples(TENANT), ones(3), Set.of("d"));

    assertThat(found.judged()).isEqualTo(3);
    assertThat(found.suspects()).noneMatch(s -> s.entry().example().eventId().equals("d"));
  }

  @Test
  void shouldFindNothingWithoutExamples() {
    assertThat(Suspects.of(memory.examples(TENANT), new float[0], Set.of()))
        .isEqualTo(new Suspects.Found(0, List.of()));
  }

  @Test
  void shouldStandSameExamplesAndHugeFeatures() {
    for (int i = 0; i < 40; i++) {
      add("e" + i, "label " + i % 2, 1e4f, -1e4f, 1e4f);
    }

    assertThat(found().suspects())
        .allSatisfy(s -> assertThat(s.probability()).isBetween(0f, s.otherProbability()));
  }

  @Test
  void shouldJudgeEveryExampleOfALargeSetInGroups() {
    Random random = new Random(SEED);
    for (int i = 0; i < 2_500; i++) {
      add("e%04d".formatted(i), "label " + i % 5, cloud(random, i % 5, 16, 0.1));
    }
    add("wrong", "label 1", cloud(random, 2, 16, 0.1));

    Suspects.Found found = found();

    assertThat(found.judged()).isEqualTo(2_501);
    assertThat(found.suspects().get(0).entry().example().eventId()).isEqualTo("wrong");
  }

  @Test
  void shouldJudgeAFullMemoryOfManyLabels() {
    Random random = new Random(SEED);
    for (int i = 0; i < Suspects.GROUP; i++) {
      add("e" + i, "label " + i / 2, cloud(random, i / 2, 768, 0.02));
    }

    Suspects.Found found = found();

    assertThat(found.judged()).isEqualTo(Suspects.GROUP);
    assertThat(found.suspects()).isEmpty();
  }

  private Suspects.Found found() {
    LabelledExamples support = memory.examples(TENANT);
    return Suspects.of(support, ones(support.meta().dimension()), Set.of());
  }

  private static float[] ones(int dimension) {
    float[] ones = new float[dimension];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** A point around a random direction of its own, of length 1. */
  private static float[] cloud(Random random, int cloud, int dimension, double spread) {
    Random centre = new Random(SEED + cloud * 0x9e3779b97f4a7c15L);
    float[] point = new float[dimension];
    double norm = 0;
    for (int d = 0; d < dimension; d++) {
      point[d] =
          (float) (centre.nextGaussian() / Math.sqrt(dimension) + spread * random.nextGaussian());
      norm += point[d] * point[d];
    }
    for (int d = 0; d < dimension; d++) {
      point[d] /= (float) Math.sqrt(norm);
    }
    return point;
  }

  private Event.Add add(String eventId, String label, float... features) {
    Event.Add add =
        new Event.Add(
            TENANT,
            0,
            eventId,
            label,
            ExampleTerms.ORDINARY,
            new Payload.Features(FeatureVector.of(features)));
    add(add);
    return add;
  }

  private void add(Event.Add add) {
    memory.add(add, ((Payload.Features) add.payload()).vector());
  }

  private void describe(String eventId, String label, float... features) {
    FeatureVector vector = FeatureVector.of(features);
    memory.describe(
        new Event.Describe(
            TENANT, 0, eventId, label, ExampleTerms.ORDINARY, new Payload.Features(vector)),
        vector);
  }
}
