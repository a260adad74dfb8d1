package dev.hyperflow.server.http;

import dev.hyperflow.models.internal.ClosedException;
import dev.hyperflow.topology.internal.view.StateUnavailableException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a request through all checks to its route. Thread-safe. */
public final class Dispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final long RETRY_MILLIS = 500;

  private final RouteTable table;
  private final Guard guard;
  private final Forwarding forwarding;

  /**
   * A dispatcher.
   *
   * @param guard says what a caller may do
   * @param forwarding hands on what another instance has to answer
   */
  public Dispatcher(RouteTable table, Guard guard, Forwarding forwarding) {
    this.table = table;
    this.guard = guard;
    this.forwarding = forwarding;
  }

  /** Tells callers apart by their tokens. */
  @FunctionalInterface
  public interface Guard {
    /**
     * What the caller may do.
     *
     * @param authorization the header, or null
     * @throws ProblemException when the token is not known
     */
    Grant grant(String authorization);
  }

  /** Knows who answers for a tenant. */
  @FunctionalInterface
  public interface Forwarding {
    /**
     * The answer of another instance, or empty when this one is to answer.
     *
     * @throws ProblemException when nobody can answer now
     */
    Optional<Reply> elsewhere(Call call);
  }

  /**
   * The start of a request.
   *
   * @param method its method
   * @param rawPath its path as it came
   * @param rawQuery its query as it came, or null
   * @param raw headers and body
   */
  public record Start(String method, String rawPath, String rawQuery, Call.Raw raw) {}

  /** The answer; never throws. */
  public Reply answer(Start start) {
    try {
      return handle(start);
    } catch (ProblemException e) {
      return e.reply();
    } catch (StateUnavailableException e) {
      return ProblemException.retryable(ErrorCode.REBALANCING, e.getMessage(), RETRY_MILLIS)
          .reply();
    } catch (ClosedException | CancellationException e) {
      // A model that was closed under the request, or a wait for it that was ended.
      return ProblemException.retryable(
              ErrorCode.STARTING, "the application is stopping", RETRY_MILLIS)
          .reply();
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      return broken(start, e);
    }
  }

  private static Reply broken(Start start, Throwable e) {
    LOG.atError()
        .addKeyValue("method", start.method())
        .addKeyValue("path", start.rawPath())
        .setCause(e)
        .log("A request failed");
    return ProblemException.of(ErrorCode.INTERNAL, "the request failed; the log says why").reply();
  }

  private Reply handle(Start start) {
    if (start.method().equals("OPTIONS")) {
      return options(start);
    }
    RouteTable.Match match = table.find(start.method(), start.rawPath());
    Route.Access access = match.route().access();
    Grant grant =
        access.isPublic() ? Grant.NONE : guard.grant(start.raw().header().apply("Authorization"));
    Map<String, String> path = match.path();
    check(access, grant, Optional.ofNullable(path.get("tenant")));
    Map<String, String> query = match.route().parameters(start.rawQuery());
    Call call =
        new Call(
            match.route().method(),
            PathText.target(match.segments(), query),
            path,
            query,
            grant,
            start.raw());
    if (access.isRouted()) {
      Optional<Reply> elsewhere = forwarding.elsewhere(call);
      if (elsewhere.isPresent()) {
        return elsewhere.get();
      }
    }
    return match.route().handler().handle(call);
  }

  /** The methods that a path knows. */
  private Reply options(Start start) {
    try {
      table.find("OPTIONS", start.rawPath());
    } catch (ProblemException e) {
      if (e.problem().code() == ErrorCode.METHOD_NOT_ALLOWED) {
        return new Reply(204, Reply.JSON, e.reply().headers(), new byte[0]);
      }
      throw e;
    }
    throw new IllegalStateException("no route is one for OPTIONS");
  }

  private static void check(Route.Access access, Grant grant, Optional<String> tenant) {
    if (!grant.includes(access.scope())) {
      throw ProblemException.of(
          ErrorCode.FORBIDDEN,
          "token: expected scope %s, found %s".formatted(access.scope(), grant.scope()));
    }
    if (access.needsAllTenants() && grant.tenants().isPresent()) {
      throw ProblemException.of(
          ErrorCode.FORBIDDEN, "token: expected a token for all tenants, found a token for some");
    }
    if (tenant.isPresent() && !grant.includes(tenant.get())) {
      throw ProblemException.of(
          ErrorCode.FORBIDDEN, "token: expected a token for this tenant, found a token for others");
    }
  }
}
