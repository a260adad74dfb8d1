package dev.hyperflow.server.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hyperflow.engine.internal.HeadCache;
import dev.hyperflow.engine.internal.remember.Example;
import dev.hyperflow.server.http.ErrorCode;
import dev.hyperflow.server.http.Problem;
import dev.hyperflow.server.http.ProblemException;
import dev.hyperflow.server.metrics.MetricsPage;
import dev.hyperflow.server.time.BoundedWait;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.metrics.FakeModels;
import dev.hyperflow.topology.internal.rollout.BundleRollout;
import dev.hyperflow.topology.internal.rollout.TestBundles;
import dev.hyperflow.topology.internal.state.StoreNames;
import dev.hyperflow.topology.internal.view.FakeStreams;
import dev.hyperflow.topology.internal.view.InstanceView;
import dev.hyperflow.topology.internal.view.Recorder;
import dev.hyperflow.topology.internal.view.RestoreProgress;
import dev.hyperflow.topology.internal.view.StateUnavailableException;
import dev.hyperflow.topology.testing.HyperFlowTestDriver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceTest {
  private static final ApplicationConfig CONFIG =
      ApplicationConfig.of(
          Map.of("bootstrap.servers", "broker:9092", "schema.registry.url", "mock://instance"));

  private final MetricsPage metrics = new MetricsPage(CONFIG);
  private final Instance instance = new Instance(CONFIG, metrics);

  @AfterEach
  void closeMetrics() {
    metrics.close();
  }

  @Test
  void shouldAskToWaitForTheApplicationThatHasNotStarted() {
    Problem expected =
        new Problem(
            503,
            ErrorCode.STARTING,
            "the application has not started yet",
            null,
            null,
            "try again",
            1_000L);

    assertThat(instance.application()).isEmpty();
    assertThat(catchThrowableOfType(ProblemException.class, instance::view).problem())
        .isEqualTo(expected);
    assertThat(
            catchThrowableOfType(ProblemException.class, () -> instance.snapshot("acme")).problem())
        .isEqualTo(expected);
  }

  @Test
  void shouldHaveNoNameUntilTheServerListens() {
    assertThat(instance.name()).isEmpty();

    instance.named("here:8080");

    assertThat(instance.name()).isEqualTo("here:8080");
  }

  @Test
  void shouldGiveTheConfigurationAndMetersThatItWasMadeWith() {
    assertThat(instance.config()).isSameAs(CONFIG);
    assertThat(instance.metrics()).isSameAs(metrics);
  }

  /** A tenant whose examples come a few reads after its meta record. */
  @Nested
  class Snapshot {
    private static HyperFlowTestDriver driver;

    private final AtomicInteger reads = new AtomicInteger();
    private FakeStreams streams;

    @BeforeAll
    static void fillStores(@TempDir Path bundles) throws IOException {
      driver = HyperFlowTestDriver.open(Map.of("bundle", TestBundles.write(bundles, "any")));
      driver.teach("acme", "e1", "red", List.of(1f, 0f));
      assertThat(driver.deadLetters()).isEmpty();
    }

    @AfterAll
    static void closeDriver() {
      driver.close();
    }

    @BeforeEach
    void startStreams(@TempDir Path state) {
      streams = new FakeStreams(state);
      streams.place("acme", HostInfo.unavailable(), 0);
      streams.store(StoreNames.TENANT_META, written(StoreNames.TENANT_META));
      streams.store(StoreNames.SUPPORT_MEMORY, written(StoreNames.RECENT_QUERIES)); // empty
    }

    @AfterEach
    void closeStreams() {
      streams.close();
    }

    private static KeyValueStore<Bytes, byte[]> written(String name) {
      return driver.driver().getKeyValueStore("driven-" + name);
    }

    /** Counts reads; the examples are there from one of them on. */
    private Supplier<InstanceView> wholeFrom(int read) {
      HeadCache heads = new HeadCache(1);
      InstanceView view =
          new InstanceView(
              streams,
              BundleRollout.fixed(FakeModels.model()),
              new Recorder(heads, () -> 0),
              new RestoreProgress(),
              heads,
              Optional.empty());
      return () -> {
        if (reads.incrementAndGet() == read) {
          streams.store(StoreNames.SUPPORT_MEMORY, written(StoreNames.SUPPORT_MEMORY));
        }
        return view;
      };
    }

    private static BoundedWait patient() {
      return new BoundedWait(Duration.ofMinutes(1), Duration.ZERO);
    }

    @Test
    void shouldReadAgainUntilTheMemoryIsWhole() {
      assertThat(Instance.snapshot(wholeFrom(3), "acme", patient()).examples().values())
          .extracting(Example::eventId)
          .containsExactly("e1");
      assertThat(reads).hasValue(3);
    }

    @Test
    void shouldGiveUpWhenTheWaitEnds() {
      BoundedWait none = new BoundedWait(Duration.ZERO, Duration.ofMillis(1));

      assertThatThrownBy(() -> Instance.snapshot(wholeFrom(2), "acme", none))
          .isInstanceOfSatisfying(
              StateUnavailableException.class, e -> assertThat(e.isWritten()).isTrue());
      assertThat(reads).hasValue(1);
    }

    @Test
    void shouldNotWaitForATenantThatMoves() {
      assertThatThrownBy(() -> Instance.snapshot(wholeFrom(2), "elsewhere", patient()))
          .isInstanceOfSatisfying(
              StateUnavailableException.class, e -> assertThat(e.isWritten()).isFalse());
      assertThat(reads).hasValue(1);
    }

    @Test
    void shouldGiveUpAndKeepTheInterruptOfItsThread() {
      BoundedWait pausing = new BoundedWait(Duration.ofMinutes(1), Duration.ofSeconds(1));
      Thread.currentThread().interrupt();

      Throwable thrown =
          catchThrowableOfType(
              StateUnavailableException.class,
              () -> Instance.snapshot(wholeFrom(2), "acme", pausing));

      assertThat(Thread.interrupted()).isTrue();
      assertThat(thrown).isNotNull();
      assertThat(reads).hasValue(1);
    }
  }
}
