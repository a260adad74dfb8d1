package dev.hyperflow.demo.registry;

import static dev.hyperflow.schemas.internal.registry.RegistryError.INVALID_COMPATIBILITY;
import static dev.hyperflow.schemas.internal.registry.RegistryError.INVALID_SCHEMA;
import static dev.hyperflow.schemas.internal.registry.RegistryError.INVALID_VERSION;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hyperflow.schemas.internal.registry.CompatibilityLevel;
import dev.hyperflow.schemas.internal.registry.InMemoryRegistry;
import dev.hyperflow.schemas.internal.registry.InMemoryRegistry.Entry;
import dev.hyperflow.schemas.internal.registry.RegistryError;
import dev.hyperflow.schemas.internal.registry.RegistryException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The subset of Confluent's REST API that is served, as one list of routes. Answers are what
 * Jackson can print. Thread-safe.
 */
final class RestApi {
  private static final String LATEST = "latest";

  private final InMemoryRegistry registry;

  RestApi(InMemoryRegistry registry) {
    this.registry = registry;
  }

  Object answer(RestRequest request) {
    List<String> path = request.path();
    if (request.is("GET") || request.is("HEAD")) {
      return Map.of();
    } else if (request.is("GET", "schemas", "types")) {
      return List.of("AVRO");
    } else if (request.is("GET", "mode") || request.is("GET", "mode", "*")) {
      return Map.of("mode", "READWRITE");
    } else if (path.isEmpty()) {
      throw notAllowed(request);
    }
    return switch (path.get(0)) {
      case "schemas" -> schemas(request);
      case "subjects" -> subjects(request);
      case "config" -> config(request);
      case "compatibility" -> compatibility(request);
      default -> throw notFound(request);
    };
  }

  private Object schemas(RestRequest request) {
    List<String> path = request.path();
    if (request.is("GET", "schemas")) {
      return registry.subjects().stream()
          .flatMap(
              subject ->
                  registry.versions(subject).stream()
                      .map(number -> version(registry.version(subject, number))))
          .toList();
    } else if (request.is("GET", "schemas", "ids", "*")) {
      return identified(id(path.get(2)), registry.schema(id(path.get(2))));
    } else if (request.is("GET", "schemas", "guids", "*")) {
      InMemoryRegistry.Identified found = registry.schema(guid(path.get(2)));
      return identified(found.id(), found.text());
    } else if (request.is("GET", "schemas", "ids", "*", "subjects")) {
      return registry.uses(id(path.get(2))).stream().map(Entry::subject).distinct().toList();
    } else if (request.is("GET", "schemas", "ids", "*", "versions")) {
      return registry.uses(id(path.get(2))).stream()
          .map(use -> Map.of("subject", use.subject(), "version", use.version()))
          .toList();
    }
    throw notFound(request);
  }

  private static Map<String, Object> identified(int id, String text) {
    return Map.of("id", id, "guid", InMemoryRegistry.guid(text), "schema", text);
  }

  private static UUID guid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new RestException(404, "Schema GUID '%s' is none".formatted(text));
    }
  }

  private Object subjects(RestRequest request) {
    List<String> path = request.path();
    if (request.is("GET", "subjects")) {
      return registry.subjects();
    } else if (request.is("POST", "subjects", "*")) {
      return version(registry.lookUp(path.get(1), schema(request)));
    } else if (request.is("DELETE", "subjects", "*")) {
      return registry.delete(path.get(1), request.flag("permanent"));
    } else if (request.is("GET", "subjects", "*", "versions")) {
      return registry.versions(path.get(1));
    } else if (request.is("POST", "subjects", "*", "versions")) {
      return version(registry.register(path.get(1), schema(request)));
    } else if (request.is("GET", "subjects", "*", "versions", "*")) {
      return version(entry(path.get(1), path.get(3)));
    } else if (request.is("DELETE", "subjects", "*", "versions", "*")) {
      return registry.delete(path.get(1), entry(path.get(1), path.get(3)).version());
    }
    throw notFound(request);
  }

  private Object config(RestRequest request) {
    if (request.is("GET", "config")) {
      return Map.of("compatibilityLevel", registry.compatibility());
    } else if (request.is("PUT", "config")) {
      CompatibilityLevel level = level(request);
      registry.setCompatibility(level);
      return Map.of("compatibility", level);
    } else if (request.is("GET", "config", "*")) {
      String subject = request.path().get(1);
      return Map.of(
          "compatibilityLevel",
          request.flag("defaultToGlobal")
              ? registry.effectiveCompatibility(subject)
              : registry.compatibility(subject));
    } else if (request.is("PUT", "config", "*")) {
      CompatibilityLevel level = level(request);
      registry.setCompatibility(request.path().get(1), level);
      return Map.of("compatibility", level);
    }
    throw notFound(request);
  }

  private Object compatibility(RestRequest request) {
    List<String> path = request.path();
    List<String> problems;
    if (request.is("POST", "compatibility", "subjects", "*", "versions", "*")) {
      int version = entry(path.get(2), path.get(4)).version();
      problems = registry.incompatibilities(path.get(2), version, schema(request));
    } else if (request.is("POST", "compatibility", "subjects", "*", "versions")) {
      problems = registry.incompatibilities(path.get(2), schema(request));
    } else {
      throw notFound(request);
    }
    return request.flag("verbose")
        ? Map.of("is_compatible", problems.isEmpty(), "messages", problems)
        : Map.of("is_compatible", problems.isEmpty());
  }

  private Entry entry(String subject, String version) {
    if (version.equals(LATEST)) {
      return registry.latest(subject);
    }
    try {
      int number = Integer.parseInt(version);
      if (number == -1) {
        return registry.latest(subject);
      } else if (number > 0) {
        return registry.version(subject, number);
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message for all bad versions.
    }
    throw refuse(
        INVALID_VERSION,
        "The specified version '%s' is not a valid version id; expected a positive number or latest"
            .formatted(version));
  }

  private static Map<String, Object> version(Entry entry) {
    Map<String, Object> version = new TreeMap<>();
    version.put("subject", entry.subject());
    version.put("id", entry.id());
    version.put("version", entry.version());
    version.put("guid", InMemoryRegistry.guid(entry.text()));
    version.put("schema", entry.text());
    return version;
  }

  private static String schema(RestRequest request) {
    JsonNode body = request.body();
    String type = body.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw refuse(INVALID_SCHEMA, "Schema type %s is not served; expected AVRO".formatted(type));
    }
    if (!body.path("references").isEmpty()) {
      throw refuse(INVALID_SCHEMA, "Schema references are not served; expected one whole schema");
    }
    if (!body.path("schema").isTextual()) {
      throw refuse(INVALID_SCHEMA, "Body has no text member 'schema'");
    }
    return body.get("schema").asText();
  }

  private static CompatibilityLevel level(RestRequest request) {
    String name = request.body().path("compatibility").asText();
    return Arrays.stream(CompatibilityLevel.values())
        .filter(level -> level.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                refuse(
                    INVALID_COMPATIBILITY,
                    "Invalid compatibility level '%s'; expected one of %s"
                        .formatted(name, Arrays.toString(CompatibilityLevel.values()))));
  }

  private static int id(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new RestException(404, "Schema id '%s' is not a number".formatted(text));
    }
  }

  private static RegistryException refuse(RegistryError error, String reason) {
    return RegistryException.refused("embedded registry", error, reason);
  }

  private static RestException notFound(RestRequest request) {
    return new RestException(
        404, "%s /%s is not served".formatted(request.method(), String.join("/", request.path())));
  }

  private static RestException notAllowed(RestRequest request) {
    return new RestException(405, "%s / is not served".formatted(request.method()));
  }
}
