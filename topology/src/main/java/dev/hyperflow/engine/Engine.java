package dev.hyperflow.engine;

import dev.hyperflow.engine.encode.Encoded;
import dev.hyperflow.engine.encode.PayloadEncoder;
import dev.hyperflow.engine.event.AdaptedHead;
import dev.hyperflow.engine.event.AnswerStatus;
import dev.hyperflow.engine.event.Event;
import dev.hyperflow.engine.event.FeatureVector;
import dev.hyperflow.engine.event.Output;
import dev.hyperflow.engine.event.Payload;
import dev.hyperflow.engine.event.Reason;
import dev.hyperflow.engine.event.Rejection;
import dev.hyperflow.engine.event.Stage;
import dev.hyperflow.engine.integrate.HeadKeeper;
import dev.hyperflow.engine.integrate.HeadStore;
import dev.hyperflow.engine.integrate.Integrated;
import dev.hyperflow.engine.remember.SupportMemory;
import dev.hyperflow.engine.remember.TenantMeta;
import dev.hyperflow.engine.remember.TenantStore;
import dev.hyperflow.engine.score.Score;
import dev.hyperflow.engine.score.Scorer;
import dev.hyperflow.engine.validate.EventValidator;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Applies support events to tenants' memories and answers queries with their heads.
 *
 * <p>The outputs for a list of events equal those of feeding the events one at a time: a query sees
 * every support event before it, none after it. A head is a pure function of (support set, bundle).
 *
 * <p>One caller at a time. The engine owns none of what it is given.
 */
public final class Engine {
  // Waves: all texts of the list are encoded together, then the events take effect in order. A
  // query whose tenant's head is stale has it integrated there and then.

  private final EventValidator validator;
  private final PayloadEncoder encoder;
  private final SupportMemory memory;
  private final HeadKeeper heads;
  private final Scorer scorer;

  public Engine(
      EngineSettings settings, AdaptationModel model, TenantStore tenants, HeadStore headStore) {
    this.validator = new EventValidator(settings.limits());
    this.encoder = new PayloadEncoder(model.encoder(), model.dimension());
    this.memory = new SupportMemory(tenants, settings.memory());
    this.heads = new HeadKeeper(model.bundleId(), model.integrator(), memory, headStore);
    this.scorer = new Scorer(model.calibration(), settings.score());
  }

  /**
   * Takes events in the order of their partition.
   *
   * @return for every event one {@link Output.Answer}, {@link Output.Applied}, {@link
   *     Output.Ignored} or {@link Output.Rejected}, in order; before an answer that needed a new
   *     head also its {@link Output.HeadAdapted}, before a removal its {@link Output.HeadWithdrawn}
   */
  public List<Output> process(List<Event> events) {
    List<Optional<Rejection>> refusals = events.stream().map(validator::check).toList();
    Iterator<Encoded> encoded = encode(events, refusals).iterator();
    List<Output> outputs = new ArrayList<>(events.size() + 1);
    for (int i = 0; i < events.size(); i++) {
      Event event = events.get(i);
      if (refusals.get(i).isPresent()) {
        outputs.add(new Output.Rejected(i, refusals.get(i).get()));
      } else if (payload(event).isPresent()) {
        int index = i;
        encoded
            .next()
            .<Runnable>fold(
                features -> () -> withFeatures(index, event, features, outputs),
                refusal -> () -> outputs.add(new Output.Rejected(index, refusal)))
            .run();
      } else {
        withoutFeatures(i, event, outputs);
      }
    }
    return outputs;
  }

  private List<Encoded> encode(List<Event> events, List<Optional<Rejection>> refusals) {
    List<Payload> payloads = new ArrayList<>(events.size());
    for (int i = 0; i < events.size(); i++) {
      if (refusals.get(i).isEmpty()) {
        payload(events.get(i)).ifPresent(payloads::add);
      }
    }
    return encoder.encode(payloads);
  }

  private static Optional<Payload> payload(Event event) {
    if (event instanceof Event.Add add) {
      return Optional.of(add.payload());
    }
    return event instanceof Event.Query query ? Optional.of(query.payload()) : Optional.empty();
  }

  private void withFeatures(int index, Event event, FeatureVector features, List<Output> outputs) {
    if (event instanceof Event.Add add) {
      outputs.add(
          memory
              .add(add, features)
              .<Output>map(refusal -> new Output.Rejected(index, refusal))
              .orElseGet(() -> new Output.Applied(index)));
    } else {
      answer(index, (Event.Query) event, features, outputs);
    }
  }

  /** A removal takes effect at once in all that was made from what is removed. */
  private void withoutFeatures(int index, Event event, List<Output> outputs) {
    if (!removed(event)) {
      outputs.add(new Output.Ignored(index, "nothing to remove"));
      return;
    }
    heads.forget(event.tenant());
    outputs.add(new Output.HeadWithdrawn(index));
    outputs.add(new Output.Applied(index));
  }

  private boolean removed(Event event) {
    if (event instanceof Event.Retract retract) {
      return memory.retract(retract.tenant(), retract.eventId());
    }
    if (event instanceof Event.ForgetLabel forget) {
      return memory.forgetLabel(forget.tenant(), forget.label());
    }
    return memory.forgetTenant(event.tenant());
  }

  private void answer(int index, Event.Query query, FeatureVector features, List<Output> outputs) {
    TenantMeta meta = memory.meta(query.tenant());
    if (meta.examples() == 0) {
      outputs.add(unlabelled(index, query, meta));
      return;
    }
    if (meta.dimension() != features.dimension()) {
      outputs.add(wrongDimension(index, meta, features));
      return;
    }
    Optional<AdaptedHead> current = heads.current(query.tenant(), meta);
    AdaptedHead head;
    if (current.isPresent()) {
      head = current.get();
    } else {
      Integrated integrated = heads.integrate(query.tenant());
      if (integrated instanceof Integrated.Failed failed) {
        outputs.add(new Output.Rejected(index, failed.rejection()));
        return;
      }
      Integrated.Done done = (Integrated.Done) integrated;
      head = done.head();
      outputs.add(new Output.HeadAdapted(index, head, done.safeguarded()));
    }
    outputs.add(
        scorer
            .score(head, features)
            .map(score -> answered(index, query, meta, score))
            .orElseGet(() -> notFinite(index)));
  }

  private static Output answered(int index, Event.Query query, TenantMeta meta, Score score) {
    return new Output.Answer(
        index,
        query.queryId(),
        meta.labels() == 1 ? AnswerStatus.COLD_START : AnswerStatus.PERSONALISED,
        score.topLabels(),
        score.abstained(),
        Optional.of(score.initialLabel()),
        summary(meta));
  }

  private static Output unlabelled(int index, Event.Query query, TenantMeta meta) {
    return new Output.Answer(
        index,
        query.queryId(),
        AnswerStatus.NO_LABELS,
        List.of(),
        true,
        Optional.empty(),
        summary(meta));
  }

  private static Output.SupportSummary summary(TenantMeta meta) {
    return new Output.SupportSummary(
        meta.fingerprint(), meta.examples(), meta.labels(), meta.events());
  }

  private static Output wrongDimension(int index, TenantMeta meta, FeatureVector features) {
    return new Output.Rejected(
        index,
        new Rejection(
            Stage.SCORE,
            Reason.WRONG_DIMENSION,
            "payload: expected %d features like the tenant's examples, found %d"
                .formatted(meta.dimension(), features.dimension())));
  }

  private static Output notFinite(int index) {
    return new Output.Rejected(
        index,
        new Rejection(
            Stage.SCORE,
            Reason.SCORE_NOT_FINITE,
            "payload: expected finite logits, found an overflow; the features are too large"));
  }
}
