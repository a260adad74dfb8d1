package dev.hyperflow.topology.internal;

import dev.hyperflow.engine.internal.HeadCache;
import dev.hyperflow.events.BundleControl;
import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.Causes;
import dev.hyperflow.topology.errors.StartupException;
import dev.hyperflow.topology.internal.batch.WorkBudgets;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.emit.RecordLimits;
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
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.ThreadMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running application: its streams, its bundles, and the reader of control records. Thread-safe.
 *
 * <p>The application owns the bundles and closes them after its streams.
 */
public final class RunningApplication implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningApplication.class);
  private static final LongSupplier NANO_TICKER = Time.SYSTEM::nanoseconds;
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  /** Readers outside the stream threads may cache an eighth of what the tasks may cache. */
  private static final int READERS_SHARE = 8;

  private final RolloutControl control;
  private final ApplicationConfig config;
  private final BundleRollout rollout;
  private final Optional<BundleControlReader> reader;
  private final KafkaStreams streams;
  private final InstanceView view;
  private final WorkBudgets budgets;
  private final TopicWatch watch;
  private final Lookout lookout;
  private final CountDownLatch running = new CountDownLatch(1);
  private final StreamFailures failures = new StreamFailures(Time.SYSTEM::hiResClockMs);

  private RunningApplication(
      ApplicationConfig config,
      RolloutControl control,
      Optional<BundleControlReader> reader,
      Streaming streaming) {
    this.config = config;
    this.control = control;
    this.rollout = control.rollout();
    this.reader = reader;
    this.streams = streaming.streams();
    this.view = streaming.view();
    this.budgets = streaming.budgets();
    this.watch = streaming.watch();
    this.lookout =
        new Lookout(
            watch, new ClockWatch(Time.SYSTEM::milliseconds, NANO_TICKER), this::clockWasSet);
  }

  /** The streams, and what looks at them. */
  private record Streaming(
      KafkaStreams streams, InstanceView view, WorkBudgets budgets, TopicWatch watch) {}

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
    TopicChecks.Found topics = checkWithState(config);
    Optional<BundleControlReader> reader =
        config.topics().bundles().map(topic -> reader(config, topic));
    try {
      return start(config, topics, reader, telemetry);
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
    checkMappings(config);
    RegistryCheck.run(config);
    try (Brokers brokers = Brokers.of(config)) {
      new TopicChecks(config, brokers).run();
    }
  }

  /** The same, and whether the state fits the topics. */
  static TopicChecks.Found checkWithState(ApplicationConfig config) {
    checkMappings(config);
    RegistryCheck.run(config);
    try (Brokers brokers = Brokers.of(config)) {
      StateChecks state = new StateChecks(config, brokers);
      state.requireCluster(); // before topics are made, which do not belong on another one
      TopicChecks.Found topics = new TopicChecks(config, brokers).run();
      state.run(topics.partitions());
      StaticIdCheck.run(config, config.clientId().or(StateMark.of(config)::processId), brokers);
      return topics;
    }
  }

  /**
   * Compares the paths of mapped topics in Avro with their schemas in the registry. Connects to
   * nothing when there are none.
   *
   * @throws StartupException when a path leads nowhere; names the schema and its fields
   */
  public static void checkMappings(ApplicationConfig config) {
    SourceSchemas.check(config);
  }

  /**
   * Tries the newest records of mapped topics, as a start does. Connects to nothing when there are
   * none.
   *
   * @return why it could not, when the brokers do not answer
   * @throws StartupException when a start would refuse the mapping
   */
  public static Optional<String> checkRecords(ApplicationConfig config) {
    if (config.sources().isEmpty()) {
      return Optional.empty();
    }
    try (Brokers brokers = Brokers.of(config)) {
      try {
        brokers.clusterId();
      } catch (StartupException e) {
        return Optional.of(e.getMessage());
      }
      new SourceChecks(config, brokers).checkRecords();
      return Optional.empty();
    }
  }

  /**
   * Checks what can be checked without brokers and registry: the serdes can be made, the cache fits
   * into the heap, and the bundle is there and fits.
   *
   * @throws ConfigException when the serdes refuse their settings, or the cache is too large
   * @throws BundleException when the bundle cannot be used
   */
  public static void checkOffline(ApplicationConfig config) {
    try {
      config.serializer().close();
      config.valueSerdes().deserializer().close();
    } catch (ConfigException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new ConfigException("serde.class: " + Causes.rootMessage(e));
    }
    checkHeap(config.headsCacheBytes(), Runtime.getRuntime().maxMemory());
    new FittingBundles(
            config, RecordLimits.all(config.mostRecordBytes()), UnaryOperator.identity(), any -> {})
        .check(config.bundle());
  }

  /** A larger cache would let the process run out of heap, long after its start. */
  private static void checkHeap(long cacheBytes, long heapBytes) {
    long most = heapBytes / 4 * 3;
    if (cacheBytes > most) {
      throw new ConfigException(
          "heads.cache-mb: expected at most %d, three quarters of the heap (-Xmx), found %d"
              .formatted(most >> 20, cacheBytes >> 20));
    }
  }

  private static RunningApplication start(
      ApplicationConfig config,
      TopicChecks.Found topics,
      Optional<BundleControlReader> reader,
      Telemetry telemetry) {
    RolloutControl control = loadBundle(config, topics.limits(), reader, telemetry);
    BundleRollout rollout = control.rollout();
    try {
      RunningApplication application = create(config, topics, control, reader, telemetry);
      rollout.checkTexts(application::whyNoOtherEncoder);
      telemetry.meters().ifPresent(meters -> meters.bind(application.sources(config)));
      started(application);
      reader.ifPresent(following -> following.follow(control));
      return application;
    } catch (KafkaException e) {
      rollout.close();
      throw new StartupException(
          "streams: expected Kafka Streams to start, found: " + Endings.lineOf(e), e);
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
      TopicChecks.Found topics,
      RolloutControl control,
      Optional<BundleControlReader> reader,
      Telemetry telemetry) {
    BundleRollout rollout = control.rollout();
    HeadCache heads = new HeadCache(config.headsCacheBytes() / READERS_SHARE / Float.BYTES);
    Recorder recorder = new Recorder(heads, Time.SYSTEM::milliseconds);
    RestoreProgress restoring = new RestoreProgress();
    WorkBudgets budgets = new WorkBudgets(NANO_TICKER, config.workBetweenCommits());
    Properties settings = config.streamsSending(topics.limits().largest());
    if (!topics.takesAnyTimestamp()) {
      settings.remove(StreamsConfig.topicPrefix(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG));
    }
    Telemetry observed =
        telemetry
            .with(recorder)
            .with(
                new OldOutputs(
                    new OldOutputs.Kept(
                        config.topics().predictions(), topics.outputRetentionMillis()),
                    new OldOutputs.Kept(
                        config.topics().deadLetters(), topics.letterRetentionMillis()),
                    Time.SYSTEM::milliseconds));
    KafkaStreams streams =
        new KafkaStreams(
            HyperFlowTopology.build(
                config,
                rollout,
                observed,
                OptionalInt.of(topics.partitions().get(config.topics().support())),
                topics.limits(),
                budgets),
            settings);
    streams.setGlobalStateRestoreListener(restoring);
    Admin admin = Admin.create(new StreamsConfig(settings).getAdminConfigs("topic-watch"));
    return new RunningApplication(
        config,
        control,
        reader,
        new Streaming(
            streams,
            new InstanceView(
                streams, rollout, recorder, restoring, heads, config.applicationServer()),
            budgets,
            new TopicWatch(config, admin, NANO_TICKER)));
  }

  private static void started(RunningApplication application) {
    try {
      application.start();
    } catch (RuntimeException e) {
      application.lookout.close();
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
      ApplicationConfig config,
      RecordLimits limits,
      Optional<BundleControlReader> reader,
      Telemetry telemetry) {
    try {
      Duration timeout = Duration.ofMillis(config.startupTimeoutMillis());
      return RolloutControl.start(
          config.bundle(),
          reader.map(following -> following.readToEnd(timeout)).orElse(List.of()),
          reader.isPresent(),
          new FittingBundles(config, limits, telemetry::watched, telemetry::encodedBefore),
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
    lookout.start();
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

  /*
   * Kafka's consumer waits by the system clock: once that is set back, it waits, and sends no
   * heartbeat, until the clock is where it was. New threads have new consumers. A thread that waits
   * hears nothing but an interruption.
   */
  void clockWasSet(Duration by) {
    LOG.atWarn()
        .addKeyValue("seconds", by.toSeconds())
        .log(
            by.isNegative()
                ? "The system clock was set back. The stream threads are replaced"
                : "The system clock was set forward. Records of this time may be refused");
    if (by.isNegative()) {
      Set<String> names =
          streams.metadataForLocalThreads().stream()
              .map(ThreadMetadata::threadName)
              .collect(Collectors.toSet());
      Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> names.contains(thread.getName()))
          .forEach(Thread::interrupt);
    }
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

  /** Whether the streams have stopped, asked to or not. */
  public boolean isOver() {
    return streams.state().hasCompletedShutdown();
  }

  /** Why the application stopped by itself and what to do, one line, if it did. */
  public Optional<String> ending() {
    return failures.fatal().map(Endings::lineOf);
  }

  /**
   * Why records have not been read, written or committed for longer than {@code health.stalled.ms},
   * one line; empty when all is well.
   */
  public Optional<String> trouble() {
    return failures
        .fatal()
        .map(Endings::lineOf)
        .or(() -> watch.trouble(config.stalledAfter()))
        .or(() -> budgets.waitingSince(config.stalledAfter()))
        .or(this::stalled);
  }

  private Optional<String> stalled() {
    return budgets
        .longestWaiting()
        .filter(waiting -> waiting.age().compareTo(config.stalledAfter()) >= 0)
        .map(
            waiting ->
                "records of task %s have waited %d s for their commit%s"
                    .formatted(
                        waiting.task(),
                        waiting.age().toSeconds(),
                        failures.latest().map(cause -> "; the last failure: " + cause).orElse("")));
  }

  /**
   * Stops the streams, then the reader of control records, then closes the bundles. Leaves the
   * group, so that others need not wait for the session to end; a static member stays.
   *
   * @return whether the streams stopped within the time
   */
  public boolean close(Duration timeout) {
    lookout.close();
    boolean closed =
        streams.close(
            CloseOptions.timeout(timeout)
                .withGroupMembershipOperation(
                    config.isStaticMember()
                        ? GroupMembershipOperation.REMAIN_IN_GROUP
                        : GroupMembershipOperation.LEAVE_GROUP));
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
