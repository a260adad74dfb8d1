package dev.hyperflow.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.Consistency;
import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.remember.Example;
import dev.hyperflow.engine.internal.remember.Fading;
import dev.hyperflow.engine.internal.remember.FeaturePrecision;
import dev.hyperflow.engine.internal.remember.LabelledExamples;
import dev.hyperflow.engine.internal.remember.MemorySettings;
import dev.hyperflow.engine.internal.remember.RingPolicy;
import dev.hyperflow.engine.internal.remember.Slot;
import dev.hyperflow.engine.internal.remember.TenantSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** A rehearsal says what the engine is going to say, and changes nothing. */
class RehearsalProperties {
  private static final String TENANT = "a";
  private static final int EVENTS = 40;
  private static final long LATER = 60_000;
  private static final MemorySettings SMALL =
      new MemorySettings(3, 4, 9, RingPolicy.RESERVOIR, FeaturePrecision.FLOAT16, 0.5f);
  private static final QuerySettings QUERY = new QuerySettings(Consistency.FRESH, 0, 1_000, 4);

  private final HeadCache cache = new HeadCache(10_000);

  @Property(tries = 500)
  void shouldAnswerAsTheEngineIsGoingToAnswer(@ForAll long seed) {
    // Given a tenant with a history
    Random random = new Random(seed);
    EngineFixture fixture = EngineFixture.of(SMALL, QUERY);
    List<Event> history = new RandomEvents(random).list(EVENTS);
    fixture.engine.process(history);
    TenantSnapshot snapshot = snapshot(fixture);
    assertThat(snapshot.isWhole()).isTrue();
    List<Event> next = changesAndQuery(random);

    // When
    Rehearsal.Outcome rehearsed = rehearse(snapshot, next);
    Rehearsal.Outcome again = rehearse(snapshot, next);

    // Then
    Output answer = answers(fixture.engine.process(next)).get(0);
    assertThat(rehearsed.of(next.size() - 1)).isEqualTo(answer);
    assertThat(again.of(next.size() - 1)).isEqualTo(answer);
    assertThat(rehearsed.support().meta().fingerprint())
        .isEqualTo(fixture.tenants.meta(TENANT).fingerprint());
  }

  /** Some additions and removals, then a query after examples have expired. */
  private static List<Event> changesAndQuery(Random random) {
    long now = LATER + random.nextInt(1_000);
    List<Event> events = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      events.add(
          random.nextBoolean()
              ? new Event.Retract(TENANT, now, "e" + random.nextInt(13))
              : EngineFixture.addAt(now, TENANT, "w" + i, "violet", features(random)));
    }
    events.add(
        new Event.Query(
            TENANT, now, "q", new Payload.Features(FeatureVector.of(features(random)))));
    return events;
  }

  private static float[] features(Random random) {
    float[] values = new float[EngineFixture.DIMENSION];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return values;
  }

  private Rehearsal.Outcome rehearse(TenantSnapshot snapshot, List<Event> events) {
    return new Rehearsal(EngineFixture.settings(SMALL, QUERY), EngineFixture.model("bundle"), cache)
        .play(TENANT, snapshot, events, OptionalInt.empty());
  }

  private static List<Output> answers(List<Output> outputs) {
    return outputs.stream()
        .filter(output -> output instanceof Output.Answer || output instanceof Output.Rejected)
        .sorted(Comparator.comparingInt(output -> -output.index()))
        .toList();
  }

  private static TenantSnapshot snapshot(EngineFixture fixture) {
    Map<Slot, Example> examples = new HashMap<>();
    fixture.tenants.forEachExample(TENANT, examples::put);
    return new TenantSnapshot(fixture.tenants.meta(TENANT), examples);
  }

  @Test
  void shouldTellTheFeaturesOfTheQueryWithoutEncodingItAgain() {
    // Given a model that counts what it encodes
    FakeEncoder encoder = new FakeEncoder("e");
    AdaptationModel bare = EngineFixture.model("bundle");
    AdaptationModel model =
        new AdaptationModel(
            "bundle",
            Optional.of(encoder),
            OptionalInt.of(EngineFixture.DIMENSION),
            bare.integrator(),
            bare.calibration());
    EngineSettings settings = EngineFixture.settings(SMALL, QUERY);
    EngineFixture fixture = EngineFixture.of(settings, model);

    // When
    Rehearsal.Outcome outcome =
        new Rehearsal(settings, model, cache)
            .play(
                TENANT,
                snapshot(fixture),
                List.of(new Event.Query(TENANT, 1, "q", new Payload.Text("a question"))),
                OptionalInt.empty());

    // Then
    assertThat(encoder.calls()).containsExactly(List.of("a question"));
    assertThat(outcome.query())
        .contains(FeatureVector.of(encoder.encode(List.of("a question"))[0]));
  }

  @Test
  void shouldSeeThatASnapshotIsNotWhole() {
    EngineFixture fixture = EngineFixture.of(SMALL, QUERY);
    fixture.process(EngineFixture.add(TENANT, "e1", "red", features(new Random(1))));
    TenantSnapshot before = snapshot(fixture);
    fixture.process(EngineFixture.add(TENANT, "e2", "red", features(new Random(2))));
    TenantSnapshot after = snapshot(fixture);

    assertThat(before.isWhole()).isTrue();
    assertThat(after.isWhole()).isTrue();
    assertThat(new TenantSnapshot(before.meta(), after.examples()).isWhole()).isFalse();
    assertThat(new TenantSnapshot(after.meta(), before.examples()).isWhole()).isFalse();
  }

  @Test
  void shouldGiveEachExamplesInfluenceAsAHeadWithoutItDoes() {
    // Given
    Random random = new Random(7);
    EngineFixture fixture =
        EngineFixture.of(
            new MemorySettings(3, 8, 24, RingPolicy.NEWEST, FeaturePrecision.FLOAT32, 1), QUERY);
    for (int i = 0; i < 9; i++) {
      fixture.process(
          EngineFixture.add(TENANT, "e" + i, i < 1 ? "alone" : "l" + i % 2, features(random)));
    }
    LabelledExamples support = snapshot(fixture).labelled(Fading.OFF);
    FeatureVector query = FeatureVector.of(features(random));

    // When
    List<LeaveOneOut.Influence> influences =
        new LeaveOneOut(EngineFixture.model("bundle")).of(support, query, "l1");

    // Then each is what the engine says when the example is retracted
    assertThat(influences).hasSize(9);
    for (LeaveOneOut.Influence influence : influences) {
      Rehearsal.Outcome without =
          new Rehearsal(
                  EngineFixture.settings(
                      new MemorySettings(3, 8, 24, RingPolicy.NEWEST, FeaturePrecision.FLOAT32, 1),
                      QUERY),
                  EngineFixture.model("bundle"),
                  cache)
              .play(
                  TENANT,
                  snapshot(fixture),
                  List.of(
                      new Event.Retract(TENANT, 1, influence.eventId()),
                      new Event.Query(TENANT, 1, "q", new Payload.Features(query))),
                  OptionalInt.of(10));
      float expected =
          ((Output.Answer) without.of(1))
              .verdict().topLabels().stream()
                  .filter(top -> top.label().equals("l1"))
                  .findFirst()
                  .orElseThrow()
                  .probability();
      assertThat(influence.probabilityWithout()).isEqualTo(expected);
    }
  }

  @Test
  void shouldTestOnlyExamplesWhoseLabelHasAnother() {
    // Given two clear labels and one that has a single example
    EngineFixture fixture = EngineFixture.create();
    for (int i = 0; i < 6; i++) {
      float[] features = new float[EngineFixture.DIMENSION];
      features[i % 2] = 1;
      features[2 + i % 3] = 0.1f;
      fixture.process(EngineFixture.add(TENANT, "e" + i, i % 2 == 0 ? "x" : "y", features));
    }
    float[] alone = new float[EngineFixture.DIMENSION];
    alone[7] = 1;
    fixture.process(EngineFixture.add(TENANT, "e9", "z", alone));

    // When
    List<CrossValidation.Test> tests =
        new CrossValidation(EngineFixture.model("bundle"))
            .of(snapshot(fixture).labelled(Fading.OFF));

    // Then
    assertThat(tests).hasSize(6).noneMatch(test -> test.label().equals("z"));
    assertThat(tests)
        .allMatch(test -> test.probabilities().keySet().iterator().next().equals(test.label()));
  }
}
