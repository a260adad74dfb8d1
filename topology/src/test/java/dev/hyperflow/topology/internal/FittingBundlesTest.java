package dev.hyperflow.topology.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.engine.internal.AdaptationModel;
import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.bundle.Bundle;
import dev.hyperflow.models.internal.bundle.ShippedBundles;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.emit.RecordLimits;
import dev.hyperflow.topology.internal.rollout.TestBundles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FittingBundlesTest {
  private final List<Integer> hits = new ArrayList<>();

  @TempDir Path directory;

  @Test
  void shouldLoadABundleThatFits() {
    try (Bundle bundle = bundles().load(ShippedBundles.ANALYTIC, false)) {
      assertThat(bundle.id()).startsWith("minilm-analytic-v0");
    }
  }

  @Test
  void shouldRefuseABundleThatTakesFewerExamplesThanConfigured() {
    FittingBundles bundles =
        bundles("memory.examples-per-label", "1024", "memory.examples-per-tenant", "65536");

    assertThatThrownBy(() -> bundles.load(ShippedBundles.ANALYTIC, false))
        .isInstanceOf(BundleException.class)
        .hasMessageStartingWith("memory: expected at most")
        .hasMessageContaining("bundle 'minilm-analytic-v0")
        .hasMessageEndingWith("found 150 labels and 65536 examples");
  }

  @Test
  void shouldRefuseHeadsThatFitNoRecordOnlyIfTheyArePublished() throws IOException {
    String location = TestBundles.write(directory, "any-dimension");
    String[] large = {"limits.feature-dimension", "4096", "memory.labels-per-tenant", "100"};

    bundles(large).load(location, false).close();
    FittingBundles publishing =
        bundles(
            "limits.feature-dimension", "4096",
            "memory.labels-per-tenant", "100",
            "topics.heads", "heads");

    assertThatThrownBy(() -> publishing.load(location, false))
        .isInstanceOf(BundleException.class)
        .hasMessageStartingWith(
            "topics.heads: expected heads of at most 1048576 bytes, the most that 'heads'")
        .hasMessageContaining("100 labels × 4096 features");
  }

  @Test
  void shouldTakeHeadsThatTheirTopicTakes() throws IOException {
    String location = TestBundles.write(directory, "any-dimension");
    ApplicationConfig publishing =
        config(
            "limits.feature-dimension", "4096",
            "memory.labels-per-tenant", "100",
            "topics.heads", "heads");

    new FittingBundles(
            publishing,
            new RecordLimits(Map.of("heads", 4 << 20), 1),
            UnaryOperator.identity(),
            any -> {})
        .load(location, false)
        .close();
  }

  @Test
  void shouldMeasureHeadsByTheDimensionOfTheEncoder() {
    // 384 features, whatever the limit of payloads is.
    bundles("topics.heads", "heads", "limits.feature-dimension", "65536")
        .load(ShippedBundles.ANALYTIC, false)
        .close();
  }

  @Test
  void shouldHandModelsToTheWatcher() {
    AdaptationModel watched = TopologyFixture.MODEL;

    assertThat(
            new FittingBundles(config(), RecordLimits.USUAL, any -> watched, hits::add)
                .watched(null))
        .isEqualTo(watched);
  }

  @Test
  void shouldRememberVectorsOnceWhateverBundlesFollow() {
    FittingBundles bundles =
        new FittingBundles(
            config("encoder.cache-texts", "5"),
            RecordLimits.USUAL,
            UnaryOperator.identity(),
            hits::add);
    Encoder encoder = new NoEncoder();

    AdaptationModel first = bundles.watched(with(encoder));
    AdaptationModel later = bundles.watched(with(first.encoder().orElseThrow()));
    first.encoder().orElseThrow().encode(List.of("a"));
    later.encoder().orElseThrow().encode(List.of("a", "a"));

    assertThat(later.encoder()).containsSame(first.encoder().orElseThrow());
    assertThat(hits).containsExactly(2);
  }

  @Test
  void shouldRememberNoVectorsWhenToldSo() {
    Encoder encoder = new NoEncoder();

    assertThat(bundles("encoder.cache-texts", "0").watched(with(encoder)).encoder())
        .containsSame(encoder);
  }

  private static AdaptationModel with(Encoder encoder) {
    AdaptationModel model = TopologyFixture.MODEL;
    return new AdaptationModel(
        model.bundleId(),
        Optional.of(encoder),
        model.dimension(),
        model.integrator(),
        model.calibration());
  }

  /** Encodes every text the same. */
  private static final class NoEncoder implements Encoder {
    @Override
    public String id() {
      return "none";
    }

    @Override
    public int dimension() {
      return 1;
    }

    @Override
    public float[][] encode(List<String> texts) {
      return new float[texts.size()][1];
    }

    @Override
    public void close() {}
  }

  private static FittingBundles bundles(String... more) {
    return new FittingBundles(
        config(more), RecordLimits.USUAL, UnaryOperator.identity(), any -> {});
  }

  private static ApplicationConfig config(String... more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("bootstrap.servers", "unused:9092");
    settings.put("schema.registry.url", "mock://fitting");
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return ApplicationConfig.of(settings);
  }
}
