package dev.hyperflow.topology.internal.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.engine.internal.quality.PageHinkley;
import dev.hyperflow.engine.internal.quality.PrequentialAccuracy;
import dev.hyperflow.engine.internal.quality.QualitySettings;
import dev.hyperflow.engine.internal.quality.TenantQuality;
import dev.hyperflow.models.Golden;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class QualityLayoutTest {
  private static final TenantQuality QUALITY =
      new TenantQuality(
          258,
          new PrequentialAccuracy(1.5, 2),
          new PrequentialAccuracy(1.75, 2),
          new PageHinkley(7, 0.25, 3.5),
          2,
          true);

  @Example
  void shouldKeepItsBytes() {
    byte[] value = QualityLayout.value(QUALITY);

    Golden.assertGolden(
        "quality-v1.hex",
        HexFormat.of().formatHex(value) + "\n",
        "state written by a released version must stay readable: add a layout version instead");
    assertThat(QualityLayout.quality(value)).isEqualTo(QUALITY);
  }

  @Property
  void shouldGoOnAfterReadingAsIfNothingHadHappened(
      @ForAll List<Boolean> hits, @ForAll boolean next) {
    // Given a quality that was stored and read after every observation
    QualitySettings settings = new QualitySettings(0.9, 0.01, 2, 5);
    TenantQuality kept = TenantQuality.NONE;
    TenantQuality stored = TenantQuality.NONE;
    for (boolean hit : hits) {
      kept = kept.observe(settings, !hit, hit);
      stored = QualityLayout.quality(QualityLayout.value(stored.observe(settings, !hit, hit)));
    }

    // Then it equals the one that was not, bit for bit, and goes on alike
    assertThat(stored).isEqualTo(kept);
    assertThat(stored.observe(settings, next, next)).isEqualTo(kept.observe(settings, next, next));
  }

  @Example
  void shouldRefuseALayoutVersionItDoesNotKnow() {
    byte[] value = QualityLayout.value(QUALITY);
    value[0] = 9;

    assertThatThrownBy(() -> QualityLayout.quality(value))
        .hasMessage("quality: expected layout version 1, found 9");
  }
}
