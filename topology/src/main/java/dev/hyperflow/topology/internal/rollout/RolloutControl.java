package dev.hyperflow.topology.internal.rollout;

import dev.hyperflow.events.BundleControl;
import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.bundle.Bundle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a {@link BundleRollout} do what control records ask for, one change at a time: a record waits
 * until the rollout before it is done, unless it undoes it. For one thread.
 */
public final class RolloutControl {
  private static final Logger LOG = LoggerFactory.getLogger(RolloutControl.class);

  private final BundleRollout rollout;
  private final Deque<BundleControl> waiting = new ArrayDeque<>();
  private RolloutState state;
  private BundleControl delayed;

  private RolloutControl(BundleRollout rollout, RolloutState state) {
    this.rollout = rollout;
    this.state = state.servingWith(rollout.servingId());
  }

  /**
   * Starts where the records before this start lead, or would have led without those whose bundle
   * cannot be used any more.
   *
   * @param bundle the configured bundle
   * @param records the control records so far
   * @param changes whether more may come
   * @throws BundleException when not even the configured bundle can be used
   */
  public static RolloutControl start(
      String bundle, List<BundleControl> records, boolean changes, BundleLoad loader) {
    List<RolloutState> history = new ArrayList<>();
    history.add(RolloutState.startingWith(bundle));
    for (BundleControl record : records) {
      step(history.get(history.size() - 1), record).ifPresent(step -> history.add(step.state()));
    }
    for (int last = history.size() - 1; ; last--) {
      RolloutState state = history.get(last);
      try {
        loader
            .whyNoOtherEncoder()
            .ifPresent(why -> requireSameEncoder(bundle, state.serving(), loader, why));
        BundleRollout rollout = BundleRollout.start(state.serving(), changes, loader);
        RolloutControl control = new RolloutControl(rollout, state.withoutShadow());
        boolean isLatest = last == history.size() - 1;
        state.shadow().filter(shadow -> isLatest).ifPresent(control::shadowFromStart);
        return control;
      } catch (BundleException e) {
        if (last == 0) {
          throw e;
        }
        refused(state.serving(), e);
        while (last > 1 && history.get(last - 1).serving().equals(state.serving())) {
          last--;
        }
      }
    }
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

  private void shadowFromStart(BundleReference shadow) {
    try {
      rollout.shadow(shadow);
      state = new RolloutState(state.serving(), state.previous(), Optional.of(shadow));
    } catch (BundleException e) {
      refused(shadow, e);
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
      Optional<RolloutState.Change> next = step(state, waiting.peek());
      if (!settled && next.isPresent() && !next.get().kind().undoes()) {
        return;
      }
      try {
        next.ifPresent(this::apply);
      } catch (TextCheck.TryLaterException e) {
        noteDelay(waiting.peek(), e);
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

  private void apply(RolloutState.Change change) {
    try {
      switch (change.kind()) {
        case SHADOW -> rollout.shadow(change.bundle());
        case DROP_SHADOW -> rollout.dropShadow(change.bundle());
        case PROMOTE_SHADOW -> rollout.promoteShadow(change.bundle());
        case PROMOTE -> rollout.promote(change.bundle());
        case GO_BACK -> rollout.goBack(change.bundle());
      }
      state = change.state().servingWith(rollout.servingId());
    } catch (BundleException e) {
      refused(change.bundle(), e);
    }
  }

  private static Optional<RolloutState.Change> step(RolloutState state, BundleControl record) {
    RolloutState.Step step = state.after(record);
    if (step instanceof RolloutState.Change change) {
      return Optional.of(change);
    }
    LOG.atWarn()
        .addKeyValue("action", record.getAction())
        .addKeyValue("location", record.getLocation())
        .addKeyValue("why", ((RolloutState.Ignored) step).why())
        .log("The rollout ignored a bundle control record");
    return Optional.empty();
  }

  private static void refused(BundleReference bundle, BundleException e) {
    LOG.atError()
        .addKeyValue("state", "REFUSED")
        .addKeyValue("location", bundle.location())
        .addKeyValue("why", e.getMessage())
        .log("Bundle rollout: the instance refused the bundle. The one before it stays");
  }
}
