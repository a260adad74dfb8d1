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
   */
  public record Match(Route route, Map<String, String> path) {}

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
   * The route of a request.
   *
   * @param rawPath as it came
   * @return empty when there is none of that path
   * @throws ProblemException when the path knows other methods, or cannot be decoded
   */
  public Optional<Match> find(String method, String rawPath) {
    List<String> segments = PathText.segments(rawPath);
    Set<String> others = new TreeSet<>();
    for (Entry entry : entries) {
      Optional<Map<String, String>> values = values(entry.pattern(), segments);
      if (values.isEmpty()) {
        continue;
      }
      if (entry.route().method().equals(method)) {
        return Optional.of(new Match(entry.route(), values.get()));
      }
      others.add(entry.route().method());
    }
    if (others.isEmpty()) {
      return Optional.empty();
    }
    throw ProblemException.of(
        ErrorCode.METHOD_NOT_ALLOWED,
        "method: expected %s, found %s".formatted(String.join(" or ", others), method));
  }

  private static Optional<Map<String, String>> values(List<String> pattern, List<String> segments) {
    if (pattern.size() != segments.size()) {
      return Optional.empty();
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < pattern.size(); i++) {
      String part = pattern.get(i);
      if (part.startsWith("{")) {
        values.put(part.substring(1, part.length() - 1), segments.get(i));
      } else if (!part.equals(segments.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }
}
