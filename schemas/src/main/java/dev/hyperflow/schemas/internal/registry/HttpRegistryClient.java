package dev.hyperflow.schemas.internal.registry;

import static dev.hyperflow.schemas.internal.registry.RegistryError.INVALID_SCHEMA;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hyperflow.schemas.internal.registry.RegistryTransport.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * Speaks Confluent's REST API. What to do when a URL does not answer is the transport's business.
 * Thread-safe.
 */
final class HttpRegistryClient implements RegistryClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LATEST = "latest";

  private static final int MAX_REFERENCES = 100;

  private final RegistryTransport transport;
  private final String flags;

  /**
   * A client.
   *
   * @param normalize whether the registry is to compare schemas in their normal form
   */
  HttpRegistryClient(RegistryTransport transport, boolean normalize) {
    this.transport = transport;
    this.flags = normalize ? "?normalize=true" : "";
  }

  @Override
  public int register(String subject, Schema schema) {
    return id(versionsPath(subject), schema);
  }

  @Override
  public int idOf(String subject, Schema schema) {
    return id("/subjects/" + encode(subject), schema);
  }

  @Override
  public Schema schemaById(int id) {
    return schema(transport.getWritten("/schemas/ids/" + id));
  }

  @Override
  public Schema schemaByGuid(UUID guid) {
    return schema(transport.getWritten("/schemas/guids/" + guid));
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

  private int id(String path, Schema schema) {
    Answer answer = transport.send("POST", path + flags, body(schema));
    refuseRules(answer);
    return integer(answer, "id");
  }

  private Schema schema(Answer answer) {
    List<String> texts = new ArrayList<>();
    collect(answer, texts, new HashSet<>());
    try {
      return SchemaText.parseLeniently(texts);
    } catch (AvroRuntimeException e) {
      throw RegistryException.refused(
          answer.url(), INVALID_SCHEMA, "expected an Avro schema, found: " + e.getMessage());
    }
  }

  /** Adds the texts that a schema refers to, then its own. */
  private void collect(Answer answer, List<String> texts, Set<String> seen) {
    String type = answer.body().path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw RegistryException.refused(
          answer.url(), INVALID_SCHEMA, "expected an Avro schema, found type " + type);
    }
    refuseRules(answer);
    for (JsonNode reference : answer.body().path("references")) {
      String path =
          versionsPath(reference.path("subject").asText())
              + "/"
              + encode(reference.path("version").asText())
              + "?deleted=true"; // records outlive the subject of a part of their schema
      if (seen.add(path)) {
        if (seen.size() > MAX_REFERENCES) {
          throw RegistryException.refused(
              answer.url(),
              INVALID_SCHEMA,
              "expected at most %d references, found more".formatted(MAX_REFERENCES));
        }
        collect(transport.getWritten(path), texts, seen);
      }
    }
    texts.add(member(answer, "schema").asText());
  }

  private static void refuseRules(Answer answer) {
    List<String> names = answer.body().path("ruleSet").findValuesAsText("name");
    if (!names.isEmpty()) {
      throw RegistryException.refused(
          answer.url(),
          INVALID_SCHEMA,
          "expected a schema without rules, which may encrypt or change fields, found ruleSet "
              + String.join(", ", names));
    }
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
