package dev.hyperflow.topology.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.remember.TenantMeta;
import dev.hyperflow.events.BundleAction;
import dev.hyperflow.events.BundleControl;
import dev.hyperflow.events.QueryEvent;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.events.SupportOperation;
import dev.hyperflow.events.TextPayload;
import dev.hyperflow.models.internal.TinyEncoders;
import dev.hyperflow.models.internal.bundle.ShippedBundles;
import dev.hyperflow.models.internal.make.BundlePlan;
import dev.hyperflow.models.internal.make.EncoderBundle;
import dev.hyperflow.models.internal.make.EncoderChoices;
import dev.hyperflow.models.internal.make.EncoderFolder;
import dev.hyperflow.topology.internal.BrokerFixture.Answered;
import dev.hyperflow.topology.internal.rollout.TestBundles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole application, whose tenants move to a bundle with another encoder. */
@Timeout(300)
class ReencodingOnABrokerTest {
  private static final int EXAMPLES = 12;
  private static final String LONG =
      " and so on, of a lost card, with more words than the other encoder reads";

  @TempDir Path directory;
  private String oldBundle;
  private String newBundle;

  @BeforeEach
  void writeBundles() throws Exception {
    oldBundle = TestBundles.withEncoder(directory, "old", 32);
    newBundle = TestBundles.withEncoder(directory, "new", 8);
  }

  @Test
  void shouldMoveTenantsUnderLoadAndGoOnAfterARestart() throws Exception {
    moveUnderLoad(fixture -> {});
  }

  @Test
  void shouldMoveTenantsToAnEncoderOfAnotherKindThatWasAdded() throws Exception {
    // Given other tokens, another width, and another prefix for queries than for examples
    Path folder = directory.resolve("added");
    TinyEncoders.folder(folder, TinyEncoders.Tokens.UNIGRAM, 20, "cls");
    TinyEncoders.write(
        folder,
        "config_sentence_transformers.json",
        "{'prompts': {'query': 'query: ', 'passage': 'passage: '}}");
    EncoderBundle.make(
        EncoderFolder.read(folder, EncoderChoices.none()),
        ShippedBundles.DRIFT_V1,
        new BundlePlan.Label("new", "A bundle for tests.", "Apache-2.0"),
        Path.of(newBundle));

    moveUnderLoad(
        fixture -> {
          // Then a tenant who writes in a script that it cannot read is told so
          fixture.send(
              "queries",
              0,
              QueryEvent.newBuilder()
                  .setQueryId("thai")
                  .setPayload(new TextPayload("\u0e1a\u0e31\u0e15\u0e23"))
                  .build());
          assertThat(fixture.letter(fixture.awaitDeadLetters(1).get(0)).getReason())
              .isEqualTo("NO_KNOWN_WORDS");
        });
  }

  private void moveUnderLoad(Consumer<BrokerFixture> afterwards) throws Exception {
    List<TenantMeta> born = metasOf(newBundle);
    try (BrokerFixture fixture = fixture(oldBundle, Map.of())) {
      List<TenantMeta> before;
      int sent = 0;
      try (RunningApplication app = start(fixture)) {
        // Given
        teach(fixture);
        before = metas(app);
        assertThat(fingerprints(before)).doesNotContainAnyElementsOf(fingerprints(born));

        // When the rollout has begun, and the application stops
        fixture.send("bundles", null, promote(newBundle));
        BrokerFixture.await(() -> app.view().rollout().rollsOut() || isServing(app, "new"));
      }
      try (RunningApplication app = start(fixture)) {
        do {
          ask(fixture, sent, sent + 4);
          sent += 4;
          fixture.awaitPredictions(sent);
        } while (!fingerprints(metas(app)).equals(fingerprints(born)));

        // Then
        assertThat(features(metas(app))).isEqualTo(features(born));
        afterwards.accept(fixture);
      }
      Map<String, List<String>> known =
          Map.of("old", fingerprints(before), "new", fingerprints(born));
      assertThat(fixture.predictions())
          .hasSize(sent)
          .allSatisfy(
              answer ->
                  assertThat(known.get(bundle(answer)))
                      .contains(answer.prediction().getSupportFingerprint()));
    }
  }

  @Test
  void shouldRefuseToMoveATenantWithoutATextBeforeAnythingIsBegun() throws Exception {
    try (BrokerFixture fixture = fixture(oldBundle, Map.of())) {
      try (RunningApplication app = start(fixture)) {
        teach(fixture);
        Float[] own = Collections.nCopies(384, 0.05f).toArray(Float[]::new);
        fixture.send("support", 1, TopologyFixture.example("own", "red", own));
        fixture.awaitCommitted("support");
        assertRefused(fixture, app);
      }
    }
  }

  @Test
  void shouldRefuseWhereNoTextsAreKeptAlsoAtTheNextStart() throws Exception {
    try (BrokerFixture fixture = fixture(oldBundle, Map.of("memory.texts", "none"))) {
      try (RunningApplication app = start(fixture)) {
        teach(fixture);
        assertRefused(fixture, app);
      }
      try (RunningApplication app = start(fixture)) {
        assertThat(isServing(app, "new")).isFalse();
      }
    }
  }

  /** A bundle of the same encoder that is asked for later is taken. */
  private void assertRefused(BrokerFixture fixture, RunningApplication app) throws Exception {
    List<TenantMeta> before = metas(app);
    String same = TestBundles.withEncoder(directory, "same", 32);
    fixture.send("bundles", null, promote(newBundle));
    fixture.send("bundles", null, promote(same));
    BrokerFixture.await(() -> isServing(app, "same") && !app.view().rollout().rollsOut());
    assertThat(features(metas(app))).isEqualTo(features(before));
    assertThat(fingerprints(metas(app))).isEqualTo(fingerprints(before));
    fixture.send(
        "bundles", null, BundleControl.newBuilder().setAction(BundleAction.ROLLBACK).build());
    BrokerFixture.await(() -> isServing(app, "old") && !app.view().rollout().rollsOut());
  }

  /** What an application knows whose encoder was that of a bundle from the start. */
  private List<TenantMeta> metasOf(String bundle) throws Exception {
    try (BrokerFixture fixture = fixture(bundle, Map.of());
        RunningApplication app = start(fixture)) {
      teach(fixture);
      return metas(app);
    }
  }

  private BrokerFixture fixture(String bundle, Map<String, String> more) throws Exception {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("bundle", bundle);
    settings.put("batch.linger.ms", "5");
    settings.put("background.tick.ms", "50");
    settings.put("background.heads-per-tick", "1");
    BrokerFixture fixture =
        new BrokerFixture(directory.resolve("of-" + settings.hashCode()), settings);
    fixture.set("topics.bundles", fixture.topic("bundles"));
    return fixture;
  }

  private static RunningApplication start(BrokerFixture fixture) throws InterruptedException {
    RunningApplication app = RunningApplication.start(fixture.config(0));
    assertThat(app.awaitRunning(Duration.ofSeconds(60))).isTrue();
    return app;
  }

  private static void teach(BrokerFixture fixture) {
    for (int tenant = 0; tenant < BrokerFixture.PARTITIONS; tenant++) {
      for (int i = 0; i < EXAMPLES; i++) {
        fixture.send(
            "support",
            tenant,
            SupportEvent.newBuilder()
                .setEventId("e" + i)
                .setOperation(SupportOperation.ADD)
                .setLabel(i % 2 == 0 ? "red" : "blue")
                .setPayload(new TextPayload("text " + i + " of " + tenant + LONG))
                .build());
      }
    }
    fixture.awaitCommitted("support");
  }

  private static void ask(BrokerFixture fixture, int from, int to) {
    for (int i = from; i < to; i++) {
      fixture.send(
          "queries",
          i % BrokerFixture.PARTITIONS,
          QueryEvent.newBuilder()
              .setQueryId("q" + i)
              .setPayload(new TextPayload("what is " + i + LONG))
              .build());
    }
  }

  private static BundleControl promote(String location) {
    return BundleControl.newBuilder().setAction(BundleAction.PROMOTE).setLocation(location).build();
  }

  private static boolean isServing(RunningApplication app, String name) {
    return app.view().rollout().serving().startsWith(name + "@");
  }

  private static List<TenantMeta> metas(RunningApplication app) {
    Map<String, TenantMeta> metas = new TreeMap<>();
    app.view().forEachTenant((tenant, meta, quality) -> metas.put(tenant, meta));
    return List.copyOf(metas.values());
  }

  private static List<String> fingerprints(List<TenantMeta> metas) {
    return metas.stream().map(meta -> meta.fingerprint().toHex()).toList();
  }

  private static List<?> features(List<TenantMeta> metas) {
    return metas.stream().map(meta -> meta.facts().features()).toList();
  }

  private static String bundle(Answered answer) {
    return answer.prediction().getBundleId().replaceAll("@.*", "");
  }
}
