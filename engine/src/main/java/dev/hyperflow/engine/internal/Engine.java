package dev.hyperflow.engine.internal;

import dev.hyperflow.engine.internal.early.EarlyKeeper;
import dev.hyperflow.engine.internal.encode.Encoded;
import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.engine.internal.feedback.RecentQueries;
import dev.hyperflow.engine.internal.integrate.RateLimiter;
import dev.hyperflow.engine.internal.integrate.StaleTenants;
import dev.hyperflow.engine.internal.quality.QualityKeeper;
import dev.hyperflow.engine.internal.remember.MemorySettings;
import dev.hyperflow.engine.internal.remember.SupportMemory;
import dev.hyperflow.engine.internal.validate.EventValidator;
import dev.hyperflow.engine.internal.validate.TextCut;
import dev.hyperflow.models.internal.TextRole;
import dev.hyperflow.models.internal.TextTokens;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Applies support events to tenants' memories and answers queries with their heads.
 *
 * <p>The outputs for a list of events equal those of feeding the events one at a time: in {@code
 * fresh} mode a query sees every support event before it, none after it. A head is a pure function
 * of (support set, bundle). The exception: where an integration fails, a later event of the same
 * list may be refused with it that, one at a time, would have met the tenant's head before.
 *
 * <p>One caller at a time. The engine owns none of what it is given.
 */
public final class Engine {
  // Waves: all texts of the list are encoded together. Then the events take effect in order, and a
  // query whose tenant's head is stale plans its integration from a snapshot of the support set. At
  // the end of the list all that is planned is integrated in one call, and what waited for it is
  // answered, in order. The wave ends early when the snapshots become large, when labels get
  // other names, or when a tenant is forgotten, of whom nothing may be written later.

  /** Of a text beside features. */
  private static final TextTokens NO_TOKENS = new TextTokens(0, 0, false);

  private static final long MAX_PLANNED_FLOATS = 1L << 24; // 64 MiB

  /** Events from one sweep of remembered queries to the next, and queries looked at per event. */
  private static final int EVENTS_PER_SWEEP = 256;

  private static final int QUERIES_SWEPT_PER_EVENT = 2;

  /** The features of so many full tenants' texts are remembered while an encoder is changed. */
  private static final int TENANTS_OF_TEXTS = 2;

  private final EngineSettings settings;
  private final EnginePorts ports;
  private final TextCut textCut;
  private final EventValidator validator;
  private final SupportMemory memory;
  private final int mostTexts;
  private final Lanes lanes;
  private final Moves moves;
  private final RecentQueries recent;
  private final SupportEvents support;
  private final Queries queries;
  private final Background background;
  private int eventsSinceSweep;

  /** An engine that serves {@code model}. */
  public Engine(EngineSettings settings, AdaptationModel model, EnginePorts ports) {
    this.settings = settings;
    this.ports = ports;
    this.textCut = new TextCut(settings.limits());
    this.validator = new EventValidator(settings.limits());
    MemorySettings bounds = settings.memory().within(model.integrator().maxExamples());
    this.memory = new SupportMemory(ports.tenants(), bounds, this::spaceOf);
    this.mostTexts = TENANTS_OF_TEXTS * bounds.mostExamples();
    this.lanes = new Lanes(lane(model), ports.heads());
    this.moves = new Moves(memory, lanes);
    this.recent = new RecentQueries(ports.queries(), settings.query().feedbackWindowMillis());
    StaleTenants stale = new StaleTenants();
    this.support =
        new SupportEvents(
            settings.query(),
            new SupportEvents.Memories(
                memory,
                recent,
                new EarlyKeeper(ports.early(), settings.query().feedbackWindowMillis())),
            lanes,
            new QualityKeeper(settings.quality(), settings.reportEvery(), ports.quality()),
            stale);
    this.queries =
        new Queries(
            settings.query(),
            memory,
            lanes,
            recent,
            new RateLimiter(ports.budgets(), settings.query().integrationsPerSecond()),
            stale);
    this.background = new Background(memory, lanes, moves, stale, ports.heads());
  }

  /**
   * Takes events in the order of their partition.
   *
   * @return for every event one {@link Output.Answer}, {@link Output.Applied}, {@link
   *     Output.Ignored} or {@link Output.Rejected}, in the order of the events; with it come what
   *     it brought about: new heads, withdrawn heads, tests of heads
   */
  public List<Output> process(List<Event> given) {
    List<Event> events = new ArrayList<>(given.size());
    List<Optional<Rejection>> refusals = new ArrayList<>(given.size());
    for (Event event : given) {
      Event cut = textCut.cut(event);
      events.add(cut);
      refusals.add(validator.check(cut));
    }
    Iterator<Encoded> encoded = encode(events, refusals).iterator();
    Turn turn = new Turn(events.size());
    for (int i = 0; i < events.size(); i++) {
      Event event = events.get(i);
      if (refusals.get(i).isPresent()) {
        turn.out(new Output.Rejected(i, refusals.get(i).get()));
      } else {
        event.handle(new Step(i, event != given.get(i), encoded, turn));
      }
      if (lanes.plannedFloats() > MAX_PLANNED_FLOATS) {
        lanes.integrate(turn);
      }
    }
    lanes.integrate(turn);
    sweep(events.size());
    return turn.outputs();
  }

  /**
   * Whether an event takes the same work alone as in a list: a query with features whose head is
   * there. Others gain from a list, as texts are encoded and heads are integrated together.
   */
  public boolean isReady(Event event) {
    return event instanceof Event.Query query
        && query.payload() instanceof Payload.Features
        && queries.isReady(query.tenant());
  }

  private void sweep(int events) {
    eventsSinceSweep += events;
    if (eventsSinceSweep >= EVENTS_PER_SWEEP) {
      recent.sweep(QUERIES_SWEPT_PER_EVENT * eventsSinceSweep);
      eventsSinceSweep = 0;
    }
  }

  /**
   * Integrates some heads in the background. To be called now and then, between lists, while there
   * {@linkplain EngineProgress#busy() is work}.
   *
   * @return outputs that belong to no event
   */
  public List<Output> tick() {
    return tick(settings.query().headsPerTick());
  }

  /**
   * The same, with less work.
   *
   * @param heads maximum number of stale heads, at least 1; one more may be integrated for the
   *     sweep
   */
  public List<Output> tick(int heads) {
    Turn turn = new Turn(0);
    background.tick(heads, turn);
    return turn.outputs();
  }

  /**
   * Has a model answer every query beside the serving one; its answers only show in metrics. A
   * candidate that is there already is replaced. One with another encoder encodes the texts of
   * examples and queries for itself.
   *
   * @throws IllegalArgumentException when its features are not those of the serving model, and not
   *     both have an encoder
   */
  public void shadow(AdaptationModel model) {
    requireFollowable(model);
    lanes.shadowWith(lane(model));
    background.sweep();
  }

  /**
   * Has a model take over, tenant by tenant, as {@link #tick()} integrates their heads. For one
   * with another encoder, the examples of each tenant are encoded anew at that moment.
   *
   * @throws IllegalArgumentException when its features are not those of the serving model, and not
   *     both have an encoder
   */
  public void rollOut(AdaptationModel model) {
    requireFollowable(model);
    lanes.rollOut(lane(model));
    background.sweep();
  }

  /** Goes back to the serving model alone. */
  public void rollBack() {
    lanes.dropCandidate();
    background.sweep();
  }

  /** The bundle that serves, and during a rollout the one that served until then. */
  public String servingBundle() {
    return lanes.serving().model().bundleId();
  }

  /** Which bundle answers which tenant, now. */
  public Serving serving() {
    return lanes.now();
  }

  /** The bundles whose models are in use; others may be closed. */
  public Set<String> bundlesInUse() {
    return lanes.bundleIds();
  }

  /** How far the background work is. */
  public EngineProgress progress() {
    return background.progress();
  }

  private String spaceOf(String tenant) {
    return lanes.of(tenant).space();
  }

  private Lane lane(AdaptationModel model) {
    return Lane.of(model, memory, ports.heads(), settings.score(), mostTexts);
  }

  private void requireFollowable(AdaptationModel model) {
    AdaptationModel serving = lanes.serving().model();
    if (model.encoder().isPresent() && serving.encoder().isPresent()) {
      return;
    }
    if (!model.featureSpace().equals(serving.featureSpace())
        || !model.dimension().equals(serving.dimension())) {
      throw new IllegalArgumentException(
          "bundle %s: expected features of encoder '%s' like bundle %s, found '%s'"
              .formatted(
                  model.bundleId(),
                  serving.featureSpace(),
                  serving.bundleId(),
                  model.featureSpace()));
    }
  }

  private List<Encoded> encode(List<Event> events, List<Optional<Rejection>> refusals) {
    List<Payload> payloads = new ArrayList<>(events.size());
    List<TextRole> roles = new ArrayList<>(events.size());
    IdentityHashMap<Lane, List<Integer>> placesOf = new IdentityHashMap<>();
    for (int i = 0; i < events.size(); i++) {
      Event event = events.get(i);
      if (refusals.get(i).isEmpty() && event.toEncode().isPresent()) {
        placesOf
            .computeIfAbsent(lanes.of(event.tenant()), lane -> new ArrayList<>())
            .add(payloads.size());
        payloads.add(event.toEncode().get());
        roles.add(event.role());
      }
    }
    lanes.shadow().ifPresent(shadow -> encodeFor(shadow, payloads, roles));
    if (placesOf.size() == 1) {
      return placesOf.keySet().iterator().next().encoder().encode(payloads, roles);
    }
    List<Encoded> all = new ArrayList<>(Collections.nCopies(payloads.size(), null));
    placesOf.forEach(
        (lane, places) -> {
          Iterator<Encoded> encoded =
              lane.encoder()
                  .encode(
                      places.stream().map(payloads::get).toList(),
                      places.stream().map(roles::get).toList())
                  .iterator();
          places.forEach(place -> all.set(place, encoded.next()));
        });
    return all;
  }

  /** A shadow with another encoder needs features of its own. */
  private void encodeFor(Lane shadow, List<Payload> payloads, List<TextRole> roles) {
    if (!shadow.space().equals(lanes.serving().space())) {
      for (TextRole role : TextRole.values()) {
        List<String> texts =
            IntStream.range(0, payloads.size())
                .filter(i -> roles.get(i) == role)
                .boxed()
                .flatMap(i -> payloads.get(i).source().stream())
                .toList();
        shadow.texts().prepare(texts, role, mostTexts);
      }
    }
  }

  /** Has one event take effect. */
  private final class Step implements Event.Handler {
    private final int index;
    private final boolean cut;
    private final Iterator<Encoded> encoded;
    private final Turn turn;

    /**
     * A step.
     *
     * @param index the event's place in its list
     * @param cut whether its text was cut to the limit
     * @param encoded gives next what became of the event's payload, if it has one
     */
    Step(int index, boolean cut, Iterator<Encoded> encoded, Turn turn) {
      this.index = index;
      this.cut = cut;
      this.encoded = encoded;
      this.turn = turn;
    }

    @Override
    public void query(Event.Query query) {
      withFeatures(
          query,
          features -> {
            queries.ask(index, query, features, turn);
            support.meetFeedback(index, query, turn);
          });
    }

    @Override
    public void add(Event.Add add) {
      withFeatures(add, features -> support.add(index, add, features, turn));
    }

    @Override
    public void describe(Event.Describe describe) {
      withFeatures(describe, features -> support.describe(index, describe, features, turn));
    }

    private void withFeatures(Event event, Consumer<FeatureVector> effect) {
      Encoded own = encoded.next();
      read(own.tokens());
      own.handle(
          features -> {
            support.expire(index, event, turn);
            follow(event);
            effect.accept(features);
          },
          refusal -> turn.out(new Output.Rejected(index, refusal)));
    }

    private void read(Optional<TextTokens> tokens) {
      if (cut || tokens.isPresent()) {
        TextTokens found = tokens.orElse(NO_TOKENS);
        Output.TextRead.Cut by =
            cut
                ? Output.TextRead.Cut.LIMIT
                : found.cut() ? Output.TextRead.Cut.ENCODER : Output.TextRead.Cut.NONE;
        turn.out(new Output.TextRead(index, found.known(), found.unknown(), by));
      }
    }

    /** One that cannot follow is refused where its features are used. */
    private void follow(Event event) {
      moves.bring(event.tenant(), lanes.of(event.tenant()));
    }

    @Override
    public void feedback(Event.Feedback feedback) {
      Optional<Encoded> otherwise = feedback.otherwise().map(payload -> encoded.next());
      support.expire(index, feedback, turn);
      follow(feedback);
      if (otherwise.isEmpty() || support.isKnown(feedback)) {
        support.feedback(index, feedback, turn);
      } else {
        read(otherwise.get().tokens());
        otherwise
            .get()
            .handle(
                features -> support.add(index, feedback.add().orElseThrow(), features, turn),
                refusal -> turn.out(new Output.Rejected(index, refusal)));
      }
    }

    @Override
    public void retract(Event.Retract retract) {
      support.expire(index, retract, turn);
      support.retract(index, retract, turn);
    }

    @Override
    public void forgetLabel(Event.ForgetLabel forget) {
      support.expire(index, forget, turn);
      support.forgetLabel(index, forget, turn);
    }

    @Override
    public void renameLabel(Event.RenameLabel rename) {
      settleNames(rename);
      support.renameLabel(index, rename, turn);
    }

    @Override
    public void mergeLabels(Event.MergeLabels merge) {
      settleNames(merge);
      support.mergeLabels(index, merge, turn);
    }

    /** What waits for heads is answered and judged by the names that were there before. */
    private void settleNames(Event event) {
      lanes.integrate(turn);
      support.expire(index, event, turn);
    }

    @Override
    public void configure(Event.Configure configure) {
      support.expire(index, configure, turn);
      support.configure(index, configure, turn);
    }

    @Override
    public void forgetTenant(Event.ForgetTenant forget) {
      lanes.integrate(turn);
      support.forgetTenant(index, forget, turn);
    }
  }
}
