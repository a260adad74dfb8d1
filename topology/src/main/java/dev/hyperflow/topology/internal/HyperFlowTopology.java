package dev.hyperflow.topology.internal;

import dev.hyperflow.engine.internal.AdaptationModel;
import dev.hyperflow.engine.internal.heap.HeapBudget;
import dev.hyperflow.topology.internal.batch.WorkBudgets;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.config.Topics;
import dev.hyperflow.topology.internal.config.ValueSerdes;
import dev.hyperflow.topology.internal.decode.DecodeProcessor;
import dev.hyperflow.topology.internal.decode.EventTimeExtractor;
import dev.hyperflow.topology.internal.decode.InboxDecoder;
import dev.hyperflow.topology.internal.decode.PartitionCheck;
import dev.hyperflow.topology.internal.emit.RecordLimits;
import dev.hyperflow.topology.internal.observe.EngineObserver;
import dev.hyperflow.topology.internal.rollout.BundleRollout;
import dev.hyperflow.topology.internal.state.NamePrefix;
import dev.hyperflow.topology.internal.state.TornMemoryRepair;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Time;
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
 *
 * {@link MappedInputs} adds the topics of somebody else.
 */
public final class HyperFlowTopology {
  static final String SUPPORT = "support";
  static final String QUERIES = "queries";
  static final String DECODE_SUPPORT = "decode-support";
  static final String DECODE_QUERIES = "decode-queries";
  public static final String ENGINE = "engine";
  public static final String PREDICTIONS = "predictions";
  static final String PREDICTIONS_TOPIC = "predictions-topic";
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
    return build(config, rollout, telemetry, OptionalInt.empty());
  }

  /**
   * The topology of a configuration, as above.
   *
   * @param partitions of each input topic; empty when that is not known, and not checked then
   */
  public static Topology build(
      ApplicationConfig config,
      BundleRollout rollout,
      Telemetry telemetry,
      OptionalInt partitions) {
    return build(config, rollout, telemetry, partitions, RecordLimits.USUAL, budgets(config));
  }

  /** The same, with the limits of its topics and the budgets of its stream threads. */
  static Topology build(
      ApplicationConfig config,
      BundleRollout rollout,
      Telemetry telemetry,
      OptionalInt partitions,
      RecordLimits limits,
      WorkBudgets budgets) {
    EngineObserver observer = telemetry.observer();
    Outputs outputs = Outputs.of(config, limits);
    MappedInputs mapped = new MappedInputs(config, observer, outputs.deadLetters());
    Topology topology = mapped.repartitioning(SUPPORT, partitions);
    Parts parts =
        new Parts(
            config,
            NamePrefix.NONE,
            observer,
            new PartitionCheck(partitions, config.foreignPartition()),
            outputs,
            budgets,
            mapped);
    parts.addInputs(topology);
    parts.addEngine(topology, rollout);
    parts.addPredictions(topology, PREDICTIONS, new ByteArraySerializer(), ENGINE);
    parts.addOtherOutputs(topology);
    return topology;
  }

  /**
   * Adds the same graph to somebody else's topology. A processor stands before the predictions'
   * sink, so other nodes can take predictions as well.
   *
   * @param topology has no nodes or stores of these names, and no sources of these topics
   * @param prefix stands before the names of all nodes and stores
   * @param rollout the model, which must stay usable while the topology runs
   */
  public static void addTo(
      Topology topology, ApplicationConfig config, NamePrefix prefix, BundleRollout rollout) {
    Outputs outputs = Outputs.of(config, RecordLimits.USUAL);
    Parts parts =
        new Parts(
            config,
            prefix,
            EngineObserver.NONE,
            PartitionCheck.NONE,
            outputs,
            budgets(config),
            new MappedInputs(config, EngineObserver.NONE, outputs.deadLetters()));
    parts.addInputs(topology);
    parts.addEngine(topology, rollout);
    topology.addProcessor(prefix.name(PREDICTIONS), PredictionProcessor::new, prefix.name(ENGINE));
    parts.addPredictions(
        topology, prefix.name(PREDICTIONS_TOPIC), new StringSerializer(), prefix.name(PREDICTIONS));
    parts.addOtherOutputs(topology);
  }

  /** How long the threads of an application may work between two commits. */
  static WorkBudgets budgets(ApplicationConfig config) {
    return new WorkBudgets(Time.SYSTEM::nanoseconds, config.workBetweenCommits());
  }

  /** What the engine's processor works with. */
  static EngineProcessor.Wiring engine(
      ApplicationConfig config,
      NamePrefix prefix,
      BundleRollout rollout,
      Outputs outputs,
      Supplier<InboxDecoder> inboxDecoder,
      EngineObserver observer,
      WorkBudgets budgets) {
    return new EngineProcessor.Wiring(
        prefix,
        config.engine(),
        rollout,
        config.batching(),
        inboxDecoder,
        new HeapBudget(config.headsCacheBytes()),
        budgets,
        config.backgroundTickMillis(),
        new TornMemoryRepair(),
        outputs,
        observer);
  }

  /** The parts of the graph, in the order in which they are added. */
  private static final class Parts {
    private final ApplicationConfig config;
    private final NamePrefix prefix;
    private final EngineObserver observer;
    private final PartitionCheck partitions;
    private final Outputs outputs;
    private final WorkBudgets budgets;
    private final MappedInputs mapped;
    private final Topics topics;
    private final ValueSerdes serdes;
    private final ByteArraySerializer key = new ByteArraySerializer();

    Parts(
        ApplicationConfig config,
        NamePrefix prefix,
        EngineObserver observer,
        PartitionCheck partitions,
        Outputs outputs,
        WorkBudgets budgets,
        MappedInputs mapped) {
      this.config = config;
      this.mapped = mapped;
      this.partitions = partitions;
      this.prefix = prefix;
      this.observer = observer;
      this.outputs = outputs;
      this.budgets = budgets;
      this.topics = config.topics();
      this.serdes = config.valueSerdes();
    }

    void addInputs(Topology topology) {
      ByteArrayDeserializer raw = new ByteArrayDeserializer();
      AutoOffsetReset earliest = AutoOffsetReset.earliest();
      EventTimeExtractor time = new EventTimeExtractor();
      DecodeProcessor.Wiring decoding =
          new DecodeProcessor.Wiring(
              name(ENGINE), name(DEAD_LETTERS), outputs.deadLetters(), observer, partitions);
      if (!mapped.areRepartitioned()) {
        topology.addSource(earliest, name(SUPPORT), time, raw, raw, topics.support());
      }
      topology.addSource(earliest, name(QUERIES), time, raw, raw, topics.queries());
      topology.addProcessor(
          name(DECODE_SUPPORT),
          DecodeProcessor.ofSupport(serdes::quickDeserializer, decoding),
          name(SUPPORT));
      topology.addProcessor(
          name(DECODE_QUERIES),
          DecodeProcessor.ofQueries(serdes::quickDeserializer, decoding),
          name(QUERIES));
      mapped.addDecoders(topology, decoding);
    }

    void addEngine(Topology topology, BundleRollout rollout) {
      topology.addProcessor(
          name(ENGINE),
          EngineProcessor.supplier(
              engine(
                  config,
                  prefix,
                  rollout,
                  outputs,
                  () ->
                      new InboxDecoder(
                          topics.support(),
                          topics.queries(),
                          serdes::deserializer,
                          mapped.decoders()),
                  observer,
                  budgets)),
          and(mapped.decoderNodes(), name(DECODE_SUPPORT), name(DECODE_QUERIES)));
    }

    void addPredictions(Topology topology, String sink, Serializer<?> keys, String parent) {
      topology.addSink(sink, topics.predictions(), keys, config.predictionSerializer(), parent);
    }

    void addOtherOutputs(Topology topology) {
      topics.heads().ifPresent(heads -> addOutput(topology, HEADS, heads));
      topics.quality().ifPresent(quality -> addOutput(topology, QUALITY, quality));
      topology.addSink(
          name(DEAD_LETTERS),
          topics.deadLetters(),
          key,
          serdes.serializer(),
          and(mapped.decoderNodes(), name(ENGINE), name(DECODE_SUPPORT), name(DECODE_QUERIES)));
    }

    private static String[] and(List<String> more, String... names) {
      return Stream.concat(Stream.of(names), more.stream()).toArray(String[]::new);
    }

    private void addOutput(Topology topology, String sink, String topic) {
      topology.addSink(name(sink), topic, key, serdes.serializer(), name(ENGINE));
    }

    private String name(String plain) {
      return prefix.name(plain);
    }
  }
}
