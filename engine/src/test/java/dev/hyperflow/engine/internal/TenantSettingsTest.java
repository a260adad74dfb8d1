package dev.hyperflow.engine.internal;

import static dev.hyperflow.engine.internal.EngineFixture.add;
import static dev.hyperflow.engine.internal.EngineFixture.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.Consistency;
import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.event.TenantSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TenantSettingsTest {
  private final EngineFixture fixture = EngineFixture.create();

  @Test
  void shouldKeepTheNewestWhenTheMemoryShrinks() {
    for (int i = 1; i <= 4; i++) {
      fixture.process(add("t", "r" + i, "red", i, 0), add("t", "b" + i, "blue", 0, i));
    }

    assertThat(configure("t", examples(2))).containsExactly(new Output.Applied(0));

    assertThat(ids("t")).containsExactlyInAnyOrder("r3", "r4", "b3", "b4");
    fixture.process(add("t", "r5", "red", 5, 0));
    assertThat(ids("t")).containsExactlyInAnyOrder("r4", "r5", "b3", "b4");
  }

  @Test
  void shouldRememberMoreThanOthersWhenAskedTo() {
    configure("t", examples(20));
    for (int i = 1; i <= 20; i++) {
      fixture.process(add("t", "r" + i, "red", i, 0), add("other", "r" + i, "red", i, 0));
    }

    assertThat(ids("t")).hasSize(20);
    assertThat(ids("other")).hasSize(EngineFixture.MEMORY.examplesPerLabel());
  }

  @Test
  void shouldAnswerWithTheSmallerMemoryAsIfItHadAlwaysBeenSmall() {
    EngineFixture small = EngineFixture.create();
    small.process(new Event.Configure("t", 0, examples(1)));
    for (EngineFixture each : List.of(fixture, small)) {
      each.process(
          add("t", "r1", "red", 1, 0),
          add("t", "r2", "red", 0.5f, 0),
          add("t", "b1", "blue", 0, 1),
          query("t", "q", 1, 1));
    }
    configure("t", examples(1));

    assertThat(Outcomes.answer(fixture.process(query("t", "q", 1, 1))).verdict())
        .isEqualTo(Outcomes.answer(small.process(query("t", "q", 1, 1))).verdict());
  }

  @Test
  void shouldAbstainByTheTenantsOwnThreshold() {
    fixture.process(add("t", "r", "red", 1, 0), add("t", "b", "blue", 0, 1));
    fixture.process(add("other", "r", "red", 1, 0), add("other", "b", "blue", 0, 1));
    configure("t", new TenantSettings(Optional.empty(), Optional.empty(), Optional.of(1f), false));

    Output.Answer own = Outcomes.answer(fixture.process(query("t", "q", 0.5f, 0.5f)));
    Output.Answer other = Outcomes.answer(fixture.process(query("other", "q", 0.5f, 0.5f)));

    assertThat(own.verdict().abstained()).isTrue();
    assertThat(own.verdict().label()).isPresent();
    assertThat(other.verdict().abstained()).isFalse();
  }

  @Test
  void shouldServeATenantInItsOwnMode() {
    configure(
        "t",
        new TenantSettings(
            Optional.empty(), Optional.of(Consistency.LATEST), Optional.empty(), false));
    for (String tenant : List.of("t", "other")) {
      fixture.process(
          add(tenant, "r", "red", 1, 0), query(tenant, "q", 0, 1), add(tenant, "b", "blue", 0, 1));
    }

    Output.Answer latest = Outcomes.answer(fixture.process(query("t", "q", 0, 1)));
    Output.Answer fresh = Outcomes.answer(fixture.process(query("other", "q", 0, 1)));

    assertThat(latest.verdict().label()).contains("red");
    assertThat(latest.support().events()).isEmpty();
    assertThat(fresh.verdict().label()).contains("blue");
    assertThat(fresh.support().events()).isEqualTo(OptionalLong.of(2));
  }

  @Test
  void shouldReplaceAllSettingsTogether() {
    configure("t", new TenantSettings(Optional.of(2), Optional.empty(), Optional.of(0.9f), true));

    configure("t", examples(3));

    assertThat(fixture.tenants.meta("t").settings()).isEqualTo(examples(3));
  }

  @Test
  void shouldIgnoreSettingsThatTheTenantHas() {
    configure("t", examples(2));

    assertThat(configure("t", examples(2)))
        .containsExactly(new Output.Ignored(0, Reason.UNCHANGED_SETTINGS));
  }

  @Test
  void shouldKeepSettingsUntilTheTenantIsForgotten() {
    configure("t", examples(2));
    fixture.process(add("t", "r", "red", 1, 0), new Event.ForgetLabel("t", 0, "red"));
    assertThat(fixture.tenants.meta("t").settings()).isEqualTo(examples(2));

    fixture.process(new Event.ForgetTenant("t", 0));
    assertThat(fixture.tenants.meta("t").settings()).isEqualTo(TenantSettings.DEFAULTS);
  }

  @Test
  void shouldRefuseSettingsOutOfRange() {
    for (TenantSettings bad :
        List.of(
            examples(0),
            examples(65_537),
            new TenantSettings(Optional.empty(), Optional.empty(), Optional.of(-0.1f), false),
            new TenantSettings(Optional.empty(), Optional.empty(), Optional.of(1.1f), false),
            new TenantSettings(
                Optional.empty(), Optional.empty(), Optional.of(Float.NaN), false))) {
      assertThat(Outcomes.reason(configure("t", bad))).isEqualTo(Reason.SETTING_OUT_OF_RANGE);
    }
    assertThat(fixture.tenants.entries()).isZero();
  }

  private List<Output> configure(String tenant, TenantSettings settings) {
    return fixture.process(new Event.Configure(tenant, 0, settings));
  }

  private static TenantSettings examples(int perLabel) {
    return new TenantSettings(Optional.of(perLabel), Optional.empty(), Optional.empty(), false);
  }

  private List<String> ids(String tenant) {
    List<String> ids = new ArrayList<>();
    fixture.tenants.forEachExample(tenant, (slot, example) -> ids.add(example.eventId()));
    return ids;
  }
}
