package dev.hyperflow.topology.decode;

import dev.hyperflow.engine.event.Event;
import dev.hyperflow.engine.event.Reason;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.events.SupportOperation;
import org.apache.kafka.common.serialization.Deserializer;

/** Decodes support events. A null value asks to forget the tenant. */
final class SupportDecoder extends EventDecoder<SupportEvent> {

  SupportDecoder(Deserializer<?> deserializer) {
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
      case ADD -> add(tenant, timestampMillis, value);
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
      case FORGET_TENANT -> tombstone(tenant, timestampMillis);
      case DESCRIBE_LABEL, FEEDBACK, CONFIGURE ->
          Fields.refuse(
              Reason.UNSUPPORTED_OPERATION,
              "operation: expected ADD, RETRACT, FORGET_LABEL or FORGET_TENANT, found %s, which"
                  + " this version does not serve",
              operation);
      case UNKNOWN ->
          Fields.refuse(
              Reason.UNKNOWN_OPERATION,
              "operation: expected one of this version's operations, found a newer one");
    };
  }

  private static Decoded add(String tenant, long timestampMillis, SupportEvent value) {
    if (value.getExpiresAtEpochMillis() != null) {
      return Fields.refuse(
          Reason.UNSUPPORTED_OPERATION,
          "expiresAtEpochMillis: expected null, found %d; this version does not expire examples",
          value.getExpiresAtEpochMillis());
    }
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
                        payload ->
                            Fields.accept(
                                new Event.Add(
                                    tenant,
                                    timestampMillis,
                                    value.getEventId(),
                                    label,
                                    value.getWeight(),
                                    payload)))));
  }
}
