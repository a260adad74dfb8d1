package dev.hyperflow.topology.internal.rollout;

import static dev.hyperflow.engine.internal.EngineFixture.add;
import static dev.hyperflow.engine.internal.EngineFixture.query;
import static dev.hyperflow.topology.internal.rollout.RolloutStateTest.control;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.engine.internal.EngineFixture;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.events.BundleControl;
import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.FeatureDimension;
import dev.hyperflow.models.internal.SupportSet;
import dev.hyperflow.models.internal.bundle.Bundle;
import dev.hyperflow.models.internal.bundle.ShippedBundles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleRolloutTest {
  private static final int TENANTS = 12;
  private static final SupportSet SOME =
      SupportSet.builder(2, 1).add(0, 1, new float[] {1, 0}).build();

  @TempDir static Path directory;
  private static String a;
  private static String b;
  private static String c;
  private static String otherEncoder;
  private static String shortTexts;
  private static String otherDimension;
  private static String damaged;

  private final Map<String, Bundle> loaded = new HashMap<>();
  private ControlSteps steps;
  private RolloutControl control;

  @BeforeAll
  static void writeBundles() throws Exception {
    a = TestBundles.write(directory, "a");
    b = TestBundles.write(directory, "b");
    c = TestBundles.write(directory, "c");
    otherEncoder =
        TestBundles.write(
            directory, "text", FeatureDimension.any(), TestBundles.shipped().encoder());
    shortTexts = TestBundles.withEncoder(directory, "short", 8);
    otherDimension = TestBundles.write(directory, "five", FeatureDimension.of(5), null);
    damaged = TestBundles.write(directory, "damaged");
    Files.write(Path.of(damaged, "integrate.onnx"), new byte[] {1});
  }

  @BeforeEach
  void start() {
    control = start(List.of());
  }

  @AfterEach
  void close() {
    control.rollout().close();
  }

  /** A task with its engine. */
  private record Member(RolloutTask task, EngineFixture fixture) {
    String serving() {
      Output.Answer answer =
          (Output.Answer)
              fixture.process(query("t00", "q", 1, 0)).stream()
                  .filter(Output.Answer.class::isInstance)
                  .findFirst()
                  .orElseThrow();
      return answer.bundleId().replaceAll("@.*", "");
    }

    void follow() {
      task.follow(fixture.engine);
    }

    void tick() {
      fixture.engine.tick();
      follow();
    }

    void settle() {
      fixture.settle();
      follow();
    }
  }

  @Test
  void shouldKeepABundleOpenWhileItIsLeased() {
    // Given
    Member one = join("one");
    one.follow();
    ModelLease lease = control.rollout().lease("one", "t00");

    // When its task has switched to another bundle
    ask("PROMOTE:" + b);
    one.follow();
    one.settle();
    control.advance();

    // Then
    assertThat(lease.model().integrator().integrate(List.of(SOME))).hasSize(1);
    try (ModelLease next = control.rollout().lease("one", "t00")) {
      assertThat(next.model().bundleId()).startsWith("b@");
    }

    // When
    lease.close();
    lease.close();
    control.advance();

    // Then
    assertThat(isOpen(a)).isFalse();
    assertThat(control.rollout().openBundles()).isEqualTo(1);
  }

  @Test
  void shouldCloseTheOldBundleOnceAllTasksHaveSwitched() {
    // Given
    Member one = join("one");
    Member two = join("two");

    // When one has switched and the other is under way
    ask("PROMOTE:" + b);
    one.follow();
    two.follow();
    one.settle();
    two.tick();
    control.advance();

    // Then
    assertThat(control.rollout().openBundles()).isEqualTo(2);
    assertThat(isOpen(a)).isTrue();

    // When
    two.settle();
    control.advance();

    // Then
    assertThat(control.rollout().openBundles()).isEqualTo(1);
    assertThat(isOpen(a)).isFalse();
    assertThat(Stream.of(one, two).map(Member::serving)).containsExactly("b", "b");
  }

  @Test
  void shouldWaitForATaskThatHasNotSeenThePlan() {
    Member idle = join("idle");

    ask("SHADOW:" + b, "ROLLBACK", "SHADOW:" + c);

    assertThat(isOpen(b)).isTrue();
    assertThat(loaded).doesNotContainKey(c);
    idle.follow();
    control.advance();
    idle.follow();
    control.advance();
    assertThat(isOpen(b)).isFalse();
    assertThat(isOpen(c)).isTrue();
  }

  @Test
  void shouldAddUpTheBackgroundWorkOfItsTasks() {
    join("one");
    Member two = join("two");
    assertWork(false, 2L * TENANTS);

    two.task().close();
    assertWork(false, TENANTS);
  }

  @Test
  void shouldHaveVisitedNobodyWhenAChangeIsAskedFor() {
    Member one = join("one");

    ask("SHADOW:" + b);
    assertWork(true, 0);
    one.follow();
    assertWork(true, 0);

    one.settle();
    assertWork(false, TENANTS);
  }

  private void assertWork(boolean sweeping, long visited) {
    assertThat(control.rollout().progress())
        .extracting(RolloutProgress::sweeping, RolloutProgress::visited)
        .containsExactly(sweeping, visited);
  }

  @Test
  void shouldNotCallABundleServingThatNoTaskHasTakenUp() {
    // Given
    Member one = join("one");
    one.follow();

    // When it is asked for
    ask("PROMOTE:" + b);

    // Then
    RolloutProgress asked = control.rollout().progress();
    assertThat(asked.serving()).startsWith("a@");
    assertThat(asked.candidate().orElseThrow()).startsWith("b@");
    assertThat(asked.rollsOut()).isTrue();

    // When it is there
    one.follow();
    one.settle();
    control.advance();

    // Then
    RolloutProgress done = control.rollout().progress();
    assertThat(done.serving()).startsWith("b@");
    assertThat(done.candidate()).isEmpty();
    assertThat(done.rollsOut()).isFalse();
  }

  @Test
  void shouldBeginATaskWithTheModelThatIsToServe() {
    Member old = join("old");
    ask("PROMOTE:" + b);
    old.follow();

    Member young = join("young");
    assertThat(young.serving()).isEqualTo("b");
    old.settle();
    young.settle();
    control.advance();

    assertThat(isOpen(a)).isFalse();
    assertThat(join("younger").serving()).isEqualTo("b");
  }

  @Test
  void shouldNotWaitForATaskThatHasLeftOrWasReplaced() {
    Member crashed = join("crashed");
    Member left = join("left");
    ask("PROMOTE:" + b);
    crashed.follow();

    left.task().close();
    Member replacement = join("crashed");
    crashed.task().close();
    replacement.settle();
    control.advance();

    assertThat(isOpen(a)).isFalse();
  }

  @Test
  void shouldGoBackInMidRolloutWithoutLoadingAgain() {
    // Given a task that is done and one that is under way
    Member done = join("done");
    Member underWay = join("under way");
    ask("PROMOTE:" + b);
    done.follow();
    done.settle();
    underWay.follow();
    underWay.tick();
    Bundle first = loaded.get(a);

    // When
    ask("ROLLBACK");
    Stream.of(done, underWay).forEach(Member::follow);
    Stream.of(done, underWay).forEach(Member::settle);
    control.advance();

    // Then
    assertThat(loaded.get(a)).isSameAs(first);
    assertThat(Stream.of(done, underWay).map(Member::serving)).containsExactly("a", "a");
    assertThat(isOpen(a)).isTrue();
    assertThat(isOpen(b)).isFalse();
  }

  @Test
  void shouldGoBackAfterARolloutByLoadingAgain() {
    Member task = join("task");
    promote(task, b);
    Bundle first = loaded.get(a);

    ask("ROLLBACK");
    task.follow();
    task.settle();
    control.advance();

    assertThat(loaded.get(a)).isNotSameAs(first);
    assertThat(task.serving()).isEqualTo("a");
    assertThat(isOpen(b)).isFalse();
  }

  @Test
  void shouldLetAChangeWaitForTheRolloutBeforeIt() {
    Member task = join("task");

    ask("PROMOTE:" + b, "PROMOTE:" + c);
    task.follow();
    assertThat(loaded).doesNotContainKey(c);
    task.settle();
    control.advance();
    task.follow();
    task.settle();
    control.advance();

    assertThat(task.serving()).isEqualTo("c");
    assertThat(control.rollout().openBundles()).isEqualTo(1);
  }

  @Test
  void shouldPromoteTheOneInShadowAsItIsLoaded() {
    Member task = join("task");
    ask("SHADOW:" + b);
    task.follow();
    assertThat(task.serving()).isEqualTo("a");
    Bundle shadow = loaded.get(b);

    control.advance();
    ask("PROMOTE");
    task.follow();
    task.settle();

    assertThat(task.serving()).isEqualTo("b");
    assertThat(loaded.get(b)).isSameAs(shadow);
  }

  @Test
  void shouldRefuseWhatCannotBeUsedAndGoOn() {
    Member task = join("task");

    ask(
        "PROMOTE:" + damaged,
        "PROMOTE:" + otherEncoder,
        "PROMOTE:" + otherDimension,
        "PROMOTE:" + directory.resolve("nowhere"),
        "PROMOTE:" + b + ":b@000000000000",
        "SHADOW:" + a,
        "SHADOW:" + b + ":b@000000000000");
    task.follow();
    control.advance();

    assertThat(task.serving()).isEqualTo("a");
    assertThat(control.rollout().openBundles()).isEqualTo(1);
    assertThat(isOpen(b)).isFalse();
    assertThat(steps.list())
        .hasSize(7)
        .allMatch(step -> step.outcome() == ControlStep.Outcome.REFUSED);
    assertThat(steps.list().get(0).why()).contains("SHA-256");
    promote(task, c);
    assertThat(task.serving()).isEqualTo("c");
    assertThat(steps.list().get(7))
        .isEqualTo(new ControlStep(0, "PROMOTE", c, ControlStep.Outcome.ACCEPTED, null));
  }

  /** Another instance may have made the change: the rollback undoes it there, and nothing here. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "PROMOTE:damaged ROLLBACK",
        "SHADOW:damaged ROLLBACK",
        "SHADOW:damaged PROMOTE ROLLBACK",
        "PROMOTE:damaged PROMOTE:damaged ROLLBACK",
      })
  void shouldStayWhenARefusedChangeIsTakenBack(String records) {
    String[] asked =
        Stream.of(records.replace("damaged", damaged).split(" ")).toArray(String[]::new);
    Member task = join("task");
    promote(task, b);

    ask(asked);
    task.settle();
    control.advance();

    assertThat(task.serving()).isEqualTo("b");

    // When an instance starts before the last record
    restart(
        Stream.concat(Stream.of("PROMOTE:" + b), Stream.of(asked).limit(asked.length - 1L))
            .toArray(String[]::new));
    Member later = join("later");
    ask("ROLLBACK");
    later.follow();
    later.settle();

    assertThat(later.serving()).isEqualTo("b");
  }

  @Test
  void shouldGoBackToTheBundleBeforeThatServedWhenOneBetweenWasRefused() {
    Member task = join("task");
    promote(task, b);

    ask("PROMOTE:" + damaged);
    promote(task, c);
    ask("ROLLBACK");
    task.follow();
    task.settle();

    assertThat(task.serving()).isEqualTo("b");
  }

  @Test
  void shouldPromoteNoOtherShadowThanTheOneAskedForLast() {
    Member task = join("task");
    ask("SHADOW:" + b);
    task.follow();
    control.advance();

    ask("SHADOW:" + damaged);
    assertThat(refusal("PROMOTE"))
        .hasValueSatisfying(why -> assertThat(why).matches(".*expected it in shadow, found b@.*"));
    ask("PROMOTE");
    task.follow();
    task.settle();

    assertThat(task.serving()).isEqualTo("a");
  }

  @Test
  void shouldKeepTheReasonsOfWhatItIgnores() {
    ask("PROMOTE", "ROLLBACK", "SHADOW");

    assertThat(steps.list())
        .extracting(ControlStep::why)
        .satisfiesExactly(
            why -> assertThat(why).contains("none is in shadow"),
            why -> assertThat(why).contains("expected a bundle in shadow"),
            why -> assertThat(why).contains("expected the place of the bundle"));
  }

  @Test
  void shouldSayBeforehandWhatItWouldRefuse() {
    assertThat(refusal("PROMOTE")).hasValueSatisfying(why -> assertThat(why).contains("in shadow"));
    assertThat(refusal("ROLLBACK")).isPresent();
    assertThat(refusal("SHADOW:" + damaged))
        .hasValueSatisfying(why -> assertThat(why).contains("SHA-256"));
    assertThat(refusal("SHADOW:" + a))
        .hasValueSatisfying(why -> assertThat(why).contains("found the same"));
    assertThat(refusal("PROMOTE:" + b + ":b@000000000000"))
        .hasValueSatisfying(why -> assertThat(why).startsWith("bundleId: expected b@"));
    assertThat(refusal("SHADOW:" + b)).isEmpty();
    ask("SHADOW:" + b);
    assertThat(refusal("PROMOTE")).isEmpty();
    assertThat(refusal("ROLLBACK")).isEmpty();
    assertThat(steps.list()).hasSize(1);
  }

  private Optional<String> refusal(String record) {
    return control.refusal(RolloutStateTest.control(record));
  }

  @Test
  void shouldSayWhyItRefuses() {
    BundleRollout rollout = control.rollout();

    assertRefused(() -> rollout.promote(BundleReference.at(damaged)), "SHA-256");
    assertRefused(
        () -> rollout.promote(BundleReference.at(otherEncoder)),
        "expected the encoder of bundle a@.*, none, found all-minilm");
    assertRefused(
        () -> rollout.promote(BundleReference.at(otherDimension)),
        "expected any features like bundle a@.*, found 5");
    assertRefused(
        () -> rollout.shadow(BundleReference.at(b).withId("b@1")), "expected id b@1, found b@");
    assertRefused(() -> rollout.shadow(BundleReference.at(a)), "expected another bundle than");
  }

  private static void assertRefused(ThrowingCallable change, String why) {
    assertThatThrownBy(change)
        .isInstanceOf(BundleException.class)
        .hasMessageMatching("bundle .*" + why + ".*");
  }

  @Test
  void shouldDoNothingWhenTheServingOneIsPromoted() {
    Member task = join("task");
    promote(task, b);

    promote(task, b);
    ask("ROLLBACK");
    task.follow();
    task.settle();
    control.advance();

    assertThat(task.serving()).isEqualTo("a");
    assertThat(control.rollout().openBundles()).isEqualTo(1);
  }

  @Test
  void shouldStartWhereTheRecordsLead() {
    restart("PROMOTE:" + b, "SHADOW:" + c);
    assertThat(join("task").serving()).isEqualTo("b");
    assertThat(control.rollout().openBundles()).isEqualTo(2);

    restart("PROMOTE:" + b, "ROLLBACK");
    assertThat(join("task").serving()).isEqualTo("a");

    restart("PROMOTE:" + b, "PROMOTE:" + damaged, "SHADOW:" + c);
    assertThat(join("task").serving()).isEqualTo("b");
    assertThat(control.rollout().openBundles()).isEqualTo(1);
    assertThat(steps.list())
        .extracting(ControlStep::outcome)
        .containsExactly(
            ControlStep.Outcome.ACCEPTED, ControlStep.Outcome.REFUSED, ControlStep.Outcome.REFUSED);

    restart("SHADOW:" + damaged);
    assertThat(join("task").serving()).isEqualTo("a");
    assertThat(steps.list().get(0).why()).contains("SHA-256");
  }

  @Test
  void shouldKeepTheEncoderOfTheFirstBundleForThoseThatFollow() {
    // Given
    BundleLoad withEncoders =
        (location, withEncoder) ->
            Bundle.load(
                location, BundleOptions.defaults().withLoadEncoder(withEncoder).withWarmUp(false));
    RolloutControl texts =
        RolloutControl.start(
            ShippedBundles.ANALYTIC, List.of(), true, withEncoders, new ControlSteps());
    Encoder encoder;
    try (BundleRollout rollout = texts.rollout()) {
      encoder = rollout.join("task").model().encoder().orElseThrow();
      rollout.join("task").close();

      // When
      texts.take(control("PROMOTE:" + otherEncoder));
      texts.take(control("PROMOTE:" + a));
      texts.advance();

      // Then
      assertThat(rollout.openBundles()).isEqualTo(1);
      assertThat(rollout.servingId()).startsWith("text@");
      assertThat(rollout.join("task").model().encoder()).containsSame(encoder);
      assertThat(encoder.encode(List.of("still here")).length).isEqualTo(1);
    }
    assertThatThrownBy(() -> encoder.encode(List.of("gone")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldLoadAnotherEncoderAndCloseTheOneBeforeOnceNoTaskUsesIt() {
    // Given
    BundleRollout rollout = withEncoders(Optional.empty());
    Member task = join("task");
    Encoder old = task.task().model().encoder().orElseThrow();

    // When put in shadow and dropped
    ask("SHADOW:" + shortTexts);
    task.follow();
    assertThat(rollout.openBundles()).isEqualTo(2);
    ask("ROLLBACK");
    task.follow();
    control.advance();

    // When promoted
    ask("PROMOTE:" + shortTexts);
    task.follow();
    assertThat(old.encode(List.of("still here")).length).isEqualTo(1);
    task.settle();
    control.advance();

    // Then
    assertThat(rollout.openBundles()).isEqualTo(1);
    Encoder own = join("younger").task().model().encoder().orElseThrow();
    assertThat(own.id()).isNotEqualTo(old.id());
    assertThatThrownBy(() -> old.encode(List.of("gone"))).isInstanceOf(IllegalStateException.class);
    assertThat(own.encode(List.of("here")).length).isEqualTo(1);

    // When it goes back
    rollout.join("younger").close();
    ask("ROLLBACK");
    task.follow();
    task.settle();
    control.advance();

    // Then
    assertThatThrownBy(() -> own.encode(List.of("gone"))).isInstanceOf(IllegalStateException.class);
    assertThat(rollout.openBundles()).isEqualTo(1);
  }

  @Test
  void shouldRefuseAnotherEncoderWhereTextsAreMissingBeforeAnythingIsBegun() {
    BundleRollout rollout = withEncoders(Optional.of("memory.texts=none keeps no texts"));
    assertRefused(
        () -> rollout.promote(BundleReference.at(shortTexts)),
        "expected the encoder of bundle text@.*256 tokens.*, found .*8 tokens.*memory.texts=none");
    assertRefused(() -> rollout.shadow(BundleReference.at(shortTexts)), "memory.texts=none");
    rollout.close();

    BundleRollout checked = withEncoders(Optional.empty());
    checked.checkTexts(() -> Optional.of("tenant 't' has an example without a text"));
    assertRefused(() -> checked.promote(BundleReference.at(shortTexts)), "tenant 't' has");
    assertThat(checked.openBundles()).isEqualTo(1);
    assertThat(checked.progress().candidate()).isEmpty();
  }

  @Test
  void shouldWaitUntilTheTenantsCanBeRead() {
    BundleRollout rollout = withEncoders(Optional.empty());
    AtomicBoolean isRestoring = new AtomicBoolean(true);
    rollout.checkTexts(
        () -> {
          if (isRestoring.get()) {
            throw new TextCheck.TryLaterException("restoring", null);
          }
          return Optional.empty();
        });

    ask("PROMOTE:" + shortTexts);
    assertThat(rollout.servingId()).startsWith("text@");
    isRestoring.set(false);
    control.advance();

    assertThat(rollout.servingId()).startsWith("short@");
  }

  @Test
  void shouldStartBeforeARefusedEncoderWhereNoTextsAreKept() {
    control.rollout().close();
    control =
        RolloutControl.start(
            otherEncoder,
            List.of(control("PROMOTE:" + shortTexts)),
            true,
            encoders(Optional.of("no texts")),
            new ControlSteps());

    assertThat(control.rollout().servingId()).startsWith("text@");
  }

  /** An application whose bundle has an encoder of texts. */
  private BundleRollout withEncoders(Optional<String> whyNoOther) {
    control.rollout().close();
    control =
        RolloutControl.start(
            otherEncoder, List.of(), true, encoders(whyNoOther), new ControlSteps());
    return control.rollout();
  }

  private static BundleLoad encoders(Optional<String> whyNoOther) {
    return new BundleLoad() {
      @Override
      public Bundle load(String location, boolean withEncoder) {
        return Bundle.load(
            location, BundleOptions.defaults().withLoadEncoder(withEncoder).withWarmUp(false));
      }

      @Override
      public Optional<String> whyNoOtherEncoder() {
        return whyNoOther;
      }
    };
  }

  @Test
  void shouldNotStartWithoutAnyBundle() {
    assertThatThrownBy(
            () ->
                RolloutControl.start(
                    damaged,
                    List.of(control("SHADOW:" + b)),
                    true,
                    TestBundles.LOADER,
                    new ControlSteps()))
        .isInstanceOf(BundleException.class);
  }

  private void promote(Member task, String location) {
    ask("PROMOTE:" + location);
    task.follow();
    task.settle();
    control.advance();
  }

  private void ask(String... records) {
    Stream.of(records)
        .map(RolloutStateTest::control)
        .forEach(
            record -> {
              steps.read(record, 0);
              control.take(record);
            });
    control.advance();
  }

  private void restart(String... records) {
    control.rollout().close();
    control = start(Stream.of(records).map(RolloutStateTest::control).toList());
  }

  private RolloutControl start(List<BundleControl> records) {
    steps = new ControlSteps();
    records.forEach(record -> steps.read(record, 0));
    return RolloutControl.start(a, records, true, this::load, steps);
  }

  private Bundle load(String location, boolean withEncoder) {
    Bundle bundle = TestBundles.LOADER.load(location, withEncoder);
    loaded.put(location, bundle);
    return bundle;
  }

  private boolean isOpen(String location) {
    try {
      loaded.get(location).integrator().integrate(List.of(SOME));
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  private Member join(String id) {
    RolloutTask task = control.rollout().join(id);
    EngineFixture fixture =
        EngineFixture.of(EngineFixture.MEMORY, EngineFixture.FRESH, task.model());
    for (int i = 0; i < TENANTS; i++) {
      String tenant = "t%02d".formatted(i);
      fixture.process(add(tenant, "r", "red", 1, 0), add(tenant, "b", "blue", 0, 1));
    }
    Member member = new Member(task, fixture);
    member.settle();
    return member;
  }
}
