package dev.hyperflow.topology.internal.decode;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.events.SupportOperation;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.kafka.common.serialization.Deserializer;

/** Decodes support events. A null value asks to forget the tenant. */
public final class SupportDecoder extends EventDecoder<SupportEvent> {

  /**
   * A decoder for one thread.
   *
   * @param deserializer of Avro values; closed with the decoder
   */
  public SupportDecoder(Deserializer<?> deserializer) {
    super(SupportEvent.class, deserializer);
  }

  @Override
  Decoded tombstone(String tenant, long timestampMillis) {
    return Fields.accept(new Event.ForgetTenant(tenant, timestampMillis));
  }

  @Override
  Decoded event(String tenant, long timestampMillis, SupportEvent value) {
    SupportOperation operation = value.getOperation();
    return switch (operation) {
      case ADD ->
          example(
              value,
              (label, payload) ->
                  new Event.Add(
                      tenant, timestampMillis, value.getEventId(), label, terms(value), payload));
      case DESCRIBE_LABEL ->
          example(
              value,
              (label, payload) ->
                  new Event.Describe(
                      tenant, timestampMillis, value.getEventId(), label, terms(value), payload));
      case FEEDBACK ->
          names(
              value,
              "queryId",
              value.getQueryId(),
              (label, queryId) ->
                  new Event.Feedback(
                      tenant, timestampMillis, value.getEventId(), queryId, label, terms(value)));
      case RETRACT ->
          Fields.required(
              "targetEventId",
              operation,
              value.getTargetEventId(),
              target -> Fields.accept(new Event.Retract(tenant, timestampMillis, target)));
      case FORGET_LABEL ->
          Fields.required(
              "label",
              operation,
              value.getLabel(),
              label -> Fields.accept(new Event.ForgetLabel(tenant, timestampMillis, label)));
      case RENAME_LABEL ->
          names(
              value,
              "targetLabel",
              value.getTargetLabel(),
              (label, target) -> new Event.RenameLabel(tenant, timestampMillis, label, target));
      case MERGE_LABELS ->
          names(
              value,
              "targetLabel",
              value.getTargetLabel(),
              (label, target) -> new Event.MergeLabels(tenant, timestampMillis, label, target));
      case FORGET_TENANT -> tombstone(tenant, timestampMillis);
      case CONFIGURE ->
          Fields.required(
              "settings",
              operation,
              value.getSettings(),
              settings ->
                  SettingsDecoder.decode(
                      settings,
                      own -> Fields.accept(new Event.Configure(tenant, timestampMillis, own))));
      case UNKNOWN ->
          Fields.refuse(
              Reason.UNKNOWN_OPERATION,
              "operation: expected one of this version's operations, found a newer one");
    };
  }

  /** An event with a label and one more name. */
  private static Decoded names(
      SupportEvent value, String field, String name, BiFunction<String, String, Event> event) {
    return Fields.required(
        "label",
        value.getOperation(),
        value.getLabel(),
        label ->
            Fields.required(
                field,
                value.getOperation(),
                name,
                there -> Fields.accept(event.apply(label, there))));
  }

  /** An event with a label and a payload. */
  private static Decoded example(SupportEvent value, BiFunction<String, Payload, Event> event) {
    return Fields.required(
        "label",
        value.getOperation(),
        value.getLabel(),
        label ->
            Fields.required(
                "payload",
                value.getOperation(),
                value.getPayload(),
                union ->
                    Fields.payload(
                        union,
                        Optional.ofNullable(value.getText()),
                        payload -> Fields.accept(event.apply(label, payload)))));
  }

  private static ExampleTerms terms(SupportEvent value) {
    Long expiry = value.getExpiresAtEpochMillis();
    return new ExampleTerms(value.getWeight(), expiry == null ? ExampleTerms.NEVER : expiry);
  }
}
