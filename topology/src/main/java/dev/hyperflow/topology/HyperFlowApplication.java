package dev.hyperflow.topology;

import dev.hyperflow.engine.AdaptationModel;
import dev.hyperflow.engine.remember.MemorySettings;
import dev.hyperflow.models.Bundle;
import dev.hyperflow.models.BundleException;
import dev.hyperflow.schemas.registry.RegistryClient;
import dev.hyperflow.schemas.registry.RegistryException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running application: the loaded bundle and the streams that work with it. Thread-safe.
 *
 * <p>The application owns the bundle and closes it after its streams.
 */
public final class HyperFlowApplication implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HyperFlowApplication.class);
  private static final int MOST_HEAD_BYTES = 900 * 1024;
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final Bundle bundle;
  private final KafkaStreams streams;
  private final CountDownLatch running = new CountDownLatch(1);
  private final StreamFailures failures = new StreamFailures(Time.SYSTEM::hiResClockMs);

  private HyperFlowApplication(Bundle bundle, KafkaStreams streams) {
    this.bundle = bundle;
    this.streams = streams;
  }

  /**
   * Checks everything that the application needs, then starts it.
   *
   * @throws StartupException when a check fails; nothing is left running then
   */
  public static HyperFlowApplication start(HyperFlowConfig config) {
    checkRegistry(config);
    TopicChecks.run(config);
    Bundle bundle = loadBundle(config);
    try {
      checkBundleFits(config, bundle);
      KafkaStreams streams =
          new KafkaStreams(
              HyperFlowTopology.build(config, AdaptationModel.of(bundle)), config.streams());
      return started(new HyperFlowApplication(bundle, streams));
    } catch (KafkaException e) {
      bundle.close();
      throw new StartupException(
          "streams: expected Kafka Streams to start, found: " + StartupException.root(e), e);
    } catch (RuntimeException e) {
      bundle.close();
      throw e;
    }
  }

  private static HyperFlowApplication started(HyperFlowApplication application) {
    try {
      application.start();
      return application;
    } catch (RuntimeException e) {
      application.streams.close(CLOSE_TIMEOUT);
      throw e;
    }
  }

  private static Bundle loadBundle(HyperFlowConfig config) {
    try {
      return Bundle.load(config.bundle(), config.bundleOptions());
    } catch (BundleException e) {
      throw new StartupException(e.getMessage(), e);
    }
  }

  private static void checkBundleFits(HyperFlowConfig config, Bundle bundle) {
    MemorySettings memory = config.engine().memory();
    int labels = memory.labelsPerTenant();
    int examples = memory.mostExamples();
    int maxLabels = bundle.integrator().maxLabels();
    int maxExamples = bundle.integrator().maxExamples();
    if (labels > maxLabels || examples > maxExamples) {
      throw new StartupException(
          "memory: expected at most %d labels and %d examples, the largest that bundle '%s' takes,"
                  .formatted(maxLabels, maxExamples, bundle.id())
              + " found %d labels and %d examples".formatted(labels, examples));
    }
    if (config.topics().heads().isPresent()) {
      checkHeadsFitRecords(config, bundle, labels);
    }
  }

  private static void checkHeadsFitRecords(HyperFlowConfig config, Bundle bundle, int labels) {
    int dimension =
        AdaptationModel.of(bundle).dimension().orElse(config.engine().limits().featureDimension());
    long bytes = (long) labels * (dimension + 1) * Float.BYTES;
    if (bytes > MOST_HEAD_BYTES) {
      throw new StartupException(
          "topics.heads: expected heads of at most %d bytes, the most that fits a record, found up"
                  .formatted(MOST_HEAD_BYTES)
              + " to %d for %d labels × %d features".formatted(bytes, labels, dimension));
    }
  }

  private static void checkRegistry(HyperFlowConfig config) {
    if (!config.usesOwnSerde()) {
      return;
    }
    try {
      RegistryClient.create(config.serdeSettings()).ping();
    } catch (RegistryException e) {
      throw new StartupException(
          "registry: expected an answer from schema.registry.url, found: " + e.getMessage(), e);
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

  /** Why the application stopped by itself, if it did. */
  public Optional<Throwable> failure() {
    return failures.fatal();
  }

  /**
   * Stops the streams, then closes the bundle.
   *
   * @return whether the streams stopped within the time
   */
  public boolean close(Duration timeout) {
    boolean closed = streams.close(timeout);
    if (closed) {
      bundle.close();
    } else {
      LOG.atError()
          .addKeyValue("seconds", timeout.toSeconds())
          .log("The streams did not stop in time; the bundle stays open as they may still use it");
    }
    return closed;
  }

  @Override
  public void close() {
    close(CLOSE_TIMEOUT);
  }
}
