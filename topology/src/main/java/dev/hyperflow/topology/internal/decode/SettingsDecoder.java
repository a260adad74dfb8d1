package dev.hyperflow.topology.internal.decode;

import dev.hyperflow.engine.internal.event.Consistency;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.event.TenantSettings;
import dev.hyperflow.events.QueryConsistency;
import java.util.Optional;
import java.util.function.Function;

/** Decodes the settings of a tenant. */
final class SettingsDecoder {
  private SettingsDecoder() {}

  static Decoded decode(
      dev.hyperflow.events.TenantSettings settings, Function<TenantSettings, Decoded> then) {
    if (settings.getConsistency() == QueryConsistency.UNKNOWN) {
      return Fields.refuse(
          Reason.SETTING_OUT_OF_RANGE,
          "settings.consistency: expected FRESH or LATEST, found one that this version does not"
              + " know");
    }
    return then.apply(
        new TenantSettings(
            Optional.ofNullable(settings.getExamplesPerLabel()),
            Optional.ofNullable(settings.getConsistency())
                .map(consistency -> Consistency.valueOf(consistency.name())),
            Optional.ofNullable(settings.getAbstainBelow()),
            Boolean.TRUE.equals(settings.getPinned())));
  }
}
