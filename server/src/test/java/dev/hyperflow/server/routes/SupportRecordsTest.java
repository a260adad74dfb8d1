package dev.hyperflow.server.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.server.http.Json;
import dev.hyperflow.server.http.ProblemException;
import dev.hyperflow.server.json.Write;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupportRecordsTest {

  private static Event event(String json) {
    return SupportRecords.event("t", 7, "e", Json.read(json.getBytes(UTF_8), Write.Support.class));
  }

  @Test
  void shouldTakeTheFieldsOfItsOperation() {
    assertThat(event("{\"operation\":\"FEEDBACK\",\"queryId\":\"q\",\"label\":\"l\",\"weight\":2}"))
        .isEqualTo(
            new Event.Feedback("t", 7, "e", "q", "l", new ExampleTerms(2, ExampleTerms.NEVER)));
    assertThat(event("{\"operation\":\"RETRACT\",\"targetEventId\":\"x\"}"))
        .isEqualTo(new Event.Retract("t", 7, "x"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ADD          | \"label\":\"l\",\"text\":\"a\",\"settings\":{}       | settings",
        "ADD          | \"label\":\"l\",\"text\":\"a\",\"queryId\":\"q\"     | queryId",
        "ADD          | \"label\":\"l\",\"text\":\"a\",\"targetEventId\":\"x\" | targetEventId",
        "FEEDBACK     | \"label\":\"l\",\"queryId\":\"q\",\"text\":\"a\"     | text",
        "RETRACT      | \"targetEventId\":\"x\",\"weight\":2                 | weight",
        "RETRACT      | \"targetEventId\":\"x\",\"label\":\"l\"              | label",
        "FORGET_LABEL | \"label\":\"l\",\"expiresAt\":9                      | expiresAt",
        "FORGET_LABEL | \"label\":\"l\",\"targetLabel\":\"m\"                | targetLabel",
      })
  void shouldRefuseAFieldOfAnotherOperation(String operation, String fields, String field) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> event("{\"operation\":\"%s\",%s}".formatted(operation, fields)))
        .withMessage("%s: expected none for %s, found one", field, operation);
  }
}
