package dev.hyperflow.models.internal.device;

import dev.hyperflow.models.internal.DeviceState.ModelState;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One model on one or more devices. A call goes whole to the device with the fewest items under
 * way, of several such to the first. A lane whose card could not load the model gets no call while
 * another could. Safe for use by many threads.
 */
final class Lanes<I, O> implements AutoCloseable {

  private final List<DeviceCalls<I, O>> lanes;
  private final int[] open;
  private final int[] underWay; // guarded by this

  /**
   * @param lanes one for each device, at least one
   */
  Lanes(List<DeviceCalls<I, O>> lanes) {
    this.lanes = List.copyOf(lanes);
    boolean card = lanes.stream().anyMatch(DeviceCalls::onCard);
    this.open =
        IntStream.range(0, lanes.size()).filter(lane -> lanes.get(lane).onCard() == card).toArray();
    this.underWay = new int[lanes.size()];
  }

  /** Whether calls go to the one model as they are, so that this can be left out. */
  boolean direct() {
    return lanes.size() == 1 && lanes.get(0).direct();
  }

  List<O> run(List<I> items) {
    int lane = enter(items.size());
    try {
      return lanes.get(lane).run(items);
    } finally {
      leave(lane, items.size());
    }
  }

  private synchronized int enter(int items) {
    int least = open[0];
    for (int lane : open) {
      if (underWay[lane] < underWay[least]) {
        least = lane;
      }
    }
    underWay[least] += items;
    return least;
  }

  private synchronized void leave(int lane, int items) {
    underWay[lane] -= items;
  }

  List<ModelState> states() {
    return lanes.stream().map(DeviceCalls::state).toList();
  }

  /** Refuses new calls where they are merged, and waits for those under way there. Idempotent. */
  @Override
  public void close() {
    lanes.forEach(DeviceCalls::close);
  }
}
