package dev.hyperflow.topology.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.engine.internal.AdaptationModel;
import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.bundle.Bundle;
import dev.hyperflow.models.internal.bundle.ShippedBundles;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.rollout.TestBundles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FittingBundlesTest {
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
        .hasMessageStartingWith("topics.heads: expected heads of at most 921600 bytes")
        .hasMessageContaining("100 labels × 4096 features");
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

    assertThat(new FittingBundles(config(), any -> watched).watched(null)).isSameAs(watched);
  }

  private static FittingBundles bundles(String... more) {
    return new FittingBundles(config(more), UnaryOperator.identity());
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
