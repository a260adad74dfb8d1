package dev.hyperflow.topology.internal;

import dev.hyperflow.engine.internal.AdaptationModel;
import dev.hyperflow.topology.internal.metrics.ApplicationMeters;
import dev.hyperflow.topology.internal.metrics.EngineObserver;
import dev.hyperflow.topology.internal.tracing.RecordTracing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who is told what an application does. Of one application: its meters look into it.
 *
 * @param meters the application's meters, if it has any
 * @param observers who else is told what the engines do
 * @param tracing the spans of records and batches
 */
public record Telemetry(
    Optional<ApplicationMeters> meters, List<EngineObserver> observers, RecordTracing tracing) {

  public Telemetry {
    observers = List.copyOf(observers);
  }

  /** Nobody is told. */
  public static Telemetry none() {
    return new Telemetry(Optional.empty(), List.of(), RecordTracing.off());
  }

  /** Meters alone. */
  public static Telemetry of(ApplicationMeters meters) {
    return new Telemetry(Optional.of(meters), List.of(), RecordTracing.off());
  }

  /** The same, with one more observer. */
  public Telemetry with(EngineObserver observer) {
    return new Telemetry(
        meters, Stream.concat(observers.stream(), Stream.of(observer)).toList(), tracing);
  }

  /** All observers as one. */
  EngineObserver observer() {
    List<EngineObserver> all = new ArrayList<>();
    meters.map(ApplicationMeters::observer).ifPresent(all::add);
    all.addAll(observers);
    return all.isEmpty() ? EngineObserver.NONE : EngineObserver.all(all);
  }

  /** A model as the application is to use it. */
  public AdaptationModel watched(AdaptationModel model) {
    return tracing.traced(meters.map(present -> present.metered(model)).orElse(model));
  }
}
