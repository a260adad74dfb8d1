package dev.hyperflow.topology.internal.decode;

import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.events.QueryEvent;
import dev.hyperflow.topology.internal.state.InboxEntry;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** Decodes records that waited, in the inbox or for the registry. Used by one thread. */
public final class InboxDecoder implements AutoCloseable {
  private final Map<String, EventDecoder<?>> byTopic;
  private final EventDecoder<?> support;
  private final EventDecoder<?> queries;
  private final Optional<Deserializer<?>> byType;

  /**
   * A decoder of both input topics.
   *
   * @param supportTopic name of the topic of support events
   * @param queriesTopic name of the topic of queries
   * @param deserializer gives a configured deserializer; closed with this
   */
  public InboxDecoder(
      String supportTopic, String queriesTopic, Supplier<Deserializer<?>> deserializer) {
    this.support = new SupportDecoder(deserializer.get());
    this.queries = new QueryDecoder(deserializer.get());
    this.byTopic = Map.of(supportTopic, support, queriesTopic, queries);
    this.byType = Optional.empty();
  }

  private InboxDecoder(Supplier<Deserializer<?>> deserializer) {
    this.support = new SupportDecoder(deserializer.get());
    this.queries = new QueryDecoder(deserializer.get());
    this.byTopic = Map.of();
    this.byType = Optional.of(deserializer.get());
  }

  /**
   * A decoder of events from anywhere, even of both kinds from one topic.
   *
   * @param deserializer gives a configured deserializer; closed with this
   */
  public static InboxDecoder ofAnyTopic(Supplier<Deserializer<?>> deserializer) {
    return new InboxDecoder(deserializer);
  }

  /** Decodes one record. */
  public Decoded decode(InboxEntry entry) {
    EventDecoder<?> decoder =
        byType
            .<EventDecoder<?>>map(deserializer -> isQuery(deserializer, entry) ? queries : support)
            .orElseGet(() -> byTopic.get(entry.source().topic()));
    return decoder == null
        ? Fields.refuse(
            Reason.UNDECODABLE,
            "topic: expected one of %s, found %s in the inbox",
            byTopic.keySet(),
            entry.source().topic())
        : decoder.decode(entry.source(), entry.headers());
  }

  /** A tombstone is a support event: without a value, a query never gets into the inbox. */
  private static boolean isQuery(Deserializer<?> deserializer, InboxEntry entry) {
    try {
      return deserializer.deserialize(
              entry.source().topic(), entry.headers(), entry.source().value())
          instanceof QueryEvent;
    } catch (SerializationException e) {
      return false; // the decoder says why
    }
  }

  @Override
  public void close() {
    support.close();
    queries.close();
    byType.ifPresent(Deserializer::close);
  }
}
