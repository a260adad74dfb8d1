package dev.hyperflow.server.metrics;

import dev.hyperflow.models.internal.ProcessMemory;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.metrics.ApplicationMeters;
import dev.hyperflow.topology.internal.metrics.MeterCatalogue;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.OptionalLong;

/**
 * All meters of this process, to be read by Prometheus. Of one application. Thread-safe.
 *
 * <p>Nothing is on it that is not in the {@link MeterCatalogue}, whatever else binders offer.
 */
public final class MetricsPage implements AutoCloseable {
  /** What {@link #scrape()} gives. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry;
  private final ApplicationMeters meters;
  private final JvmGcMetrics collections;

  /** A page; every sample says which application it is of. */
  public MetricsPage(ApplicationConfig config) {
    registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry
        .config()
        .commonTags("application", config.applicationId())
        .meterFilter(MeterFilter.denyUnless(id -> MeterCatalogue.of(id.getName()).isPresent()));
    meters = new ApplicationMeters(registry, config.metricsTenants());
    collections = new JvmGcMetrics();
    bindProcess();
  }

  private void bindProcess() {
    collections.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    Gauge.builder(
            MeterCatalogue.PROCESS_RESIDENT.meterName(),
            ProcessMemory.ofThisProcess(),
            MetricsPage::residentBytes)
        .description(MeterCatalogue.PROCESS_RESIDENT.meaning())
        .baseUnit(MeterCatalogue.PROCESS_RESIDENT.unit())
        .strongReference(true)
        .register(registry);
  }

  /** What the application is to be started with. */
  public ApplicationMeters meters() {
    return meters;
  }

  /** The meters as they are now, in Prometheus' text format. */
  public String scrape() {
    meters.refresh();
    return registry.scrape(CONTENT_TYPE);
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }

  /** Not a number where the system does not tell it. */
  private static double residentBytes(ProcessMemory memory) {
    OptionalLong bytes = memory.residentBytes();
    return bytes.isPresent() ? bytes.getAsLong() : Double.NaN;
  }
}
