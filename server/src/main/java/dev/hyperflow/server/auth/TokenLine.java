package dev.hyperflow.server.auth;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hyperflow.server.http.Grant;
import dev.hyperflow.server.http.Scope;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A line of the file of tokens: {@code {"id":…,"hash":…,"name":…,"scope":…,"tenants":[…]}}.
 *
 * @param id the token's id
 * @param hash its hash
 * @param grant what it allows
 */
public record TokenLine(String id, String hash, Grant grant) {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** The JSON of it. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Form(String id, String hash, String name, String scope, List<String> tenants) {}

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException when it is not one
   */
  static TokenLine parse(String line) {
    Form form;
    try {
      form = MAPPER.readValue(line, Form.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "expected one object of id, hash, name, scope, tenants", e);
    }
    if (form == null || form.id() == null || form.hash() == null || form.scope() == null) {
      throw new IllegalArgumentException("expected id, hash and scope, found that one is missing");
    }
    if (form.tenants() != null && form.tenants().contains(null)) {
      throw new IllegalArgumentException("tenants: expected names, found null");
    }
    return new TokenLine(
        form.id(),
        form.hash(),
        new Grant(
            form.name() == null ? form.id() : form.name(),
            scope(form.scope()),
            Optional.ofNullable(form.tenants()).map(Set::copyOf)));
  }

  private static Scope scope(String word) {
    return switch (word) {
      case "read" -> Scope.READ;
      case "write" -> Scope.WRITE;
      case "admin" -> Scope.ADMIN;
      default ->
          throw new IllegalArgumentException(
              "scope: expected read, write or admin, found '" + word + "'");
    };
  }

  /** The line as the file has it, without an end of line. */
  public String text() {
    try {
      return MAPPER.writeValueAsString(
          new Form(
              id,
              hash,
              grant.name(),
              grant.scope().name().toLowerCase(Locale.ROOT),
              grant.tenants().map(tenants -> tenants.stream().sorted().toList()).orElse(null)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record can be written", e);
    }
  }
}
