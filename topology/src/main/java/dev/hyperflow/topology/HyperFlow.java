package dev.hyperflow.topology;

import dev.hyperflow.events.Prediction;
import dev.hyperflow.events.QueryEvent;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.topology.internal.EmbeddedBundle;
import dev.hyperflow.topology.internal.HyperFlowTopology;
import dev.hyperflow.topology.internal.PersonalizedStream;
import dev.hyperflow.topology.internal.RunningApplication;
import dev.hyperflow.topology.internal.state.NamePrefix;
import java.util.Properties;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;

/**
 * Personalised classification as a part of one's own Kafka Streams application.
 *
 * <pre>{@code
 * Topology topology = new Topology();
 * HyperFlowNodes routing = HyperFlow.addTo(topology, config, "routing");
 * KafkaStreams streams = new KafkaStreams(topology, HyperFlow.streamsConfig(config));
 * }</pre>
 *
 * <p>The application that embeds the graph keeps the guarantees of {@link HyperFlowApplication}
 * under these conditions:
 *
 * <ul>
 *   <li>It starts from {@link #streamsConfig}. Its own settings may be added, but not a handler
 *       that goes on after a failed record: the rest of the record's batch would be lost. The
 *       handler {@code LogAndContinueProcessingExceptionHandler} stops the stream threads.
 *   <li>Labels and queries have equal numbers of partitions, and both are keyed by tenant. {@link
 *       #check} checks the configured topics. Nothing checks the streams of {@link #personalize}.
 *   <li>It decides what happens when a stream thread fails, with {@code
 *       setUncaughtExceptionHandler}. After {@code REPLACE_THREAD} the work begins again at the
 *       last commit.
 *   <li>The prefix stays. Names of stores and of changelog topics carry it.
 * </ul>
 *
 * <p>Each graph keeps heads in up to {@code heads.cache-mb} of memory. The default is a quarter of
 * the heap, so set it when there are several graphs. All graphs of a process share {@code
 * state.memory-mb}. The bundle of a graph cannot change while it runs: {@code topics.bundles} must
 * be empty. Settings that begin with {@code http.}, {@code metrics.} and {@code tracing.} have no
 * effect.
 */
public final class HyperFlow {
  private HyperFlow() {}

  /**
   * Adds sources, processors, stores and sinks to a topology. They read and write the topics of the
   * configuration.
   *
   * <p>Several graphs fit into one topology, with a prefix and input topics of their own each.
   *
   * @param topology one's own; has no sources of the configured input topics yet
   * @param config names topics, bundle and limits
   * @param prefix stands, with a hyphen, before the names of all nodes and stores
   * @return the names of the nodes; owns the bundle, so close it after the streams
   * @throws org.apache.kafka.streams.errors.TopologyException if a name or a source is there
   *     already
   * @throws org.apache.kafka.common.config.ConfigException if {@code topics.bundles} is set
   * @throws dev.hyperflow.models.BundleException if the bundle cannot be used
   */
  public static HyperFlowNodes addTo(Topology topology, HyperFlowConfig config, String prefix) {
    NamePrefix names = NamePrefix.of(prefix);
    EmbeddedBundle bundle = EmbeddedBundle.open(config.settings());
    try {
      HyperFlowTopology.addTo(topology, config.settings(), names, bundle.rollout());
      return new HyperFlowNodes(names, bundle);
    } catch (RuntimeException e) {
      bundle.close();
      throw e;
    }
  }

  /**
   * Answers a stream of queries with what a stream of labels teaches.
   *
   * <p>Records are keyed by tenant. A label record without a value forgets its tenant. Records that
   * cannot be used go to the configured topic {@code topics.dead-letters}, and adapted heads and
   * quality reports to their topics if these are configured. These topics must exist. The other
   * configured topics are not used, but they name the subjects of the schemas: the graph writes
   * records in Avro when they wait for their batch.
   *
   * <p>A prediction has the timestamp and headers of its query. To a grouping or a join after it,
   * Kafka Streams adds a repartition topic, as it does after every {@code process}.
   *
   * <p>The graph owns the bundle, and frees it when the topology is garbage-collected.
   *
   * @param labels support events, in as many partitions as {@code queries}
   * @param queries queries, of the same builder
   * @param config names bundle and limits
   * @param named stands, with a hyphen, before the names of all nodes and stores
   * @return the predictions, keyed by tenant
   * @throws org.apache.kafka.common.config.ConfigException if {@code topics.bundles} is set
   * @throws dev.hyperflow.models.BundleException if the bundle cannot be used
   */
  public static KStream<String, Prediction> personalize(
      KStream<String, SupportEvent> labels,
      KStream<String, QueryEvent> queries,
      HyperFlowConfig config,
      Named named) {
    EmbeddedBundle bundle = EmbeddedBundle.open(config.settings());
    try {
      return PersonalizedStream.of(
          labels,
          queries,
          config.settings(),
          NamePrefix.of(new NameOf(named).text()),
          bundle.rollout());
    } catch (RuntimeException e) {
      bundle.close();
      throw e;
    }
  }

  /**
   * The configuration of Kafka Streams, to be completed with one's own settings: the application's
   * id and brokers, {@code exactly_once_v2} unless configured otherwise, handlers of errors that
   * lose nothing, bounded memory of the stores, a poll time that suits the batches, and all
   * settings that begin with {@code kafka.}.
   *
   * @return a copy
   */
  public static Properties streamsConfig(HyperFlowConfig config) {
    return config.settings().streams();
  }

  /**
   * Checks what {@link HyperFlowApplication} checks when it starts: the registry and the brokers
   * answer, the configured topics exist, those of labels and queries have equal partitions. Creates
   * missing topics, unless {@code topics.create} is false.
   *
   * @throws dev.hyperflow.topology.errors.StartupException if a check fails
   */
  public static void check(HyperFlowConfig config) {
    RunningApplication.check(config.settings());
  }

  /** Reads the name, which only subclasses may. */
  private static final class NameOf extends Named {
    NameOf(Named named) {
      super(named);
    }

    String text() {
      return name;
    }
  }
}
