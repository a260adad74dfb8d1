package dev.hyperflow.topology.internal;

import dev.hyperflow.events.Prediction;
import dev.hyperflow.events.QueryEvent;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.config.Topics;
import dev.hyperflow.topology.internal.config.ValueSerdes;
import dev.hyperflow.topology.internal.decode.DecodeProcessor;
import dev.hyperflow.topology.internal.decode.InboxDecoder;
import dev.hyperflow.topology.internal.decode.PartitionCheck;
import dev.hyperflow.topology.internal.decode.TypedDecodeProcessor;
import dev.hyperflow.topology.internal.emit.RecordLimits;
import dev.hyperflow.topology.internal.observe.EngineObserver;
import dev.hyperflow.topology.internal.rollout.BundleRollout;
import dev.hyperflow.topology.internal.source.PendingEvent;
import dev.hyperflow.topology.internal.state.NamePrefix;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

/**
 * Draws the graph of {@link HyperFlowTopology} with the DSL, between streams of somebody else.
 *
 * <pre>
 * labels  ─► decode-support ─┐                    ┌─► predictions ─►
 *                            ├─► events ─► engine ┼─► adapted-heads, tenant-quality (topics)
 * queries ─► decode-queries ─┘                    └─► dead-letters ─► dead-letters-topic
 * </pre>
 *
 * Decoders send what they refuse to {@code refused}, which joins {@code dead-letters}.
 */
public final class PersonalizedStream {
  // The processors forward to a child by its name. The DSL gives each operation's node the name
  // that it was told, so the nodes below a processor are found by the names of the plain topology.

  private static final String EVENTS = "events";
  private static final String REFUSED = "refused";
  private static final String DEAD_LETTERS_TOPIC = "dead-letters-topic";

  private final ApplicationConfig config;
  private final NamePrefix prefix;
  private final ValueSerdes serdes;
  private final Topics topics;

  private PersonalizedStream(ApplicationConfig config, NamePrefix prefix) {
    this.config = config;
    this.prefix = prefix;
    this.serdes = config.valueSerdes();
    this.topics = config.topics();
  }

  /**
   * Draws it.
   *
   * @param prefix stands before the names of all nodes and stores
   * @param rollout the model, which must stay usable while the topology runs
   * @return the predictions, under their tenants
   */
  public static KStream<String, Prediction> of(
      KStream<String, SupportEvent> labels,
      KStream<String, QueryEvent> queries,
      ApplicationConfig config,
      NamePrefix prefix,
      BundleRollout rollout) {
    return new PersonalizedStream(config, prefix).draw(labels, queries, rollout);
  }

  private KStream<String, Prediction> draw(
      KStream<String, SupportEvent> labels,
      KStream<String, QueryEvent> queries,
      BundleRollout rollout) {
    Outputs made = Outputs.of(config, RecordLimits.USUAL);
    DecodeProcessor.Wiring decoding =
        new DecodeProcessor.Wiring(
            name(EVENTS),
            name(REFUSED),
            made.deadLetters(),
            EngineObserver.NONE,
            PartitionCheck.NONE);
    KStream<byte[], Object> support =
        labels.process(
            TypedDecodeProcessor.supplier(
                serdes::serializer,
                topics.support(),
                decoding,
                DecodeProcessor.ofSupport(serdes::quickDeserializer, decoding)),
            named(HyperFlowTopology.DECODE_SUPPORT));
    KStream<byte[], Object> asked =
        queries.process(
            TypedDecodeProcessor.supplier(
                serdes::serializer,
                topics.queries(),
                decoding,
                DecodeProcessor.ofQueries(serdes::quickDeserializer, decoding)),
            named(HyperFlowTopology.DECODE_QUERIES));
    KStream<byte[], Object> outputs =
        events(support.merge(asked, named(EVENTS)))
            .process(
                EngineProcessor.supplier(
                    HyperFlowTopology.engine(
                        config,
                        prefix,
                        rollout,
                        made,
                        () -> InboxDecoder.ofAnyTopic(serdes::deserializer),
                        EngineObserver.NONE,
                        HyperFlowTopology.budgets(config))),
                named(HyperFlowTopology.ENGINE));
    outputs
        .merge(support.merge(asked, named(REFUSED)), named(HyperFlowTopology.DEAD_LETTERS))
        .to(topics.deadLetters(), produced(DEAD_LETTERS_TOPIC));
    topics.heads().ifPresent(topic -> outputs.to(topic, produced(HyperFlowTopology.HEADS)));
    topics.quality().ifPresent(topic -> outputs.to(topic, produced(HyperFlowTopology.QUALITY)));
    return outputs.process(PredictionProcessor::new, named(HyperFlowTopology.PREDICTIONS));
  }

  @SuppressWarnings("unchecked") // The decoders send nothing else to this node.
  private static KStream<byte[], PendingEvent> events(KStream<byte[], Object> decoded) {
    return (KStream<byte[], PendingEvent>) (KStream<?, ?>) decoded;
  }

  @SuppressWarnings("unchecked") // A sink never reads.
  private Produced<byte[], Object> produced(String plain) {
    Serde<Object> values =
        Serdes.serdeFrom(serdes.serializer(), (Deserializer<Object>) serdes.deserializer());
    return Produced.<byte[], Object>as(name(plain))
        .withKeySerde(Serdes.ByteArray())
        .withValueSerde(values);
  }

  private Named named(String plain) {
    return Named.as(name(plain));
  }

  private String name(String plain) {
    return prefix.name(plain);
  }
}
