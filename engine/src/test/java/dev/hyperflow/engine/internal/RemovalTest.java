package dev.hyperflow.engine.internal;

import static dev.hyperflow.engine.internal.EngineFixture.add;
import static dev.hyperflow.engine.internal.EngineFixture.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.AdaptedHead;
import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.Payload;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What was removed answers nothing any more, wherever a head made from it may still be. */
class RemovalTest {
  private static final Event RED = add("t", "r", "red", 1, 0);
  private static final Event BLUE = add("t", "b", "blue", 0, 1);
  private static final Event GREEN = add("t", "g", "green", 1, 1);

  /** The store of heads is not logged: a task may come back to one from before a removal. */
  @Test
  void shouldNotAnswerInLatestModeFromAHeadThatOutlivedARemoval() {
    EngineFixture fixture = EngineFixture.of(EngineFixture.MEMORY, EngineFixture.LATEST);
    fixture.process(RED, BLUE, GREEN, query("t", "q1", 1, 0));
    AdaptedHead outlived = fixture.heads.head("t", "bundle").orElseThrow();
    fixture.process(new Event.Retract("t", 1, "g"));
    fixture.heads.put("t", outlived);

    fixture.restart();
    Output.Answer answer = answer(fixture.process(query("t", "q2", 1, 1)));

    assertThat(answer.support().fingerprint()).isEqualTo(fixture.tenants.meta("t").fingerprint());
    assertThat(answer.verdict().topLabels()).extracting("label").doesNotContain("green");
  }

  @Test
  void shouldLeaveNoHeadOfAnyBundleOfAForgottenTenant() {
    EngineFixture fixture = EngineFixture.create();
    fixture.process(RED, BLUE, query("t", "q", 1, 0));
    AdaptedHead head = fixture.heads.head("t", "bundle").orElseThrow();
    fixture.heads.put(
        "t",
        new AdaptedHead(
            "gone",
            head.fingerprint(),
            head.examples(),
            head.labels(),
            head.initial(),
            head.adapted()));

    fixture.process(new Event.ForgetTenant("t", 1));

    assertThat(fixture.heads.size()).isZero();
  }

  @Test
  void shouldDropTheHeadWhenTheOnlyExampleIsReplacedByOneOfOtherFeatures() {
    EngineFixture fixture =
        EngineFixture.of(
            EngineFixture.settings(EngineFixture.MEMORY, EngineFixture.LATEST),
            new AdaptationModel(
                "any",
                Optional.empty(),
                OptionalInt.empty(),
                EngineFixture.integrator(),
                EngineFixture.model("any").calibration()));
    fixture.process(wide("r", 8), new Event.Query("t", 0, "q1", features(8)));

    List<Output> replaced = fixture.process(wide("r", 4));
    List<Output> more = fixture.process(wide("b", 4), new Event.Query("t", 0, "q2", features(4)));

    assertThat(replaced).contains(new Output.HeadWithdrawn(0));
    assertThat(answer(more).support().examples()).isEqualTo(2);
  }

  @Test
  void shouldTellOfTheHeadsThatWereMadeInShadowOnceTheyServe() {
    EngineFixture fixture = EngineFixture.create();
    fixture.process(RED, BLUE);
    fixture.engine.shadow(EngineFixture.model("next"));
    assertThat(adapted(fixture.settle())).doesNotContain("next");

    fixture.engine.rollOut(EngineFixture.model("next"));

    assertThat(adapted(fixture.settle())).containsExactly("next");
  }

  private static List<String> adapted(List<Output> outputs) {
    return outputs.stream()
        .filter(Output.HeadAdapted.class::isInstance)
        .map(output -> ((Output.HeadAdapted) output).head().bundleId())
        .toList();
  }

  private static Event wide(String id, int dimension) {
    return new Event.Add("t", 0, id, id, ExampleTerms.ORDINARY, features(dimension));
  }

  private static Payload features(int dimension) {
    float[] values = new float[dimension];
    values[0] = 1;
    return new Payload.Features(FeatureVector.of(values));
  }

  private static Output.Answer answer(List<Output> outputs) {
    return (Output.Answer)
        outputs.stream().filter(Output.Answer.class::isInstance).findFirst().orElseThrow();
  }
}
