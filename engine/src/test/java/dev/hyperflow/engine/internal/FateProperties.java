package dev.hyperflow.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.event.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Exactly one thing becomes of every event, and an event without effect has a reason for it. */
class FateProperties {
  private static final int MAX_EVENTS = 60;

  @Property(tries = 500)
  void shouldSettleEveryEventOnceWithAReasonOfItsFate(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = MAX_EVENTS) int n) {
    List<Event> events = withStrangers(new Random(seed), n);
    int[] settled = new int[events.size()];

    for (Output output : EngineFixture.create().engine.process(events)) {
      if (output instanceof Output.Settled one) {
        settled[one.index()]++;
        one.handle(new Checking(events.get(one.index())));
      }
    }

    assertThat(settled).containsOnly(1);
  }

  /** An event that is ignored or refused leaves the tenant's memory as it was. */
  @Property(tries = 300)
  void shouldChangeNothingWithoutSayingSo(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = MAX_EVENTS) int n) {
    EngineFixture fixture = EngineFixture.create();
    for (Event event : withStrangers(new Random(seed), n)) {
      Object before = fixture.tenants.meta(event.tenant()).events();
      boolean applied = false;
      for (Output output : fixture.process(event)) {
        applied |=
            output instanceof Output.Applied
                || (output instanceof Output.FeedbackMet met && met.why().isEmpty());
      }
      boolean forgot = event instanceof Event.ForgetTenant;

      assertThat(applied && !forgot)
          .isEqualTo(!forgot && !before.equals(fixture.tenants.meta(event.tenant()).events()));
    }
  }

  private static List<Event> withStrangers(Random random, int n) {
    List<Event> events = new ArrayList<>(new RandomEvents(random).list(n));
    List<Event> strangers =
        List.of(
            add("a ", "e", "red", "hello"),
            add("a\u200B", "e", "red", "hello"),
            add("a", "e\0", "red", "hello"),
            add("a", "e", "re\u00ADd", "hello"),
            add("a", "e", " ", "hello"),
            add("a", "e", "red", "\u00A0"),
            new Event.ForgetTenant("a ", 1),
            new Event.ForgetLabel("a", 1, "red "),
            new Event.Retract("a", 1, "e1 "),
            new Event.Retract("a", 1, "nobody"));
    for (Event stranger : strangers) {
      events.add(random.nextInt(events.size() + 1), stranger);
    }
    return events;
  }

  private static Event add(String tenant, String id, String label, String text) {
    return new Event.Add(tenant, 1_000, id, label, ExampleTerms.ORDINARY, new Payload.Text(text));
  }

  private record Checking(Event event) implements Output.SettledHandler {
    @Override
    public void answer(Output.Answer answer) {
      assertThat(event).isInstanceOf(Event.Query.class);
    }

    @Override
    public void applied(Output.Applied applied) {
      assertThat(event).isInstanceOf(Event.Support.class);
    }

    @Override
    public void ignored(Output.Ignored ignored) {
      assertThat(event).isInstanceOf(Event.Support.class);
      assertThat(ignored.reason().fate()).isEqualTo(Reason.Fate.IGNORED);
    }

    @Override
    public void rejected(Output.Rejected rejected) {
      assertThat(rejected.rejection().reason().fate()).isEqualTo(Reason.Fate.REFUSED);
      assertThat(rejected.rejection().message()).isNotBlank();
    }
  }
}
