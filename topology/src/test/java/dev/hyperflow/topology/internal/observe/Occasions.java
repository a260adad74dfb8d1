package dev.hyperflow.topology.internal.observe;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.topology.internal.observe.EngineObserver.Occasion;
import dev.hyperflow.topology.internal.source.PendingEvent;
import dev.hyperflow.topology.internal.source.SourceRecord;
import java.util.List;
import java.util.stream.IntStream;

/** Records, events and occasions for tests of observers. */
public final class Occasions {
  private static final Payload SOME = new Payload.Features(FeatureVector.of(new float[] {1}));

  private Occasions() {}

  /** An event of a record with this timestamp. */
  public static Occasion of(Event event, long recordMillis, long nowMillis) {
    return Occasion.of(new PendingEvent(event, record("support", 0, recordMillis)), nowMillis);
  }

  public static SourceRecord record(String topic, long offset, long timestampMillis) {
    return new SourceRecord(topic, 0, offset, timestampMillis, null, null);
  }

  /** So many records of the queries topic. */
  public static List<SourceRecord> records(int count) {
    return IntStream.range(0, count).mapToObj(i -> record("queries", i, 0)).toList();
  }

  public static Event add(String tenant, long timestampMillis) {
    return new Event.Add(tenant, timestampMillis, "e1", "red", ExampleTerms.ORDINARY, SOME);
  }

  public static Event query(String tenant, long timestampMillis) {
    return new Event.Query(tenant, timestampMillis, "q", SOME);
  }
}
