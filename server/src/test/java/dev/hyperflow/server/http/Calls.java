package dev.hyperflow.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Requests and answers for tests of this package and of those beside it. */
public final class Calls {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Calls() {}

  /** A request with a body and headers, for a tenant. */
  public static Call of(
      String method, String target, String tenant, Map<String, String> headers, String body) {
    return new Call(
        method, target, Map.of("tenant", tenant), Map.of(), Grant.ALL, raw(headers, body));
  }

  /** A GET with parameters of the query. */
  public static Call with(Map<String, String> query) {
    return new Call("GET", "/", Map.of(), query, Grant.ALL, raw(Map.of(), ""));
  }

  static Call.Raw raw(Map<String, String> headers, String body) {
    return new Call.Raw(
        headers::get,
        () -> body.getBytes(StandardCharsets.UTF_8),
        () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
  }

  static Grant grant(Scope scope, String... tenants) {
    return new Grant(
        "test", scope, tenants.length == 0 ? Optional.empty() : Optional.of(Set.of(tenants)));
  }

  /** The body of an answer. */
  public static JsonNode json(Reply reply) {
    try {
      return MAPPER.readTree(reply.content());
    } catch (IOException e) {
      throw new AssertionError("no JSON", e);
    }
  }

  static void assertProblem(Reply reply, ErrorCode code) {
    assertThat(reply.mediaType()).isEqualTo(Reply.PROBLEM);
    assertThat(reply.status()).isEqualTo(code.status());
    assertThat(json(reply).get("code").asText()).isEqualTo(code.name());
  }
}
