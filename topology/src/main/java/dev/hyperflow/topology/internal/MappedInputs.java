package dev.hyperflow.topology.internal;

import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.decode.DecodeProcessor;
import dev.hyperflow.topology.internal.decode.EventTimeExtractor;
import dev.hyperflow.topology.internal.decode.MappedDecoder;
import dev.hyperflow.topology.internal.decode.PartitionCheck;
import dev.hyperflow.topology.internal.decode.RecordDecoder;
import dev.hyperflow.topology.internal.decode.RepartitionProcessor;
import dev.hyperflow.topology.internal.emit.DeadLetters;
import dev.hyperflow.topology.internal.mapping.SourceMapping;
import dev.hyperflow.topology.internal.observe.EngineObserver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;

/**
 * Draws the ways in of the topics of somebody else.
 *
 * <pre>
 * topic ─► source-NAME ─► map-NAME ─► (repartition topic) ─► decode-NAME ─► engine
 *                            └─► refused-NAME                    └─► dead-letters
 * </pre>
 *
 * Where the key is the tenant, {@code decode-NAME} reads {@code source-NAME} itself.
 */
final class MappedInputs {
  // A topology of processors has no repartition topics, so these come from the DSL, which names
  // their nodes. Sub-topologies are numbered in the order of their first nodes, and local state has
  // their number in its path. So the DSL begins with the engine's own labels, and the engine stays
  // in sub-topology 0. Nodes with a common sink are one sub-topology, which has as many tasks as
  // its
  // largest topic has partitions. So what stands before a repartition topic has a sink of its own
  // for dead letters.

  private static final String SOURCE = "source";
  private static final String MAP = "map";
  private static final String REFUSED = "refused";
  private static final String DECODE = "decode";
  private static final String FILTER_SUFFIX = "-repartition-filter";
  private static final String SOURCE_SUFFIX = "-repartition-source";

  private final ApplicationConfig config;
  private final EngineObserver observer;
  private final DeadLetters letters;
  private final List<SourceMapping> sources;

  MappedInputs(ApplicationConfig config, EngineObserver observer, DeadLetters letters) {
    this.config = config;
    this.observer = observer;
    this.letters = letters;
    this.sources = config.sources();
  }

  /** Whether {@link #repartitioning} reads the engine's own labels. */
  boolean areRepartitioned() {
    return sources.stream().anyMatch(SourceMapping::isRepartitioned);
  }

  /**
   * A topology with what stands before the repartition topics, if there are any, and the source of
   * the engine's own labels before it.
   *
   * @param labels name of that source
   * @param partitions of the repartition topics; empty: as many as their topics have
   */
  Topology repartitioning(String labels, OptionalInt partitions) {
    List<SourceMapping> through = sources.stream().filter(SourceMapping::isRepartitioned).toList();
    if (through.isEmpty()) {
      return new Topology();
    }
    StreamsBuilder builder = new StreamsBuilder();
    KStream<byte[], byte[]> unused = builder.stream(config.topics().support(), consumed(labels));
    through.forEach(source -> add(builder, source, partitions));
    return builder.build();
  }

  private void add(StreamsBuilder builder, SourceMapping source, OptionalInt partitions) {
    KStream<byte[], byte[]> mapped =
        bytes(
            builder.stream(source.topic(), consumed(source.node(SOURCE)))
                .process(
                    RepartitionProcessor.supplier(
                        () -> decoder(source),
                        new DecodeProcessor.Wiring(
                            source.name() + FILTER_SUFFIX,
                            source.node(REFUSED),
                            letters,
                            observer,
                            PartitionCheck.NONE)),
                    Named.as(source.node(MAP))));
    Repartitioned<byte[], byte[]> topic =
        Repartitioned.<byte[], byte[]>as(source.name())
            .withKeySerde(Serdes.ByteArray())
            .withValueSerde(Serdes.ByteArray());
    KStream<byte[], byte[]> unused =
        mapped.repartition(
            partitions.isPresent() ? topic.withNumberOfPartitions(partitions.getAsInt()) : topic);
  }

  private static Consumed<byte[], byte[]> consumed(String node) {
    return Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
        .withName(node)
        .withTimestampExtractor(new EventTimeExtractor())
        .withOffsetResetPolicy(AutoOffsetReset.earliest());
  }

  @SuppressWarnings("unchecked") // Dead letters go to another child.
  private static KStream<byte[], byte[]> bytes(KStream<byte[], Object> mapped) {
    return (KStream<byte[], byte[]>) (KStream<?, ?>) mapped;
  }

  private RecordDecoder decoder(SourceMapping source) {
    return new MappedDecoder(source, config.serdeSettings());
  }

  /** Decoders of all topics, by topic; to be closed. */
  Map<String, RecordDecoder> decoders() {
    Map<String, RecordDecoder> decoders = new HashMap<>();
    sources.forEach(source -> decoders.put(source.topic(), decoder(source)));
    return decoders;
  }

  /** Adds the processors that hand events to the engine. */
  void addDecoders(Topology topology, DecodeProcessor.Wiring decoding) {
    ByteArrayDeserializer raw = new ByteArrayDeserializer();
    for (SourceMapping source : sources) {
      boolean through = source.isRepartitioned();
      if (through) {
        topology.addSink(
            source.node(REFUSED),
            config.topics().deadLetters(),
            new ByteArraySerializer(),
            config.serializer(),
            source.node(MAP));
      } else {
        topology.addSource(
            AutoOffsetReset.earliest(),
            source.node(SOURCE),
            new EventTimeExtractor(),
            raw,
            raw,
            source.topic());
      }
      topology.addProcessor(
          source.node(DECODE),
          DecodeProcessor.ofMapped(() -> decoder(source), through, decoding),
          through ? source.name() + SOURCE_SUFFIX : source.node(SOURCE));
    }
  }

  /** The nodes that hand events to the engine. */
  List<String> decoderNodes() {
    return sources.stream().map(source -> source.node(DECODE)).toList();
  }
}
