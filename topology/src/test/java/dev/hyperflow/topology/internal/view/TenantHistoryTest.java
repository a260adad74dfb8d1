package dev.hyperflow.topology.internal.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.quality.QualitySettings;
import dev.hyperflow.engine.internal.quality.TenantQuality;
import org.junit.jupiter.api.Test;

class TenantHistoryTest {
  private static final QualitySettings SETTINGS = QualitySettings.defaults();

  private final TenantHistory history = new TenantHistory();

  @Test
  void shouldKeepTheLatestMarkersOnly() {
    for (int i = 0; i < TenantHistory.MAX_MARKERS + 10; i++) {
      history.mark(i, TenantHistory.Kind.LABEL, "label");
    }

    assertThat(history.markers()).hasSize(TenantHistory.MAX_MARKERS);
    assertThat(history.markers().get(0).at()).isEqualTo(10);
  }

  @Test
  void shouldKeepTheLatestTestsOnly() {
    TenantQuality quality = TenantQuality.NONE;
    for (int i = 0; i < TenantHistory.MAX_TESTS + 10; i++) {
      quality = quality.observe(SETTINGS, true, true);
      history.test(i, true, true);
    }

    assertThat(history.points(quality, SETTINGS)).hasSize(TenantHistory.MAX_TESTS);
    assertThat(history.points(quality, SETTINGS).get(0).at()).isEqualTo(10);
  }

  @Test
  void shouldShowNoMorePointsThanTheStoresKnowTestsOf() {
    history.test(1, true, true);
    history.test(2, true, true);

    assertThat(history.points(TenantQuality.NONE.observe(SETTINGS, true, true), SETTINGS))
        .extracting(TenantHistory.Point::at)
        .containsExactly(2L);
    assertThat(history.points(TenantQuality.NONE, SETTINGS)).isEmpty();
  }

  @Test
  void shouldMeasureFromTheOldestLabelOnce() {
    history.labelled(100);
    history.labelled(200);

    assertThat(history.adapted(300, "one")).isEqualTo(100);
    assertThat(history.adapted(400, "one")).isZero();
  }

  @Test
  void shouldMarkOnlyAChangeOfTheBundle() {
    history.adapted(1, "one");
    history.adapted(2, "one");
    history.adapted(3, "two");

    assertThat(history.markers())
        .containsExactly(new TenantHistory.Marker(3, TenantHistory.Kind.BUNDLE, "two"));
  }
}
