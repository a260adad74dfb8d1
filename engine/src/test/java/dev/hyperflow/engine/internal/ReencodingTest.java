package dev.hyperflow.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.Consistency;
import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.remember.Example;
import dev.hyperflow.engine.internal.remember.FeaturePrecision;
import dev.hyperflow.engine.internal.remember.MemorySettings;
import dev.hyperflow.engine.internal.remember.RingPolicy;
import dev.hyperflow.engine.internal.remember.Slot;
import dev.hyperflow.models.internal.TextPrefixes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A rollout to a bundle with another encoder, whose features have another dimension. */
class ReencodingTest {
  private static final MemorySettings MEMORY =
      new MemorySettings(10, 12, 80, RingPolicy.RESERVOIR, FeaturePrecision.FLOAT16, 0.5f);
  private static final QuerySettings SETTINGS =
      new QuerySettings(Consistency.FRESH, 0, 1_000, 2); // 16 texts a tick
  private static final int TENANTS = 9;
  private static final int EXAMPLES = 20;
  private static final String OLD = "old";
  private static final String NEW = "new";

  private final AdaptationModel oldModel = model(OLD, 8);
  private final AdaptationModel newModel = model(NEW, 5);

  @Test
  void shouldLeaveEveryTenantAsIfTheNewEncoderHadBeenThereFromTheStart() {
    // Given
    EngineFixture moved = taught(oldModel);
    EngineFixture born = taught(newModel);

    // When
    moved.engine.rollOut(newModel);
    moved.settle();

    // Then
    born.settle();
    assertEqual(moved, born);
    assertThat(moved.engine.bundlesInUse()).containsExactly(NEW);
  }

  @Test
  void shouldAnswerATenantFromOneSpaceOrTheOtherAndEncodeAFewTextsATick() {
    // Given
    EngineFixture moving = taught(oldModel);
    moving.settle();
    List<Output.Answer> before = answers(taught(oldModel));
    List<Output.Answer> after = answers(taught(newModel));
    FakeEncoder encoder = (FakeEncoder) newModel.encoder().orElseThrow();
    encoder.calls().clear();

    // When
    moving.engine.rollOut(newModel);
    List<Integer> switched = new ArrayList<>();
    while (moving.engine.progress().sweeping()) {
      encoder.calls().clear();
      moving.engine.tick();
      assertThat(encoder.calls().stream().mapToInt(List::size).sum()).isLessThanOrEqualTo(16);

      // Then every answer is whole, and those of the new space come first
      List<Output.Answer> now = answers(moving);
      int reached = (int) now.stream().filter(answer -> answer.bundleId().equals(NEW)).count();
      for (int t = 0; t < TENANTS; t++) {
        assertThat(now.get(t)).isEqualTo(t < reached ? after.get(t) : before.get(t));
      }
      switched.add(reached);
    }
    assertThat(switched).isSorted().startsWith(0).endsWith(TENANTS).hasSizeGreaterThan(TENANTS);
  }

  @Test
  void shouldTakeExamplesInAndOutDuringTheSweep() {
    // Given
    EngineFixture moved = taught(oldModel);
    EngineFixture born = taught(newModel);
    moved.engine.rollOut(newModel);
    int step = 0;

    // When
    while (moved.engine.progress().sweeping()) {
      for (String tenant : List.of("t0", "t4", "t8")) {
        List<Event> events =
            List.of(
                new Event.Retract(tenant, 1, "e" + step % EXAMPLES),
                add(tenant, "late" + step),
                new Event.Query(tenant, 1, "q" + step, new Payload.Text("how " + step)));
        assertThat(moved.engine.process(events)).noneMatch(Output.Rejected.class::isInstance);
        born.engine.process(events);
      }
      moved.process(new Event.ForgetTenant("t7", 1));
      moved.engine.tick();
      step++;
    }
    born.process(new Event.ForgetTenant("t7", 1));

    // Then
    assertThat(step).isGreaterThan(5);
    born.settle();
    assertEqual(moved, born);
  }

  @Test
  void shouldGoOnAfterARestartInMidSweep() {
    EngineFixture moved = underWay();

    moved.restart(newModel);
    assertThat(answers(moved)).isEqualTo(answers(taught(newModel)));
    moved.settle();

    EngineFixture born = taught(newModel);
    answers(born);
    assertEqual(moved, born);
  }

  @Test
  void shouldGoBackInMidSweep() {
    EngineFixture moved = underWay();

    moved.engine.rollBack();

    assertThat(answers(moved)).isEqualTo(answers(taught(oldModel)));
    moved.settle();
    EngineFixture born = taught(oldModel);
    answers(born);
    assertEqual(moved, born);
  }

  @Test
  void shouldTakeFeedbackToAQueryOfTheSpaceBefore() {
    // Given a query without an example of its tenant, and one with some
    EngineFixture moved = taught(oldModel);
    EngineFixture born = taught(newModel);
    for (EngineFixture fixture : List.of(moved, born)) {
      fixture.process(
          new Event.Query("t0", 1, "q", new Payload.Text("what")),
          new Event.Query("unknown", 1, "q", new Payload.Text("who")));
    }

    // When
    moved.engine.rollOut(newModel);
    moved.settle();

    // Then
    for (EngineFixture fixture : List.of(moved, born)) {
      fixture.process(
          new Event.Feedback("t0", 2, "f", "q", "red", ExampleTerms.ORDINARY),
          new Event.Feedback("unknown", 2, "f", "q", "red", ExampleTerms.ORDINARY));
    }
    assertThat(moved.tenants.meta("unknown").examples()).isEqualTo(1);
    born.settle();
    assertEqual(moved, born);
  }

  @Test
  void shouldTellQueriesFromExamplesWhereTheNewEncoderDoes() {
    // Given
    AdaptationModel prefixed = model(NEW, 5, new TextPrefixes("query: ", "passage: "));
    Event asked = new Event.Query("t0", 1, "q", new Payload.Text("what"));
    Event told = new Event.Feedback("t0", 2, "f", "q", "red", ExampleTerms.ORDINARY);
    EngineFixture moved = taught(oldModel);
    EngineFixture born = taught(prefixed);
    EngineFixture added = taught(prefixed);
    moved.process(asked);
    born.process(asked);

    // When
    moved.engine.shadow(prefixed);
    moved.settle();
    assertThat(moved.heads.head("t0", NEW).orElseThrow().adapted())
        .isEqualTo(headOf(taught(prefixed), "t0"));
    moved.engine.rollOut(prefixed);
    moved.settle();
    moved.process(told);
    born.process(told);

    // Then feedback is learned as an example is, whatever its query was encoded for
    added.process(
        new Event.Add("t0", 2, "f", "red", ExampleTerms.ORDINARY, new Payload.Text("what")));
    assertThat(born.tenants.meta("t0").fingerprint())
        .isEqualTo(added.tenants.meta("t0").fingerprint());
    born.settle();
    assertEqual(moved, born);
    FakeEncoder encoder = (FakeEncoder) prefixed.encoder().orElseThrow();
    assertThat(encoder.calls().stream().flatMap(List::stream))
        .allMatch(text -> text.startsWith("query: what") || text.startsWith("passage: "))
        .contains("query: what", "passage: what", "passage: all that is red");
  }

  @Test
  void shouldCompareInShadowWithoutTouchingTheTenants() {
    // Given
    EngineFixture shadowed = taught(oldModel);
    EngineFixture alone = taught(oldModel);

    // When
    shadowed.engine.shadow(newModel);
    shadowed.settle();

    // Then
    assertThat(shadowed.heads.head("t0", NEW).orElseThrow().adapted())
        .isEqualTo(headOf(taught(newModel), "t0"));
    for (int t = 0; t < TENANTS; t++) {
      List<Output> outputs = shadowed.process(query("t" + t));
      assertThat(outputs).filteredOn(Output.ShadowAnswered.class::isInstance).hasSize(1);
      assertThat(Outcomes.answer(outputs))
          .isEqualTo(Outcomes.answer(alone.process(query("t" + t))));
      assertThat(shadowed.tenants.meta("t" + t).fingerprint())
          .isEqualTo(alone.tenants.meta("t" + t).fingerprint());
    }
    List<Output> tested = shadowed.process(add("t0", "more"));
    assertThat(Outcomes.of(Output.Tested.class, tested).get(0).shadow()).isPresent();

    // When it takes over
    shadowed.engine.rollOut(newModel);
    shadowed.settle();

    // Then
    EngineFixture born = taught(newModel);
    born.process(add("t0", "more"));
    born.settle();
    answers(born);
    answers(shadowed);
    assertEqual(shadowed, born);
  }

  @Test
  void shouldLeaveATenantWithoutATextWhereItIsAndSaySo() {
    // Given
    EngineFixture moved = taught(oldModel);
    moved.process(
        new Event.Add(
            "t3",
            1,
            "own",
            "red",
            ExampleTerms.ORDINARY,
            new Payload.Features(FeatureVector.of(new float[8]))));

    // When
    moved.engine.rollOut(newModel);

    // Then
    assertThat(moved.settle())
        .filteredOn(Output.BackgroundFailed.class::isInstance)
        .extracting(output -> ((Output.BackgroundFailed) output).tenant())
        .containsExactly("t3");
    assertThat(Outcomes.reason(moved.process(query("t3")))).isEqualTo(Reason.WRONG_FEATURE_SPACE);
    assertThat(moved.tenants.meta("t3").dimension()).isEqualTo(8);

    // When the example goes
    moved.process(new Event.Retract("t3", 2, "own"));

    // Then
    assertThat(Outcomes.answer(moved.process(query("t3"))).bundleId()).isEqualTo(NEW);
  }

  /** A rollout that has come to some tenants, not to all. */
  private EngineFixture underWay() {
    EngineFixture fixture = taught(oldModel);
    fixture.engine.rollOut(newModel);
    while (fixture.tenants.meta("t3").dimension() == 8) {
      fixture.engine.tick();
    }
    assertThat(fixture.tenants.meta("t8").dimension()).isEqualTo(8);
    return fixture;
  }

  private static void assertEqual(EngineFixture one, EngineFixture other) {
    List<String> tenants = one.tenants.tenants(Optional.empty(), 100);
    assertThat(tenants).isEqualTo(other.tenants.tenants(Optional.empty(), 100));
    for (String tenant : tenants) {
      assertThat(one.tenants.meta(tenant).facts()).isEqualTo(other.tenants.meta(tenant).facts());
      assertThat(examples(one, tenant)).isEqualTo(examples(other, tenant));
      if (one.tenants.meta(tenant).examples() > 0) {
        assertThat(headOf(one, tenant)).isEqualTo(headOf(other, tenant));
      }
    }
  }

  private static Map<Slot, Example> examples(EngineFixture fixture, String tenant) {
    Map<Slot, Example> examples = new HashMap<>();
    fixture.tenants.forEachExample(tenant, examples::put);
    return examples;
  }

  /** The head that answers. */
  private static Object headOf(EngineFixture fixture, String tenant) {
    fixture.process(query(tenant));
    return fixture.heads.head(tenant, fixture.engine.servingBundle()).orElseThrow().adapted();
  }

  private static EngineFixture taught(AdaptationModel model) {
    EngineFixture fixture = EngineFixture.of(MEMORY, SETTINGS, model);
    for (int t = 0; t < TENANTS; t++) {
      String tenant = "t" + t;
      IntStream.range(0, EXAMPLES).forEach(i -> fixture.process(add(tenant, "e" + i)));
      fixture.process(
          new Event.Describe(
              tenant, 0, "d", "red", ExampleTerms.ORDINARY, new Payload.Text("all that is red")));
    }
    return fixture;
  }

  private static Event add(String tenant, String id) {
    return new Event.Add(
        tenant,
        0,
        id,
        List.of("red", "blue", "green").get(Math.floorMod(id.hashCode(), 3)),
        ExampleTerms.ORDINARY,
        new Payload.Text("text of " + id + " of " + tenant));
  }

  private static Event query(String tenant) {
    return new Event.Query(tenant, 0, "q", new Payload.Text("what is " + tenant));
  }

  private static List<Output.Answer> answers(EngineFixture fixture) {
    return IntStream.range(0, TENANTS)
        .mapToObj(t -> Outcomes.answer(fixture.process(query("t" + t))))
        .toList();
  }

  private static AdaptationModel model(String bundleId, int dimension) {
    return model(bundleId, dimension, TextPrefixes.NONE);
  }

  private static AdaptationModel model(String bundleId, int dimension, TextPrefixes prefixes) {
    return new AdaptationModel(
        bundleId,
        Optional.of(new FakeEncoder("encoder-of-" + bundleId, dimension, prefixes)),
        OptionalInt.of(dimension),
        EngineFixture.integrator(),
        EngineFixture.model(bundleId).calibration());
  }
}
