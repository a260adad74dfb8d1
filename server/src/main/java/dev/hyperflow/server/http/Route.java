package dev.hyperflow.server.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One entry of the API: what it is called by, who may, what it takes and gives, and what it does.
 *
 * @param method GET, POST or DELETE
 * @param path with {@code {tenant}} for the tenant
 * @param access who may, and on which instance it is answered
 * @param doc what it takes and gives
 * @param handler what it does
 */
public record Route(String method, String path, Access access, Doc doc, Handler handler) {

  /** A route of GET, and of HEAD. */
  public static Route get(String path, Access access, Doc doc, Handler handler) {
    return new Route("GET", path, access, doc, handler);
  }

  /** A route of POST. */
  public static Route post(String path, Access access, Doc doc, Handler handler) {
    return new Route("POST", path, access, doc, handler);
  }

  /**
   * The values of a query's parameters. What is not under {@code /api/} ignores its query: links to
   * the page, probes and scrapers add parameters of their own.
   *
   * @param rawQuery as it came, or null
   * @throws ProblemException for a parameter that comes twice, or that the route does not know
   */
  Map<String, String> parameters(String rawQuery) {
    if (!path.startsWith("/api/")) {
      return Map.of();
    }
    Map<String, String> values = PathText.parameters(rawQuery);
    List<String> known = doc.parameters().stream().map(Parameter::name).toList();
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        throw ProblemException.invalid(
            ProblemException.shown(name),
            known.isEmpty()
                ? "expected no parameter, found one"
                : "expected one of the parameters %s, found another".formatted(known));
      }
    }
    return values;
  }

  /** What a route does. Called by many threads at once. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Answers a request.
     *
     * @throws ProblemException to refuse
     */
    Reply handle(Call call);
  }

  /** Who may ask, and who answers. */
  public enum Access {
    /** Everybody, without a token. */
    PUBLIC(Scope.NONE, false, false),
    /** Whoever reads, whatever the tenants: the answer is cut to them. */
    READ(Scope.READ, false, false),
    /** Whoever reads and is bound to no tenant. */
    READ_ALL(Scope.READ, false, true),
    /** Whoever reads the tenant; the instance that owns it answers. */
    READ_TENANT(Scope.READ, true, false),
    /** Whoever writes for the tenant; the instance that owns it answers. */
    COPY_TENANT(Scope.WRITE, true, false),
    /** Whoever writes for the tenant; any instance. */
    WRITE_TENANT(Scope.WRITE, false, false),
    /** Whoever writes; the route sees to it that only tenants of the token are written for. */
    WRITE(Scope.WRITE, false, false),
    /** Whoever may do everything. */
    ADMIN(Scope.ADMIN, false, true);

    private final Scope scope;
    private final boolean routed;
    private final boolean unbound;

    Access(Scope scope, boolean routed, boolean unbound) {
      this.scope = scope;
      this.routed = routed;
      this.unbound = unbound;
    }

    /** Whether no token is needed. */
    boolean isPublic() {
      return scope == Scope.NONE;
    }

    /** The scope that is needed. */
    public Scope scope() {
      return scope;
    }

    /** Whether the instance that owns the tenant answers. */
    public boolean isRouted() {
      return routed;
    }

    /** Whether a token must not be bound to tenants. */
    public boolean needsAllTenants() {
      return unbound;
    }
  }

  /** In place of a record: the body is a file of texts. */
  public record TextFile() {
    /**
     * The media types of such files. No page of another origin can send them without being asked
     * whether it may, as it could send plain text and forms.
     */
    public static final List<String> MEDIA_TYPES =
        List.of(
            "text/csv",
            "text/tab-separated-values",
            "application/json",
            "application/x-ndjson",
            "application/yaml",
            "application/octet-stream");
  }

  /**
   * What a route takes and gives.
   *
   * @param summary one line
   * @param parameters of the query
   * @param request the body, a record
   * @param status of success
   * @param response the answer, a record; empty for other content
   */
  public record Doc(
      String summary,
      List<Parameter> parameters,
      Optional<Class<?>> request,
      int status,
      Optional<Class<?>> response) {

    /** Something that is read. */
    public static Doc gives(String summary, Class<?> response, Parameter... parameters) {
      return new Doc(summary, List.of(parameters), Optional.empty(), 200, Optional.of(response));
    }

    /** Something that is no JSON of a record. */
    public static Doc file(String summary) {
      return new Doc(summary, List.of(), Optional.empty(), 200, Optional.empty());
    }

    /** Something that takes a body. */
    public static Doc takes(String summary, Class<?> request, int status, Class<?> response) {
      return new Doc(summary, List.of(), Optional.of(request), status, Optional.of(response));
    }
  }

  /**
   * A parameter of the query.
   *
   * @param name its name
   * @param words what it may be; empty for a number or any text
   * @param least the least number, or empty for text
   * @param most the largest number
   * @param meaning one line
   */
  public record Parameter(
      String name, List<String> words, Optional<Integer> least, int most, String meaning) {

    /** A whole number within bounds. */
    public static Parameter number(String name, int least, int most, String meaning) {
      return new Parameter(name, List.of(), Optional.of(least), most, meaning);
    }

    /** Any text, checked by the route itself. */
    public static Parameter text(String name, String meaning) {
      return new Parameter(name, List.of(), Optional.empty(), 0, meaning);
    }

    /** One of some words. */
    public static Parameter word(String name, Class<? extends Enum<?>> words, String meaning) {
      return new Parameter(
          name,
          Stream.of(words.getEnumConstants()).map(Enum::toString).toList(),
          Optional.empty(),
          0,
          meaning);
    }
  }
}
