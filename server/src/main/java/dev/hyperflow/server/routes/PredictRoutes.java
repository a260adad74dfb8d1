package dev.hyperflow.server.routes;

import dev.hyperflow.engine.internal.AdaptationModel;
import dev.hyperflow.engine.internal.LeaveOneOut;
import dev.hyperflow.engine.internal.Rehearsal;
import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.NameRule;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.server.http.Call;
import dev.hyperflow.server.http.ErrorCode;
import dev.hyperflow.server.http.Json;
import dev.hyperflow.server.http.ProblemException;
import dev.hyperflow.server.http.Reply;
import dev.hyperflow.server.http.Route;
import dev.hyperflow.server.instance.Instance;
import dev.hyperflow.server.json.Predict;
import dev.hyperflow.server.json.Tenants;
import dev.hyperflow.topology.internal.config.HttpSettings;
import dev.hyperflow.topology.internal.rollout.ModelLease;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Predictions from this instance's state, also with examples added or left out. */
final class PredictRoutes {
  private static final int MAX_LABELS = 200;
  private static final int MAX_INFLUENCES = 50;
  private static final double NANOS_PER_MILLI = 1e6;

  private final Instance instance;
  private final InstantSource clock;

  /**
   * Routes over an instance.
   *
   * @param clock gives the time of a prediction, as a query sent now would have
   */
  PredictRoutes(Instance instance, InstantSource clock) {
    this.instance = instance;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.post(
            "/api/v1/tenants/{tenant}/predict",
            Route.Access.READ_TENANT,
            Route.Doc.takes(
                "Predicts, as a query through the topics would be answered now",
                Predict.Request.class,
                200,
                Predict.Answer.class),
            this::predict));
  }

  private Reply predict(Call call) {
    long start = System.nanoTime();
    Predict.Request request = Json.read(call.body(), Predict.Request.class);
    ShownTexts texts = ShownTexts.of(instance, call);
    try (ModelLease lease = instance.view().model(call.tenant())) {
      List<Event> events = events(call.tenant(), request, lease.model().featureSpace());
      Rehearsal.Outcome outcome =
          instance.rehearse(call.tenant(), lease.model(), events, topK(request.topK()));
      Output.Answer answer = answer(request, outcome, events.size());
      return Reply.ok(
          answer(
              request,
              answer,
              influence(request, lease.model(), outcome, answer, texts),
              texts.about(),
              (System.nanoTime() - start) / NANOS_PER_MILLI));
    }
  }

  /** How many labels an answer is to have; empty as configured. */
  static OptionalInt topK(Integer topK) {
    if (topK == null) {
      return OptionalInt.empty();
    }
    if (topK < 1 || topK > MAX_LABELS) {
      throw ProblemException.invalid(
          "topK", "expected 1 to %d, found %d".formatted(MAX_LABELS, topK));
    }
    return OptionalInt.of(topK);
  }

  /** Removals, then additions, then the query. */
  private List<Event> events(String tenant, Predict.Request request, String space) {
    HttpSettings.Limits limits = instance.config().http().limits();
    List<String> without = orNone(request.without());
    List<Predict.With> with = orNone(request.with());
    if (without.size() + with.size() > limits.whatIfExamples()) {
      throw ProblemException.ofField(
          ErrorCode.TOO_MUCH_WORK,
          with.isEmpty() ? "without" : "with",
          "with, without: expected at most %d examples, found %d"
              .formatted(limits.whatIfExamples(), without.size() + with.size()));
    }
    long now = clock.millis();
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < without.size(); i++) {
      events.add(new Event.Retract(tenant, now, present("without[" + i + "]", without.get(i))));
    }
    for (int i = 0; i < with.size(); i++) {
      events.add(added(tenant, now, i, present("with[" + i + "]", with.get(i))));
    }
    events.add(new Event.Query(tenant, now, "predict", payload(tenant, request, space)));
    return events;
  }

  private Payload payload(String tenant, Predict.Request request, String space) {
    if (request.queryId() == null) {
      return Payloads.of("", request.text(), request.features());
    }
    if (request.text() != null || request.features() != null) {
      throw ProblemException.invalid("queryId", "expected none beside text or features, found one");
    }
    return instance
        .view()
        .query(tenant, NameRule.normal(request.queryId()))
        .flatMap(query -> Payloads.of(query, space))
        .orElseThrow(
            () ->
                ProblemException.invalid(
                    "queryId", "expected a remembered query of this encoder, found none"));
  }

  private static Event added(String tenant, long now, int place, Predict.With with) {
    String where = "with[" + place + "].";
    return new Event.Add(
        tenant,
        now,
        with.eventId() == null ? "what-if-" + place : with.eventId(),
        present(where + "label", with.label()),
        new ExampleTerms(with.weight() == null ? 1 : with.weight(), ExampleTerms.NEVER),
        Payloads.of(where, with.text(), with.features()));
  }

  private static <T> T present(String field, T value) {
    if (value == null) {
      throw ProblemException.invalid(field, "expected a value, found null");
    }
    return value;
  }

  private static <T> List<T> orNone(List<T> list) {
    return list == null ? List.of() : list;
  }

  private static Output.Answer answer(
      Predict.Request request, Rehearsal.Outcome outcome, int events) {
    int removals = orNone(request.without()).size();
    for (int i = 0; i < events - 1; i++) {
      outcome
          .of(i)
          .handle(
              i < removals
                  ? new Settling("without[" + i + "]", true)
                  : new Settling("with[" + (i - removals) + "].", false));
    }
    Settling query = new Settling("", false);
    outcome.of(events - 1).handle(query);
    return query.answer;
  }

  /** Refuses the request for what was refused of it, and keeps the answer. */
  private static final class Settling implements Output.SettledHandler {
    private final String where;
    private final boolean isRemoval;
    private Output.Answer answer;

    Settling(String where, boolean isRemoval) {
      this.where = where;
      this.isRemoval = isRemoval;
    }

    @Override
    public void answer(Output.Answer given) {
      this.answer = given;
    }

    @Override
    public void applied(Output.Applied applied) {
      // As was asked.
    }

    @Override
    public void ignored(Output.Ignored ignored) {
      if (isRemoval) {
        throw ProblemException.invalid(
            where, "expected an example's id, found another. " + ignored.reason().meaning());
      }
    }

    @Override
    public void rejected(Output.Rejected rejected) {
      throw Payloads.refusal(where, rejected.rejection());
    }
  }

  private List<Predict.Influence> influence(
      Predict.Request request,
      AdaptationModel model,
      Rehearsal.Outcome outcome,
      Output.Answer answer,
      ShownTexts texts) {
    if (!Boolean.TRUE.equals(request.influence())) {
      return null;
    }
    if (answer.verdict().label().isEmpty()) {
      return List.of();
    }
    int most = instance.config().http().limits().influenceExamples();
    int examples = outcome.support().entries().size();
    if (examples > most) {
      throw ProblemException.ofField(
          ErrorCode.TOO_MUCH_WORK,
          "influence",
          "influence: expected a tenant of at most %d examples, found %d"
              .formatted(most, examples));
    }
    float probability = answer.verdict().topLabels().get(0).probability();
    Map<String, String> kept = new HashMap<>();
    outcome
        .support()
        .entries()
        .forEach(entry -> kept.put(entry.example().eventId(), texts.whole(entry.example().text())));
    return new LeaveOneOut(model)
            .of(outcome.support(), outcome.query().orElseThrow(), answer.verdict().label().get())
            .stream()
            .map(
                one ->
                    new Predict.Influence(
                        one.eventId(),
                        one.label(),
                        kept.get(one.eventId()),
                        one.probabilityWithout(),
                        probability - one.probabilityWithout()))
            .sorted(Comparator.comparingDouble((Predict.Influence one) -> -Math.abs(one.change())))
            .limit(MAX_INFLUENCES)
            .toList();
  }

  private static Predict.Answer answer(
      Predict.Request request,
      Output.Answer answer,
      List<Predict.Influence> influence,
      Tenants.Texts texts,
      double millis) {
    Output.Verdict verdict = answer.verdict();
    return new Predict.Answer(
        verdict.status().name(),
        verdict.label().orElse(null),
        verdict.topLabels().isEmpty() ? 0 : verdict.topLabels().get(0).probability(),
        verdict.abstained(),
        verdict.scope().orElse(null),
        Names.probabilities(verdict),
        verdict.initialLabel().orElse(null),
        answer.bundleId(),
        answer.support().fingerprint().toHex(),
        answer.support().examples(),
        !orNone(request.with()).isEmpty() || !orNone(request.without()).isEmpty(),
        influence,
        influence == null ? null : texts,
        millis);
  }
}
