package dev.hyperflow.server.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** All routes, found by method and path. Immutable. */
public final class RouteTable {
  private final List<Entry> entries;

  private record Entry(Route route, List<String> pattern) {}

  /**
   * A route that fits.
   *
   * @param route the route
   * @param path values of its path's parameters
   * @param segments of the path, decoded
   */
  public record Match(Route route, Map<String, String> path, List<String> segments) {}

  /** A table; of two routes that fit, the first is taken. */
  public RouteTable(List<Route> routes) {
    List<Entry> all = new ArrayList<>();
    routes.forEach(route -> all.add(new Entry(route, PathText.segments(route.path()))));
    this.entries = List.copyOf(all);
  }

  /** The routes, in order. */
  public List<Route> routes() {
    return entries.stream().map(Entry::route).toList();
  }

  /**
   * The route of a request; that of GET for HEAD.
   *
   * @param rawPath as it came
   * @throws ProblemException when the path is unknown, knows other methods, or cannot be decoded
   */
  public Match find(String method, String rawPath) {
    List<String> segments = PathText.segments(rawPath);
    String wanted = method.equals("HEAD") ? "GET" : method;
    Set<String> others = new TreeSet<>();
    for (Entry entry : entries) {
      Optional<Map<String, String>> values = values(entry.pattern(), segments);
      if (values.isEmpty()) {
        continue;
      }
      if (entry.route().method().equals(wanted)) {
        return new Match(entry.route(), values.get(), segments);
      }
      others.add(entry.route().method());
    }
    if (others.isEmpty()) {
      throw ProblemException.of(
          ErrorCode.NOT_FOUND, "path: expected a path of the API, found another");
    }
    throw ProblemException.of(
            ErrorCode.METHOD_NOT_ALLOWED,
            "method: expected %s, found %s".formatted(String.join(" or ", others), method))
        .withHeader("Allow", allowed(others));
  }

  /** What {@code Allow} lists: OPTIONS always, and HEAD wherever GET is. */
  private static String allowed(Set<String> methods) {
    Set<String> all = new TreeSet<>(methods);
    all.add("OPTIONS");
    if (methods.contains("GET")) {
      all.add("HEAD");
    }
    return String.join(", ", all);
  }

  private static Optional<Map<String, String>> values(List<String> pattern, List<String> segments) {
    if (pattern.size() != segments.size()) {
      return Optional.empty();
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < pattern.size(); i++) {
      String part = pattern.get(i);
      if (part.startsWith("{")) {
        if (segments.get(i).isEmpty()) {
          return Optional.empty();
        }
        values.put(part.substring(1, part.length() - 1), segments.get(i));
      } else if (!part.equals(segments.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }
}
