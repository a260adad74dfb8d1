package dev.hyperflow.topology.internal.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/**
 * Reads JSON, also behind the five bytes with which a registry's serializer begins. No JSON begins
 * with the first of them.
 */
final class JsonTree {
  private static final int FRAME = 1 + Integer.BYTES;

  /** A name that is there twice would have two values, and readers differ in which they take. */
  private static final ObjectReader READER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build()
          .reader();

  private JsonTree() {}

  /**
   * Reads bytes.
   *
   * @throws IllegalArgumentException when they are no JSON; says what is wrong
   */
  static JsonNode read(byte[] bytes) {
    int from = bytes.length >= FRAME && bytes[0] == 0 ? FRAME : 0;
    try {
      JsonNode read = READER.readTree(bytes, from, bytes.length - from);
      if (read.isMissingNode()) {
        throw new IllegalArgumentException("expected JSON, found nothing");
      }
      return read;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "expected JSON, found: %s%s"
              .formatted(
                  e.getOriginalMessage(),
                  e.getLocation() == null
                      ? ""
                      : " (line %d, column %d)"
                          .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr())),
          e);
    } catch (IOException e) {
      throw new IllegalArgumentException("expected JSON, found: " + e.getMessage(), e);
    }
  }
}
