package dev.hyperflow.topology.internal.decode;

import static dev.hyperflow.topology.internal.decode.Decoding.TENANT;
import static dev.hyperflow.topology.internal.decode.Decoding.TIME;
import static dev.hyperflow.topology.internal.decode.Decoding.accepted;
import static dev.hyperflow.topology.internal.decode.Decoding.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.Consistency;
import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.event.TenantSettings;
import dev.hyperflow.events.QueryConsistency;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingsDecoderTest {
  @Test
  void shouldKeepWhatTheTenantSets() {
    assertThat(
            decode(
                settings()
                    .setExamplesPerLabel(7)
                    .setConsistency(QueryConsistency.LATEST)
                    .setAbstainBelow(0.25f)
                    .setPinned(true)))
        .isEqualTo(
            configure(
                new TenantSettings(
                    Optional.of(7), Optional.of(Consistency.LATEST), Optional.of(0.25f), true)));
  }

  @Test
  void shouldLeaveTheRestAsConfiguredForAll() {
    assertThat(decode(settings())).isEqualTo(configure(TenantSettings.DEFAULTS));
    assertThat(decode(settings().setPinned(false))).isEqualTo(configure(TenantSettings.DEFAULTS));
    assertThat(decode(settings().setConsistency(QueryConsistency.FRESH)))
        .isEqualTo(
            configure(
                new TenantSettings(
                    Optional.empty(), Optional.of(Consistency.FRESH), Optional.empty(), false)));
  }

  @Test
  void shouldRefuseAConsistencyOfANewerVersion() {
    assertThat(decode(settings().setConsistency(QueryConsistency.UNKNOWN)))
        .isEqualTo(
            refused(
                Reason.SETTING_OUT_OF_RANGE,
                "settings.consistency: expected FRESH or LATEST, found one that this version does"
                    + " not know"));
  }

  private static dev.hyperflow.events.TenantSettings.Builder settings() {
    return dev.hyperflow.events.TenantSettings.newBuilder();
  }

  private static Decoded decode(dev.hyperflow.events.TenantSettings.Builder settings) {
    return SettingsDecoder.decode(settings.build(), own -> configure(own));
  }

  private static Decoded configure(TenantSettings settings) {
    return accepted(new Event.Configure(TENANT, TIME, settings));
  }
}
