package dev.hyperflow.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.Consistency;
import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.remember.Fading;
import dev.hyperflow.engine.internal.remember.FeaturePrecision;
import dev.hyperflow.engine.internal.remember.MemorySettings;
import dev.hyperflow.engine.internal.remember.RingPolicy;
import dev.hyperflow.engine.internal.remember.TenantStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * The laws that make a head a pure function of (support set, bundle). jqwik prints the seeds; each
 * list of events comes from one.
 */
class EngineLawsProperties {
  private static final String TENANT = "a";
  private static final int MAX_EVENTS = 60;

  /** A few events; examples of a long list reach the least share of their weight. */
  private static final long HALF_LIFE_MILLIS = 150;

  /** Settings under which the laws hold; the memory is so small that it overflows. */
  @SuppressWarnings("ImmutableEnumChecker") // Records of values.
  enum Setup {
    PLAIN(RingPolicy.NEWEST, FeaturePrecision.FLOAT32, 0),
    LIMITED(RingPolicy.NEWEST, FeaturePrecision.FLOAT16, 2),
    SAMPLED(RingPolicy.RESERVOIR, FeaturePrecision.INT8, 5),
    FADING(RingPolicy.NEWEST, FeaturePrecision.FLOAT32, 0, new Fading(HALF_LIFE_MILLIS));

    final MemorySettings memory;
    final QuerySettings query;

    Setup(RingPolicy policy, FeaturePrecision precision, double integrationsPerSecond) {
      this(policy, precision, integrationsPerSecond, Fading.OFF);
    }

    Setup(
        RingPolicy policy,
        FeaturePrecision precision,
        double integrationsPerSecond,
        Fading fading) {
      this.memory = new MemorySettings(3, 4, 9, policy, precision, 0.5f).withFading(fading);
      this.query = new QuerySettings(Consistency.FRESH, integrationsPerSecond, 1_000, 4);
    }

    EngineFixture fixture() {
      return EngineFixture.of(memory, query);
    }
  }

  @Property(tries = 1_000)
  void shouldGiveTheSameForEveryCutIntoBatches(
      @ForAll Setup setup, @ForAll long seed, @ForAll @IntRange(min = 1, max = MAX_EVENTS) int n) {
    Random random = new Random(seed);
    List<Event> events = RandomEvents.withLabelChanges(random).list(n);
    EngineFixture one = setup.fixture();
    List<Output> sequential = new ArrayList<>();
    for (Event event : events) {
      sequential.addAll(one.process(event));
    }
    EngineFixture many = setup.fixture();
    List<Output> batched = new ArrayList<>();
    for (int from = 0; from < events.size(); ) {
      int to = from + 1 + random.nextInt(events.size() - from);
      batched.addAll(many.engine.process(events.subList(from, to)));
      from = to;
    }

    assertThat(withoutIndices(batched)).isEqualTo(withoutIndices(sequential));
    assertThat(many.queries.content()).isEqualTo(one.queries.content());
    assertThat(many.activity.content()).isEqualTo(one.activity.content());
    assertThat(many.heads.size()).isEqualTo(one.heads.size());
  }

  @Property(tries = 300)
  void shouldDependOnTheSupportSetAloneAndNotOnItsOrder(
      @ForAll Setup setup,
      @ForAll("distinctExamples") List<Event> examples,
      @ForAll Random random) {
    List<Event> shuffled = new ArrayList<>(examples);
    Collections.shuffle(shuffled, random);

    assertThat(answerAfter(setup, shuffled)).isEqualTo(answerAfter(setup, examples));
  }

  @Property(tries = 300)
  void shouldDependOnTheSupportSetAloneAndNotOnItsHistory(
      @ForAll("exact") Setup setup,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = MAX_EVENTS) int n) {
    EngineFixture lived = setup.fixture();
    lived.engine.process(RandomEvents.withLabelChanges(new Random(seed)).list(n));
    answer(lived);
    EngineFixture told =
        EngineFixture.of(
            EngineFixture.MEMORY.withFading(setup.memory.fading()), EngineFixture.FRESH);
    told.engine.process(remembered(lived.tenants, TENANT));
    answer(told);

    assertThat(told.tenants.meta(TENANT).fingerprint())
        .isEqualTo(lived.tenants.meta(TENANT).fingerprint());
    assertThat(told.heads.head(TENANT, "bundle")).isEqualTo(lived.heads.head(TENANT, "bundle"));
  }

  /** The tenant's support set as plain examples, in an order of its own. */
  static List<Event> remembered(TenantStore store, String tenant) {
    List<Event> examples = new ArrayList<>();
    store.forEachExample(
        tenant,
        (slot, example) ->
            examples.add(
                new Event.Add(
                    tenant,
                    example.timestampMillis(),
                    example.eventId(),
                    store.meta(tenant).rings().stream()
                        .filter(ring -> ring.labelId() == slot.labelId())
                        .findFirst()
                        .orElseThrow()
                        .label(),
                    example.terms(),
                    new Payload.Features(example.features()))));
    Collections.reverse(examples);
    return examples;
  }

  @Property(tries = 300)
  void shouldForgetARetractedExampleAsIfItHadNeverBeenAdded(
      @ForAll Setup setup,
      @ForAll("distinctExamples") List<Event> examples,
      @ForAll Random random) {
    Event.Add victim = (Event.Add) examples.get(random.nextInt(examples.size()));
    List<Event> never = new ArrayList<>(examples);
    never.remove(victim);
    List<Event> retracted = new ArrayList<>(examples);
    retracted.add(new Event.Retract(TENANT, 1, victim.eventId()));

    assertThat(answerAfter(setup, retracted)).isEqualTo(answerAfter(setup, never));
  }

  @Property(tries = 300)
  void shouldForgetAnExampleWhoseRetractionCameBeforeIt(
      @ForAll Setup setup,
      @ForAll("distinctExamples") List<Event> examples,
      @ForAll Random random) {
    Event.Add victim = (Event.Add) examples.get(random.nextInt(examples.size()));
    List<Event> never = new ArrayList<>(examples);
    never.remove(victim);
    List<Event> overtaken = new ArrayList<>(examples);
    overtaken.add(
        random.nextInt(examples.indexOf(victim) + 1),
        new Event.Retract(TENANT, victim.timestampMillis() + 1, victim.eventId()));

    assertThat(answerAfter(setup, overtaken)).isEqualTo(answerAfter(setup, never));
  }

  @Property(tries = 300)
  void shouldNotChangeByDuplicates(
      @ForAll Setup setup,
      @ForAll("distinctExamples") List<Event> examples,
      @ForAll Random random) {
    List<Event> twice = new ArrayList<>();
    for (Event event : examples) {
      twice.add(event);
      twice.add(twice.get(random.nextInt(twice.size())));
    }

    assertThat(answerAfter(setup, twice)).isEqualTo(answerAfter(setup, examples));
  }

  @Property(tries = 500)
  void shouldNotChangeByWhatOtherTenantsDo(
      @ForAll Setup setup, @ForAll long seed, @ForAll @IntRange(min = 1, max = MAX_EVENTS) int n) {
    List<Event> events = RandomEvents.withLabelChanges(new Random(seed)).list(n);
    List<Event> own = events.stream().filter(event -> event.tenant().equals(TENANT)).toList();
    List<Output> shared =
        setup.fixture().engine.process(events).stream()
            .filter(output -> events.get(output.index()).tenant().equals(TENANT))
            .toList();

    assertThat(withoutIndices(shared))
        .isEqualTo(withoutIndices(setup.fixture().engine.process(own)));
  }

  @Property(tries = 300)
  void shouldGiveTheSameWhenReplayedFromTheStart(
      @ForAll Setup setup, @ForAll long seed, @ForAll @IntRange(min = 1, max = MAX_EVENTS) int n) {
    List<Event> events = RandomEvents.withLabelChanges(new Random(seed)).list(n);

    assertThat(setup.fixture().engine.process(events))
        .isEqualTo(setup.fixture().engine.process(events));
  }

  /** A restart that loses the heads costs integrations, and changes no answer. */
  @Property(tries = 300)
  void shouldAnswerTheSameWhenTheHeadsAreLostInMidStream(
      @ForAll("exact") Setup setup,
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = MAX_EVENTS) int n) {
    Random random = new Random(seed);
    List<Event> events = RandomEvents.withLabelChanges(random).list(n);
    int crash = 1 + random.nextInt(n - 1);
    EngineFixture crashed = setup.fixture();
    List<Output> outputs = new ArrayList<>(crashed.engine.process(events.subList(0, crash)));
    crashed.heads.clear();
    crashed.restart();
    crashed.settle();
    outputs.addAll(crashed.engine.process(events.subList(crash, n)));

    assertThat(answers(outputs)).isEqualTo(answers(setup.fixture().engine.process(events)));
  }

  /**
   * In latest mode ticks decide which head answers; the answer still follows from what it names.
   */
  @Property(tries = 300)
  void shouldAnswerInLatestModeAsTheSupportSetThatTheAnswerNames(
      @ForAll("exact") Setup setup,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = MAX_EVENTS) int n) {
    Random random = new Random(seed);
    List<Event> events = RandomEvents.withLabelChanges(random).list(n);
    EngineFixture latest = EngineFixture.of(setup.memory, EngineFixture.LATEST);
    EngineFixture fresh = setup.fixture();
    Map<Object, Object> headOf = new HashMap<>();
    for (Event event : events) {
      List<Output> outputs = new ArrayList<>(latest.process(event));
      if (random.nextInt(5) == 0) {
        outputs.addAll(latest.engine.tick());
      }
      for (Output output : outputs) {
        if (output instanceof Output.HeadAdapted adapted) {
          Object known =
              headOf.putIfAbsent(
                  List.of(adapted.tenant(), adapted.head().fingerprint()), adapted.head());
          assertThat(known == null || known.equals(adapted.head())).isTrue();
        } else if (output instanceof Output.Answer answer && answer.support().labels() > 0) {
          assertThat(headOf).containsKey(List.of(event.tenant(), answer.support().fingerprint()));
        }
      }
      for (Output output : fresh.process(event)) {
        if (output instanceof Output.HeadAdapted adapted) {
          Object known =
              headOf.putIfAbsent(
                  List.of(adapted.tenant(), adapted.head().fingerprint()), adapted.head());
          assertThat(known == null || known.equals(adapted.head())).isTrue();
        }
      }
    }
  }

  /** Settings that lose nothing to rounding or to a limit. */
  @Provide
  Arbitrary<Setup> exact() {
    return Arbitraries.of(Setup.PLAIN, Setup.FADING);
  }

  /** Examples of one tenant with different ids, at most as many of a label as are remembered. */
  @Provide
  Arbitrary<List<Event>> distinctExamples() {
    Arbitrary<String> labels = Arbitraries.of("red", "green", "blue");
    Arbitrary<Float> weights = Arbitraries.of(0.5f, 1f, 2f);
    Arbitrary<float[]> floats =
        Arbitraries.floats().between(-1, 1).array(float[].class).ofSize(EngineFixture.DIMENSION);
    Arbitrary<Long> times = Arbitraries.longs().between(0, 10 * HALF_LIFE_MILLIS);
    return Combinators.combine(labels, weights, floats, times)
        .as(
            (label, weight, values, time) ->
                new Event.Add(
                    TENANT,
                    time,
                    "",
                    label,
                    new ExampleTerms(weight, ExampleTerms.NEVER),
                    new Payload.Features(FeatureVector.of(values))))
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(EngineLawsProperties::withDistinctIds);
  }

  private static List<Event> withDistinctIds(List<Event.Add> examples) {
    List<Event> distinct = new ArrayList<>();
    for (Event.Add add : examples) {
      distinct.add(
          new Event.Add(
              TENANT,
              add.timestampMillis(),
              "id" + distinct.size(),
              add.label(),
              add.terms(),
              add.payload()));
    }
    return distinct;
  }

  private static List<Object> answerAfter(Setup setup, List<Event> events) {
    EngineFixture fixture = setup.fixture();
    fixture.engine.process(events);
    fixture.heads.clear();
    return answer(fixture);
  }

  /** The head and the answer, bit for bit; the count of events is history and left out. */
  private static List<Object> answer(EngineFixture fixture) {
    List<Object> comparable = new ArrayList<>();
    for (Output output : fixture.process(EngineFixture.queryAt(0, TENANT, "after", 0.3f, -0.2f))) {
      if (output instanceof Output.Answer answer) {
        comparable.add(answer.verdict());
        comparable.add(answer.support().fingerprint());
        comparable.add(answer.support().examples());
      }
    }
    fixture.heads.head(TENANT, "bundle").ifPresent(comparable::add);
    return comparable;
  }

  private static List<Output> answers(List<Output> outputs) {
    return withoutIndices(outputs).stream()
        .filter(Output.Answer.class::isInstance)
        .map(Output.class::cast)
        .toList();
  }

  private static List<Object> withoutIndices(List<Output> outputs) {
    return outputs.stream().<Object>map(EngineLawsProperties::withoutIndex).toList();
  }

  private static Object withoutIndex(Output output) {
    if (output instanceof Output.Answer a) {
      return new Output.Answer(0, a.queryId(), a.bundleId(), a.verdict(), a.support());
    }
    if (output instanceof Output.HeadAdapted h) {
      return new Output.HeadAdapted(0, h.tenant(), h.timestampMillis(), h.head(), h.safeguarded());
    }
    if (output instanceof Output.Rejected r) {
      return r.rejection();
    }
    if (output instanceof Output.Ignored i) {
      return i.reason();
    }
    if (output instanceof Output.Tested t) {
      return List.of(t.before(), t.after(), t.shadow());
    }
    return output instanceof Output.QualityReported q ? q.report() : output.getClass();
  }
}
