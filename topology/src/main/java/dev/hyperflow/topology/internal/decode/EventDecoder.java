package dev.hyperflow.topology.internal.decode;

import dev.hyperflow.engine.internal.event.NameRule;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.engine.internal.event.Stage;
import dev.hyperflow.topology.internal.source.SourceRecord;
import dev.hyperflow.topology.internal.source.TenantKeys;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Decodes the records of one of the application's own topics. Used by one thread.
 *
 * @param <R> the Avro record that the topic holds
 */
abstract class EventDecoder<R extends SpecificRecord> implements RecordDecoder {
  private final Class<R> type;
  private final Deserializer<?> deserializer;

  EventDecoder(Class<R> type, Deserializer<?> deserializer) {
    this.type = type;
    this.deserializer = deserializer;
  }

  @Override
  public final Optional<byte[]> key(SourceRecord source, Headers headers) {
    return Optional.ofNullable(source.key());
  }

  @Override
  public final Decoded decode(SourceRecord source, Headers headers) {
    if (source.key() == null || source.key().length == 0) {
      return Fields.refuse(Reason.NULL_KEY, "key: expected the tenant, found none");
    }
    Optional<String> readable = TenantKeys.decode(source.key());
    if (readable.isEmpty()) {
      return Fields.refuse(
          Reason.UNDECODABLE_KEY,
          "key: expected the tenant as UTF-8, found %d other bytes that look like %s",
          source.key().length,
          NameRule.guess(source.key()));
    }
    String tenant = readable.get();
    Decoded decoded = value(tenant, source, headers);
    return decoded.isRemovalOfTenant()
        ? decoded
        : keyFlaw(tenant, source.key()).<Decoded>map(Decoded.Refused::new).orElse(decoded);
  }

  /** A tenant of an earlier version may have any name, and can be forgotten under it. */
  private static Optional<Rejection> keyFlaw(String tenant, byte[] key) {
    return hasControls(tenant)
        ? Optional.of(
            new Rejection(
                Stage.DECODE,
                Reason.UNDECODABLE_KEY,
                "key: expected the tenant as UTF-8 text, found control characters in %d bytes that"
                        .formatted(key.length)
                    + " look like "
                    + NameRule.guess(key)))
        : NameRule.keyFlaw(Stage.DECODE, "key", tenant);
  }

  private static boolean hasControls(String tenant) {
    for (int i = 0; i < tenant.length(); i++) {
      if (Character.isISOControl(tenant.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private Decoded value(String tenant, SourceRecord source, Headers headers) {
    if (source.value() == null) {
      return tombstone(tenant, source.timestampMillis());
    }
    Object value;
    try {
      value = deserializer.deserialize(source.topic(), headers, source.value());
    } catch (SerializationException e) {
      RegistryOutageException.throwIfOne(e);
      return Fields.refuse(Reason.UNDECODABLE, "value: %s", rootMessage(e));
    }
    if (value == null) {
      return Fields.refuse(
          Reason.UNDECODABLE, "value: expected a %s, found nothing", type.getSimpleName());
    }
    return type.isInstance(value)
        ? event(tenant, source.timestampMillis(), type.cast(value))
        : Fields.refuse(
            Reason.UNDECODABLE,
            "value: expected a %s, found a %s",
            type.getSimpleName(),
            value.getClass().getSimpleName());
  }

  /** The event of a null value. */
  abstract Decoded tombstone(String tenant, long timestampMillis);

  /** The event of a record. */
  abstract Decoded event(String tenant, long timestampMillis, R value);

  @Override
  public final void close() {
    deserializer.close();
  }

  /** The message, and that of the cause unless the first one has it in it. */
  private static String rootMessage(SerializationException e) {
    String message = String.valueOf(e.getMessage());
    String why = e.getCause() == null ? null : e.getCause().getMessage();
    return why == null || message.contains(why) ? message : message + ": " + why;
  }
}
