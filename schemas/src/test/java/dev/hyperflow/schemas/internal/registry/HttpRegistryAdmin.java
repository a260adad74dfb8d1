package dev.hyperflow.schemas.internal.registry;

import static dev.hyperflow.schemas.internal.registry.RegistryError.COMPATIBILITY_NOT_CONFIGURED;
import static dev.hyperflow.schemas.internal.registry.RegistryError.SUBJECT_NOT_FOUND;
import static dev.hyperflow.schemas.internal.registry.RegistryError.VERSION_NOT_FOUND;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hyperflow.schemas.internal.registry.RegistryTransport.Answer;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** Administers a registry over Confluent's REST API. Thread-safe. */
final class HttpRegistryAdmin extends RegistryAdmin {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RegistryTransport transport;
  private final HttpRegistryClient client;

  HttpRegistryAdmin(RegistryTransport transport) {
    this(transport, new HttpRegistryClient(transport, false));
  }

  private HttpRegistryAdmin(RegistryTransport transport, HttpRegistryClient client) {
    super(client);
    this.transport = transport;
    this.client = client;
  }

  @Override
  public RegisteredSchema version(String subject, int version) {
    return client.registered(subject, Integer.toString(version));
  }

  @Override
  public List<Integer> versions(String subject) {
    return integers(transport.get(HttpRegistryClient.versionsPath(subject)));
  }

  @Override
  public boolean isCompatible(String subject, Schema schema) {
    String path = "/compatibility" + HttpRegistryClient.versionsPath(subject) + "/latest";
    try {
      Answer answer = transport.send("POST", path, HttpRegistryClient.body(schema));
      return HttpRegistryClient.member(answer, "is_compatible").asBoolean();
    } catch (RegistryException e) {
      if (e.is(SUBJECT_NOT_FOUND) || e.is(VERSION_NOT_FOUND)) {
        return true;
      }
      throw e;
    }
  }

  @Override
  public List<String> subjects() {
    List<String> subjects = new ArrayList<>();
    transport.get("/subjects").body().forEach(node -> subjects.add(node.asText()));
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
      return level(transport.get(configPath(subject) + "?defaultToGlobal=true"));
    } catch (RegistryException e) {
      if (e.is(COMPATIBILITY_NOT_CONFIGURED) || e.is(SUBJECT_NOT_FOUND)) {
        return defaultCompatibility();
      }
      throw e;
    }
  }

  @Override
  public void setCompatibility(String subject, CompatibilityLevel level) {
    transport.send("PUT", configPath(subject), body(level));
  }

  @Override
  public List<Integer> deleteSubject(String subject) {
    return integers(
        transport.send("DELETE", "/subjects/" + HttpRegistryClient.encode(subject), null));
  }

  private static String configPath(String subject) {
    return "/config/" + HttpRegistryClient.encode(subject);
  }

  private static String body(CompatibilityLevel level) {
    return JSON.createObjectNode().put("compatibility", level.name()).toString();
  }

  private static CompatibilityLevel level(Answer answer) {
    return CompatibilityLevel.valueOf(
        HttpRegistryClient.member(answer, "compatibilityLevel").asText());
  }

  private static List<Integer> integers(Answer answer) {
    List<Integer> integers = new ArrayList<>();
    answer.body().forEach(node -> integers.add(node.asInt()));
    return integers;
  }
}
