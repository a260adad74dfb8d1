package dev.hyperflow.server.routes;

import dev.hyperflow.engine.internal.Rehearsal;
import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.server.http.Call;
import dev.hyperflow.server.http.ErrorCode;
import dev.hyperflow.server.http.Json;
import dev.hyperflow.server.http.Problem;
import dev.hyperflow.server.http.ProblemException;
import dev.hyperflow.server.http.Reply;
import dev.hyperflow.server.http.Route;
import dev.hyperflow.server.instance.Instance;
import dev.hyperflow.server.json.PredictBatch;
import dev.hyperflow.topology.internal.rollout.ModelLease;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers many questions to one head in one batch: one call of the encoder, one of the head. */
final class PredictBatchRoute {
  private static final double NANOS_PER_MILLI = 1e6;

  private final Instance instance;
  private final InstantSource clock;

  PredictBatchRoute(Instance instance, InstantSource clock) {
    this.instance = instance;
    this.clock = clock;
  }

  Route route() {
    return Route.post(
        "/api/v1/tenants/{tenant}/predictions",
        Route.Access.READ_TENANT,
        Route.Doc.takes(
            "Predicts many texts at once, each as if it were asked alone",
            PredictBatch.Request.class,
            200,
            PredictBatch.Answers.class),
        this::predict);
  }

  private Reply predict(Call call) {
    long start = System.nanoTime();
    PredictBatch.Request request = Json.read(call.body(), PredictBatch.Request.class);
    List<PredictBatch.Question> questions = questions(request);
    Asked asked = asked(call.tenant(), questions);
    try (ModelLease lease = instance.view().model(call.tenant())) {
      Rehearsal.Outcome outcome =
          instance.rehearse(
              call.tenant(), lease.model(), asked.events, PredictRoutes.topK(request.topK()));
      List<PredictBatch.Item> items = new ArrayList<>();
      Optional<Output.SupportSummary> support = Optional.empty();
      for (int i = 0; i < questions.size(); i++) {
        Itemising item = new Itemising(questions.get(i).id(), "queries[" + i + "].");
        if (asked.refusals.containsKey(i)) {
          item.refuse(asked.refusals.get(i));
        } else {
          outcome.of(asked.places.get(i)).handle(item);
          support = support.or(item::support);
        }
        items.add(item.item);
      }
      return Reply.ok(
          new PredictBatch.Answers(
              lease.model().bundleId(),
              support.map(set -> set.fingerprint().toHex()).orElse(null),
              outcome.support().entries().size(),
              items,
              (System.nanoTime() - start) / NANOS_PER_MILLI));
    }
  }

  /** The events of the questions that have a form, and what is wrong with the others. */
  private record Asked(
      List<Event> events, Map<Integer, Integer> places, Map<Integer, Problem> refusals) {}

  private Asked asked(String tenant, List<PredictBatch.Question> questions) {
    long now = clock.millis();
    Asked asked = new Asked(new ArrayList<>(), new HashMap<>(), new HashMap<>());
    for (int i = 0; i < questions.size(); i++) {
      PredictBatch.Question question = questions.get(i);
      try {
        Event event =
            new Event.Query(
                tenant,
                now,
                "predict-" + i,
                Payloads.of("queries[" + i + "].", question.text(), question.features()));
        asked.places.put(i, asked.events.size());
        asked.events.add(event);
      } catch (ProblemException e) {
        asked.refusals.put(i, e.problem());
      }
    }
    return asked;
  }

  private List<PredictBatch.Question> questions(PredictBatch.Request request) {
    int most = instance.config().http().limits().batchQueries();
    List<PredictBatch.Question> questions = request.queries();
    if (questions == null || questions.isEmpty()) {
      throw ProblemException.invalid("queries", "expected at least one, found none");
    }
    if (questions.size() > most) {
      throw ProblemException.ofField(
          ErrorCode.TOO_MUCH_WORK,
          "queries",
          "queries: expected at most %d, found %d".formatted(most, questions.size()));
    }
    int missing = questions.indexOf(null);
    if (missing >= 0) {
      throw ProblemException.invalid("queries[" + missing + "]", "expected an object, found null");
    }
    return questions;
  }

  /** Makes an answer's item. */
  private static final class Itemising implements Output.SettledHandler {
    private final String id;
    private final String where;
    private PredictBatch.Item item;
    private Output.SupportSummary support;

    Itemising(String id, String where) {
      this.id = id;
      this.where = where;
    }

    Optional<Output.SupportSummary> support() {
      return Optional.ofNullable(support);
    }

    void refuse(Problem refusal) {
      item = new PredictBatch.Item(id, null, null, null, null, null, null, refusal);
    }

    @Override
    public void answer(Output.Answer answer) {
      support = answer.support();
      Output.Verdict verdict = answer.verdict();
      item =
          new PredictBatch.Item(
              id,
              verdict.status().name(),
              verdict.label().orElse(null),
              verdict.topLabels().isEmpty() ? 0 : verdict.topLabels().get(0).probability(),
              verdict.abstained(),
              verdict.scope().orElse(null),
              Names.probabilities(verdict),
              null);
    }

    @Override
    public void applied(Output.Applied applied) {
      throw new IllegalStateException("a query is answered or refused");
    }

    @Override
    public void ignored(Output.Ignored ignored) {
      throw new IllegalStateException("a query is answered or refused");
    }

    @Override
    public void rejected(Output.Rejected rejected) {
      refuse(Payloads.refusal(where, rejected.rejection()).problem());
    }
  }
}
