package dev.hyperflow.server.routes;

import dev.hyperflow.engine.internal.event.TenantSettings;
import dev.hyperflow.engine.internal.quality.TenantQuality;
import dev.hyperflow.engine.internal.remember.TenantMeta;
import dev.hyperflow.server.instance.Instance;
import dev.hyperflow.server.json.Tenants;
import dev.hyperflow.topology.internal.view.TenantHistory;
import java.util.List;
import java.util.Optional;

/** Conversions that routes share. */
final class Names {
  private static final int MAX_SPARKS = 40;
  private static final long DRIFT_SHOWN_MILLIS = 600_000;

  private Names() {}

  /** The name in a bundle's id. */
  static String name(String bundleId) {
    int at = bundleId.lastIndexOf('@');
    return at < 0 ? bundleId : bundleId.substring(0, at);
  }

  /** The digits of the hash in a bundle's id. */
  static String sha256(String bundleId) {
    return bundleId.substring(bundleId.lastIndexOf('@') + 1);
  }

  /** A tenant's row. */
  static Tenants.Row row(
      Instance instance,
      String tenant,
      TenantMeta meta,
      Optional<TenantQuality> quality,
      long now) {
    return new Tenants.Row(
        tenant,
        meta.examples(),
        meta.labels(),
        meta.fingerprint().toHex(),
        meta.facts().clock().timeMillis(),
        meta.settings().pinned(),
        new Tenants.Owner(instance.name(), true),
        quality.map(known -> quality(instance, tenant, known, now)).orElse(null));
  }

  /** A tenant's quality, with what this instance saw of it. */
  static Tenants.Quality quality(
      Instance instance, String tenant, TenantQuality quality, long now) {
    Optional<TenantHistory> history = instance.view().recorder().history(tenant);
    List<TenantHistory.Point> points =
        history
            .map(seen -> seen.points(quality, instance.config().engine().quality()))
            .orElse(List.of());
    Long driftedAt = history.map(Names::lastDrift).orElse(null);
    return new Tenants.Quality(
        quality.observations(),
        quality.before().value(),
        quality.after().value(),
        quality.driftDetected() || (driftedAt != null && now - driftedAt < DRIFT_SHOWN_MILLIS),
        driftedAt,
        points.subList(Math.max(0, points.size() - MAX_SPARKS), points.size()).stream()
            .map(point -> new Tenants.Spark(point.before(), point.after()))
            .toList());
  }

  private static Long lastDrift(TenantHistory history) {
    Long last = null;
    for (TenantHistory.Marker marker : history.markers()) {
      last = marker.kind() == TenantHistory.Kind.DRIFT ? Long.valueOf(marker.at()) : last;
    }
    return last;
  }

  static Tenants.Settings settings(TenantSettings settings) {
    return new Tenants.Settings(
        settings.examplesPerLabel().orElse(null),
        settings.consistency().map(Enum::name).orElse(null),
        settings.abstainBelow().orElse(null),
        settings.pinned());
  }
}
