package dev.hyperflow.training.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.engine.internal.remember.RingPolicy;
import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.bundle.ShippedBundles;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The real engine on synthetic streams. */
class EngineLearnerTest {

  private static final String NAME = "minilm-analytic-v0";

  @Test
  void shouldPlayBundlesBesideClassicalLearners() {
    // Given
    LabelStream stream = Sets.stream(Arrangement.SHUFFLED, 40, 40, 10);

    // When
    Map<String, Track> tracks;
    try (Contestants contestants =
        Contestants.open(List.of(ShippedBundles.ANALYTIC), List.of(newest(1024), newest(6)), 10)) {
      contestants.requireDimension(Sets.DIMENSION, "nobody");
      tracks = contestants.play(stream, Map.of());
    }

    // Then
    assertThat(tracks.keySet())
        .containsExactly(
            NAME,
            NAME + ", 6 examples",
            "class means",
            "3 nearest neighbours",
            "softmax SGD",
            "LR C=1",
            "LR C=10");
    Track track = tracks.get(NAME);
    assertThat(track.replies().get(0).label()).isEqualTo(LabelStream.NONE);
    assertThat(track.accuracyOfLastThird()).isGreaterThan(0.85);
    assertThat(track.refused()).isZero();
    assertThat(track.logLoss()).isPresent();

    // And: six examples know less than all
    assertThat(tracks.get(NAME + ", 6 examples").replies()).isNotEqualTo(track.replies());
  }

  @Test
  void shouldTakeAnswersThatAreThere() {
    LabelStream stream = Sets.stream(Arrangement.SHUFFLED, 5, 5);
    Track old = Track.play(stream, new ClassMeans(2));
    try (Contestants contestants =
        Contestants.open(List.of(ShippedBundles.ANALYTIC), List.of(newest(1024)), 10)) {
      Map<String, Track> tracks =
          contestants.play(stream, Map.of("LR C=1", old, "River x", old, NAME, old));
      assertThat(tracks.get("LR C=1")).isSameAs(old);
      assertThat(tracks.get(NAME)).isNotSameAs(old);
      assertThat(tracks.keySet()).endsWith("River x");
    }
  }

  @Test
  void shouldCountWhatAFullTenantRefuses() {
    int[] counts = new int[Contestants.MAX_LABELS + 2];
    Arrays.fill(counts, 1);
    LabelStream stream = Sets.stream(Arrangement.FILE, counts);
    try (Contestants contestants =
        Contestants.open(List.of(ShippedBundles.ANALYTIC), List.of(newest(1024)), 1000)) {
      Map<String, Track> peers =
          Map.of("class means", Track.play(stream, new ClassMeans(counts.length)));
      Map<String, Track> tracks = new LinkedHashMap<>(peers);
      for (String peer : contestants.peers()) {
        tracks.put(peer, peers.get("class means"));
      }
      assertThat(contestants.play(stream, tracks).get(NAME).refused()).isEqualTo(2);
    }
  }

  @Test
  void shouldRefuseABundleTwice() {
    assertThatThrownBy(
            () ->
                Contestants.open(
                    List.of(ShippedBundles.ANALYTIC, ShippedBundles.ANALYTIC),
                    List.of(newest(1024)),
                    10))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("expected a name of its own, found it twice");
  }

  private static Remembering newest(int examples) {
    return new Remembering(examples, RingPolicy.NEWEST, 0, 0);
  }
}
