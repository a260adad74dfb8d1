package dev.hyperflow.topology.internal;

import dev.hyperflow.engine.internal.AdaptationModel;
import dev.hyperflow.engine.internal.heap.HeapBudget;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.config.Topics;
import dev.hyperflow.topology.internal.config.ValueSerdes;
import dev.hyperflow.topology.internal.decode.DecodeProcessor;
import dev.hyperflow.topology.internal.decode.EventTimeExtractor;
import dev.hyperflow.topology.internal.decode.InboxDecoder;
import dev.hyperflow.topology.internal.observe.EngineObserver;
import dev.hyperflow.topology.internal.rollout.BundleRollout;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;

/**
 * Draws the graph. Every node is named; names are part of changelog topic names and of metrics.
 *
 * <pre>
 * support ─► decode-support ─┐            ┌─► predictions
 *                            ├─► engine ──┼─► heads, quality (when configured)
 * queries ─► decode-queries ─┘            └─► dead-letters ◄─ both decoders
 * </pre>
 */
public final class HyperFlowTopology {
  static final String SUPPORT = "support";
  static final String QUERIES = "queries";
  static final String DECODE_SUPPORT = "decode-support";
  static final String DECODE_QUERIES = "decode-queries";
  static final String ENGINE = "engine";
  static final String PREDICTIONS = "predictions";
  static final String HEADS = "adapted-heads";
  static final String QUALITY = "tenant-quality";
  static final String DEAD_LETTERS = "dead-letters";

  private HyperFlowTopology() {}

  /**
   * The topology of a configuration, with one model for good.
   *
   * @param config names the topics, limits and serdes
   * @param model the loaded bundle's parts; must stay usable while the topology runs
   */
  public static Topology build(ApplicationConfig config, AdaptationModel model) {
    return build(config, BundleRollout.fixed(model), Telemetry.none());
  }

  /** Nodes, topics and stores of a configuration's topology, without a model. */
  public static TopologyDescription describe(ApplicationConfig config) {
    AdaptationModel none =
        new AdaptationModel("none", Optional.empty(), OptionalInt.empty(), null, null);
    return build(config, none).describe();
  }

  /**
   * The topology of a configuration, with a model that may change while it runs.
   *
   * @param config names the topics, limits and serdes
   * @param rollout the models; to be closed after the topology
   * @param telemetry is told what the engines do
   */
  public static Topology build(
      ApplicationConfig config, BundleRollout rollout, Telemetry telemetry) {
    EngineObserver observer = telemetry.with(rollout.figures()).observer();
    Topics topics = config.topics();
    ValueSerdes serdes = config.valueSerdes();
    ByteArrayDeserializer raw = new ByteArrayDeserializer();
    ByteArraySerializer key = new ByteArraySerializer();
    AutoOffsetReset earliest = AutoOffsetReset.earliest();
    EventTimeExtractor time = new EventTimeExtractor();
    EngineProcessor.Wiring wiring =
        new EngineProcessor.Wiring(
            config.engine(),
            rollout,
            config.batching(),
            () -> new InboxDecoder(topics.support(), topics.queries(), serdes::deserializer),
            new HeapBudget(config.headsCacheBytes()),
            config.backgroundTickMillis(),
            new EngineProcessor.Publishes(topics.heads().isPresent(), topics.quality().isPresent()),
            observer);
    DecodeProcessor.Wiring decoding = new DecodeProcessor.Wiring(ENGINE, DEAD_LETTERS, observer);

    Topology topology = new Topology();
    topology.addSource(earliest, SUPPORT, time, raw, raw, topics.support());
    topology.addSource(earliest, QUERIES, time, raw, raw, topics.queries());
    topology.addProcessor(
        DECODE_SUPPORT, DecodeProcessor.ofSupport(serdes::deserializer, decoding), SUPPORT);
    topology.addProcessor(
        DECODE_QUERIES, DecodeProcessor.ofQueries(serdes::deserializer, decoding), QUERIES);
    topology.addProcessor(ENGINE, EngineProcessor.supplier(wiring), DECODE_SUPPORT, DECODE_QUERIES);
    topology.addSink(PREDICTIONS, topics.predictions(), key, serdes.serializer(), ENGINE);
    topics
        .heads()
        .ifPresent(heads -> topology.addSink(HEADS, heads, key, serdes.serializer(), ENGINE));
    topics
        .quality()
        .ifPresent(quality -> topology.addSink(QUALITY, quality, key, serdes.serializer(), ENGINE));
    topology.addSink(
        DEAD_LETTERS,
        topics.deadLetters(),
        key,
        serdes.serializer(),
        ENGINE,
        DECODE_SUPPORT,
        DECODE_QUERIES);
    return topology;
  }
}
