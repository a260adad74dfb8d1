package dev.hyperflow.topology.internal;

import dev.hyperflow.engine.internal.HeadCache;
import dev.hyperflow.events.BundleControl;
import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.Causes;
import dev.hyperflow.topology.errors.StartupException;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.metrics.ApplicationMeters;
import dev.hyperflow.topology.internal.rollout.BundleControlReader;
import dev.hyperflow.topology.internal.rollout.BundleRollout;
import dev.hyperflow.topology.internal.rollout.ControlStep;
import dev.hyperflow.topology.internal.rollout.ControlSteps;
import dev.hyperflow.topology.internal.rollout.RolloutControl;
import dev.hyperflow.topology.internal.rollout.TextCheck;
import dev.hyperflow.topology.internal.state.BoundedRocksDbMemory;
import dev.hyperflow.topology.internal.view.InstanceView;
import dev.hyperflow.topology.internal.view.Recorder;
import dev.hyperflow.topology.internal.view.RestoreProgress;
import dev.hyperflow.topology.internal.view.StateUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running application: its streams, its bundles, and the reader of control records. Thread-safe.
 *
 * <p>The application owns the bundles and closes them after its streams.
 */
public final class RunningApplication implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningApplication.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  /** Readers outside the stream threads may cache an eighth of what the tasks may cache. */
  private static final int READERS_SHARE = 8;

  private final RolloutControl control;
  private final BundleRollout rollout;
  private final Optional<BundleControlReader> reader;
  private final KafkaStreams streams;
  private final InstanceView view;
  private final CountDownLatch running = new CountDownLatch(1);
  private final StreamFailures failures = new StreamFailures(Time.SYSTEM::hiResClockMs);

  private RunningApplication(
      RolloutControl control,
      Optional<BundleControlReader> reader,
      KafkaStreams streams,
      InstanceView view) {
    this.control = control;
    this.rollout = control.rollout();
    this.reader = reader;
    this.streams = streams;
    this.view = view;
  }

  /** Starts an application without meters and spans; its view counts all the same. */
  public static RunningApplication start(ApplicationConfig config) {
    return start(config, Telemetry.none());
  }

  /**
   * Checks everything that the application needs, then starts it.
   *
   * @param telemetry who observes this application, and no other
   * @throws StartupException when a check fails; nothing is left running then
   */
  public static RunningApplication start(ApplicationConfig config, Telemetry telemetry) {
    check(config);
    Optional<BundleControlReader> reader =
        config.topics().bundles().map(topic -> reader(config, topic));
    try {
      return start(config, reader, telemetry);
    } catch (RuntimeException e) {
      reader.ifPresent(BundleControlReader::close);
      throw e;
    }
  }

  /**
   * Checks the registry, the brokers and the topics; makes topics that are missing, if the
   * configuration says so.
   *
   * @throws StartupException when a check fails
   */
  public static void check(ApplicationConfig config) {
    RegistryCheck.run(config);
    TopicChecks.run(config);
  }

  private static RunningApplication start(
      ApplicationConfig config, Optional<BundleControlReader> reader, Telemetry telemetry) {
    RolloutControl control = loadBundle(config, reader, telemetry);
    BundleRollout rollout = control.rollout();
    try {
      RunningApplication application = create(config, control, reader, telemetry);
      rollout.checkTexts(application::whyNoOtherEncoder);
      telemetry.meters().ifPresent(meters -> meters.bind(application.sources(config)));
      started(application);
      reader.ifPresent(following -> following.follow(control));
      return application;
    } catch (KafkaException e) {
      rollout.close();
      throw new StartupException(
          "streams: expected Kafka Streams to start, found: " + Causes.rootMessage(e), e);
    } catch (RuntimeException e) {
      rollout.close();
      throw e;
    }
  }

  /** A tenant may have features of its own, or examples from before texts were kept. */
  private Optional<String> whyNoOtherEncoder() {
    try {
      return view.tenantWithoutText()
          .map(tenant -> "tenant '" + tenant + "' has an example without a text");
    } catch (StateUnavailableException e) {
      throw new TextCheck.TryLaterException(e.getMessage(), e);
    }
  }

  private static RunningApplication create(
      ApplicationConfig config,
      RolloutControl control,
      Optional<BundleControlReader> reader,
      Telemetry telemetry) {
    BundleRollout rollout = control.rollout();
    HeadCache heads = new HeadCache(config.headsCacheBytes() / READERS_SHARE / Float.BYTES);
    Recorder recorder = new Recorder(heads, Time.SYSTEM::milliseconds);
    RestoreProgress restoring = new RestoreProgress();
    KafkaStreams streams =
        new KafkaStreams(
            HyperFlowTopology.build(
                config, rollout, telemetry.with(recorder), InputPartitions.of(config)),
            config.streams());
    streams.setGlobalStateRestoreListener(restoring);
    return new RunningApplication(
        control,
        reader,
        streams,
        new InstanceView(streams, rollout, recorder, restoring, heads, config.applicationServer()));
  }

  private static void started(RunningApplication application) {
    try {
      application.start();
    } catch (RuntimeException e) {
      application.streams.close(CLOSE_TIMEOUT);
      throw e;
    }
  }

  private static BundleControlReader reader(ApplicationConfig config, String topic) {
    ByteArrayDeserializer raw = new ByteArrayDeserializer();
    try {
      return new BundleControlReader(
          topic,
          config.applicationId(),
          new KafkaConsumer<>(config.topicReader("bundles"), raw, raw),
          config.valueSerdes().deserializer());
    } catch (KafkaException e) {
      throw new StartupException(
          "topics.bundles: expected a consumer of '%s', found: %s"
              .formatted(topic, Causes.rootMessage(e)),
          e);
    }
  }

  /** The bundle that the control records so far lead to. */
  private static RolloutControl loadBundle(
      ApplicationConfig config, Optional<BundleControlReader> reader, Telemetry telemetry) {
    try {
      Duration timeout = Duration.ofMillis(config.startupTimeoutMillis());
      return RolloutControl.start(
          config.bundle(),
          reader.map(following -> following.readToEnd(timeout)).orElse(List.of()),
          reader.isPresent(),
          new FittingBundles(config, telemetry::watched),
          reader.map(BundleControlReader::steps).orElseGet(ControlSteps::new));
    } catch (BundleException e) {
      throw new StartupException(e.getMessage(), e);
    } catch (KafkaException e) {
      throw new StartupException(
          "topics.bundles: expected to read '%s' to its end, found: %s"
              .formatted(config.topics().bundles().orElse(""), Causes.rootMessage(e)),
          e);
    }
  }

  private void start() {
    streams.setStateListener(
        (newState, oldState) -> {
          LOG.atInfo().addKeyValue("from", oldState).addKeyValue("to", newState).log("State");
          if (newState == State.RUNNING || newState.hasCompletedShutdown()) {
            running.countDown();
          }
        });
    streams.setUncaughtExceptionHandler(failures);
    streams.start();
  }

  /**
   * Waits until the streams have run for the first time; they may be rebalancing again by then.
   *
   * @return whether they have, and have not stopped since
   */
  public boolean awaitRunning(Duration timeout) throws InterruptedException {
    return running.await(timeout.toMillis(), TimeUnit.MILLISECONDS)
        && !streams.state().hasCompletedShutdown();
  }

  /** Whether the streams run; false while they rebalance. */
  public boolean isRunning() {
    return streams.state() == State.RUNNING;
  }

  /** What this instance knows, to read. */
  public InstanceView view() {
    return view;
  }

  /** The control records of bundles that were read last, oldest first. */
  public List<ControlStep> controlSteps() {
    return reader.map(following -> following.steps().list()).orElse(List.of());
  }

  /**
   * Why a control record would be refused if it came now. Empty where nothing is known against it;
   * loading its bundle may still fail.
   */
  public Optional<String> refusal(BundleControl record) {
    return control.refusal(record);
  }

  private ApplicationMeters.Sources sources(ApplicationConfig config) {
    return new ApplicationMeters.Sources(
        streams::metrics,
        this::isRunning,
        rollout::servingId,
        rollout::openBundles,
        rollout::deviceState,
        new ApplicationMeters.Memory(
            BoundedRocksDbMemory::usedBytes,
            BoundedRocksDbMemory::capacityBytes,
            config.headsCacheBytes()));
  }

  /** Why the application stopped by itself, if it did. */
  public Optional<Throwable> failure() {
    return failures.fatal();
  }

  /**
   * Stops the streams, then the reader of control records, then closes the bundles.
   *
   * @return whether the streams stopped within the time
   */
  public boolean close(Duration timeout) {
    boolean closed = streams.close(timeout);
    reader.ifPresent(BundleControlReader::close);
    if (closed) {
      rollout.close();
    } else {
      LOG.atError()
          .addKeyValue("seconds", timeout.toSeconds())
          .log(
              "The streams did not stop in time; the bundles stay open because they may still be in use");
    }
    return closed;
  }

  @Override
  public void close() {
    close(CLOSE_TIMEOUT);
  }
}
