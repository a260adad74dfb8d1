package dev.hyperflow.models.internal.device;

import dev.hyperflow.models.ModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a model on a device that may fail, and on the processor where it does. Safe for use by many
 * threads if both models are.
 *
 * @param <I> what the model takes a list of
 * @param <O> what it makes of each
 */
final class Failover<I, O> implements Function<List<I>, List<O>> {

  private static final Logger LOG = LoggerFactory.getLogger(Failover.class);

  /*
   * A run that fails is cut in two until it passes or holds one item. ONNX Runtime reports lack of
   * memory, a lost device and a bad input alike, so the text of a message is not asked what it was;
   * the fallback is:
   *
   *   item fails on the device, passes on the fallback  →  the device's fault, it counts
   *   item fails on both                                →  the item's fault, it surfaces
   *
   * A batch that is too large for the memory costs at most as many runs again as it has items, and
   * never counts against the device.
   */
  private final String model;
  private final String lane;
  private final Function<List<I>, List<O>> device;
  private final Optional<Function<List<I>, List<O>>> fallback;
  private final Breaker breaker;
  private final LongAdder halvings = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private volatile String lastFailure;

  /**
   * @param model its name in messages
   * @param lane what messages call the device
   * @param fallback the same model on the processor; without it a failure surfaces once it is down
   *     to a single item
   */
  Failover(
      String model,
      String lane,
      Function<List<I>, List<O>> device,
      Optional<Function<List<I>, List<O>>> fallback,
      Breaker breaker) {
    this.model = model;
    this.lane = lane;
    this.device = device;
    this.fallback = fallback;
    this.breaker = breaker;
  }

  /**
   * Runs the model.
   *
   * @throws ModelException if an item fails on both, or on the only one there is; or if a run on
   *     the fallback fails while the device is given up
   */
  @Override
  public List<O> apply(List<I> items) {
    if (!breaker.admits()) {
      return onFallback(items);
    }
    try {
      List<O> results = device.apply(items);
      if (breaker.deviceWorked()) {
        LOG.atWarn()
            .addKeyValue("model", model)
            .addKeyValue("device", lane)
            .log("DEVICE {} WORKS AGAIN, {} runs on it", lane, model);
      }
      return results;
    } catch (ModelException e) {
      failures.increment();
      lastFailure = e.getMessage();
      if (breaker.tripped()) {
        return onFallback(items);
      }
      return items.size() == 1 ? single(items, e) : halves(items, e);
    }
  }

  private List<O> halves(List<I> items, ModelException failure) {
    halvings.increment();
    LOG.debug("{}: a run of {} items failed; each half runs next", model, items.size(), failure);
    int middle = items.size() / 2;
    List<O> results = new ArrayList<>(apply(items.subList(0, middle)));
    results.addAll(apply(items.subList(middle, items.size())));
    return results;
  }

  private List<O> single(List<I> item, ModelException failure) {
    if (fallback.isEmpty()) {
      throw failure;
    }
    List<O> result;
    try {
      result = fallback.get().apply(item);
    } catch (ModelException e) {
      e.addSuppressed(failure);
      throw e;
    }
    if (breaker.deviceFailed()) {
      giveUp(failure);
    }
    return result;
  }

  private List<O> onFallback(List<I> items) {
    List<O> results = fallback.orElseThrow().apply(items); // without one the breaker never trips
    breaker.fallbackWorked();
    return results;
  }

  private void giveUp(ModelException failure) {
    LOG.atError()
        .addKeyValue("model", model)
        .addKeyValue("device", lane)
        .addKeyValue("failures", failures.sum())
        .addKeyValue("halvings", halvings.sum())
        .addKeyValue("trips", breaker.trips())
        .addKeyValue("reason", failure.getMessage())
        .log(
            "DEVICE {} GIVEN UP, {} runs on the processor. It is slower there. The last bits of new"
                + " results may differ from the device's. The device kept failing: {}",
            lane,
            model,
            failure.getMessage());
  }

  /** Runs that failed and were cut in two, so far. */
  long halvings() {
    return halvings.sum();
  }

  /** Runs that failed on the device, so far. */
  long failures() {
    return failures.sum();
  }

  Optional<String> lastFailure() {
    return Optional.ofNullable(lastFailure);
  }

  Breaker breaker() {
    return breaker;
  }
}
