package dev.hyperflow.engine.internal.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.engine.internal.event.Stage;
import dev.hyperflow.engine.internal.event.TenantSettings;
import dev.hyperflow.models.internal.SupportSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventValidatorTest {
  private static final ExampleTerms TERMS = ExampleTerms.ORDINARY;
  private static final Payload TEXT = new Payload.Text("hello");

  /** Limits of 4, 5, 6 characters and 3 features, so that each is told from the others. */
  private final EventValidator validator = new EventValidator(new Limits(4, 5, 6, 3, 10));

  @Test
  void shouldPassEventsAtTheirLimits() {
    List<Event> events =
        List.of(
            new Event.Add("tttt", 0, "eeee", "lllll", new ExampleTerms(10, 1), text(6)),
            new Event.Describe("tttt", 0, "eeee", "lllll", TERMS, features(1, 2, 3)),
            new Event.Feedback("tttt", 0, "eeee", "qqqq", "lllll", TERMS),
            new Event.Retract("tttt", 0, "eeee"),
            new Event.ForgetLabel("tttt", 0, "lllll"),
            new Event.ForgetTenant("tttt", 0),
            new Event.Configure("tttt", 0, settings(65_536, 1f)),
            new Event.Configure("tttt", 0, TenantSettings.DEFAULTS),
            new Event.Query("tttt", 0, "qqqq", features(SupportSet.MAX_FEATURE)));

    assertThat(events).allSatisfy(event -> assertThat(validator.check(event)).isEmpty());
  }

  @Test
  void shouldHoldTheTenantOfEveryEventToItsLength() {
    List<Event> events =
        List.of(
            new Event.Add("ttttt", 0, "e", "l", TERMS, TEXT),
            new Event.Describe("ttttt", 0, "e", "l", TERMS, TEXT),
            new Event.Feedback("ttttt", 0, "e", "q", "l", TERMS),
            new Event.Retract("ttttt", 0, "e"),
            new Event.ForgetLabel("ttttt", 0, "l"),
            new Event.ForgetTenant("ttttt", 0),
            new Event.Configure("ttttt", 0, TenantSettings.DEFAULTS),
            new Event.Query("ttttt", 0, "q", TEXT));

    assertThat(events)
        .allSatisfy(
            event ->
                assertThat(validator.check(event))
                    .contains(
                        rejection(
                            Reason.ID_TOO_LONG, "tenant: expected at most 4 characters, found 5")));
  }

  @Test
  void shouldNameTheIdThatIsBlankOrTooLong() {
    assertRefused(
        new Event.Add("t", 0, " ", "l", TERMS, TEXT),
        Reason.MISSING_FIELD,
        "eventId: expected an id, found a blank one");
    assertRefused(
        new Event.Query("t", 0, "qqqqq", TEXT),
        Reason.ID_TOO_LONG,
        "queryId: expected at most 4 characters, found 5");
    assertRefused(
        new Event.Feedback("t", 0, "e", "", "l", TERMS),
        Reason.MISSING_FIELD,
        "queryId: expected an id, found a blank one");
    assertRefused(
        new Event.Retract("t", 0, "eeeee"),
        Reason.ID_TOO_LONG,
        "targetEventId: expected at most 4 characters, found 5");
  }

  @Test
  void shouldNameTheLabelThatIsBlankOrTooLong() {
    assertRefused(
        new Event.ForgetLabel("t", 0, ""),
        Reason.MISSING_FIELD,
        "label: expected a name, found a blank one");
    assertRefused(
        new Event.Describe("t", 0, "e", "llllll", TERMS, TEXT),
        Reason.LABEL_TOO_LONG,
        "label: expected at most 5 characters, found 6");
    assertRefused(
        new Event.Feedback("t", 0, "e", "q", "llllll", TERMS),
        Reason.LABEL_TOO_LONG,
        "label: expected at most 5 characters, found 6");
  }

  @Test
  void shouldHoldWeightsToTheirRange() {
    for (float weight : new float[] {0, -1, 10.5f, Float.NaN, Float.POSITIVE_INFINITY}) {
      assertRefused(
          new Event.Add("t", 0, "e", "l", new ExampleTerms(weight, ExampleTerms.NEVER), TEXT),
          Reason.WEIGHT_OUT_OF_RANGE,
          "weight: expected above 0 and at most 10.0, found " + weight);
    }
  }

  @Test
  void shouldRefuseAnExpiryBeforeTheEpoch() {
    assertRefused(
        new Event.Feedback("t", 0, "e", "q", "l", new ExampleTerms(1, 0)),
        Reason.EXPIRY_OUT_OF_RANGE,
        "expiresAtEpochMillis: expected milliseconds since the epoch, after the event's 0 and"
            + " before the year 10000, found 0");
  }

  @ParameterizedTest
  @CsvSource({
    "1_700_000_000, ', which looks like seconds'",
    "1_700_000_000_000, ''",
    "1_699_999_999_999, ''",
    "1_700_000_500_000_000, ', which looks like microseconds'",
    "1_700_000_500_000_000_000, ', which looks like nanoseconds'",
    "-5, ''"
  })
  void shouldSayWhichUnitAnExpiryLooksLike(String expiry, String guess) {
    long event = 1_700_000_000_000L;
    long millis = Long.parseLong(expiry.replace("_", ""));

    assertThat(validator.check(expiring(event, millis)).orElseThrow().message())
        .endsWith("found " + millis + guess);
    assertThat(validator.check(expiring(event, event + 1))).isEmpty();
    assertThat(validator.check(expiring(event, 253_402_300_799_999L))).isEmpty();
    assertThat(validator.check(expiring(event, ExampleTerms.NEVER))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "253_402_300_800_000, microseconds",
    "1_700_000_000_000_000, microseconds",
    "1_700_000_000_000_000_000, nanoseconds",
    "9_223_372_036_854_775_807, nanoseconds"
  })
  void shouldSayWhichUnitTheTimeOfAnEventLooksLike(String time, String guess) {
    long millis = Long.parseLong(time.replace("_", ""));

    for (Event event :
        List.of(
            new Event.Query("t", millis, "q", TEXT),
            new Event.Add("t", millis, "e", "l", ExampleTerms.ORDINARY, TEXT),
            new Event.Retract("t", millis, "e"))) {
      assertRefused(
          event,
          Reason.TIMESTAMP_OUT_OF_RANGE,
          "timestamp: expected milliseconds since the epoch, before the year 10000, found %d, which looks like %s"
              .formatted(millis, guess));
    }
    assertThat(validator.check(new Event.Query("t", 253_402_300_799_999L, "q", TEXT))).isEmpty();
    // And a tenant can be forgotten at any time
    assertThat(validator.check(new Event.ForgetTenant("t", millis))).isEmpty();
  }

  private static Event expiring(long event, long expiry) {
    return new Event.Add("t", event, "e", "l", new ExampleTerms(1, expiry), TEXT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\n",
        "\u00A0",
        "\u200B",
        "\uFEFF",
        "...",
        "\u2026",
        ". . .",
        "--",
        "\"\"",
        "\u3000\u3002",
        "\u00AD",
        "\u3164",
        "\u0301",
        "()",
        "\u202E"
      })
  void shouldTakeATextThatSaysNothingAsBlank(String text) {
    assertRefused(
        new Event.Query("t", 0, "q", new Payload.Text(text)),
        Reason.EMPTY_TEXT,
        "payload.text: expected words, found a blank text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "7", "?!", "\u00BF", "\uD83D\uDE00", "\u0E02", "$", "\u8ACB", " x "})
  void shouldTakeATextThatSaysAnything(String text) {
    assertThat(validator.check(new Event.Query("t", 0, "q", new Payload.Text(text)))).isEmpty();
  }

  @Test
  void shouldTakeLongTextsThatAreCutLater() {
    EventValidator cutting = new EventValidator(new Limits(4, 5, 6, 3, 10, LongTexts.KEEP_TAIL));

    assertThat(cutting.check(new Event.Query("t", 0, "q", text(7)))).isEmpty();
  }

  @Test
  void shouldHoldTextsToTheirLength() {
    assertRefused(
        new Event.Query("t", 0, "q", new Payload.Text(" \n")),
        Reason.EMPTY_TEXT,
        "payload.text: expected words, found a blank text");
    assertRefused(
        new Event.Add("t", 0, "e", "l", TERMS, text(7)),
        Reason.TEXT_TOO_LONG,
        "payload.text: expected at most 6 characters, found 7");
  }

  @Test
  void shouldNameTheFeatureThatCannotBeComputedWith() {
    assertRefused(
        new Event.Query("t", 0, "q", features(1, 2, 3, 4)),
        Reason.WRONG_DIMENSION,
        "payload.values: expected at most 3 features, found 4");
    assertRefused(
        new Event.Query("t", 0, "q", features(1, Float.NaN)),
        Reason.NON_FINITE_FEATURES,
        "payload.values[1]: expected a number within ±%s, found NaN"
            .formatted(SupportSet.MAX_FEATURE));
    float beyond = Math.nextUp(SupportSet.MAX_FEATURE);
    assertRefused(
        new Event.Query("t", 0, "q", features(-beyond)),
        Reason.FEATURE_OUT_OF_RANGE,
        "payload.values[0]: expected a number within ±%s, found %s"
            .formatted(SupportSet.MAX_FEATURE, -beyond));
  }

  @Test
  void shouldHoldSettingsToTheirRange() {
    for (int examples : new int[] {0, 65_537}) {
      assertRefused(
          new Event.Configure("t", 0, settings(examples, 0.5f)),
          Reason.SETTING_OUT_OF_RANGE,
          "settings.examplesPerLabel: expected 1 to 65536, found " + examples);
    }
    for (float threshold : new float[] {-0.5f, 1.5f, Float.NaN}) {
      assertRefused(
          new Event.Configure("t", 0, settings(1, threshold)),
          Reason.SETTING_OUT_OF_RANGE,
          "settings.abstainBelow: expected 0 to 1, found " + threshold);
    }
  }

  @Test
  void shouldRefuseLimitsThatNothingKeeps() {
    assertThatThrownBy(() -> new Limits(0, 1, 1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("idLength: expected a value above 0");
    assertThatThrownBy(() -> new Limits(1, 1, 1, 1, Float.NaN))
        .hasMessageContaining("maxWeight: expected a value above 0");
    assertThatThrownBy(() -> new Limits(1, 1, 1, 1, 2 * SupportSet.MAX_WEIGHT))
        .hasMessageContaining("maxWeight: expected at most");
  }

  private void assertRefused(Event event, Reason reason, String message) {
    assertThat(validator.check(event)).contains(rejection(reason, message));
  }

  private static Rejection rejection(Reason reason, String message) {
    return new Rejection(Stage.VALIDATE, reason, message);
  }

  private static TenantSettings settings(int examplesPerLabel, float abstainBelow) {
    return new TenantSettings(
        Optional.of(examplesPerLabel), Optional.empty(), Optional.of(abstainBelow), false);
  }

  private static Payload text(int length) {
    return new Payload.Text("x".repeat(length));
  }

  private static Payload features(float... values) {
    return new Payload.Features(FeatureVector.of(values));
  }
}
