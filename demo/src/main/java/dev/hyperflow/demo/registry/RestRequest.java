package dev.hyperflow.demo.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A request taken apart.
 *
 * @param method upper case
 * @param path decoded segments; a slash that was encoded stays inside its segment
 * @param query as sent; empty if none
 * @param body parsed; missing node if none
 */
record RestRequest(String method, List<String> path, String query, JsonNode body) {
  static RestRequest of(HttpExchange exchange, JsonNode body) {
    List<String> path =
        Arrays.stream(exchange.getRequestURI().getRawPath().split("/"))
            .filter(segment -> !segment.isEmpty())
            .map(RestRequest::decode)
            .toList();
    String query = exchange.getRequestURI().getRawQuery();
    return new RestRequest(exchange.getRequestMethod(), path, query == null ? "" : query, body);
  }

  /** Returns whether the query sets a flag. */
  boolean flag(String name) {
    return Arrays.asList(query.split("&")).contains(name + "=true");
  }

  /** Returns whether this is the method and the path has the shape; {@code *} is any segment. */
  boolean is(String wantedMethod, String... shape) {
    if (!method.equals(wantedMethod) || path.size() != shape.length) {
      return false;
    }
    for (int i = 0; i < shape.length; i++) {
      if (!shape[i].equals("*") && !shape[i].equals(path.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static String decode(String segment) {
    try {
      // A plus is a plus in a path; only in a form is it a space.
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new RestException(400, "Malformed path segment " + segment);
    }
  }
}
