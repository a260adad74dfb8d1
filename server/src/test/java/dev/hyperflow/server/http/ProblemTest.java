package dev.hyperflow.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemTest {

  @Test
  void shouldLeaveOutWhatItDoesNotKnow() {
    Reply reply = Reply.of(ProblemException.of(ErrorCode.TOO_LARGE, "body: too large").problem());

    JsonNode json = Calls.json(reply);
    assertThat(json.fieldNames()).toIterable().containsExactly("status", "code", "message");
    assertThat(reply.headers()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0,1", "1,1", "1000,1", "1001,2", "2000,2"})
  void shouldRoundRetryAfterUpToSeconds(long millis, String seconds) {
    Reply reply =
        Reply.of(ProblemException.retryable(ErrorCode.OVERLOADED, "busy", millis).problem());

    assertThat(reply.headers()).containsEntry("Retry-After", seconds);
    assertThat(Calls.json(reply).get("retryAfterMillis").asLong()).isEqualTo(millis);
  }

  @Test
  void shouldKeepAllButTheHint() {
    Problem before = ProblemException.ofField(ErrorCode.INVALID, "topK", "topK: less").problem();

    Problem after =
        ProblemException.ofField(ErrorCode.INVALID, "topK", "topK: less")
            .withHint("ask for less")
            .problem();

    assertThat(after)
        .isEqualTo(
            new Problem(
                before.status(),
                before.code(),
                before.message(),
                null,
                "topK",
                "ask for less",
                null));
  }

  @Test
  void shouldMapEveryCodeToARefusal() {
    assertThat(Arrays.stream(ErrorCode.values()).mapToInt(ErrorCode::status))
        .allMatch(status -> status >= 400 && status < 600);
  }
}
