package dev.hyperflow.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.remember.MemorySettings;
import dev.hyperflow.engine.internal.remember.TextPolicy;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Texts beside features: kept with them, gone with them, and of no effect on heads. */
class TextsTest {
  private static final AdaptationModel PLAIN = EngineFixture.model("bundle");
  private static final AdaptationModel ENCODING =
      new AdaptationModel(
          "bundle",
          Optional.of(new FakeEncoder("fake")),
          PLAIN.dimension(),
          PLAIN.integrator(),
          PLAIN.calibration());

  private final EngineFixture fixture = fixture(TextPolicy.KEEP);

  @Test
  void shouldKeepTheTextsOfExamplesDescriptionsAndQueries() {
    fixture.process(
        add("e1", "red", new Payload.Text("blood")),
        add("e2", "green", new Payload.Features(FeatureVector.of(new float[8]))),
        add(
            "e3",
            "blue",
            new Payload.Features(FeatureVector.of(new float[8]), Optional.of("the sky"))),
        new Event.Describe(
            "t", 0, "d", "red", ExampleTerms.ORDINARY, new Payload.Text("a warm colour")),
        new Event.Query("t", 0, "q", new Payload.Text("grass")),
        new Event.Feedback("t", 0, "f", "q", "green", ExampleTerms.ORDINARY));

    assertThat(texts(fixture))
        .isEqualTo(
            Map.of(
                "e1", Optional.of("blood"),
                "e2", Optional.empty(),
                "e3", Optional.of("the sky"),
                "d", Optional.of("a warm colour"),
                "f", Optional.of("grass")));
    assertThat(fixture.queries.query("t", "q").orElseThrow().text()).contains("grass");
  }

  @Test
  void shouldMakeTheSameHeadsWithoutTexts() {
    EngineFixture without = fixture(TextPolicy.NONE);
    Event[] events = {
      add("e1", "red", new Payload.Text("blood")),
      new Event.Query("t", 0, "q", new Payload.Text("grass")),
      new Event.Feedback("t", 0, "f", "q", "green", ExampleTerms.ORDINARY),
      new Event.Query("t", 0, "q2", new Payload.Text("tree"))
    };

    assertThat(without.process(events)).isEqualTo(fixture.process(events));
    assertThat(without.tenants.meta("t").fingerprint())
        .isEqualTo(fixture.tenants.meta("t").fingerprint());
    assertThat(texts(without).values()).containsOnly(Optional.empty());
    assertThat(without.queries.query("t", "q").orElseThrow().text()).isEmpty();
  }

  @Test
  void shouldForgetATextWithItsExample() {
    fixture.process(
        add("e1", "red", new Payload.Text("blood")),
        add("e2", "red", new Payload.Text("rose")),
        new Event.Query("t", 0, "q", new Payload.Text("grass")));

    fixture.process(new Event.Retract("t", 0, "e1"));
    assertThat(texts(fixture)).containsOnlyKeys("e2");

    fixture.process(new Event.ForgetTenant("t", 0));
    assertThat(texts(fixture)).isEmpty();
    assertThat(fixture.queries.query("t", "q")).isEmpty();
  }

  @Test
  void shouldTakeATextThatWasMissingAndIgnoreTheSameAgain() {
    FeatureVector features = FeatureVector.of(new float[8]);
    Event bare = add("e1", "red", new Payload.Features(features));
    Event whole = add("e1", "red", new Payload.Features(features, Optional.of("blood")));

    assertThat(fixture.process(bare, whole))
        .filteredOn(Output.Applied.class::isInstance)
        .hasSize(2);
    assertThat(fixture.process(whole)).contains(new Output.Ignored(0, Reason.DUPLICATE));
    assertThat(fixture.process(bare)).contains(new Output.Ignored(0, Reason.DUPLICATE));
    assertThat(texts(fixture)).containsEntry("e1", Optional.of("blood"));
  }

  @Test
  void shouldRefuseATextBesideFeaturesThatIsBlankOrTooLong() {
    FeatureVector features = FeatureVector.of(new float[8]);

    assertThat(
            Outcomes.reason(
                fixture.process(add("e", "red", new Payload.Features(features, Optional.of(" "))))))
        .isEqualTo(Reason.EMPTY_TEXT);
    assertThat(
            Outcomes.reason(
                fixture.process(
                    add("e", "red", new Payload.Features(features, Optional.of("x".repeat(201)))))))
        .isEqualTo(Reason.TEXT_TOO_LONG);
  }

  @Test
  void shouldKeepTheBeginningOfALongTextInWholeCharacters() {
    String fits = "x".repeat(TextPolicy.MAX_CHARACTERS);
    String cut = "x".repeat(TextPolicy.MAX_CHARACTERS - 1);

    assertThat(TextPolicy.KEEP.kept(Optional.of(fits))).contains(fits);
    assertThat(TextPolicy.KEEP.kept(Optional.of(fits + "y"))).contains(fits);
    assertThat(TextPolicy.KEEP.kept(Optional.of(cut + "🙂"))).contains(cut);
  }

  @Test
  void shouldShowNoTextInLogs() {
    fixture.process(
        add("e1", "red", new Payload.Text("blood")),
        new Event.Query("t", 0, "q", new Payload.Text("grass")));

    fixture.tenants.forEachExample(
        "t", (slot, example) -> assertThat(example.toString()).doesNotContain("blood"));
    assertThat(fixture.queries.query("t", "q").orElseThrow().toString()).doesNotContain("grass");
  }

  private static Event add(String eventId, String label, Payload payload) {
    return new Event.Add("t", 0, eventId, label, ExampleTerms.ORDINARY, payload);
  }

  private static Map<String, Optional<String>> texts(EngineFixture fixture) {
    Map<String, Optional<String>> texts = new TreeMap<>();
    fixture.tenants.forEachExample(
        "t", (slot, example) -> texts.put(example.eventId(), example.text()));
    return texts;
  }

  private static EngineFixture fixture(TextPolicy texts) {
    MemorySettings memory = EngineFixture.MEMORY;
    return EngineFixture.of(
        new MemorySettings(
            memory.labelsPerTenant(),
            memory.examplesPerLabel(),
            memory.examplesPerTenant(),
            memory.policy(),
            memory.precision(),
            memory.descriptionWeight(),
            texts,
            memory.fading()),
        EngineFixture.FRESH,
        ENCODING);
  }
}
