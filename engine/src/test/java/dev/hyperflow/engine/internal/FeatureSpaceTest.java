package dev.hyperflow.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.remember.Fading;
import dev.hyperflow.engine.internal.remember.FeaturePrecision;
import dev.hyperflow.engine.internal.remember.MemorySettings;
import dev.hyperflow.engine.internal.remember.RingPolicy;
import dev.hyperflow.engine.internal.remember.TextPolicy;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A tenant whose texts are gone, and the encoder of its examples with them. */
class FeatureSpaceTest {
  private static final MemorySettings WITHOUT_TEXTS =
      new MemorySettings(
          10, 8, 80, RingPolicy.NEWEST, FeaturePrecision.FLOAT32, 1, TextPolicy.NONE, Fading.OFF);
  private static final Event QUERY = new Event.Query("t", 0, "q", new Payload.Text("text"));

  private final EngineFixture fixture =
      EngineFixture.of(WITHOUT_TEXTS, EngineFixture.FRESH, model("encoder@1"));

  @BeforeEach
  void changeTheEncoder() {
    fixture.process(text("e1", "red"), text("e2", "blue"), QUERY);
    fixture.heads.clear();
    fixture.restart(model("encoder@2"));
  }

  @Test
  void shouldRefuseWhatDoesNotGoTogether() {
    assertThat(Outcomes.reason(fixture.process(QUERY))).isEqualTo(Reason.WRONG_FEATURE_SPACE);
    assertThat(Outcomes.reason(fixture.process(text("e3", "red"))))
        .isEqualTo(Reason.WRONG_FEATURE_SPACE);
    assertThat(fixture.tenants.meta("t").events()).isEqualTo(2);
  }

  @Test
  void shouldSayWhatWasExpectedAndWhatToDo() {
    assertThat(
            Outcomes.of(Output.Rejected.class, fixture.process(QUERY)).get(0).rejection().message())
        .contains("encoder@1", "encoder@2", "application.id");
  }

  @Test
  void shouldMakeNoHeadInTheBackground() {
    assertThat(fixture.settle()).hasOnlyElementsOfType(Output.BackgroundFailed.class);
    assertThat(fixture.heads.size()).isZero();
  }

  @Test
  void shouldStillTakeExamplesOut() {
    assertThat(fixture.process(new Event.Retract("t", 0, "e1")))
        .containsExactly(new Output.HeadWithdrawn(0), new Output.Applied(0));
  }

  @Test
  void shouldBeginAnewOnceTheTenantIsForgotten() {
    List<Output> outputs =
        fixture.process(new Event.ForgetTenant("t", 0), text("e3", "red"), QUERY);

    assertThat(Outcomes.label(outputs)).isEqualTo("red");
    assertThat(fixture.tenants.meta("t").facts().features().space()).isEqualTo("encoder@2");
  }

  @Test
  void shouldGoOnWhenTheEncoderComesBack() {
    fixture.restart(model("encoder@1"));

    assertThat(Outcomes.answer(fixture.process(QUERY)).support().examples()).isEqualTo(2);
  }

  private static AdaptationModel model(String encoder) {
    return new AdaptationModel(
        "bundle-of-" + encoder,
        Optional.of(new FakeEncoder(encoder)),
        OptionalInt.of(EngineFixture.DIMENSION),
        EngineFixture.integrator(),
        EngineFixture.model("bundle").calibration());
  }

  private static Event text(String id, String label) {
    return new Event.Add("t", 0, id, label, ExampleTerms.ORDINARY, new Payload.Text("a " + label));
  }
}
