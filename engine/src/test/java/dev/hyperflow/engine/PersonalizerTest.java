package dev.hyperflow.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hyperflow.engine.internal.AdaptationModel;
import dev.hyperflow.engine.internal.EngineFixture;
import dev.hyperflow.engine.internal.FakeEncoder;
import dev.hyperflow.models.BundleException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersonalizerTest {
  private static final String NO_EXAMPLES = "0".repeat(32);
  private static final int THREADS = 4;
  private static final float[] FIRST = {1, 0, 0, 0, 0, 0, 0, 0};
  private static final float[] SECOND = {0, 1, 0, 0, 0, 0, 0, 0};

  private final AtomicLong millis = new AtomicLong(1_000);
  private final InstantSource clock = () -> Instant.ofEpochMilli(millis.get());
  private final AtomicInteger closings = new AtomicInteger();
  private final Personalizer heads =
      create(
          PersonalizerOptions.builder()
              .clock(clock)
              .labelsPerTenant(3)
              .feedbackWindow(Duration.ofSeconds(1)));

  @Test
  void shouldLearnTextsOfAShippedBundle() {
    try (Personalizer shipped = Personalizer.open("classpath:bundles/minilm-drift-v2")) {
      shipped.add("acme", "e1", "billing", "I was charged twice");
      shipped.add("acme", "e2", "login", "My password does not work");
      Answer answer = shipped.predict("acme", "why a second charge?");

      assertThat(answer.label()).contains("billing");
      assertThat(answer.status()).isEqualTo(Answer.Status.PERSONALISED);
      assertThat(answer.bundleId()).startsWith("minilm-drift-v2@").isEqualTo(shipped.bundleId());
      assertThat(answer.fingerprint()).isEqualTo(shipped.fingerprint("acme"));
    }
  }

  @Test
  void shouldNameTheBundleThatIsNotThere() {
    assertThatThrownBy(() -> Personalizer.open("no/such/bundle"))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("no/such/bundle");
  }

  @Test
  void shouldRenameAndMergeLabels() {
    heads.add("t", "e1", "red", FIRST);
    heads.add("t", "e2", "blue", SECOND);
    heads.predict("t", "q", FIRST);
    String before = heads.fingerprint("t");

    assertThat(heads.renameLabel("t", "red", "scarlet")).isTrue();
    assertThat(heads.renameLabel("t", "red", "scarlet")).isFalse();
    assertThat(heads.predict("t", FIRST).label()).contains("scarlet");
    assertThat(heads.feedback("t", "q", "scarlet")).isTrue();
    RefusedException refused =
        catchThrowableOfType(
            RefusedException.class, () -> heads.renameLabel("t", "scarlet", "blue"));
    assertThat(refused.reason()).isEqualTo(RefusedException.Reason.LABEL_EXISTS);
    assertThat(heads.mergeLabels("t", "scarlet", "blue")).isTrue();
    assertThat(heads.head("t").orElseThrow().labels()).containsExactly("blue");
    assertThat(heads.retract("t", "q")).isTrue();
    assertThat(heads.fingerprint("t")).isNotEqualTo(before);
  }

  @Test
  void shouldAnswerWithoutALabelBeforeTheFirstExample() {
    Answer answer = heads.predict("t", "hello");

    assertThat(answer.status()).isEqualTo(Answer.Status.NO_LABELS);
    assertThat(answer.label()).isEmpty();
    assertThat(answer.top()).isEmpty();
    assertThat(answer.abstained()).isTrue();
    assertThat(answer.fingerprint()).isEqualTo(NO_EXAMPLES);
    assertThat(heads.head("t")).isEmpty();
    assertThat(heads.tenants()).isEmpty();
  }

  @Test
  void shouldAnswerWithTheMostProbableLabelsFirst() {
    heads.add("t", "e1", "red", features(1, 0));
    assertThat(heads.predict("t", features(1, 0)).status()).isEqualTo(Answer.Status.COLD_START);
    heads.add("t", "e2", "green", features(0, 1));

    Answer answer = heads.predict("t", features(0.1f, 0.9f));

    assertThat(answer.status()).isEqualTo(Answer.Status.PERSONALISED);
    assertThat(answer.top()).extracting(Answer.Candidate::label).containsExactly("green", "red");
    assertThat(answer.top().get(0).probability()).isGreaterThan(answer.top().get(1).probability());
    assertThat(answer.abstained()).isFalse();
  }

  @Test
  void shouldSayWhetherACallChangedTheMemory() {
    assertThat(heads.add("t", "e", "red", "one")).isTrue();
    assertThat(heads.add("t", "e", "red", "one")).isFalse();
    assertThat(heads.add("t", "e", "red", "two")).isTrue();
    assertThat(heads.retract("t", "other")).isFalse();
    assertThat(heads.retract("t", "e")).isTrue();
    assertThat(heads.fingerprint("t")).isEqualTo(NO_EXAMPLES);
    assertThat(heads.forgetLabel("t", "red")).isFalse();
    assertThat(heads.add("t", "e", "red", "one")).isTrue();
    assertThat(heads.forgetLabel("t", "red")).isTrue();
    assertThat(heads.tenants()).containsExactly("t");
    assertThat(heads.forgetTenant("t")).isTrue();
    assertThat(heads.forgetTenant("t")).isFalse();
    assertThat(heads.tenants()).isEmpty();
  }

  @Test
  void shouldPredictALabelThatIsOnlyDescribed() {
    assertThat(heads.describe("t", "red", "colour of blood")).isTrue();
    assertThat(heads.describe("t", "green", "colour of grass")).isTrue();

    Answer answer = heads.predict("t", "colour of grass");

    assertThat(answer.label()).contains("green");
    assertThat(answer.status()).isEqualTo(Answer.Status.COLD_START);
    assertThat(heads.retract("t", "description:green")).isTrue();
    assertThat(heads.predict("t", "colour of grass").label()).contains("red");
  }

  @Test
  void shouldLearnFromFeedbackToAQuery() {
    heads.add("t", "e", "red", features(1, 0));
    heads.predict("t", "q", features(0, 1));

    assertThat(heads.feedback("t", "q", "green")).isTrue();
    assertThat(heads.predict("t", features(0, 1)).label()).contains("green");
    assertThat(heads.retract("t", "q")).isTrue();
    assertThat(heads.predict("t", features(0, 1)).label()).contains("red");
  }

  @Test
  void shouldIgnoreFeedbackToWhatItDoesNotRemember() {
    heads.predict("t", "q", features(0, 1));
    millis.addAndGet(1_001);

    assertThat(heads.feedback("t", "q", "green")).isFalse();
    assertThat(heads.feedback("t", "unknown", "green")).isFalse();
  }

  @Test
  void shouldTakeFeedbackOnceItsQueryIsAsked() {
    assertThat(heads.feedback("t", "later", "green")).isFalse();
    assertThat(heads.tenants()).isEmpty();

    assertThat(heads.predict("t", "later", features(0, 1)).label()).isEmpty();

    assertThat(heads.predict("t", features(0, 1)).label()).contains("green");
  }

  @Test
  void shouldNotRememberReadsAndQueriesWithoutAName() {
    heads.add("t", "e", "red", features(1, 0));
    heads.predict("t", features(0, 1));
    heads.head("t");

    assertThat(heads.feedback("t", "-", "green")).isFalse();
  }

  @Test
  void shouldRefuseMoreThanTheBundleTakes() {
    PersonalizerOptions options =
        PersonalizerOptions.builder()
            .labelsPerTenant(200)
            .examplesPerLabel(1_024)
            .examplesPerTenant(200 * 1_024)
            .build();

    assertThatThrownBy(() -> Personalizer.open("classpath:bundles/minilm-drift-v2", options))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("options: expected at most")
        .hasMessageContaining("found 200 labels and 204800 examples");
  }

  @Test
  void shouldKeepAnExampleThatExpiresBeyondAllTime() {
    assertThat(heads.add("t", "e", "red", Example.of("one").expiringAt(Instant.MAX))).isTrue();
  }

  @Test
  void shouldRefuseAnExpiryBeforeAllTime() {
    assertRefused(
        RefusedException.Reason.EXPIRY_OUT_OF_RANGE,
        () -> heads.add("t", "e", "red", Example.of("one").expiringAt(Instant.MIN)));
  }

  @Test
  void shouldForgetAnExampleOnceItHasExpired() {
    heads.add("t", "e1", "red", features(1, 0));
    String before = heads.fingerprint("t");
    heads.add("t", "e2", "green", Example.of("grass").expiringAt(Instant.ofEpochMilli(1_500)));
    millis.set(1_500);

    assertThat(heads.predict("t", features(0, 1)).label()).contains("red");
    assertThat(heads.fingerprint("t")).isEqualTo(before);
  }

  @Test
  void shouldCountTheWeightOfAnExample() {
    heads.add("light", "e", "red", Example.of(features(1, 0)));
    heads.add("heavy", "e", "red", Example.of(features(1, 0)).withWeight(2));

    assertThat(heads.fingerprint("light")).isNotEqualTo(heads.fingerprint("heavy"));
  }

  @Test
  void shouldShowTheHeadThatAnswers() {
    heads.add("t", "e1", "red", features(1, 0));
    heads.add("t", "e2", "green", features(0, 1));

    TenantHead head = heads.head("t").orElseThrow();

    assertThat(head.labels()).containsExactly("green", "red");
    assertThat(head.head().labels()).isEqualTo(2);
    assertThat(head.head().dimension()).isEqualTo(EngineFixture.DIMENSION);
    assertThat(head.labels().get(head.head().argmax(features(1, 0)))).isEqualTo("red");
    assertThat(head.bundleId()).isEqualTo("bundle");
    assertThat(head.fingerprint()).isEqualTo(heads.fingerprint("t"));
  }

  @Test
  void shouldHoldTheOptions() {
    Personalizer small =
        create(
            PersonalizerOptions.builder()
                .examplesPerLabel(1)
                .examplesPerTenant(2)
                .policy(PersonalizerOptions.Policy.RESERVOIR)
                .precision(PersonalizerOptions.Precision.INT8)
                .descriptionWeight(0.5f)
                .topK(1)
                .abstainBelow(1));
    small.add("t", "e1", "red", features(1, 0));
    small.add("t", "e2", "green", features(0, 1));

    Answer answer = small.predict("t", features(1, 0));

    assertThat(answer.top()).hasSize(1);
    assertThat(answer.abstained()).isTrue();
    assertThat(answer.label()).contains("red");
  }

  @Test
  void shouldSayThatATextBelongsToNoneOfTheLabels() {
    Personalizer heads = create(PersonalizerOptions.builder().noneBelow(0.5f));
    heads.add("t", "e1", "red", features(1, 0));
    heads.add("t", "e2", "green", features(0, 1));

    Answer inside = heads.predict("t", features(1, 0));
    Answer outside = heads.predict("t", features(-1, 0));
    Answer unlabelled = heads.predict("nobody", features(1, 0));

    assertThat(inside.status()).isEqualTo(Answer.Status.PERSONALISED);
    assertThat(inside.scope().orElseThrow()).isGreaterThan(0.5f);
    assertThat(inside.abstained()).isFalse();
    assertThat(outside.status()).isEqualTo(Answer.Status.NONE_OF_THESE);
    assertThat(outside.scope().orElseThrow()).isLessThan(0.5f);
    assertThat(outside.abstained()).isTrue();
    assertThat(outside.label()).isPresent();
    assertThat(unlabelled.scope()).isEmpty();
  }

  @Test
  void shouldAlwaysNameALabelUnlessAskedOtherwise() {
    Personalizer heads = create(PersonalizerOptions.builder());
    heads.add("t", "e1", "red", features(1, 0));
    heads.add("t", "e2", "green", features(0, 1));

    Answer outside = heads.predict("t", features(-1, 0));

    assertThat(outside.status()).isEqualTo(Answer.Status.PERSONALISED);
    assertThat(outside.scope().orElseThrow()).isLessThan(0.5f);
    assertThat(outside.abstained()).isFalse();
  }

  @Test
  void shouldRefuseOptionsOutOfRange() {
    assertThatThrownBy(() -> PersonalizerOptions.builder().labelsPerTenant(0).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("labelsPerTenant: expected 1 to 1024, found 0");
    assertThatThrownBy(() -> PersonalizerOptions.builder().descriptionWeight(20).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("descriptionWeight: expected above 0 and at most 10.0, found 20.0");
    assertThatThrownBy(
            () -> PersonalizerOptions.builder().feedbackWindow(Duration.ofNanos(5)).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("feedbackWindow: expected zero, or 1 millisecond to 36500 days");
    assertThatThrownBy(
            () ->
                PersonalizerOptions.builder()
                    .feedbackWindow(Duration.ofSeconds(Long.MAX_VALUE))
                    .build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PersonalizerOptions.builder().halfLife(Duration.ofNanos(5)).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "halfLife: expected zero, or 1 millisecond to 36500 days, found PT0.000000005S");
  }

  @Test
  void shouldFollowTheNewestExamplesWithAHalfLifeAlsoOneThatIsNewAfterLoading() throws IOException {
    PersonalizerOptions.Builder options = PersonalizerOptions.builder().clock(clock);
    Personalizer fading = create(options.halfLife(Duration.ofSeconds(1)));
    fading.add("t", "e1", "red", FIRST);
    fading.add("t", "e2", "blue", SECOND);
    millis.addAndGet(9_000);
    fading.add("t", "e3", "red", SECOND);
    fading.add("t", "e4", "blue", FIRST);
    Answer answer = fading.predict("t", FIRST);
    assertThat(answer.label()).contains("blue");
    assertThat(answer.fingerprint()).isEqualTo(fading.fingerprint("t"));

    ByteArrayOutputStream saved = new ByteArrayOutputStream();
    fading.save(saved);
    Personalizer longer = create(options.halfLife(Duration.ofSeconds(4)));
    longer.load(new ByteArrayInputStream(saved.toByteArray()));
    String loaded = longer.fingerprint("t");

    assertThat(loaded).isNotEqualTo(answer.fingerprint());
    assertThat(longer.predict("t", FIRST).fingerprint()).isEqualTo(loaded);
  }

  @Test
  void shouldRefuseWithReasonAndMessage() {
    assertRefused(RefusedException.Reason.MISSING_FIELD, () -> heads.add("t", " ", "red", "x"));
    assertRefused(RefusedException.Reason.MISSING_FIELD, () -> heads.describe("t", "", "x"));
    assertRefused(
        RefusedException.Reason.ID_TOO_LONG, () -> heads.add("t", "e".repeat(513), "red", "x"));
    assertRefused(
        RefusedException.Reason.LABEL_TOO_LONG, () -> heads.forgetLabel("t", "l".repeat(257)));
    assertRefused(RefusedException.Reason.EMPTY_TEXT, () -> heads.predict("t", " "));
    assertRefused(
        RefusedException.Reason.TEXT_TOO_LONG, () -> heads.predict("t", "x".repeat(10_001)));
    assertRefused(
        RefusedException.Reason.MALFORMED_FEATURES, () -> heads.predict("t", new float[0]));
    assertRefused(
        RefusedException.Reason.NON_FINITE_FEATURES,
        () -> heads.predict("t", features(Float.NaN, 0)));
    assertRefused(
        RefusedException.Reason.WRONG_DIMENSION, () -> heads.predict("t", new float[] {1}));
    assertRefused(
        RefusedException.Reason.WEIGHT_OUT_OF_RANGE,
        () -> heads.add("t", "e", "red", Example.of("x").withWeight(0)));
    assertRefused(
        RefusedException.Reason.EXPIRY_OUT_OF_RANGE,
        () -> heads.add("t", "e", "red", Example.of("x").expiringAt(Instant.EPOCH)));
    assertRefused(RefusedException.Reason.ENCODE_FAILED, () -> heads.predict("t", "poison"));
    assertThat(heads.tenants()).isEmpty();
  }

  @Test
  void shouldRefuseOneLabelTooMany() {
    for (String label : List.of("red", "green", "blue")) {
      heads.add("t", label, label, label);
    }
    String before = heads.fingerprint("t");

    assertRefused(
        RefusedException.Reason.TOO_MANY_LABELS, () -> heads.add("t", "e", "grey", "grey"));
    assertThat(heads.fingerprint("t")).isEqualTo(before);
  }

  @Test
  void shouldRefuseNamesThatAFileCannotHold() {
    assertRefused(RefusedException.Reason.UNDECODABLE_KEY, () -> heads.predict("\ud800", "hello"));
    assertRefused(
        RefusedException.Reason.UNDECODABLE, () -> heads.add("t", "e", "\udc00", "hello"));
  }

  @Test
  void shouldTakeNamesInTheirNormalForm() {
    heads.add("t", " e1 ", " cafe\u0301", "red");
    heads.add("t", "e1", "caf\u00E9", "red");
    heads.add("t", "e2", "tea", "blue");

    assertThat(heads.head("t").orElseThrow().labels()).containsExactly("caf\u00E9", "tea");
    assertThat(heads.retract("t", "e1 ")).isTrue();
    assertThat(heads.forgetLabel("t", "tea ")).isTrue();
  }

  @Test
  void shouldRefuseNamesWithSignsThatNobodySees() {
    assertRefused(
        RefusedException.Reason.INVISIBLE_SIGN, () -> heads.add("t", "e", "re\u200Bd", "x"));
    assertRefused(
        RefusedException.Reason.INVISIBLE_SIGN, () -> heads.add("t\u001B", "e", "red", "x"));
    assertRefused(RefusedException.Reason.KEY_NOT_NORMAL, () -> heads.predict("t ", "x"));
    assertThat(heads.forgetTenant("t ")).isFalse();
  }

  @Test
  void shouldRefuseTextsWithoutAnEncoderAndFeedbackWithoutAWindow() {
    Personalizer plain =
        new Personalizer(EngineFixture.model("bundle"), PersonalizerOptions.defaults(), () -> {});

    assertRefused(RefusedException.Reason.NO_ENCODER, () -> plain.predict("t", "hello"));
    assertThatThrownBy(() -> plain.predict("t", "hello"))
        .hasMessageContaining("no encoder of texts is loaded");
    assertRefused(
        RefusedException.Reason.UNSUPPORTED_OPERATION, () -> plain.feedback("t", "q", "red"));
  }

  @Test
  void shouldKeepThePermissionsOfTheFileThatItReplaces(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("memory");
    heads.save(file);
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    Set<PosixFilePermission> shared = PosixFilePermissions.fromString("rw-r-----");
    Files.setPosixFilePermissions(file, shared);

    heads.save(file);

    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(shared);
  }

  @Test
  void shouldCarryItsMemoryOnInAFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("memory");
    heads.add("t", "e1", "red", features(1, 0));
    heads.describe("t", "green", "colour of grass");
    heads.save(file);
    Personalizer later = create(PersonalizerOptions.builder());
    later.load(file);

    assertThat(later.tenants()).containsExactly("t");
    assertThat(later.fingerprint("t")).isEqualTo(heads.fingerprint("t"));
    assertThat(later.head("t")).isEqualTo(heads.head("t"));
    assertThat(later.retract("t", "description:green")).isTrue();
  }

  @Test
  void shouldKeepItsMemoryWhenAFileIsDamaged(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("memory");
    heads.add("t", "e1", "red", features(1, 0));
    heads.save(file);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    String before = heads.fingerprint("t");

    assertThatThrownBy(() -> heads.load(file))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(file.toString(), "expected checksum", "found");
    assertThat(heads.fingerprint("t")).isEqualTo(before);
    assertThat(heads.predict("t", features(1, 0)).label()).contains("red");
  }

  @Test
  void shouldFreeTheModelsOnceAndRefuseWhatComesLater() {
    heads.close();
    heads.close();

    assertThat(closings).hasValue(1);
    assertThatThrownBy(() -> heads.predict("t", "hello"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("personalizer: expected to be open, found it closed");
    assertThatThrownBy(heads::tenants).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldServeManyThreadsAsOneAfterTheOther() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<TenantHead>> made =
        IntStream.range(0, THREADS)
            .mapToObj(i -> threads.submit(() -> filled(heads, "tenant" + i)))
            .toList();
    TenantHead alone = filled(create(PersonalizerOptions.builder()), "tenant");

    for (Future<TenantHead> head : made) {
      assertThat(head.get(1, TimeUnit.MINUTES)).isEqualTo(alone);
    }
    threads.shutdown();
  }

  private static TenantHead filled(Personalizer personalizer, String tenant) {
    for (int i = 0; i < 20; i++) {
      personalizer.add(tenant, "e" + i, i % 2 == 0 ? "red" : "green", "text " + i);
      personalizer.predict(tenant, "query " + i);
    }
    return personalizer.head(tenant).orElseThrow();
  }

  private Personalizer create(PersonalizerOptions.Builder options) {
    AdaptationModel model = EngineFixture.model("bundle");
    return new Personalizer(
        new AdaptationModel(
            model.bundleId(),
            Optional.of(new FakeEncoder("fake")),
            OptionalInt.of(EngineFixture.DIMENSION),
            model.integrator(),
            model.calibration().withScope(EngineFixture.SCOPE)),
        options.build(),
        closings::incrementAndGet);
  }

  private static void assertRefused(RefusedException.Reason reason, ThrowingCallable call) {
    RefusedException refused = catchThrowableOfType(RefusedException.class, call);
    assertThat(refused).as("refusal %s", reason).isNotNull();
    assertThat(refused.reason()).isEqualTo(reason);
    assertThat(refused.getMessage()).isNotBlank();
  }

  private static float[] features(float first, float second) {
    float[] features = new float[EngineFixture.DIMENSION];
    features[0] = first;
    features[1] = second;
    return features;
  }
}
