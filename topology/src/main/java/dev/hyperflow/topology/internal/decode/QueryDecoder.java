package dev.hyperflow.topology.internal.decode;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.events.QueryEvent;
import java.util.Optional;
import org.apache.kafka.common.serialization.Deserializer;

/** Decodes queries. */
final class QueryDecoder extends EventDecoder<QueryEvent> {

  QueryDecoder(Deserializer<?> deserializer) {
    super(QueryEvent.class, deserializer);
  }

  @Override
  Decoded tombstone(String tenant, long timestampMillis) {
    return Fields.refuse(Reason.NULL_VALUE, "value: expected a QueryEvent, found null");
  }

  @Override
  Decoded event(String tenant, long timestampMillis, QueryEvent value) {
    return Fields.payload(
        value.getPayload(),
        Optional.empty(),
        payload ->
            Fields.accept(new Event.Query(tenant, timestampMillis, value.getQueryId(), payload)));
  }
}
