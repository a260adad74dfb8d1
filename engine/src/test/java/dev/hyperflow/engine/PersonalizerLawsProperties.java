package dev.hyperflow.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.EngineFixture;
import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Output;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The laws of the engine, seen from the door. Each list of steps comes from one seed. */
class PersonalizerLawsProperties {
  private static final String[] TENANTS = {"a", "b"};
  private static final String[] LABELS = {"red", "green", "blue"};
  private static final int MAX_STEPS = 40;
  private static final int EVENT_IDS = 12;

  /** An example to add, or to retract where it has no features. */
  private record Step(
      String tenant, String eventId, String label, Optional<FeatureVector> features) {

    void applyTo(Personalizer personalizer) {
      if (features.isEmpty()) {
        personalizer.retract(tenant, eventId);
      } else {
        personalizer.add(tenant, eventId, label, features.get().toArray());
      }
    }

    Event event() {
      return features.isEmpty()
          ? new Event.Retract(tenant, 0, eventId)
          : EngineFixture.add(tenant, eventId, label, features.get().toArray());
    }
  }

  @Property(tries = 200)
  void shouldAnswerAsTheEngineDoesForTheSameEventsInOneBatch(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = MAX_STEPS) int n) {
    Random random = new Random(seed);
    List<Step> steps = steps(random, n);
    float[] query = features(random);
    Personalizer personalizer = personalizer();
    steps.forEach(step -> step.applyTo(personalizer));
    EngineFixture engine =
        EngineFixture.of(
            PersonalizerOptions.defaults().settings().memory(),
            PersonalizerOptions.defaults().settings().query(),
            EngineFixture.model("bundle"));
    List<Event> events = new ArrayList<>(steps.stream().map(Step::event).toList());
    for (String tenant : TENANTS) {
      events.add(EngineFixture.query(tenant, "q", query));
    }
    List<Output.Answer> answers =
        engine.engine.process(events).stream()
            .filter(Output.Answer.class::isInstance)
            .map(Output.Answer.class::cast)
            .toList();

    for (int i = 0; i < TENANTS.length; i++) {
      Answer answer = personalizer.predict(TENANTS[i], query);
      Output.Answer expected = answers.get(i);
      assertThat(answer.status().name()).isEqualTo(expected.verdict().status().name());
      assertThat(answer.abstained()).isEqualTo(expected.verdict().abstained());
      assertThat(answer.fingerprint()).isEqualTo(expected.support().fingerprint().toHex());
      assertThat(answer.top().stream().map(c -> c.label() + c.probability()).toList())
          .isEqualTo(
              expected.verdict().topLabels().stream()
                  .map(c -> c.label() + c.probability())
                  .toList());
      assertThat(personalizer.head(TENANTS[i]).map(TenantHead::head))
          .isEqualTo(engine.heads.head(TENANTS[i], "bundle").map(head -> head.adapted()));
    }
  }

  @Property(tries = 200)
  void shouldForgetARetractedExampleAsIfItHadNeverBeenAdded(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = EVENT_IDS) int n) {
    Random random = new Random(seed);
    Personalizer retracted = personalizer();
    Personalizer never = personalizer();
    int victim = random.nextInt(n);
    for (int i = 0; i < n; i++) {
      Step step =
          new Step(
              "a",
              "e" + i,
              LABELS[random.nextInt(LABELS.length)],
              Optional.of(FeatureVector.of(features(random))));
      step.applyTo(retracted);
      if (i != victim) {
        step.applyTo(never);
      }
      retracted.predict("a", features(random)); // a head of the example is there to be dropped
    }
    retracted.retract("a", "e" + victim);

    assertSame(retracted, never, features(random));
  }

  @Property(tries = 200)
  void shouldGiveTheSameAfterSavingAndLoading(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = MAX_STEPS) int n) {
    Random random = new Random(seed);
    Personalizer saved = personalizer();
    steps(random, n).forEach(step -> step.applyTo(saved));
    saved.describe("a", "white", Example.of(features(random)));
    Personalizer loaded = personalizer();
    loaded.add("gone", "e", "red", features(random));
    load(loaded, save(saved));

    assertSame(loaded, saved, features(random));
    assertThat(save(loaded)).isEqualTo(save(saved));

    List<Step> later = steps(random, n);
    later.forEach(step -> step.applyTo(saved));
    later.forEach(step -> step.applyTo(loaded));
    assertSame(loaded, saved, features(random));
  }

  @Property(tries = 200)
  void shouldNotMixTwoTenants(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = MAX_STEPS) int n) {
    Random random = new Random(seed);
    List<Step> steps = steps(random, n);
    float[] query = features(random);
    Personalizer shared = personalizer();
    steps.forEach(step -> step.applyTo(shared));

    for (String tenant : TENANTS) {
      Personalizer own = personalizer();
      steps.stream().filter(s -> s.tenant().equals(tenant)).forEach(step -> step.applyTo(own));
      assertThat(shared.predict(tenant, query)).isEqualTo(own.predict(tenant, query));
      assertThat(shared.head(tenant)).isEqualTo(own.head(tenant));
    }
    shared.forgetTenant("a");
    assertThat(shared.tenants()).doesNotContain("a");
    assertThat(shared.predict("a", query).label()).isEmpty();
  }

  private static void assertSame(Personalizer one, Personalizer other, float[] query) {
    assertThat(one.tenants()).isEqualTo(other.tenants());
    for (String tenant : TENANTS) {
      assertThat(one.fingerprint(tenant)).isEqualTo(other.fingerprint(tenant));
      assertThat(one.predict(tenant, query)).isEqualTo(other.predict(tenant, query));
      assertThat(one.head(tenant)).isEqualTo(other.head(tenant));
    }
  }

  private static List<Step> steps(Random random, int n) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      steps.add(
          new Step(
              TENANTS[random.nextInt(TENANTS.length)],
              "e" + random.nextInt(EVENT_IDS),
              LABELS[random.nextInt(LABELS.length)],
              random.nextInt(4) == 0
                  ? Optional.empty()
                  : Optional.of(FeatureVector.of(features(random)))));
    }
    return steps;
  }

  private static float[] features(Random random) {
    float[] features = new float[EngineFixture.DIMENSION];
    for (int i = 0; i < features.length; i++) {
      features[i] = random.nextFloat() * 2 - 1;
    }
    return features;
  }

  private static Personalizer personalizer() {
    return new Personalizer(
        EngineFixture.model("bundle"), PersonalizerOptions.defaults(), () -> {});
  }

  private static byte[] save(Personalizer personalizer) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      personalizer.save(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void load(Personalizer personalizer, byte[] bytes) {
    try {
      personalizer.load(new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
