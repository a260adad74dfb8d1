package dev.hyperflow.server.routes;

import dev.hyperflow.engine.internal.Rehearsal;
import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.feedback.GivenAnswer;
import dev.hyperflow.engine.internal.feedback.RememberedQuery;
import dev.hyperflow.server.forward.Peers;
import dev.hyperflow.server.http.Call;
import dev.hyperflow.server.http.ErrorCode;
import dev.hyperflow.server.http.ProblemException;
import dev.hyperflow.server.http.Reply;
import dev.hyperflow.server.http.Route;
import dev.hyperflow.server.instance.Instance;
import dev.hyperflow.server.json.Predict;
import dev.hyperflow.server.json.Queries;
import dev.hyperflow.topology.internal.rollout.ModelLease;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Remembered queries to review: of one tenant, or of all tenants of all instances. */
final class QueryListRoutes {
  /*
   * Every request walks through the remembered queries and keeps the first of them in a heap, so
   * that its memory is bounded by the page. What a query was answered is remembered with it. What
   * it would be answered now is computed for the page alone, in one rehearsal for each tenant.
   */
  private static final String QUERIES = "/queries";
  private static final String TENANT_PATH = "/api/v1/tenants/{tenant}" + QUERIES;
  private static final String PATH = "/api/v1" + QUERIES;
  private static final int MAX_LIMIT = 200;
  private static final int STANDARD_LIMIT = 50;
  private static final int MAX_LABELS = 200;
  private static final int STANDARD_LABELS = 9;
  private static final int MAX_LOOKED_AT = 200_000;

  private final Instance instance;
  private final InstantSource clock;
  private final Peers peers;

  /** Routes over an instance. */
  QueryListRoutes(Instance instance, InstantSource clock, Peers peers) {
    this.instance = instance;
    this.clock = clock;
    this.peers = peers;
  }

  List<Route> routes() {
    Route.Parameter[] parameters =
        Stream.concat(
                Stream.of(
                    Route.Parameter.word(
                        "sort",
                        QueryPlace.Sort.class,
                        "What to sort by: the least certain first, or the newest.")),
                Stream.concat(
                    QueryFilter.parameters().stream(),
                    Stream.of(
                        Route.Parameter.number(
                            "topK", 0, MAX_LABELS, "Maximum number of labels by the head of now."),
                        Route.Parameter.number(
                            "limit", 1, MAX_LIMIT, "Maximum number of queries in a page."),
                        Route.Parameter.text("cursor", "Where the page before ended."))))
            .toArray(Route.Parameter[]::new);
    return List.of(
        Route.get(
            TENANT_PATH,
            Route.Access.READ_TENANT,
            Route.Doc.gives(
                "A tenant's remembered queries, to be reviewed", Queries.Page.class, parameters),
            call -> list(call, Optional.of(call.tenant()))),
        Route.get(
            PATH,
            Route.Access.READ,
            Route.Doc.gives(
                "Remembered queries of the tenants of all instances, to be reviewed",
                Queries.Page.class,
                parameters),
            call -> list(call, Optional.empty())));
  }

  /** A query that a page may show. */
  private record Found(QueryPlace place, RememberedQuery query) {}

  private Reply list(Call call, Optional<String> tenant) {
    QueryPlace.Sort sort = call.word("sort", QueryPlace.Sort.UNCERTAINTY, QueryPlace.Sort.class);
    int limit = call.number("limit", STANDARD_LIMIT, 1, MAX_LIMIT);
    int topK = call.number("topK", STANDARD_LABELS, 0, MAX_LABELS);
    long window = instance.config().engine().query().feedbackWindowMillis();
    if (window == 0) {
      throw ProblemException.of(
          ErrorCode.NOT_CONFIGURED,
          "queries: expected feedback.window.ms above 0, found 0: no query is remembered");
    }
    ShownTexts texts = ShownTexts.of(instance, call);
    long now = clock.millis();
    Selection selection =
        new Selection(
            QueryFilter.of(call, texts, now, window),
            call.parameter("cursor").map(QueryPlace::of),
            sort.order(),
            limit);
    instance
        .view()
        .forEachQuery(
            tenant,
            (name, queryId, query) ->
                !call.grant().includes(name) || selection.take(name, queryId, query));
    List<Queries.Row> rows = rows(selection.first(), topK, texts, now);
    long total = selection.total;
    boolean complete = selection.isComplete();
    if (tenant.isEmpty() && !call.isForwarded()) {
      for (Queries.Page other : peers.gather(call, call.target(), Queries.Page.class)) {
        total += other.total();
        complete &= other.complete();
        rows.addAll(other.queries());
      }
      rows.sort(Comparator.comparing(QueryPlace::of, sort.order()));
    }
    List<Queries.Row> page = List.copyOf(rows.subList(0, Math.min(rows.size(), limit)));
    return Reply.ok(
        new Queries.Page(
            total,
            complete,
            page.size() < limit ? null : QueryPlace.of(page.get(limit - 1)).cursor(),
            window,
            texts.about(),
            page));
  }

  /** The first queries after a place, of those that a filter leaves. */
  private static final class Selection {
    private final Predicate<RememberedQuery> filter;
    private final Optional<QueryPlace> after;
    private final Comparator<QueryPlace> order;
    private final int limit;
    private final PriorityQueue<Found> lastFirst;
    private int lookedAt;
    private long total;

    Selection(
        Predicate<RememberedQuery> filter,
        Optional<QueryPlace> after,
        Comparator<QueryPlace> order,
        int limit) {
      this.filter = filter;
      this.after = after;
      this.order = order;
      this.limit = limit;
      this.lastFirst = new PriorityQueue<>(Comparator.comparing(Found::place, order.reversed()));
    }

    /** Looks at a query; false when it has seen enough. */
    boolean take(String tenant, String queryId, RememberedQuery query) {
      if (lookedAt == MAX_LOOKED_AT) {
        lookedAt++;
        return false;
      }
      lookedAt++;
      if (!filter.test(query)) {
        return true;
      }
      total++;
      float probability = query.answer().map(GivenAnswer::probability).orElse(0f);
      QueryPlace place = new QueryPlace(probability, query.timestampMillis(), tenant, queryId);
      if (after.isEmpty() || order.compare(after.get(), place) < 0) {
        lastFirst.add(new Found(place, query));
        if (lastFirst.size() > limit) {
          lastFirst.remove();
        }
      }
      return true;
    }

    boolean isComplete() {
      return lookedAt <= MAX_LOOKED_AT;
    }

    List<Found> first() {
      return lastFirst.stream().sorted(Comparator.comparing(Found::place, order)).toList();
    }
  }

  private List<Queries.Row> rows(List<Found> found, int topK, ShownTexts texts, long now) {
    Map<String, List<Found>> byTenant = new HashMap<>();
    found.forEach(
        each -> byTenant.computeIfAbsent(each.place().tenant(), t -> new ArrayList<>()).add(each));
    Map<QueryPlace, List<Predict.Probability>> labels = new HashMap<>();
    if (topK > 0) {
      byTenant.forEach((tenant, own) -> labels.putAll(labels(tenant, own, topK, now)));
    }
    List<Queries.Row> rows = new ArrayList<>();
    found.forEach(each -> rows.add(row(each, labels.get(each.place()), texts)));
    return rows;
  }

  private static Queries.Row row(Found found, List<Predict.Probability> labels, ShownTexts texts) {
    RememberedQuery query = found.query();
    GivenAnswer answer = query.answer().orElseThrow();
    return new Queries.Row(
        found.place().tenant(),
        found.place().queryId(),
        texts.whole(query.text()),
        query.timestampMillis(),
        answer.status().map(Enum::name).orElse(null),
        answer.label().orElse(null),
        answer.probability(),
        answer.initialLabel().orElse(null),
        answer.isDisagreement(),
        answer.scope().orElse(null),
        labels,
        query
            .feedback()
            .map(given -> new Queries.Feedback(given.label(), given.eventId()))
            .orElse(null));
  }

  /** What queries of a tenant would be answered now. */
  private Map<QueryPlace, List<Predict.Probability>> labels(
      String tenant, List<Found> found, int topK, long now) {
    Map<QueryPlace, List<Predict.Probability>> labels = new HashMap<>();
    try (ModelLease lease = instance.view().model(tenant)) {
      List<QueryPlace> asked = new ArrayList<>();
      List<Event> events = new ArrayList<>();
      for (Found each : found) {
        Optional<Payload> payload =
            instance
                .view()
                .query(tenant, each.place().queryId())
                .flatMap(query -> Payloads.of(query, lease.model().featureSpace()));
        payload.ifPresent(
            given -> {
              asked.add(each.place());
              events.add(new Event.Query(tenant, now, each.place().queryId(), given));
            });
      }
      Rehearsal.Outcome outcome =
          instance.rehearse(tenant, lease.model(), events, OptionalInt.of(topK));
      for (int i = 0; i < events.size(); i++) {
        if (outcome.of(i) instanceof Output.Answer answer) {
          labels.put(asked.get(i), Names.probabilities(answer.verdict()));
        }
      }
    }
    return labels;
  }
}
