package dev.hyperflow.topology.internal.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hyperflow.schemas.serde.GenericAvroDeserializer;
import dev.hyperflow.topology.internal.mapping.FieldPath.Found;
import dev.hyperflow.topology.internal.source.SourceRecord;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Reads the key, the value and the headers of a mapping's records. For one thread. */
public final class RecordParts {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Part values;
  private final Part keys;

  /**
   * A reader.
   *
   * @param registry settings of the registry's client, for Avro
   */
  public RecordParts(SourceMapping mapping, Map<String, ?> registry) {
    this.values = new Part(mapping.format(), registry, false);
    this.keys = new Part(mapping.keyFormat(), registry, true);
  }

  /** The parts of a record, read when a path first leads into them. */
  public Parts of(SourceRecord record, Headers headers) {
    return new Parts(record, headers);
  }

  /** One record. */
  public final class Parts {
    private final SourceRecord record;
    private final Headers headers;
    private Read value;
    private Read key;

    private Parts(SourceRecord record, Headers headers) {
      this.record = record;
      this.headers = headers;
    }

    /**
     * What is at a path.
     *
     * @throws RuntimeException of the registry's client if the registry is at fault
     */
    public Found find(FieldPath path) {
      return switch (path.root()) {
        case VALUE -> {
          value = value == null ? values.read(record.topic(), headers, record.value()) : value;
          yield value.find(path);
        }
        case KEY -> {
          key = key == null ? keys.read(record.topic(), headers, record.key()) : key;
          yield key.find(path);
        }
        case HEADER -> header(path);
      };
    }

    /** The paths that lead to something in value, key and headers, at most {@code most}. */
    public List<String> paths(int most) {
      List<String> paths = new ArrayList<>();
      Read whole = values.read(record.topic(), headers, record.value());
      Read keyed = keys.read(record.topic(), headers, record.key());
      Shapes.paths("value", whole.tree(), most, paths);
      Shapes.paths("key", keyed.tree(), most, paths);
      for (Header header : headers) {
        if (paths.size() < most) {
          paths.add("header." + header.key());
        }
      }
      return paths;
    }

    private Found header(FieldPath path) {
      Header header = headers.lastHeader(path.headerName());
      return header == null || header.value() == null
          ? new Found.Absent()
          : Part.of(() -> text(header.value())).find(path);
    }
  }

  /** A part of a record: its tree, or why there is none. */
  private record Read(JsonNode tree, String flaw) {
    Found find(FieldPath path) {
      return tree == null ? new Found.Unreadable(flaw) : path.find(tree);
    }
  }

  private static JsonNode text(byte[] bytes) {
    try {
      return NODES.textNode(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "expected text in UTF-8, found %d other bytes".formatted(bytes.length), e);
    }
  }

  /** Reads one kind of part. */
  private static final class Part {
    private final DataFormat format;
    private final GenericAvroDeserializer avro = new GenericAvroDeserializer();

    Part(DataFormat format, Map<String, ?> registry, boolean isKey) {
      this.format = format;
      if (format == DataFormat.AVRO) {
        avro.configure(registry, isKey);
      }
    }

    Read read(String topic, Headers headers, byte[] bytes) {
      return bytes == null
          ? new Read(NODES.nullNode(), null)
          : of(() -> tree(topic, headers, bytes));
    }

    /** Makes a refusal of what the bytes are to blame for. */
    static Read of(Supplier<JsonNode> reading) {
      try {
        return new Read(reading.get(), null);
      } catch (IllegalArgumentException | SerializationException e) {
        return new Read(null, e.getMessage());
      } catch (StackOverflowError e) {
        return new Read(null, "expected fewer levels, found too many to read");
      }
    }

    private JsonNode tree(String topic, Headers headers, byte[] bytes) {
      return switch (format) {
        case AVRO -> {
          GenericAvroDeserializer.Datum datum = avro.deserialize(topic, headers, bytes);
          yield AvroTree.of(datum.schema(), datum.value());
        }
        case JSON -> JsonTree.read(bytes);
        case STRING -> text(bytes);
        case LONG -> NODES.numberNode(exactly(Long.BYTES, bytes).getLong());
        case INTEGER -> NODES.numberNode(exactly(Integer.BYTES, bytes).getInt());
      };
    }

    private static ByteBuffer exactly(int count, byte[] bytes) {
      if (bytes.length != count) {
        throw new IllegalArgumentException(
            "expected a number of %d bytes, found %d bytes".formatted(count, bytes.length));
      }
      return ByteBuffer.wrap(bytes);
    }
  }
}
