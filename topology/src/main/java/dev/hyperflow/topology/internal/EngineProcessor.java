package dev.hyperflow.topology.internal;

import dev.hyperflow.engine.internal.Engine;
import dev.hyperflow.engine.internal.EngineProgress;
import dev.hyperflow.engine.internal.EngineSettings;
import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.engine.internal.heap.HeapBudget;
import dev.hyperflow.topology.internal.batch.Batch;
import dev.hyperflow.topology.internal.batch.BatchSettings;
import dev.hyperflow.topology.internal.batch.Batcher;
import dev.hyperflow.topology.internal.batch.WorkBudget;
import dev.hyperflow.topology.internal.batch.WorkBudgets;
import dev.hyperflow.topology.internal.decode.InboxDecoder;
import dev.hyperflow.topology.internal.decode.LateDecoder;
import dev.hyperflow.topology.internal.emit.Heads;
import dev.hyperflow.topology.internal.emit.Qualities;
import dev.hyperflow.topology.internal.emit.Tombstones;
import dev.hyperflow.topology.internal.observe.EngineObserver;
import dev.hyperflow.topology.internal.rollout.BundleRollout;
import dev.hyperflow.topology.internal.rollout.RolloutTask;
import dev.hyperflow.topology.internal.source.PendingEvent;
import dev.hyperflow.topology.internal.source.SourceRecord;
import dev.hyperflow.topology.internal.state.EngineStores;
import dev.hyperflow.topology.internal.state.NamePrefix;
import dev.hyperflow.topology.internal.state.TornMemoryRepair;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Feeds the engine with batches and sends its outputs to the sinks. */
final class EngineProcessor implements Processor<byte[], PendingEvent, byte[], Object> {
  // Each output goes out with its own record's key, timestamp and headers: while a batch is
  // processed the current record of the context is another one, or none.

  private static final Logger LOG = LoggerFactory.getLogger(EngineProcessor.class);

  /** How often an idle task checks whether its model is to change. */
  private static final Duration LOOK_AT_ROLLOUT = Duration.ofSeconds(1);

  private final Wiring wiring;
  private final Publishing publishing = new Publishing();
  private ProcessorContext<byte[], Object> context;
  private RolloutTask rollout;
  private HeapBudget.Share heap;
  private WorkBudget budget;
  private WorkBudget.Pace backgroundPace;
  private Engine engine;
  private EngineProgress noted;
  private String task;
  private Batcher batcher;
  private Cancellable ticks;

  private EngineProcessor(Wiring wiring) {
    this.wiring = wiring;
  }

  /**
   * What an engine processor works with.
   *
   * @param names stands before the names of the stores and of the nodes that take outputs
   * @param settings the engine's settings
   * @param rollout the model, and which one follows; shared by all processors
   * @param batching how events are gathered
   * @param inboxDecoder gives a decoder for what waited
   * @param heap what the tasks' caches of heads and meta records may take together
   * @param budgets how long the tasks of a thread may work between two commits
   * @param tickMillis time between two ticks of the background work
   * @param repair restores memories whose stores do not fit each other
   * @param outputs makes what goes out
   * @param observer is told what the processor does
   */
  record Wiring(
      NamePrefix names,
      EngineSettings settings,
      BundleRollout rollout,
      BatchSettings batching,
      Supplier<InboxDecoder> inboxDecoder,
      HeapBudget heap,
      WorkBudgets budgets,
      int tickMillis,
      TornMemoryRepair repair,
      Outputs outputs,
      EngineObserver observer) {}

  /** Supplies the processor together with its stores. */
  static ProcessorSupplier<byte[], PendingEvent, byte[], Object> supplier(Wiring wiring) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<byte[], PendingEvent, byte[], Object> get() {
        return new EngineProcessor(wiring);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        Set<StoreBuilder<?>> stores = new LinkedHashSet<>(EngineStores.builders(wiring.names()));
        stores.addAll(Batcher.stores(wiring.batching(), wiring.names()));
        return stores;
      }
    };
  }

  @Override
  public void init(ProcessorContext<byte[], Object> newContext) {
    this.context = newContext;
    this.task = newContext.taskId().toString();
    this.rollout = wiring.rollout().join(task);
    this.heap = wiring.heap().share();
    this.budget = wiring.budgets().join(newContext);
    this.backgroundPace = budget.pace();
    try {
      open();
    } catch (RuntimeException e) {
      rollout.close(); // whoever fails here may never be asked to close
      heap.close();
      budget.close();
      wiring.observer().closed(task);
      throw e;
    }
  }

  private void open() {
    this.engine =
        new Engine(
            wiring.settings(),
            rollout.model(),
            EngineStores.ports(
                context,
                wiring.names(),
                wiring.settings().memory().precision(),
                heap,
                this::healed));
    rollout.follow(engine);
    noteProgress();
    this.batcher =
        Batcher.open(
            wiring.batching(),
            context,
            wiring.names(),
            new LateDecoder(task, wiring.inboxDecoder()),
            budget,
            new Draining());
    keepTicking();
    if (wiring.rollout().changes()) {
      context.schedule(LOOK_AT_ROLLOUT, PunctuationType.WALL_CLOCK_TIME, now -> lookAtRollout());
    }
  }

  private void healed(String tenant) {
    LOG.atWarn()
        .addKeyValue("tenant", tenant)
        .log("A crash left the memory of a tenant incomplete. The task repaired it");
    wiring.observer().healed(tenant);
  }

  private void noteProgress() {
    EngineProgress now = engine.progress();
    if (!now.equals(noted)) {
      noted = now;
      wiring.observer().progress(task, now);
    }
  }

  private void lookAtRollout() {
    rollout.follow(engine);
    noteProgress();
    keepTicking();
  }

  @Override
  public void process(Record<byte[], PendingEvent> record) {
    batcher.add(record);
  }

  /** Has the engine process what was gathered. */
  private final class Draining implements Batcher.Handler {
    @Override
    public void handle(Batch batch) {
      long now = context.currentSystemTimeMs();
      EngineObserver.BatchEnd end =
          wiring
              .observer()
              .batch(task, batch.sources(), Math.max(0, now - batch.oldestMillis()), now);
      try {
        repairing(() -> process(batch));
      } finally {
        end.ended();
      }
      noteProgress();
      keepTicking();
    }

    @Override
    public boolean isReady(Event event) {
      return wiring.repair().get(context, wiring.names(), () -> engine.isReady(event));
    }
  }

  private void repairing(Runnable work) {
    wiring.repair().run(context, wiring.names(), work);
  }

  private void process(Batch batch) {
    rollout.follow(engine);
    for (Batch.Refused refused : batch.refused()) {
      deadLetter(refused.record(), refused.source(), refused.rejection());
    }
    int cut = Output.NO_EVENT; // the event of whose text a part was read
    for (Output output : engine.process(batch.events())) {
      Record<byte[], PendingEvent> record = batch.record(output.index());
      cut = isCut(output) ? output.index() : cut;
      wiring
          .observer()
          .output(
              output, EngineObserver.Occasion.of(record.value(), context.currentSystemTimeMs()));
      output.handle(new Emitting(record, cut == output.index()));
    }
  }

  private static boolean isCut(Output output) {
    return output instanceof Output.TextRead read && read.cut() != Output.TextRead.Cut.NONE;
  }

  /** Ticks while there is background work: a timer that runs makes even an idle task commit. */
  private void keepTicking() {
    if (ticks == null && engine.progress().busy()) {
      ticks =
          context.schedule(
              Duration.ofMillis(wiring.tickMillis()),
              PunctuationType.WALL_CLOCK_TIME,
              now -> tick());
    }
  }

  private void tick() {
    int heads = backgroundPace.next(wiring.settings().query().headsPerTick());
    if (heads == 0) {
      context.commit();
      return;
    }
    backgroundPace.run(heads, () -> repairing(() -> tick(heads)));
  }

  private void tick(int heads) {
    for (Output output : engine.tick(heads)) {
      wiring
          .observer()
          .output(output, EngineObserver.Occasion.background(context.currentSystemTimeMs()));
      output.handle(publishing);
    }
    rollout.follow(engine);
    noteProgress();
    if (!engine.progress().busy()) {
      ticks.cancel();
      ticks = null;
    }
  }

  /** Sends the outputs of an event on. */
  private final class Emitting extends Publishing {
    private final Record<byte[], PendingEvent> record;
    private final boolean cut;

    Emitting(Record<byte[], PendingEvent> record, boolean cut) {
      this.record = record;
      this.cut = cut;
    }

    @Override
    public void answer(Output.Answer answer) {
      Record<byte[], Object> prediction =
          wiring.outputs().predictions().record(record, answer, cut);
      wiring.observer().answering(record.value().source(), prediction.headers());
      context.forward(prediction, wiring.names().name(HyperFlowTopology.PREDICTIONS));
    }

    @Override
    public void rejected(Output.Rejected rejected) {
      deadLetter(record, record.value().source(), rejected.rejection());
    }

    @Override
    public void headWithdrawn(Output.HeadWithdrawn withdrawn) {
      withdraw(record);
    }
  }

  private void deadLetter(Record<byte[], ?> record, SourceRecord source, Rejection rejection) {
    Record<byte[], Object> letter =
        wiring.outputs().deadLetters().record(record, source, rejection);
    wiring.observer().refused(source, rejection, letter.headers());
    context.forward(letter, wiring.names().name(HyperFlowTopology.DEAD_LETTERS));
  }

  /** What was published of what is removed is taken back by a tombstone. */
  private void withdraw(Record<byte[], PendingEvent> record) {
    if (wiring.outputs().heads()) {
      context.forward(Tombstones.of(record), wiring.names().name(HyperFlowTopology.HEADS));
    }
    if (wiring.outputs().quality() && record.value().event() instanceof Event.ForgetTenant) {
      context.forward(Tombstones.of(record), wiring.names().name(HyperFlowTopology.QUALITY));
    }
  }

  /** Sends on what may come of background work, too; what else may come is for observers only. */
  private class Publishing implements Output.Handler {
    @Override
    public void headAdapted(Output.HeadAdapted adapted) {
      if (wiring.outputs().heads()) {
        Record<byte[], Object> head = Heads.record(adapted);
        wiring.observer().publishing(adapted.tenant(), head.headers());
        forward(head, wiring.names().name(HyperFlowTopology.HEADS));
      }
    }

    @Override
    public void qualityReported(Output.QualityReported reported) {
      if (wiring.outputs().quality()) {
        forward(
            Qualities.record(reported.report()), wiring.names().name(HyperFlowTopology.QUALITY));
      }
    }

    @Override
    public void backgroundFailed(Output.BackgroundFailed failed) {
      LOG.atWarn()
          .addKeyValue("tenant", failed.tenant())
          .addKeyValue("why", failed.rejection().message())
          .log("The background work failed to integrate a head");
    }

    @Override
    public void answer(Output.Answer answer) {
      // Belongs to an event.
    }

    @Override
    public void applied(Output.Applied applied) {
      // Belongs to an event.
    }

    @Override
    public void ignored(Output.Ignored ignored) {
      // Nothing to send.
    }

    @Override
    public void rejected(Output.Rejected rejected) {
      // Belongs to an event.
    }

    @Override
    public void headWithdrawn(Output.HeadWithdrawn withdrawn) {
      // Belongs to an event.
    }

    @Override
    public void tested(Output.Tested tested) {
      // Nothing to send.
    }

    @Override
    public void shadowAnswered(Output.ShadowAnswered answered) {
      // Nothing to send.
    }

    @Override
    public void textRead(Output.TextRead read) {
      // Nothing to send.
    }

    @Override
    public void feedbackMet(Output.FeedbackMet met) {
      met.why()
          .ifPresent(
              why ->
                  LOG.atWarn()
                      .addKeyValue("tenant", met.feedback().tenant())
                      .addKeyValue("eventId", met.feedback().eventId())
                      .addKeyValue("why", why)
                      .log("Feedback that waited for its query changed nothing"));
    }
  }

  /** An event time in the future, which a broker may refuse, becomes the present. */
  private void forward(Record<byte[], Object> record, String sink) {
    long now = context.currentSystemTimeMs();
    context.forward(record.timestamp() > now ? record.withTimestamp(now) : record, sink);
  }

  @Override
  public void close() {
    if (batcher != null) {
      batcher.close();
    }
    if (task != null) {
      wiring.observer().closed(task);
    }
    if (rollout != null) {
      rollout.close();
    }
    if (heap != null) {
      heap.close();
    }
    if (budget != null) {
      budget.close();
    }
  }
}
