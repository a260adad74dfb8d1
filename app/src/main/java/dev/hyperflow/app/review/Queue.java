package dev.hyperflow.app.review;

import dev.hyperflow.app.tenant.TenantApi;
import dev.hyperflow.server.json.Queries;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The queries of a review, read page by page. Not thread-safe. */
final class Queue {
  private static final String PAGE = "50";

  private final TenantApi api;
  private final String tenant;
  private final Map<String, String> parameters;
  private final Deque<Queries.Row> next = new ArrayDeque<>();
  private boolean isLast;
  private long total;
  private String hint;

  /**
   * A queue that has read nothing.
   *
   * @param filters parameters of the API
   */
  Queue(TenantApi api, String tenant, Map<String, String> filters) {
    this.api = api;
    this.tenant = tenant;
    this.parameters = new LinkedHashMap<>(filters);
    parameters.put("limit", PAGE);
    parameters.put("topK", "0"); // asked for when the query is shown
  }

  /** The next query, if there is one. */
  Optional<Queries.Row> take() throws InterruptedException {
    if (next.isEmpty() && !isLast) {
      Queries.Page page = api.queries(tenant, parameters);
      total = parameters.containsKey("cursor") ? total : page.total();
      hint = page.texts().hint();
      next.addAll(page.queries());
      isLast = page.cursor() == null;
      parameters.put("cursor", isLast ? "" : page.cursor());
    }
    return Optional.ofNullable(next.poll());
  }

  /** Puts a query back in front. */
  void putBack(Queries.Row query) {
    next.push(query);
  }

  /** How many queries there were when the first page was read. */
  long total() {
    return total;
  }

  /** Why texts are not shown; empty when they are. */
  Optional<String> hint() {
    return Optional.ofNullable(hint);
  }
}
