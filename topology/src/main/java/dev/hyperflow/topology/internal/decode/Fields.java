package dev.hyperflow.topology.internal.decode;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.engine.internal.event.Stage;
import dev.hyperflow.events.FeaturesPayload;
import dev.hyperflow.events.PackedFeaturesPayload;
import dev.hyperflow.events.TextPayload;
import dev.hyperflow.schemas.PackedFeatures;
import java.util.Optional;
import java.util.function.Function;

/** The conversions that support events and queries share. */
final class Fields {
  private Fields() {}

  static Decoded accept(Event event) {
    return new Decoded.Accepted(event);
  }

  static Decoded refuse(Reason reason, String message, Object... arguments) {
    return new Decoded.Refused(new Rejection(Stage.DECODE, reason, message.formatted(arguments)));
  }

  /** Goes on with a field that the operation needs. */
  static <T> Decoded required(String field, Object operation, T value, Function<T, Decoded> then) {
    return value == null
        ? refuse(Reason.MISSING_FIELD, "%s: expected a value for %s, found null", field, operation)
        : then.apply(value);
  }

  /**
   * Goes on with the payload, converted from the Avro union.
   *
   * @param source the text that features were made from, if it came with them
   */
  static Decoded payload(Object payload, Optional<String> source, Function<Payload, Decoded> then) {
    if (payload instanceof TextPayload text) {
      return source.isPresent()
          ? refuse(
              Reason.UNDECODABLE, "text: expected none beside a payload that is a text, found one")
          : then.apply(new Payload.Text(text.getText()));
    }
    if (payload instanceof FeaturesPayload features) {
      return vector(PackedFeatures.unpack(features), source, then);
    }
    PackedFeaturesPayload packed = (PackedFeaturesPayload) payload;
    float[] values;
    try {
      values = PackedFeatures.unpack(packed);
    } catch (IllegalArgumentException e) {
      return refuse(Reason.MALFORMED_FEATURES, "payload.values: %s", e.getMessage());
    }
    return vector(values, source, then);
  }

  private static Decoded vector(
      float[] values, Optional<String> source, Function<Payload, Decoded> then) {
    return values.length == 0
        ? refuse(Reason.MALFORMED_FEATURES, "payload.values: expected features, found none")
        : then.apply(new Payload.Features(FeatureVector.ofOwned(values), source));
  }
}
