package dev.hyperflow.topology.internal.decode;

import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.topology.internal.state.InboxEntry;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Decodes again the records that waited in the inbox when their task stopped. Used by one thread,
 * for one restart.
 */
public final class InboxDecoder implements AutoCloseable {
  private final Map<String, EventDecoder<?>> decoders;

  /**
   * A decoder of both input topics.
   *
   * @param supportTopic name of the topic of support events
   * @param queriesTopic name of the topic of queries
   * @param deserializer gives a configured deserializer; closed with this
   */
  public InboxDecoder(
      String supportTopic, String queriesTopic, Supplier<Deserializer<?>> deserializer) {
    this.decoders =
        Map.of(
            supportTopic, new SupportDecoder(deserializer.get()),
            queriesTopic, new QueryDecoder(deserializer.get()));
  }

  /** Decodes one record. */
  public Decoded decode(InboxEntry entry) {
    EventDecoder<?> decoder = decoders.get(entry.source().topic());
    return decoder == null
        ? Fields.refuse(
            Reason.UNDECODABLE,
            "topic: expected one of %s, found %s in the inbox",
            decoders.keySet(),
            entry.source().topic())
        : decoder.decode(entry.source(), entry.headers());
  }

  @Override
  public void close() {
    decoders.values().forEach(EventDecoder::close);
  }
}
