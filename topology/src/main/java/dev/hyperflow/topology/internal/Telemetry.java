package dev.hyperflow.topology.internal;

import dev.hyperflow.engine.internal.AdaptationModel;
import dev.hyperflow.topology.internal.metrics.ApplicationMeters;
import dev.hyperflow.topology.internal.observe.EngineObserver;
import dev.hyperflow.topology.internal.tracing.RecordTracing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who observes an application. Belongs to one application: its meters read that application.
 *
 * @param meters the application's meters, if it has any
 * @param tracing the spans of records and batches, if they are traced
 * @param others further observers
 */
public record Telemetry(
    Optional<ApplicationMeters> meters,
    Optional<RecordTracing> tracing,
    List<EngineObserver> others) {

  public Telemetry {
    others = List.copyOf(others);
  }

  /** Meters and spans, where there are any. */
  public Telemetry(Optional<ApplicationMeters> meters, Optional<RecordTracing> tracing) {
    this(meters, tracing, List.of());
  }

  /** Nobody observes. */
  public static Telemetry none() {
    return new Telemetry(Optional.empty(), Optional.empty());
  }

  /** Meters alone. */
  public static Telemetry of(ApplicationMeters meters) {
    return new Telemetry(Optional.of(meters), Optional.empty());
  }

  /** The same, with one more observer. */
  public Telemetry with(EngineObserver observer) {
    return new Telemetry(
        meters, tracing, Stream.concat(others.stream(), Stream.of(observer)).toList());
  }

  /** All of them as one. Spans begin last and end first, so no time of others is in them. */
  EngineObserver observer() {
    List<EngineObserver> all = new ArrayList<>();
    meters.map(ApplicationMeters::observer).ifPresent(all::add);
    all.addAll(others);
    tracing.ifPresent(all::add);
    return EngineObserver.all(all);
  }

  /** Some texts did not have to be encoded again. */
  void encodedBefore(int texts) {
    meters.ifPresent(present -> present.encodedBefore(texts));
  }

  /** The model with its calls timed and traced; the caller owns what it had. */
  public AdaptationModel watched(AdaptationModel model) {
    AdaptationModel metered = meters.map(present -> present.metered(model)).orElse(model);
    return tracing.map(present -> present.traced(metered)).orElse(metered);
  }
}
