package dev.hyperflow.topology.internal;

import dev.hyperflow.engine.internal.AdaptationModel;
import dev.hyperflow.models.internal.bundle.Bundle;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.emit.RecordLimits;
import dev.hyperflow.topology.internal.rollout.BundleRollout;
import java.lang.ref.Cleaner;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.config.ConfigException;

/**
 * The bundle of an embedded graph. Closed by hand, or after nothing uses {@link #rollout()} any
 * more. Thread-safe.
 */
public final class EmbeddedBundle implements AutoCloseable {
  // The DSL gives no object back that could be closed. So the bundle is closed when its rollout,
  // which suppliers and processors of the topology refer to, is unreachable.

  private static final Cleaner CLEANER = Cleaner.create();

  private final BundleRollout rollout;
  private final Cleaner.Cleanable closing;

  private EmbeddedBundle(Bundle bundle) {
    this.rollout = BundleRollout.fixed(AdaptationModel.of(bundle));
    this.closing = CLEANER.register(rollout, bundle::close);
  }

  /**
   * Opens the configured bundle.
   *
   * @throws ConfigException if bundles are to change while the application runs, or topics are
   *     mapped
   * @throws dev.hyperflow.models.BundleException if the bundle cannot be used
   */
  public static EmbeddedBundle open(ApplicationConfig config) {
    config
        .topics()
        .bundles()
        .ifPresent(
            topic -> {
              throw new ConfigException(
                  "topics.bundles: expected none in an embedded topology, found '%s'; restart with"
                          .formatted(topic)
                      + " another bundle, or use HyperFlowApplication");
            });
    config.sources().stream()
        .findFirst()
        .ifPresent(
            source -> {
              throw new ConfigException(
                  "source.%s.topic: expected none in an embedded topology, found '%s'; map its stream"
                          .formatted(source.name(), source.topic())
                      + " with your own code, or use HyperFlowApplication");
            });
    return new EmbeddedBundle(
        new FittingBundles(config, RecordLimits.USUAL, UnaryOperator.identity(), any -> {})
            .load(config.bundle(), true));
  }

  /** The bundle's model, for good. */
  public BundleRollout rollout() {
    return rollout;
  }

  /** The id of the bundle: its name and the beginning of its hash. */
  public String id() {
    return rollout.servingId();
  }

  @Override
  public void close() {
    closing.clean();
  }
}
