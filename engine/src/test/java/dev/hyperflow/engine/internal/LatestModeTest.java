package dev.hyperflow.engine.internal;

import static dev.hyperflow.engine.internal.EngineFixture.add;
import static dev.hyperflow.engine.internal.EngineFixture.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.Consistency;
import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.Output;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LatestModeTest {
  private final EngineFixture fixture =
      EngineFixture.of(EngineFixture.MEMORY, new QuerySettings(Consistency.LATEST, 0, 1_000, 1));

  @BeforeEach
  void finishTheSweepOfTheStart() {
    fixture.settle();
  }

  @Test
  void shouldIntegrateForTheFirstQueryAsThereIsNoHead() {
    List<Output> outputs = fixture.process(add("t", "r", "red", 1, 0), query("t", "q", 1, 0));

    assertThat(Outcomes.answer(outputs).support().events()).isEqualTo(OptionalLong.of(1));
    assertThat(Outcomes.label(outputs)).isEqualTo("red");
  }

  @Test
  void shouldAnswerWithTheLastHeadUntilATickHasMadeTheNext() {
    Output.Answer first =
        Outcomes.answer(fixture.process(add("t", "r", "red", 1, 0), query("t", "q", 1, 0)));

    List<Output> outputs = fixture.process(add("t", "b", "blue", 0, 1), query("t", "q", 0, 1));

    assertThat(outputs).noneMatch(Output.HeadAdapted.class::isInstance);
    assertThat(Outcomes.answer(outputs).support().fingerprint())
        .isEqualTo(first.support().fingerprint());
    assertThat(Outcomes.answer(outputs).support().events()).isEmpty();
    assertThat(fixture.engine.progress().staleTenants()).isEqualTo(1);

    assertThat(adapted(fixture.engine.tick())).containsExactly("t");
    assertThat(Outcomes.label(fixture.process(query("t", "q", 0, 1)))).isEqualTo("blue");
    assertThat(fixture.engine.progress().busy()).isFalse();
  }

  @Test
  void shouldSeeARemovalAtOnce() {
    fixture.process(add("t", "r", "red", 1, 0), add("t", "b", "blue", 0, 1), query("t", "q", 1, 0));

    List<Output> outputs = fixture.process(new Event.Retract("t", 0, "r"), query("t", "q", 1, 0));

    assertThat(outputs).contains(new Output.HeadWithdrawn(0));
    assertThat(Outcomes.label(outputs)).isEqualTo("blue");
  }

  @Test
  void shouldIntegrateTheBusiestOfEquallyOldFirst() {
    withHeads("a", "b", "c");
    change("a", "b", "c");
    fixture.process(query("b", "q", 1, 0), query("b", "q", 1, 0), query("c", "q", 1, 0));

    assertThat(List.of(tick(), tick(), tick())).containsExactly("b", "c", "a");
  }

  @Test
  void shouldIntegrateTheOldestOfEquallyBusyFirst() {
    withHeads("a", "b", "c");
    change("a", "b", "c");
    assertThat(tick()).isEqualTo("a");
    fixture.process(add("a", "r3", "red", 1, 0));

    assertThat(List.of(tick(), tick(), tick())).containsExactly("b", "c", "a");
  }

  @Test
  void shouldNotStarveAQuietTenantBehindABusyOne() {
    withHeads("busy", "quiet");
    change("quiet");

    int ticks = 0;
    String integrated = "";
    while (!integrated.equals("quiet")) {
      change("busy");
      fixture.process(query("busy", "q" + ticks, 1, 0));
      integrated = tick();
      assertThat(++ticks).isLessThan(10);
    }
  }

  @Test
  void shouldNotIntegrateAHeadForAForgottenTenant() {
    withHeads("a");
    change("a");
    fixture.process(new Event.ForgetTenant("a", 0));

    assertThat(fixture.settle()).isEmpty();
    assertThat(fixture.heads.size()).isZero();
  }

  private void withHeads(String... tenants) {
    for (String tenant : tenants) {
      fixture.process(add(tenant, "r1", "red", 1, 0), query(tenant, "q", 1, 0));
    }
    fixture.settle();
  }

  private int changes;

  private void change(String... tenants) {
    for (String tenant : tenants) {
      fixture.process(add(tenant, "c" + changes++, "red", 0.9f, 0.1f));
    }
  }

  private String tick() {
    List<String> adapted = adapted(fixture.engine.tick());
    assertThat(adapted).hasSize(1);
    return adapted.get(0);
  }

  private static List<String> adapted(List<Output> outputs) {
    return Outcomes.of(Output.HeadAdapted.class, outputs).stream()
        .map(Output.HeadAdapted::tenant)
        .toList();
  }
}
