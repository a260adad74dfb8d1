package dev.hyperflow.topology.internal.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;

/**
 * Avro as a tree of the same kind as JSON. A union is the branch that was written. Logical types
 * become what they mean: times become ISO-8601, decimals numbers, UUIDs text.
 */
final class AvroTree {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int UUID_BYTES = 16;

  private AvroTree() {}

  /** The tree of a value; null becomes a null node. */
  static JsonNode of(Schema schema, Object value) {
    return value == null ? NODES.nullNode() : known(schema, value);
  }

  private static JsonNode known(Schema schema, Object value) {
    return switch (schema.getType()) {
      case UNION -> of(schema.getTypes().get(GenericData.get().resolveUnion(schema, value)), value);
      case RECORD -> record(schema, (IndexedRecord) value);
      case MAP -> map(schema, (Map<?, ?>) value);
      case ARRAY -> array(schema, (Iterable<?>) value);
      case STRING, ENUM -> NODES.textNode(value.toString());
      case BOOLEAN -> NODES.booleanNode((Boolean) value);
      case INT -> number(schema, ((Number) value).intValue());
      case LONG -> number(schema, ((Number) value).longValue());
      case FLOAT -> NODES.numberNode((Float) value);
      case DOUBLE -> NODES.numberNode((Double) value);
      case BYTES -> bytes(schema, bytes((ByteBuffer) value));
      case FIXED -> bytes(schema, ((GenericFixed) value).bytes());
      case NULL -> NODES.nullNode();
    };
  }

  private static JsonNode record(Schema schema, IndexedRecord value) {
    ObjectNode node = NODES.objectNode();
    for (Schema.Field field : schema.getFields()) {
      node.set(field.name(), of(field.schema(), value.get(field.pos())));
    }
    return node;
  }

  private static JsonNode map(Schema schema, Map<?, ?> value) {
    ObjectNode node = NODES.objectNode();
    value.forEach((name, each) -> node.set(name.toString(), of(schema.getValueType(), each)));
    return node;
  }

  private static JsonNode array(Schema schema, Iterable<?> value) {
    ArrayNode node = NODES.arrayNode();
    value.forEach(each -> node.add(of(schema.getElementType(), each)));
    return node;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static JsonNode bytes(Schema schema, byte[] bytes) {
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal && bytes.length > 0) {
      return DecimalNode.valueOf(new BigDecimal(new BigInteger(bytes), decimal.getScale()));
    }
    if (isNamed(schema, "uuid") && bytes.length == UUID_BYTES) {
      ByteBuffer halves = ByteBuffer.wrap(bytes);
      return NODES.textNode(new UUID(halves.getLong(), halves.getLong()).toString());
    }
    return NODES.binaryNode(bytes);
  }

  private static boolean isNamed(Schema schema, String logicalType) {
    return schema.getLogicalType() != null && schema.getLogicalType().getName().equals(logicalType);
  }

  private static JsonNode number(Schema schema, int value) {
    if (isNamed(schema, "date")) {
      return NODES.textNode(LocalDate.ofEpochDay(value).toString());
    }
    return isNamed(schema, "time-millis")
        ? time(TimeUnit.MILLISECONDS.toNanos(value))
        : NODES.numberNode(value);
  }

  private static JsonNode number(Schema schema, long value) {
    if (schema.getLogicalType() == null) {
      return NODES.numberNode(value);
    }
    return switch (schema.getLogicalType().getName()) {
      case "timestamp-millis" -> instant(TimeUnit.MILLISECONDS, value);
      case "timestamp-micros" -> instant(TimeUnit.MICROSECONDS, value);
      case "timestamp-nanos" -> instant(TimeUnit.NANOSECONDS, value);
      case "local-timestamp-millis" -> local(TimeUnit.MILLISECONDS, value);
      case "local-timestamp-micros" -> local(TimeUnit.MICROSECONDS, value);
      case "local-timestamp-nanos" -> local(TimeUnit.NANOSECONDS, value);
      case "time-micros" -> time(TimeUnit.MICROSECONDS.toNanos(value));
      default -> NODES.numberNode(value);
    };
  }

  private static Instant at(TimeUnit unit, long value) {
    long perSecond = unit.convert(1, TimeUnit.SECONDS);
    return Instant.ofEpochSecond(
        Math.floorDiv(value, perSecond), unit.toNanos(Math.floorMod(value, perSecond)));
  }

  private static JsonNode instant(TimeUnit unit, long value) {
    return NODES.textNode(at(unit, value).toString());
  }

  private static JsonNode local(TimeUnit unit, long value) {
    return NODES.textNode(LocalDateTime.ofInstant(at(unit, value), ZoneOffset.UTC).toString());
  }

  /** A time of day out of range is shown as the number that it is. */
  private static JsonNode time(long nanos) {
    boolean isOfDay = nanos >= 0 && nanos < TimeUnit.DAYS.toNanos(1);
    return isOfDay
        ? NODES.textNode(LocalTime.ofNanoOfDay(nanos).toString())
        : NODES.numberNode(nanos);
  }
}
