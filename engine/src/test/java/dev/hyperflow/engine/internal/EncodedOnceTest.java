package dev.hyperflow.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.encode.CachingEncoder;
import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.models.internal.Encoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Texts that were encoded moments ago are not encoded again, and nobody can tell. */
class EncodedOnceTest {
  private static final Payload ASKED = new Payload.Text("where is my card");
  private static final Payload OTHER = new Payload.Text("close my account");

  private final FakeEncoder plain = new FakeEncoder("fake");
  private final FakeEncoder behindCache = new FakeEncoder("fake");
  private final List<Integer> hits = new ArrayList<>();

  @Test
  void shouldEncodeAQueryItsRepetitionItsLabelAndItsFeedbackOnce() {
    // Given: the same tenant with and without a cache
    EngineFixture remembering = fixture(new CachingEncoder(behindCache, 8, hits::add));
    EngineFixture forgetting = fixture(plain);
    List<Event> events =
        List.of(
            new Event.Add("t", 0, "e", "account", ExampleTerms.ORDINARY, OTHER),
            new Event.Query("t", 0, "q1", ASKED),
            new Event.Query("t", 0, "q2", ASKED),
            new Event.Add("t", 0, "e1", "card", ExampleTerms.ORDINARY, ASKED),
            new Event.Feedback("t", 0, "f1", "q2", "card", ExampleTerms.ORDINARY),
            new Event.Feedback(
                "t", 0, "f2", "unknown", "card", ExampleTerms.ORDINARY, Optional.of(ASKED)),
            new Event.Query("t", 0, "q3", ASKED));

    // When
    List<Output> expected = new ArrayList<>();
    List<Output> found = new ArrayList<>();
    for (Event event : events) {
      expected.addAll(forgetting.process(event));
      found.addAll(remembering.process(event));
    }

    // Then
    assertThat(found).isEqualTo(expected);
    assertThat(remembering.tenants.meta("t").fingerprint())
        .isEqualTo(forgetting.tenants.meta("t").fingerprint());
    assertThat(plain.calls()).hasSize(6);
    assertThat(behindCache.calls())
        .containsExactly(List.of("close my account"), List.of("where is my card"));
    assertThat(hits).containsExactly(1, 1, 1, 1);
  }

  private static EngineFixture fixture(Encoder encoder) {
    AdaptationModel model = EngineFixture.model("bundle");
    return EngineFixture.of(
        EngineFixture.MEMORY,
        EngineFixture.FRESH,
        new AdaptationModel(
            "bundle",
            Optional.of(encoder),
            model.dimension(),
            model.integrator(),
            model.calibration()));
  }
}
