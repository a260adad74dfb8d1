package dev.hyperflow.topology.internal.decode;

import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.events.QueryEvent;
import dev.hyperflow.topology.internal.state.InboxEntry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** Decodes records that waited, in the inbox or for the registry. Used by one thread. */
public final class InboxDecoder implements AutoCloseable {
  private final Map<String, RecordDecoder> byTopic;
  private final EventDecoder<?> support;
  private final EventDecoder<?> queries;
  private final Optional<Deserializer<?>> byType;

  /**
   * A decoder of all input topics.
   *
   * @param supportTopic name of the topic of support events
   * @param queriesTopic name of the topic of queries
   * @param deserializer gives a configured deserializer; closed with this
   * @param mapped decoders of further topics, by topic; closed with this
   */
  public InboxDecoder(
      String supportTopic,
      String queriesTopic,
      Supplier<Deserializer<?>> deserializer,
      Map<String, RecordDecoder> mapped) {
    this.support = new SupportDecoder(deserializer.get());
    this.queries = new QueryDecoder(deserializer.get());
    Map<String, RecordDecoder> all = new HashMap<>(mapped);
    all.put(supportTopic, support);
    all.put(queriesTopic, queries);
    this.byTopic = Map.copyOf(all);
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
    return decoder(entry)
        .map(decoder -> decoder.decode(entry.source(), entry.headers()))
        .orElseGet(
            () ->
                Fields.refuse(
                    Reason.UNDECODABLE,
                    "topic: expected one of %s, found %s in the inbox",
                    byTopic.keySet(),
                    entry.source().topic()));
  }

  /** The key of what comes of one record, if its tenant is known. */
  public Optional<byte[]> key(InboxEntry entry) {
    return decoder(entry)
        .map(decoder -> decoder.key(entry.source(), entry.headers()))
        .orElseGet(() -> Optional.ofNullable(entry.source().key()));
  }

  private Optional<RecordDecoder> decoder(InboxEntry entry) {
    return byType
        .map(deserializer -> isQuery(deserializer, entry) ? queries : support)
        .<RecordDecoder>map(RecordDecoder.class::cast)
        .or(() -> Optional.ofNullable(byTopic.get(entry.source().topic())));
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
    byTopic.values().forEach(RecordDecoder::close);
    byType.ifPresent(
        deserializer -> {
          support.close();
          queries.close();
          deserializer.close();
        });
  }
}
