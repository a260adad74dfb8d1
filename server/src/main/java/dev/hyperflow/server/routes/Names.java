package dev.hyperflow.server.routes;

import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.TenantSettings;
import dev.hyperflow.engine.internal.quality.AccuracyEstimate;
import dev.hyperflow.engine.internal.quality.QualitySettings;
import dev.hyperflow.engine.internal.quality.TenantQuality;
import dev.hyperflow.server.instance.Instance;
import dev.hyperflow.server.json.Predict;
import dev.hyperflow.server.json.Tenants;
import dev.hyperflow.topology.internal.view.TenantHistory;
import java.util.List;
import java.util.Optional;

/** Conversions that routes share. */
final class Names {
  private static final int MAX_SPARKS = 40;

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

  /** The instance as the one that answers for a tenant. */
  static Tenants.Owner owner(Instance instance) {
    return new Tenants.Owner(instance.name(), true);
  }

  /** A tenant's accuracy. */
  static Tenants.Accuracy accuracy(Instance instance, TenantQuality quality) {
    QualitySettings settings = instance.config().engine().quality();
    return new Tenants.Accuracy(
        quality.observations(),
        TenantQuality.MIN_OBSERVATIONS,
        settings.window(),
        quality.adapted(settings).map(Names::estimate).orElse(null),
        quality.initial(settings).map(Names::estimate).orElse(null));
  }

  static Tenants.Estimate estimate(AccuracyEstimate estimate) {
    return new Tenants.Estimate(estimate.value(), estimate.low(), estimate.high());
  }

  /** A tenant's quality, with what this instance saw of it. */
  static Tenants.Quality quality(
      Instance instance, String tenant, TenantQuality quality, long now) {
    List<TenantHistory.Point> points = points(instance, tenant, quality);
    Optional<Long> driftedAt =
        AttentionList.recent(instance.view().recorder().troubles().driftedAt(tenant), now);
    return new Tenants.Quality(
        accuracy(instance, quality),
        quality.driftDetected() || driftedAt.isPresent(),
        driftedAt.orElse(null),
        points.subList(Math.max(0, points.size() - MAX_SPARKS), points.size()).stream()
            .map(point -> new Tenants.Spark(point.before(), point.after()))
            .toList());
  }

  /** The course of a tenant's accuracy, as far as this instance saw it, without a handful's. */
  static List<TenantHistory.Point> points(Instance instance, String tenant, TenantQuality quality) {
    return instance
        .view()
        .recorder()
        .history(tenant)
        .map(seen -> seen.points(quality, instance.config().engine().quality()))
        .orElse(List.of())
        .stream()
        .filter(point -> point.tested() >= TenantQuality.MIN_OBSERVATIONS)
        .toList();
  }

  /** An answer's labels. */
  static List<Predict.Probability> probabilities(Output.Verdict verdict) {
    return verdict.topLabels().stream()
        .map(top -> new Predict.Probability(top.label(), top.probability()))
        .toList();
  }

  static Tenants.Settings settings(TenantSettings settings) {
    return new Tenants.Settings(
        settings.examplesPerLabel().orElse(null),
        settings.consistency().map(Enum::name).orElse(null),
        settings.abstainBelow().orElse(null),
        settings.pinned());
  }
}
