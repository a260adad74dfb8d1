package dev.hyperflow.schemas.internal.registry;

import static dev.hyperflow.schemas.internal.registry.RegistryError.COMPATIBILITY_NOT_CONFIGURED;
import static dev.hyperflow.schemas.internal.registry.RegistryError.INVALID_SCHEMA;
import static dev.hyperflow.schemas.internal.registry.RegistryError.SUBJECT_NOT_FOUND;
import static dev.hyperflow.schemas.internal.registry.RegistryError.VERSION_NOT_FOUND;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hyperflow.schemas.internal.registry.RegistryTransport.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * Speaks Confluent's REST API. What to do when a URL does not answer is the transport's business.
 * Thread-safe.
 */
final class HttpRegistryClient implements RegistryAdmin {
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
    return schema(transport.get("/schemas/ids/" + id));
  }

  @Override
  public RegisteredSchema latest(String subject) {
    return registered(subject, LATEST);
  }

  @Override
  public RegisteredSchema version(String subject, int version) {
    return registered(subject, Integer.toString(version));
  }

  @Override
  public List<Integer> versions(String subject) {
    List<Integer> versions = new ArrayList<>();
    list(transport.get(versionsPath(subject))).forEach(node -> versions.add(node.asInt()));
    return versions;
  }

  @Override
  public boolean isCompatible(String subject, Schema schema) {
    String path = "/compatibility" + versionsPath(subject) + "/" + LATEST;
    try {
      Answer answer = transport.send("POST", path, body(schema));
      return member(answer, "is_compatible").asBoolean();
    } catch (RegistryException e) {
      if (e.is(SUBJECT_NOT_FOUND) || e.is(VERSION_NOT_FOUND)) {
        return true;
      }
      throw e;
    }
  }

  @Override
  public void ping() {
    transport.get("/schemas/types");
  }

  @Override
  public List<String> subjects() {
    List<String> subjects = new ArrayList<>();
    list(transport.get("/subjects")).forEach(node -> subjects.add(node.asText()));
    return subjects;
  }

  @Override
  public CompatibilityLevel defaultCompatibility() {
    return level(transport.get("/config"));
  }

  @Override
  public void setDefaultCompatibility(CompatibilityLevel level) {
    transport.send("PUT", "/config", body(level));
  }

  @Override
  public CompatibilityLevel compatibility(String subject) {
    try {
      return level(transport.get("/config/" + encode(subject) + "?defaultToGlobal=true"));
    } catch (RegistryException e) {
      if (e.is(COMPATIBILITY_NOT_CONFIGURED) || e.is(SUBJECT_NOT_FOUND)) {
        return defaultCompatibility();
      }
      throw e;
    }
  }

  @Override
  public void setCompatibility(String subject, CompatibilityLevel level) {
    transport.send("PUT", "/config/" + encode(subject), body(level));
  }

  @Override
  public List<Integer> deleteSubject(String subject) {
    List<Integer> versions = new ArrayList<>();
    list(transport.send("DELETE", "/subjects/" + encode(subject), null))
        .forEach(node -> versions.add(node.asInt()));
    return versions;
  }

  private RegisteredSchema registered(String subject, String version) {
    Answer answer = transport.get(versionsPath(subject) + "/" + version);
    return new RegisteredSchema(
        subject, integer(answer, "id"), integer(answer, "version"), schema(answer));
  }

  private static String versionsPath(String subject) {
    return "/subjects/" + encode(subject) + "/versions";
  }

  private static String encode(String subject) {
    return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String body(Schema schema) {
    ObjectNode body = JSON.createObjectNode();
    return body.put("schema", SchemaText.of(schema)).toString();
  }

  private static String body(CompatibilityLevel level) {
    return JSON.createObjectNode().put("compatibility", level.name()).toString();
  }

  private static CompatibilityLevel level(Answer answer) {
    String name = member(answer, "compatibilityLevel").asText();
    try {
      return CompatibilityLevel.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw answer.notUnderstood("a compatibility level, found '%s'".formatted(name), e);
    }
  }

  private static Schema schema(Answer answer) {
    String type = answer.body().path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw RegistryException.refused(
          answer.url(), INVALID_SCHEMA, "expected an Avro schema, found type " + type);
    }
    try {
      return SchemaText.parseLeniently(member(answer, "schema").asText());
    } catch (AvroRuntimeException e) {
      throw RegistryException.refused(
          answer.url(), INVALID_SCHEMA, "expected an Avro schema: " + e.getMessage());
    }
  }

  private static int integer(Answer answer, String name) {
    JsonNode node = member(answer, name);
    if (!node.isInt()) {
      throw answer.notUnderstood("'%s' as an integer, found %s".formatted(name, node), null);
    }
    return node.intValue();
  }

  private static JsonNode list(Answer answer) {
    if (!answer.body().isArray()) {
      throw answer.notUnderstood("a list", null);
    }
    return answer.body();
  }

  private static JsonNode member(Answer answer, String name) {
    JsonNode node = answer.body().get(name);
    if (node == null) {
      throw answer.notUnderstood("a member '%s'".formatted(name), null);
    }
    return node;
  }
}
