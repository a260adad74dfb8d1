package dev.hyperflow.app.tenant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hyperflow.server.http.Json;
import dev.hyperflow.server.http.ProblemException;
import dev.hyperflow.server.json.Write;
import java.nio.charset.StandardCharsets;

/**
 * A line of an exported tenant: a support event as {@code POST /api/v1/tenants/{tenant}/support}
 * takes it.
 *
 * @param number from 1
 * @param text the JSON, as it is sent
 * @param event what it says
 */
record SupportLine(int number, String text, Write.Support event) {
  // Written in ASCII alone, so that no terminal, pipe or editor can change it.

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  /**
   * A line that was read.
   *
   * @throws IllegalArgumentException when it cannot be sent, or not be sent twice; says why
   */
  static SupportLine read(int number, String text) {
    Write.Support event;
    try {
      event = Json.read(text.getBytes(StandardCharsets.UTF_8), Write.Support.class);
    } catch (ProblemException e) {
      throw new IllegalArgumentException("line %d: %s".formatted(number, e.getMessage()), e);
    }
    if (event.operation() == null) {
      throw new IllegalArgumentException(
          "line %d: operation: expected one, found none".formatted(number));
    }
    boolean remembered =
        event.operation() == Write.Operation.ADD
            || event.operation() == Write.Operation.DESCRIBE_LABEL
            || event.operation() == Write.Operation.FEEDBACK;
    if (remembered && event.eventId() == null) {
      throw new IllegalArgumentException(
          "line %d: eventId: expected a value for %s, so that you can send it twice, found none"
              .formatted(number, event.operation()));
    }
    return new SupportLine(number, text, event);
  }

  /** The text of an event, without an end of line. */
  static String write(Write.Support event) {
    try {
      return MAPPER.writeValueAsString(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records can be written", e);
    }
  }
}
