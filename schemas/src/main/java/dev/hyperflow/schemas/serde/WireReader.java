package dev.hyperflow.schemas.serde;

import dev.hyperflow.schemas.internal.registry.RegistryClient;
import dev.hyperflow.schemas.internal.registry.RegistryError;
import dev.hyperflow.schemas.internal.registry.RegistryException;
import java.io.EOFException;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Reads Avro in Confluent's wire format. The schema is named by the first bytes, or by a header.
 * Thread-safe.
 *
 * @param <T> what a message becomes
 */
final class WireReader<T> {
  /*
   * What keeps a hostile message small: the decoder sits on the byte array, so Avro (1.12.2)
   * compares every claimed string, bytes and array length with the bytes that are left before it
   * allocates. That cannot bound items of zero bytes, so RecordReaders refuses writer schemas that
   * have such. Decoder and readers are reused, so every thread has its own; after a failure the
   * decoder is thrown away.
   */
  private static final String LONG_ID =
      ", but may be the start of an id of 8 bytes; expected one of 4 bytes";

  /** What a registry says of a schema, or of one that it refers to; else it is at fault itself. */
  private static final Set<RegistryError> OF_THE_SCHEMA =
      EnumSet.of(
          RegistryError.SCHEMA_NOT_FOUND,
          RegistryError.SUBJECT_NOT_FOUND,
          RegistryError.VERSION_NOT_FOUND,
          RegistryError.INVALID_SCHEMA,
          RegistryError.INVALID_VERSION);

  private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);
  private final RegistryClient client;
  private final Function<Schema, DatumReader<T>> readers;
  private final String idHeader;

  /**
   * A reader.
   *
   * @param readers makes the reader of what a schema wrote; throws {@link IllegalArgumentException}
   *     for a schema that it cannot read
   * @param isKey whether the messages are keys
   */
  WireReader(RegistryClient client, Function<Schema, DatumReader<T>> readers, boolean isKey) {
    this.client = client;
    this.readers = readers;
    this.idHeader = isKey ? WireFormat.KEY_HEADER : WireFormat.VALUE_HEADER;
  }

  /** Reads a message whose schema a header may name, as Confluent's newer serializers write it. */
  T read(String topic, Headers headers, byte[] data) {
    Header named = headers.lastHeader(idHeader);
    if (data == null || named == null) {
      return read(topic, data);
    }
    Scratch own = scratch.get();
    Object id = idOf(topic, named.value());
    return read(topic, own, id, own.reader(topic, id), data, 0);
  }

  /** Reads a message; null becomes null. */
  T read(String topic, byte[] data) {
    if (data == null) {
      return null;
    }
    Scratch own = scratch.get();
    int id = id(topic, data);
    return read(topic, own, id, own.reader(topic, id), data, WireFormat.HEADER_BYTES);
  }

  private T read(
      String topic, Scratch own, Object id, DatumReader<T> reader, byte[] data, int from) {
    try {
      return own.read(reader, data, from);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      own.decoder = null;
      throw bad(topic, "schema id %s, %s".formatted(id, describe(e, data)), e);
    }
  }

  private static Object idOf(String topic, byte[] header) {
    try {
      return WireFormat.readHeader(header);
    } catch (IllegalArgumentException e) {
      throw bad(topic, e.getMessage(), e);
    }
  }

  private static int id(String topic, byte[] data) {
    try {
      return WireFormat.readId(data);
    } catch (IllegalArgumentException e) {
      throw bad(topic, e.getMessage(), e);
    }
  }

  private DatumReader<T> resolve(String topic, Object id) {
    try {
      return readers.apply(
          id instanceof UUID guid ? client.schemaByGuid(guid) : client.schemaById((int) id));
    } catch (RegistryException e) {
      if (OF_THE_SCHEMA.stream().anyMatch(e::is)) {
        throw bad(
            topic,
            "schema id %s is not an Avro schema of the registry%s: %s"
                .formatted(id, id.equals(0) ? LONG_ID : "", e.getMessage()),
            e);
      }
      throw e;
    } catch (IllegalArgumentException e) {
      throw bad(topic, "schema id %s: %s".formatted(id, e.getMessage()), e);
    }
  }

  private static String describe(Throwable e, byte[] data) {
    if (e instanceof EOFException) {
      return "the record is truncated or claims more than its %d bytes hold".formatted(data.length);
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static SerializationException bad(String topic, String what, Throwable cause) {
    return new SerializationException(
        "Cannot read a record of topic %s: %s".formatted(topic, what), cause);
  }

  /** What one thread reuses from record to record. */
  private final class Scratch {
    private final Map<Object, DatumReader<T>> known = new HashMap<>();
    private Object lastId;
    private DatumReader<T> lastReader;
    private BinaryDecoder decoder;

    DatumReader<T> reader(String topic, Object id) {
      if (!id.equals(lastId)) {
        lastReader = known.computeIfAbsent(id, unknown -> resolve(topic, unknown));
        lastId = id;
      }
      return lastReader;
    }

    T read(DatumReader<T> reader, byte[] data, int from) throws IOException {
      decoder = DecoderFactory.get().binaryDecoder(data, from, data.length - from, decoder);
      T result = reader.read(null, decoder);
      if (!decoder.isEnd()) {
        throw new IOException(
            "%d bytes after the end of the record; expected none"
                .formatted(decoder.inputStream().available()));
      }
      return result;
    }
  }
}
