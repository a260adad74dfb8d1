package dev.hyperflow.server.routes;

import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.engine.internal.feedback.RememberedQuery;
import dev.hyperflow.server.http.ErrorCode;
import dev.hyperflow.server.http.ProblemException;
import java.util.List;
import java.util.Optional;

/** What requests carry, and what the engine says of it. */
final class Payloads {
  private Payloads() {}

  /**
   * The one of both that is there.
   *
   * @param where prefix of the field's name
   * @throws ProblemException when there are none or both
   */
  static Payload of(String where, String text, List<Float> features) {
    if ((text == null) == (features == null)) {
      throw ProblemException.ofField(
          ErrorCode.INVALID,
          where + "text",
          "%stext, %sfeatures: expected one of them, found %s"
              .formatted(where, where, text == null ? "none" : "both"));
    }
    return text == null ? new Payload.Features(vector(where, features)) : new Payload.Text(text);
  }

  /**
   * What an example is made of: a text, features, or features with the text that they were made
   * from.
   *
   * @throws ProblemException when there is nothing
   */
  static Payload ofExample(String text, List<Float> features) {
    return text == null || features == null
        ? of("", text, features)
        : new Payload.Features(vector("", features), Optional.of(text));
  }

  /**
   * What a remembered query is asked with again: its features, or its text when another encoder
   * made them.
   *
   * @param space names the encoder of now
   * @return empty when that takes a text that is not kept
   */
  static Optional<Payload> of(RememberedQuery query, String space) {
    boolean isOwn = query.space().isEmpty() || space.isEmpty() || query.space().equals(space);
    return isOwn
        ? Optional.of(new Payload.Features(query.features()))
        : query.text().map(Payload.Text::new);
  }

  private static FeatureVector vector(String where, List<Float> features) {
    if (features.isEmpty()) {
      throw ProblemException.invalid(
          where + "features", "expected at least one number, found none");
    }
    float[] values = new float[features.size()];
    for (int i = 0; i < values.length; i++) {
      Float value = features.get(i);
      if (value == null) {
        throw ProblemException.invalid(
            "%sfeatures[%d]".formatted(where, i), "expected a number, found null");
      }
      values[i] = value;
    }
    return FeatureVector.of(values);
  }

  /** What a request is answered with that the engine refuses. */
  static ProblemException refusal(String where, Rejection rejection) {
    String message =
        where
            + rejection
                .message()
                .replaceFirst("^payload\\.text", "text")
                .replaceFirst("^payload\\.values", "features")
                .replaceFirst("^payload:", "features:")
                .replaceFirst("^expiresAtEpochMillis", "expiresAt");
    int colon = message.indexOf(':');
    ErrorCode code = code(rejection.reason());
    ProblemException problem =
        colon < 0 || code != ErrorCode.INVALID
            ? ProblemException.of(code, message)
            : ProblemException.ofField(code, message.substring(0, colon), message);
    return problem.withReason(rejection.reason().name()).withHint(rejection.reason().remedy());
  }

  private static ErrorCode code(Reason reason) {
    return switch (reason) {
      case INTEGRATION_FAILED, ENCODE_FAILED, SCORE_NOT_FINITE -> ErrorCode.NOT_COMPUTABLE;
      case WRONG_FEATURE_SPACE, NO_ENCODER, UNSUPPORTED_OPERATION -> ErrorCode.NOT_CONFIGURED;
      default -> ErrorCode.INVALID;
    };
  }
}
