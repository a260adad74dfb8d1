package dev.hyperflow.engine.internal.validate;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.NameRule;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.engine.internal.event.Stage;
import dev.hyperflow.engine.internal.event.TenantSettings;
import dev.hyperflow.engine.internal.remember.MemorySettings;
import dev.hyperflow.models.internal.SupportSet;
import java.util.Optional;

/** Holds events to the {@link Limits}. Immutable and thread-safe. */
public final class EventValidator {
  private final Limits limits;

  public EventValidator(Limits limits) {
    this.limits = limits;
  }

  /** The first limit that {@code event} breaks, or empty when it keeps them all. */
  public Optional<Rejection> check(Event event) {
    Optional<Rejection> tenant =
        first(
            given("tenant", "an id", event.tenant()),
            tooLong(Reason.ID_TOO_LONG, "tenant", event.tenant(), limits.idLength()));
    if (tenant.isPresent()) {
      return tenant;
    }
    Check check = new Check();
    event.handle(check);
    return check.found;
  }

  /** Checks what is peculiar to a kind of event. */
  private final class Check implements Event.Handler {
    private Optional<Rejection> found = Optional.empty();

    @Override
    public void query(Event.Query query) {
      found =
          first(
              key(query),
              id("queryId", NameRule.normal(query.queryId())),
              payload(query.payload()));
    }

    @Override
    public void add(Event.Add add) {
      found =
          first(
              key(add),
              id("eventId", add.eventId()),
              label(add.label()),
              terms(add),
              payload(add.payload()));
    }

    @Override
    public void describe(Event.Describe describe) {
      found =
          first(
              key(describe),
              id("eventId", describe.eventId()),
              label(describe.label()),
              terms(describe),
              payload(describe.payload()));
    }

    @Override
    public void feedback(Event.Feedback feedback) {
      found =
          first(
              key(feedback),
              id("eventId", feedback.eventId()),
              id("queryId", feedback.queryId()),
              label(feedback.label()),
              terms(feedback),
              feedback.otherwise().flatMap(payload -> payload(payload)));
    }

    @Override
    public void retract(Event.Retract retract) {
      found =
          first(
              key(retract),
              given("targetEventId", "an id", retract.eventId()),
              tooLong(Reason.ID_TOO_LONG, "targetEventId", retract.eventId(), limits.idLength()));
    }

    @Override
    public void forgetLabel(Event.ForgetLabel forget) {
      found = first(key(forget), earlier(forget.label()));
    }

    @Override
    public void renameLabel(Event.RenameLabel rename) {
      found =
          first(key(rename), earlier(rename.label()), label("targetLabel", rename.targetLabel()));
    }

    @Override
    public void mergeLabels(Event.MergeLabels merge) {
      found = first(key(merge), earlier(merge.label()), label("targetLabel", merge.targetLabel()));
    }

    @Override
    public void configure(Event.Configure configure) {
      found = first(key(configure), settings(configure.settings()));
    }

    @Override
    public void forgetTenant(Event.ForgetTenant forget) {
      // The tenant is all it names, in whatever form an earlier version remembered it.
    }
  }

  @SafeVarargs
  private static Optional<Rejection> first(Optional<Rejection>... checks) {
    for (Optional<Rejection> check : checks) {
      if (check.isPresent()) {
        return check;
      }
    }
    return Optional.empty();
  }

  /** Checks what all events have that remember or ask something. */
  private static Optional<Rejection> key(Event event) {
    return first(
        NameRule.keyFlaw(Stage.VALIDATE, "tenant", event.tenant()),
        Expiry.flawOfEvent(event.timestampMillis())
            .flatMap(flaw -> reject(Reason.TIMESTAMP_OUT_OF_RANGE, "timestamp: %s", flaw)));
  }

  private Optional<Rejection> id(String field, String value) {
    return first(
        given(field, "an id", value),
        NameRule.flaw(Stage.VALIDATE, field, value),
        tooLong(Reason.ID_TOO_LONG, field, value, limits.idLength()));
  }

  /** A label that is there, in whatever form an earlier version remembered it. */
  private Optional<Rejection> earlier(String label) {
    return first(
        given("label", "a name", label),
        tooLong(Reason.LABEL_TOO_LONG, "label", label, limits.labelLength()));
  }

  private Optional<Rejection> label(String label) {
    return label("label", label);
  }

  private Optional<Rejection> label(String field, String label) {
    return first(
        given(field, "a name", label),
        NameRule.flaw(Stage.VALIDATE, field, label),
        tooLong(Reason.LABEL_TOO_LONG, field, label, limits.labelLength()));
  }

  private static Optional<Rejection> given(String field, String what, String name) {
    return name.isBlank()
        ? reject(Reason.MISSING_FIELD, "%s: expected %s, found a blank one", field, what)
        : Optional.empty();
  }

  private Optional<Rejection> terms(Event.Labelled event) {
    ExampleTerms terms = event.terms();
    if (!(terms.weight() > 0 && terms.weight() <= limits.maxWeight())) {
      return reject(
          Reason.WEIGHT_OUT_OF_RANGE,
          "weight: expected above 0 and at most %s, found %s",
          limits.maxWeight(),
          terms.weight());
    }
    return Expiry.flaw(event.timestampMillis(), terms.expiresAtMillis())
        .flatMap(flaw -> reject(Reason.EXPIRY_OUT_OF_RANGE, "expiresAtEpochMillis: %s", flaw));
  }

  private static Optional<Rejection> settings(TenantSettings settings) {
    int examples = settings.examplesPerLabel().orElse(1);
    if (examples < 1 || examples > MemorySettings.MAX_EXAMPLES_PER_LABEL) {
      return reject(
          Reason.SETTING_OUT_OF_RANGE,
          "settings.examplesPerLabel: expected 1 to %d, found %d",
          MemorySettings.MAX_EXAMPLES_PER_LABEL,
          examples);
    }
    float threshold = settings.abstainBelow().orElse(0f);
    return threshold >= 0 && threshold <= 1
        ? Optional.empty()
        : reject(
            Reason.SETTING_OUT_OF_RANGE,
            "settings.abstainBelow: expected 0 to 1, found %s",
            threshold);
  }

  private Optional<Rejection> payload(Payload payload) {
    Optional<Rejection> text =
        payload.source().flatMap(source -> text(payload instanceof Payload.Text, source));
    return text.isEmpty() && payload instanceof Payload.Features features
        ? features(features.vector())
        : text;
  }

  private Optional<Rejection> text(boolean isPayload, String text) {
    String field = isPayload ? "payload.text" : "text";
    if (!NameRule.hasWords(text)) {
      return reject(Reason.EMPTY_TEXT, "%s: expected words, found a blank text", field);
    }
    return tooLong(Reason.TEXT_TOO_LONG, field, text, limits.longestText());
  }

  private Optional<Rejection> features(FeatureVector vector) {
    if (vector.dimension() > limits.featureDimension()) {
      return reject(
          Reason.WRONG_DIMENSION,
          "payload.values: expected at most %d features, found %d",
          limits.featureDimension(),
          vector.dimension());
    }
    int at = vector.firstBeyond(SupportSet.MAX_FEATURE);
    if (at < 0) {
      return Optional.empty();
    }
    float found = vector.get(at);
    return reject(
        Float.isFinite(found) ? Reason.FEATURE_OUT_OF_RANGE : Reason.NON_FINITE_FEATURES,
        "payload.values[%d]: expected a number within ±%s, found %s",
        at,
        SupportSet.MAX_FEATURE,
        found);
  }

  private static Optional<Rejection> tooLong(Reason reason, String field, String value, int limit) {
    if (value.length() <= limit) {
      return Optional.empty();
    }
    return reject(
        reason, "%s: expected at most %d characters, found %d", field, limit, value.length());
  }

  private static Optional<Rejection> reject(Reason reason, String message, Object... arguments) {
    return Optional.of(new Rejection(Stage.VALIDATE, reason, message.formatted(arguments)));
  }
}
