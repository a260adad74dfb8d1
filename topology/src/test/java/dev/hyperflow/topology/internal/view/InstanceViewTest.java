package dev.hyperflow.topology.internal.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hyperflow.engine.internal.AdaptationModel;
import dev.hyperflow.engine.internal.HeadCache;
import dev.hyperflow.engine.internal.event.Fingerprint;
import dev.hyperflow.engine.internal.quality.TenantQuality;
import dev.hyperflow.engine.internal.remember.Example;
import dev.hyperflow.engine.internal.remember.TenantMeta;
import dev.hyperflow.engine.internal.remember.TenantSnapshot;
import dev.hyperflow.topology.internal.metrics.FakeModels;
import dev.hyperflow.topology.internal.rollout.BundleRollout;
import dev.hyperflow.topology.internal.rollout.ModelLease;
import dev.hyperflow.topology.internal.rollout.TestBundles;
import dev.hyperflow.topology.internal.state.StoreNames;
import dev.hyperflow.topology.testing.HyperFlowTestDriver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsNotStartedException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads stores that a topology wrote, through streams whose metadata the tests set. */
class InstanceViewTest {
  private static final HostInfo HERE = new HostInfo("here", 8080);
  private static final HostInfo THERE = new HostInfo("there", 8081);
  private static final int PARTITION = 5;
  private static final List<Float> RED = List.of(1f, 0f);
  private static final List<Float> BLUE = List.of(0f, 1f);

  @TempDir static Path bundles;
  private static HyperFlowTestDriver driver;

  @TempDir Path state;
  private final AdaptationModel model = FakeModels.model();
  private final BundleRollout rollout = BundleRollout.fixed(model);
  private final HeadCache heads = new HeadCache(100);
  private final Recorder recorder = new Recorder(heads, () -> 0);
  private final RestoreProgress restoring = new RestoreProgress();
  private FakeStreams streams;
  private InstanceView view;

  @BeforeAll
  static void fillStores() throws IOException {
    driver = HyperFlowTestDriver.open(Map.of("bundle", TestBundles.write(bundles, "any")));
    driver.teach("acme", "e1", "red", RED);
    driver.teach("acme", "e2", "blue", BLUE);
    driver.ask("acme", "q1", RED); // makes the head that the next label is compared with
    driver.teach("acme", "e3", "red", RED);
    driver.teach("new", "e1", "red", RED);
    assertThat(driver.deadLetters()).isEmpty();
  }

  @AfterAll
  static void closeDriver() {
    driver.close();
  }

  @BeforeEach
  void startStreams() {
    streams = new FakeStreams(state);
    for (String name :
        List.of(StoreNames.TENANT_META, StoreNames.SUPPORT_MEMORY, StoreNames.TENANT_ACTIVITY)) {
      streams.store(name, written(name));
    }
    for (String tenant : List.of("acme", "new", "nobody")) {
      streams.place(tenant, HERE, PARTITION);
    }
    view = viewOf(rollout, Optional.of(HERE));
  }

  @AfterEach
  void closeStreams() {
    streams.close();
  }

  private static KeyValueStore<Bytes, byte[]> written(String name) {
    return driver.driver().getKeyValueStore("driven-" + name);
  }

  private InstanceView viewOf(BundleRollout models, Optional<HostInfo> self) {
    return new InstanceView(streams, models, recorder, restoring, heads, self);
  }

  @Test
  void shouldAddUpWhatWaitsOfTheInputTopicsAlone() {
    streams.lag("support", 0, 7);
    streams.lag("support", 1, 5);
    streams.lag("queries", 0, Double.NaN);
    streams.lag("app-support-memory-changelog", 0, 100);

    assertThat(view.backlog(Set.of("support", "queries"))).isEqualTo(12);
  }

  @Test
  void shouldSayWhoAnswersForATenant() {
    streams.place("elsewhere", THERE, PARTITION);
    streams.place("moving", HostInfo.unavailable(), -1);

    assertThat(view.owner("acme")).isEqualTo(new Owner.Local());
    assertThat(view.owner("elsewhere")).isEqualTo(new Owner.Remote("there", 8081));
    assertThat(view.owner("moving")).isEqualTo(new Owner.Unknown());
    assertThat(view.owner("of no partition")).isEqualTo(new Owner.Unknown());
  }

  @Test
  void shouldAnswerForEveryTenantWhenItIsAlone() {
    streams.place("acme", HostInfo.unavailable(), PARTITION);

    assertThat(viewOf(rollout, Optional.empty()).owner("acme")).isEqualTo(new Owner.Local());
  }

  @Test
  void shouldKnowNoOwnerWhileTheStreamsCannotSay() {
    streams.fail(new StreamsNotStartedException("not yet"));
    assertThat(view.owner("acme")).isEqualTo(new Owner.Unknown());

    streams.fail(new IllegalStateException("closed"));
    assertThat(view.owner("acme")).isEqualTo(new Owner.Unknown());
  }

  @Test
  void shouldListTheOtherInstancesOnly() {
    streams.client("here", 8080);
    streams.client("there", 8081);
    streams.client(HostInfo.unavailable().host(), HostInfo.unavailable().port());

    assertThat(view.others()).containsExactly(new Owner.Remote("there", 8081));
  }

  @Test
  void shouldReadATenantFromItsPartitionAlone() {
    // When
    TenantSnapshot snapshot = view.snapshot("acme");

    // Then
    assertThat(snapshot.examples().values())
        .extracting(Example::eventId)
        .containsExactlyInAnyOrder("e1", "e2", "e3");
    assertThat(snapshot.meta().fingerprint()).isEqualTo(view.meta("acme").fingerprint());
    assertThat(streams.asked()).extracting(StoreQueryParameters::partition).containsOnly(PARTITION);
  }

  @Test
  void shouldKnowNothingOfATenantThatWasNeverSeen() {
    assertThat(view.meta("nobody")).isEqualTo(TenantMeta.EMPTY);
    assertThat(view.snapshot("nobody").examples()).isEmpty();
    assertThat(view.quality("nobody")).isEmpty();
  }

  @Test
  void shouldTellAMemoryThatIsBeingWrittenFromOneThatMoves() {
    // Given a meta record without the examples that it lists
    streams.store(StoreNames.SUPPORT_MEMORY, written(StoreNames.RECENT_QUERIES));

    assertThatThrownBy(() -> view.snapshot("acme"))
        .isInstanceOf(StateUnavailableException.class)
        .extracting(e -> ((StateUnavailableException) e).isWritten())
        .isEqualTo(true);
  }

  @Test
  void shouldRefuseToReadWhileATenantMoves() {
    InvalidStateStoreException moved = new InvalidStateStoreException("moved");
    streams.place("moving", HostInfo.unavailable(), -1);
    assertUnavailable(() -> view.snapshot("moving"));
    assertUnavailable(() -> view.meta("of no partition"));

    streams.store(StoreNames.TENANT_META, null);
    assertUnavailable(() -> view.meta("acme"));
    assertUnavailable(() -> view.forEachTenant((tenant, meta, quality) -> {}));

    streams.fail(moved);
    assertUnavailable(() -> view.quality("acme"));
  }

  private static void assertUnavailable(Runnable read) {
    StateUnavailableException e = catchThrowableOfType(StateUnavailableException.class, read::run);
    assertThat(e).isNotNull();
    assertThat(e.isWritten()).isFalse();
  }

  @Test
  void shouldKeepFaultsOfItsReadersAsTheyAre() {
    IllegalArgumentException fault = new IllegalArgumentException("a bug");

    assertThatThrownBy(
            () ->
                view.forEachTenant(
                    (tenant, meta, quality) -> {
                      throw fault;
                    }))
        .isSameAs(fault);
  }

  @Test
  void shouldShowEveryTenantOfAllPartitionsWithItsQuality() {
    // When
    Map<String, Fingerprint> fingerprints = new HashMap<>();
    Map<String, Supplier<Optional<TenantQuality>>> qualities = new HashMap<>();
    view.forEachTenant(
        (tenant, meta, quality) -> {
          fingerprints.put(tenant, meta.fingerprint());
          qualities.put(tenant, quality);
        });

    // Then
    assertThat(fingerprints)
        .containsOnlyKeys("acme", "new")
        .containsEntry("acme", view.meta("acme").fingerprint())
        .containsEntry("new", view.meta("new").fingerprint());
    assertThat(streams.asked().get(0).storeName()).isEqualTo(StoreNames.TENANT_META);
    assertThat(streams.asked().get(0).partition()).isNull();
    assertThat(qualities.get("acme").get()).isPresent().isEqualTo(view.quality("acme"));
  }

  @Test
  void shouldReadAQualityOnlyWhenItIsAskedFor() {
    view.forEachTenant((tenant, meta, quality) -> {});

    assertThat(streams.asked())
        .extracting(StoreQueryParameters::storeName)
        .doesNotContain(StoreNames.TENANT_ACTIVITY);
  }

  @Test
  void shouldLeaseTheModelOfATenantWhereverItIs() {
    try (ModelLease here = view.model("acme");
        ModelLease unknown = view.model("of no partition")) {
      assertThat(here.model()).isSameAs(model);
      assertThat(unknown.model()).isSameAs(model);
    }
  }

  @Test
  void shouldNameTheEncoderIfThereIsOne() {
    AdaptationModel without =
        new AdaptationModel(
            "features", Optional.empty(), model.dimension(), model.integrator(), null);

    assertThat(view.encoder()).hasValue("zeros");
    assertThat(viewOf(BundleRollout.fixed(without), Optional.of(HERE)).encoder()).isEmpty();
  }

  @Test
  void shouldShowItsPartsAsTheyAreNow() {
    restoring.onRestoreStart(new TopicPartition("changelog", 0), "memory", 0, 8);
    streams.state(KafkaStreams.State.REBALANCING);

    assertThat(view.restoring()).isEqualTo(new RestoreProgress.Left(8, 8));
    assertThat(view.state()).isEqualTo(KafkaStreams.State.REBALANCING);
    assertThat(view.rollout()).isEqualTo(rollout.progress());
    assertThat(view.recorder()).isSameAs(recorder);
    assertThat(view.heads()).isSameAs(heads);
  }
}
