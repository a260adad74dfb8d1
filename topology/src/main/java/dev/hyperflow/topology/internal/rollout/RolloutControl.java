package dev.hyperflow.topology.internal.rollout;

import dev.hyperflow.events.BundleControl;
import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.bundle.Bundle;
import dev.hyperflow.models.internal.bundle.BundleFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a {@link BundleRollout} do what control records ask for, one change at a time: a record waits
 * until the rollout before it is done, unless it undoes it. For one thread, but for {@link
 * #refusal}.
 */
public final class RolloutControl {
  private static final Logger LOG = LoggerFactory.getLogger(RolloutControl.class);

  private final BundleRollout rollout;
  private final ControlSteps steps;
  private final Queue<BundleControl> waiting = new ConcurrentLinkedQueue<>();
  private volatile RolloutState state;
  private BundleControl delayed;

  private RolloutControl(BundleRollout rollout, RolloutState state, ControlSteps steps) {
    this.rollout = rollout;
    this.steps = steps;
    this.state = state.servingWith(rollout.servingId());
  }

  /** A state, and the record that led to it; none before the first record. */
  private record Led(RolloutState state, Optional<BundleControl> by) {}

  /**
   * Starts where the records before this start lead, or would have led without those whose bundle
   * cannot be used any more.
   *
   * @param bundle the configured bundle
   * @param records the control records so far
   * @param changes whether more may come
   * @param steps is told what becomes of the records
   * @throws BundleException when not even the configured bundle can be used
   */
  public static RolloutControl start(
      String bundle,
      List<BundleControl> records,
      boolean changes,
      BundleLoad loader,
      ControlSteps steps) {
    List<Led> history = new ArrayList<>();
    history.add(new Led(RolloutState.startingWith(bundle), Optional.empty()));
    for (BundleControl record : records) {
      step(history.get(history.size() - 1).state(), record, steps)
          .ifPresent(
              step -> {
                history.add(new Led(step.state(), Optional.of(record)));
                steps.accepted(record);
              });
    }
    for (int last = history.size() - 1; ; last--) {
      RolloutState state = history.get(last).state();
      try {
        loader
            .whyNoOtherEncoder()
            .ifPresent(why -> requireSameEncoder(bundle, state.serving(), loader, why));
        BundleRollout rollout = BundleRollout.start(state.serving(), changes, loader);
        RolloutControl control = new RolloutControl(rollout, state, steps);
        if (last == history.size() - 1) {
          control.shadowFromStart(history.get(last));
        } else {
          history.subList(last + 1, history.size()).forEach(control::refusedFromStart);
        }
        return control;
      } catch (BundleException e) {
        if (last == 0) {
          throw e;
        }
        log(state.serving(), e);
        refused(steps, history.get(last), e);
        while (last > 1 && history.get(last - 1).state().serving().equals(state.serving())) {
          last--;
          refused(steps, history.get(last), e);
        }
      }
    }
  }

  private static void refused(ControlSteps steps, Led led, BundleException e) {
    led.by().ifPresent(record -> steps.refused(record, e.getMessage()));
  }

  /** Without texts no record has ever led to another encoder than that of the configured bundle. */
  private static void requireSameEncoder(
      String configured, BundleReference wanted, BundleLoad loader, String why) {
    if (wanted.location().equals(configured)) {
      return;
    }
    Optional<String> expected = space(configured, loader);
    Optional<String> found = space(wanted.location(), loader);
    if (expected.isPresent() && found.isPresent() && !expected.equals(found)) {
      throw new BundleException(
          "bundle %s: expected encoder %s like bundle %s, found %s; %s"
              .formatted(wanted.location(), expected.get(), configured, found.get(), why));
    }
  }

  /** The encoder of a bundle, empty when it does not load. */
  private static Optional<String> space(String location, BundleLoad loader) {
    try (Bundle bundle = loader.load(location, false)) {
      return Optional.of(OpenBundle.space(bundle.manifest()));
    } catch (BundleException e) {
      return Optional.empty();
    }
  }

  /** Only the last record can have put a bundle in shadow: all others take it out. */
  private void shadowFromStart(Led last) {
    Optional<BundleReference> shadow = last.state().shadow();
    if (shadow.isEmpty()) {
      return;
    }
    try {
      rollout.shadow(shadow.get());
    } catch (BundleException e) {
      log(shadow.get(), e);
      refused(steps, last, e);
    }
  }

  /** A record that led to a bundle that cannot be used was refused, as if it had come just now. */
  private void refusedFromStart(Led led) {
    if (state.after(led.by().orElseThrow()) instanceof RolloutState.Change change) {
      state = state.refusing(change);
    }
  }

  /** The bundles and the plan. */
  public BundleRollout rollout() {
    return rollout;
  }

  /** Takes a record; {@link #advance()} does what it asks for, when its turn comes. */
  void take(BundleControl record) {
    waiting.add(record);
  }

  /** Goes on as far as possible now. To be called now and then. */
  void advance() {
    boolean settled = rollout.settle();
    while (!waiting.isEmpty()) {
      BundleControl record = waiting.peek();
      Optional<RolloutState.Change> next = step(state, record, steps);
      if (!settled && next.isPresent() && !next.get().kind().undoes()) {
        return;
      }
      try {
        next.ifPresent(change -> apply(change, record));
      } catch (TextCheck.TryLaterException e) {
        noteDelay(record, e);
        return;
      }
      waiting.remove();
      settled = rollout.settle();
    }
  }

  private void noteDelay(BundleControl record, TextCheck.TryLaterException e) {
    if (!record.equals(delayed)) {
      LOG.atInfo()
          .addKeyValue("location", record.getLocation())
          .addKeyValue("why", e.getMessage())
          .log("Bundle rollout: a change waits until the tenants of this instance can be read");
      delayed = record;
    }
  }

  private void apply(RolloutState.Change change, BundleControl record) {
    try {
      switch (change.kind()) {
        case SHADOW -> rollout.shadow(change.bundle());
        case DROP_SHADOW -> rollout.dropShadow(change.bundle());
        case PROMOTE_SHADOW -> rollout.promoteShadow(change.bundle());
        case PROMOTE -> rollout.promote(change.bundle());
        case GO_BACK -> rollout.goBack(change.bundle());
      }
      state = change.state().servingWith(rollout.servingId());
      steps.accepted(record);
    } catch (BundleException e) {
      log(change.bundle(), e);
      steps.refused(record, e.getMessage());
      state = state.refusing(change);
    }
  }

  /**
   * Why a record would be refused if it came now, as far as its bundle's files say. Empty while
   * other records wait. For any thread.
   */
  public Optional<String> refusal(BundleControl record) {
    if (!waiting.isEmpty()) {
      return Optional.empty();
    }
    RolloutState.Step next = state.after(record);
    if (next instanceof RolloutState.Ignored ignored) {
      return Optional.of(ignored.why());
    }
    RolloutState.Change change = (RolloutState.Change) next;
    return switch (change.kind()) {
      case SHADOW -> whyUnusable(change.bundle(), Optional.of(rollout.servingId()));
      case PROMOTE -> whyUnusable(change.bundle(), Optional.empty());
      case PROMOTE_SHADOW -> rollout.whyNotInShadow(change.bundle());
      case DROP_SHADOW, GO_BACK -> Optional.empty();
    };
  }

  private static Optional<String> whyUnusable(BundleReference wanted, Optional<String> serving) {
    try {
      String id = BundleFiles.read(wanted.location()).id();
      if (wanted.refuses(id)) {
        return Optional.of(
            "bundleId: expected %s, the id of the bundle at %s, found %s"
                .formatted(id, wanted.location(), wanted.bundleId().orElseThrow()));
      }
      return serving
          .filter(id::equals)
          .map(
              same ->
                  "bundle: expected another bundle than the serving %s, found the same"
                      .formatted(same));
    } catch (BundleException e) {
      return Optional.of(e.getMessage());
    }
  }

  private static Optional<RolloutState.Change> step(
      RolloutState state, BundleControl record, ControlSteps steps) {
    RolloutState.Step step = state.after(record);
    if (step instanceof RolloutState.Change change) {
      return Optional.of(change);
    }
    String why = ((RolloutState.Ignored) step).why();
    steps.refused(record, why);
    LOG.atWarn()
        .addKeyValue("action", record.getAction())
        .addKeyValue("location", record.getLocation())
        .addKeyValue("why", why)
        .log("The rollout ignored a bundle control record");
    return Optional.empty();
  }

  private static void log(BundleReference bundle, BundleException e) {
    LOG.atError()
        .addKeyValue("state", "REFUSED")
        .addKeyValue("location", bundle.location())
        .addKeyValue("why", e.getMessage())
        .log("Bundle rollout: the instance refused the bundle. The one before it stays");
  }
}
