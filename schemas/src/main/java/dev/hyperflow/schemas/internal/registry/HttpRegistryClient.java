package dev.hyperflow.schemas.internal.registry;

import static dev.hyperflow.schemas.internal.registry.RegistryError.INVALID_SCHEMA;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hyperflow.schemas.internal.registry.RegistryTransport.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * Speaks Confluent's REST API. What to do when a URL does not answer is the transport's business.
 * Thread-safe.
 */
final class HttpRegistryClient implements RegistryClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LATEST = "latest";

  private final RegistryTransport transport;

  HttpRegistryClient(RegistryTransport transport) {
    this.transport = transport;
  }

  @Override
  public int register(String subject, Schema schema) {
    return integer(transport.send("POST", versionsPath(subject), body(schema)), "id");
  }

  @Override
  public int idOf(String subject, Schema schema) {
    return integer(transport.send("POST", "/subjects/" + encode(subject), body(schema)), "id");
  }

  @Override
  public Schema schemaById(int id) {
    return schema(transport.getWritten("/schemas/ids/" + id));
  }

  @Override
  public RegisteredSchema latest(String subject) {
    return registered(subject, LATEST);
  }

  @Override
  public void ping() {
    transport.get("/schemas/types");
  }

  RegisteredSchema registered(String subject, String version) {
    Answer answer = transport.get(versionsPath(subject) + "/" + version);
    return new RegisteredSchema(
        subject, integer(answer, "id"), integer(answer, "version"), schema(answer));
  }

  static String versionsPath(String subject) {
    return "/subjects/" + encode(subject) + "/versions";
  }

  static String encode(String subject) {
    return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
  }

  static String body(Schema schema) {
    ObjectNode body = JSON.createObjectNode();
    return body.put("schema", SchemaText.of(schema)).toString();
  }

  private static Schema schema(Answer answer) {
    String type = answer.body().path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw RegistryException.refused(
          answer.url(), INVALID_SCHEMA, "expected an Avro schema, found type " + type);
    }
    refuseIfThere(answer, "ruleSet", "a schema without rules: they may encrypt or change fields");
    refuseIfThere(answer, "references", "a schema without references to others");
    try {
      return SchemaText.parseLeniently(member(answer, "schema").asText());
    } catch (AvroRuntimeException e) {
      throw RegistryException.refused(
          answer.url(), INVALID_SCHEMA, "expected an Avro schema, found: " + e.getMessage());
    }
  }

  private static void refuseIfThere(Answer answer, String member, String expected) {
    JsonNode found = answer.body().path(member);
    if (!found.isMissingNode() && !found.isNull() && !found.isEmpty()) {
      throw RegistryException.refused(
          answer.url(),
          INVALID_SCHEMA,
          "expected %s, found %s %s".formatted(expected, member, names(found)));
    }
  }

  /** The names of rules or references, wherever they stand. */
  private static String names(JsonNode node) {
    return String.join(", ", node.findValuesAsText("name"));
  }

  private static int integer(Answer answer, String name) {
    JsonNode node = member(answer, name);
    if (!node.isInt()) {
      throw answer.notUnderstood("'%s' as an integer, found %s".formatted(name, node), null);
    }
    return node.intValue();
  }

  static JsonNode member(Answer answer, String name) {
    JsonNode node = answer.body().get(name);
    if (node == null) {
      throw answer.notUnderstood("a member '%s', found none".formatted(name), null);
    }
    return node;
  }
}
