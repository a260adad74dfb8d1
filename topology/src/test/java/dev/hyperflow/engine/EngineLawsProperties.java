package dev.hyperflow.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.event.Event;
import dev.hyperflow.engine.event.Output;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The laws that make a head a pure function of (support set, bundle). jqwik prints the seeds. */
class EngineLawsProperties {
  private static final String TENANT = "a";

  @Property(tries = 300)
  void shouldGiveTheSameOutputsForEveryCutIntoBatches(
      @ForAll("events") List<Event> events, @ForAll Random random) {
    List<Output> sequential = new ArrayList<>();
    EngineFixture one = EngineFixture.create();
    for (Event event : events) {
      sequential.addAll(one.process(event));
    }
    List<Output> batched = new ArrayList<>();
    EngineFixture many = EngineFixture.create();
    for (int from = 0; from < events.size(); ) {
      int to = from + 1 + random.nextInt(events.size() - from);
      batched.addAll(many.engine.process(events.subList(from, to)));
      from = to;
    }

    assertThat(withoutIndices(batched)).isEqualTo(withoutIndices(sequential));
  }

  @Property(tries = 200)
  void shouldDependOnTheSupportSetAloneAndNotOnItsOrder(
      @ForAll("distinctExamples") List<Event> examples, @ForAll Random random) {
    List<Event> shuffled = new ArrayList<>(examples);
    Collections.shuffle(shuffled, random);

    assertThat(answerAfter(shuffled)).isEqualTo(answerAfter(examples));
  }

  @Property(tries = 200)
  void shouldForgetARetractedExampleAsIfItHadNeverBeenAdded(
      @ForAll("distinctExamples") List<Event> examples, @ForAll Random random) {
    Event.Add victim = (Event.Add) examples.get(random.nextInt(examples.size()));
    List<Event> never = new ArrayList<>(examples);
    never.remove(victim);
    List<Event> retracted = new ArrayList<>(examples);
    retracted.add(new Event.Retract(TENANT, 1, victim.eventId()));

    assertThat(answerAfter(retracted)).isEqualTo(answerAfter(never));
  }

  @Property(tries = 200)
  void shouldNotChangeByDuplicates(
      @ForAll("distinctExamples") List<Event> examples, @ForAll Random random) {
    List<Event> twice = new ArrayList<>(examples);
    for (Event event : examples) {
      twice.add(random.nextInt(twice.size() + 1), event);
    }

    assertThat(answerAfter(twice)).isEqualTo(answerAfter(examples));
  }

  @Property(tries = 200)
  void shouldNotChangeByWhatOtherTenantsDo(@ForAll("events") List<Event> events) {
    List<Event> own = events.stream().filter(event -> event.tenant().equals(TENANT)).toList();
    EngineFixture together = EngineFixture.create();
    EngineFixture alone = EngineFixture.create();
    List<Output> shared = new ArrayList<>();
    List<Output> outputs = together.engine.process(events);
    for (Output output : outputs) {
      if (events.get(output.index()).tenant().equals(TENANT)) {
        shared.add(output);
      }
    }

    assertThat(withoutIndices(shared)).isEqualTo(withoutIndices(alone.engine.process(own)));
  }

  @Provide
  Arbitrary<List<Event>> events() {
    Arbitrary<String> tenants = Arbitraries.of(TENANT, "b", "aa");
    Arbitrary<String> ids = Arbitraries.integers().between(0, 12).map(i -> "e" + i);
    Arbitrary<String> labels = Arbitraries.of("red", "green", "blue");
    Arbitrary<Event> adds =
        Combinators.combine(tenants, ids, labels, weights(), floats())
            .as((tenant, id, label, weight, values) -> add(tenant, id, label, weight, values));
    Arbitrary<Event> queries = Combinators.combine(tenants, ids, floats()).as(EngineFixture::query);
    Arbitrary<Event> retractions =
        Combinators.combine(tenants, ids).as((tenant, id) -> new Event.Retract(tenant, 0, id));
    Arbitrary<Event> labelsForgotten =
        Combinators.combine(tenants, labels)
            .as((tenant, label) -> new Event.ForgetLabel(tenant, 0, label));
    Arbitrary<Event> tenantsForgotten = tenants.map(tenant -> new Event.ForgetTenant(tenant, 0));
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(10, adds),
            net.jqwik.api.Tuple.of(5, queries),
            net.jqwik.api.Tuple.of(3, retractions),
            net.jqwik.api.Tuple.of(1, labelsForgotten),
            net.jqwik.api.Tuple.of(1, tenantsForgotten))
        .list()
        .ofMinSize(1)
        .ofMaxSize(40);
  }

  /** Examples of one tenant with different ids, at most as many of a label as are remembered. */
  @Provide
  Arbitrary<List<Event>> distinctExamples() {
    Arbitrary<String> labels = Arbitraries.of("red", "green", "blue");
    return Combinators.combine(labels, weights(), floats())
        .as((label, weight, values) -> add(TENANT, "", label, weight, values))
        .list()
        .ofMinSize(1)
        .ofMaxSize(8)
        .map(EngineLawsProperties::withDistinctIds);
  }

  private static List<Event> withDistinctIds(List<Event> events) {
    List<Event> distinct = new ArrayList<>();
    for (Event event : events) {
      Event.Add add = (Event.Add) event;
      distinct.add(
          new Event.Add(
              add.tenant(), 0, "id" + distinct.size(), add.label(), add.weight(), add.payload()));
    }
    return distinct;
  }

  private static Arbitrary<Float> weights() {
    return Arbitraries.of(0.5f, 1f, 2f);
  }

  private static Arbitrary<float[]> floats() {
    return Arbitraries.floats().between(-1, 1).array(float[].class).ofSize(4);
  }

  private static Event add(String tenant, String id, String label, float weight, float[] values) {
    return new Event.Add(tenant, 0, id, label, weight, EngineFixture.features(values));
  }

  /** The head and the answer, bit for bit; the count of events is history and left out. */
  private static List<Object> answerAfter(List<Event> events) {
    EngineFixture fixture = EngineFixture.create();
    fixture.engine.process(events);
    List<Object> comparable = new ArrayList<>();
    for (Output output : fixture.process(EngineFixture.query(TENANT, "q", 0.3f, -0.2f))) {
      if (output instanceof Output.HeadAdapted adapted) {
        comparable.add(adapted.head());
      } else if (output instanceof Output.Answer answer) {
        comparable.add(answer.status());
        comparable.add(answer.topLabels());
        comparable.add(answer.support().fingerprint());
        comparable.add(answer.support().examples());
      }
    }
    return comparable;
  }

  private static List<Object> withoutIndices(List<Output> outputs) {
    return outputs.stream()
        .<Object>map(
            output -> {
              if (output instanceof Output.Answer a) {
                return List.of(
                    a.queryId(), a.status(), a.topLabels(), a.initialLabel(), a.support());
              }
              if (output instanceof Output.HeadAdapted h) {
                return h.head();
              }
              if (output instanceof Output.Rejected r) {
                return r.rejection();
              }
              return output.getClass();
            })
        .toList();
  }
}
