package dev.hyperflow.topology.internal.metrics;

import dev.hyperflow.engine.internal.AdaptationModel;
import dev.hyperflow.engine.internal.encode.CachingEncoder;
import dev.hyperflow.models.internal.DeviceState;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.topology.internal.observe.EngineObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * The meters of an application, the door of this package: what engines do is counted as it happens,
 * everything else is looked up. Thread-safe.
 */
public final class ApplicationMeters {
  private final Meters meters;
  private final Counter cachedTexts;
  private final TenantMeters tenants;
  private final EngineMeters engine;
  private Runnable refreshApplication = () -> {};

  /**
   * What is looked up of a running application.
   *
   * @param kafka the metrics of its streams
   * @param running whether the streams run
   * @param servingBundle the bundle that serves, or is to
   * @param openBundles how many bundles are loaded
   * @param device where the models run
   * @param memory what is bounded
   */
  public record Sources(
      Supplier<Map<MetricName, ? extends Metric>> kafka,
      BooleanSupplier running,
      Supplier<String> servingBundle,
      LongSupplier openBundles,
      Supplier<Optional<DeviceState>> device,
      Memory memory) {}

  /**
   * Memory that is bounded.
   *
   * @param stateUsed bytes that state stores hold of what they share
   * @param stateCapacity the bound of that, bytes
   * @param headsCapacity the bound of heads on the heap, bytes
   */
  public record Memory(LongSupplier stateUsed, LongSupplier stateCapacity, long headsCapacity) {}

  /**
   * Meters in a registry.
   *
   * @param shownTenants of how many tenants, the busiest, there are figures; 0 for none
   */
  public ApplicationMeters(MeterRegistry registry, int shownTenants) {
    this.meters = new Meters(registry);
    this.cachedTexts = meters.counter(MeterCatalogue.ENCODE_CACHED_TEXTS);
    this.tenants = new TenantMeters(meters, shownTenants);
    this.engine = new EngineMeters(meters, tenants);
  }

  /** To be told what the engines do. */
  public EngineObserver observer() {
    return engine;
  }

  /** The model, with its calls timed; the caller owns what it had. */
  public AdaptationModel metered(AdaptationModel model) {
    return new AdaptationModel(
        model.bundleId(),
        model.encoder().map(this::metered),
        model.dimension(),
        new MeteredIntegrator(model.integrator(), meters),
        model.calibration());
  }

  /** A later bundle is used with the encoder of the first, which is timed already. */
  private Encoder metered(Encoder encoder) {
    return encoder instanceof MeteredEncoder || encoder instanceof CachingEncoder
        ? encoder
        : new MeteredEncoder(encoder, meters);
  }

  /** Some texts did not have to be encoded again. */
  public void encodedBefore(int texts) {
    cachedTexts.increment(texts);
  }

  /** Adds what is looked up; once, when the application has started. */
  public synchronized void bind(Sources sources) {
    KafkaMeters kafka = new KafkaMeters(meters, sources.kafka());
    new DeviceMeters(meters, sources.device());
    meters.gauge(MeterCatalogue.RUNNING, () -> sources.running().getAsBoolean() ? 1 : 0);
    meters.gauge(MeterCatalogue.BUNDLES_OPEN, () -> sources.openBundles().getAsLong());
    Memory memory = sources.memory();
    meters.gauge(MeterCatalogue.STATE_MEMORY_USED, () -> memory.stateUsed().getAsLong());
    meters.gauge(MeterCatalogue.STATE_MEMORY_CAPACITY, () -> memory.stateCapacity().getAsLong());
    meters.gauge(MeterCatalogue.HEAP_CACHE_CAPACITY, () -> memory.headsCapacity());
    MultiGauge bundle = meters.gauges(MeterCatalogue.BUNDLE);
    refreshApplication =
        () -> {
          kafka.refresh();
          bundle.register(
              List.of(Row.of(Tags.of("bundle", sources.servingBundle().get()), 1)), true);
        };
  }

  /** Brings up to date what is not counted as it happens. To be called before a scrape. */
  public synchronized void refresh() {
    refreshApplication.run();
    tenants.refresh();
  }
}
