package dev.hyperflow.topology.internal.decode;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.topology.internal.mapping.MappedFields;
import dev.hyperflow.topology.internal.mapping.Missing;
import dev.hyperflow.topology.internal.mapping.NullValue;
import dev.hyperflow.topology.internal.mapping.Operation;
import dev.hyperflow.topology.internal.mapping.SourceMapping;
import dev.hyperflow.topology.internal.mapping.SourceMapping.Field;
import dev.hyperflow.topology.internal.source.SourceRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Makes the event of one record out of its fields. */
final class MappedEvent {
  private static final float ORDINARY_WEIGHT = 1;

  /** So many bytes of a hash make an id. */
  private static final int ID_BYTES = 16;

  private final SourceMapping mapping;
  private final MappedFields fields;
  private final SourceRecord source;

  MappedEvent(SourceMapping mapping, MappedFields fields, SourceRecord source) {
    this.mapping = mapping;
    this.fields = fields;
    this.source = source;
  }

  Decoded decoded() {
    if (source.value() == null && mapping.nullValue() == NullValue.REFUSE) {
      return Fields.refuse(Reason.NULL_VALUE, "value: expected a record, found null");
    }
    if (source.value() == null && mapping.nullValue() == NullValue.SKIP) {
      return Fields.refuse(Reason.SKIPPED, "value: found null, and such records are skipped");
    }
    Optional<Event> event = event();
    return fields
        .flaw()
        .<Decoded>map(Decoded.Refused::new)
        .orElseGet(() -> Fields.accept(event.orElseThrow()));
  }

  /** The event; empty when the fields have a flaw. */
  private Optional<Event> event() {
    Optional<String> tenant = fields.tenant();
    long millis = source.value() == null ? source.timestampMillis() : time();
    Optional<Operation> operation =
        source.value() == null ? Optional.of(ofNull()) : fields.operation();
    if (fields.flaw().isPresent()) {
      return Optional.empty();
    }
    String name = tenant.orElseThrow();
    Optional<String> label = label(operation);
    Operation wanted = operation.orElseGet(() -> byLabel(label));
    Optional<Event> event =
        switch (wanted) {
          case QUERY -> query(name, millis);
          case ADD, DESCRIBE_LABEL -> labelled(wanted, name, millis, label);
          case FEEDBACK -> feedback(name, millis, label);
          case RETRACT -> retract(name, millis);
          case FORGET_LABEL ->
              required(Field.LABEL, wanted, label)
                  .map(there -> new Event.ForgetLabel(name, millis, there));
          case FORGET_TENANT -> Optional.of(new Event.ForgetTenant(name, millis));
        };
    return fields.flaw().isPresent() ? Optional.empty() : event;
  }

  private Operation ofNull() {
    return mapping.nullValue() == NullValue.RETRACT ? Operation.RETRACT : Operation.FORGET_TENANT;
  }

  private long time() {
    return fields.time().orElse(source.timestampMillis());
  }

  /** An operation that needs no label does not look for one. */
  private Optional<String> label(Optional<Operation> operation) {
    boolean isOfNoUse =
        operation
            .filter(
                known ->
                    known == Operation.QUERY
                        || known == Operation.RETRACT
                        || known == Operation.FORGET_TENANT)
            .isPresent();
    return isOfNoUse ? Optional.empty() : fields.label();
  }

  /** A record with a label teaches, and tells the label of its own query if there was one. */
  private Operation byLabel(Optional<String> label) {
    if (label.isEmpty()) {
      return Operation.QUERY;
    }
    return mapping.feedback() ? Operation.FEEDBACK : Operation.ADD;
  }

  private Optional<Event> query(String tenant, long millis) {
    return fields
        .payload()
        .flatMap(
            payload ->
                id(Optional.of(payload)).map(id -> new Event.Query(tenant, millis, id, payload)));
  }

  private Optional<Event> labelled(
      Operation operation, String tenant, long millis, Optional<String> label) {
    Optional<String> named = required(Field.LABEL, operation, label);
    Optional<Payload> payload = fields.payload();
    Optional<String> id = id(payload);
    ExampleTerms terms = terms();
    if (named.isEmpty() || payload.isEmpty() || id.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        operation == Operation.ADD
            ? new Event.Add(tenant, millis, id.get(), named.get(), terms, payload.get())
            : new Event.Describe(tenant, millis, id.get(), named.get(), terms, payload.get()));
  }

  private Optional<Event> feedback(String tenant, long millis, Optional<String> label) {
    Optional<String> named = required(Field.LABEL, Operation.FEEDBACK, label);
    Optional<Payload> payload = fields.payloadIfAny();
    Optional<String> id = id(payload);
    ExampleTerms terms = terms();
    return named.flatMap(
        there ->
            required(Field.ID, Operation.FEEDBACK, id)
                .map(own -> new Event.Feedback(tenant, millis, own, own, there, terms, payload)));
  }

  private Optional<Event> retract(String tenant, long millis) {
    return required(Field.ID, Operation.RETRACT, fields.id())
        .map(id -> new Event.Retract(tenant, millis, id));
  }

  private Optional<String> required(Field field, Operation operation, Optional<String> value) {
    if (value.isEmpty()) {
      fields.lacks(field, operation);
    }
    return value;
  }

  private ExampleTerms terms() {
    return new ExampleTerms(
        fields.weight().orElse(ORDINARY_WEIGHT), fields.expiry().orElse(ExampleTerms.NEVER));
  }

  /** The record's id, or one that the record alone decides. */
  private Optional<String> id(Optional<Payload> payload) {
    Optional<String> own = fields.id();
    if (own.isPresent() || fields.flaw().isPresent()) {
      return own;
    }
    return mapping.rule(Field.ID).missing() == Missing.CONTENT
        ? payload.map(MappedEvent::hash)
        : Optional.of("%s-%d-%d".formatted(source.topic(), source.partition(), source.offset()));
  }

  private static String hash(Payload payload) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      if (payload instanceof Payload.Features features) {
        float[] values = features.vector().toArray();
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
        for (float value : values) {
          bytes.putFloat(value);
        }
        digest.update(bytes.array());
      }
      payload.source().ifPresent(text -> digest.update(text.getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(digest.digest(), 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
