package dev.hyperflow.engine.internal.remember;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The places that the examples of one label occupy, oldest arrival first, and whether a description
 * stands beside them. Immutable.
 *
 * @param labelId the tenant's number of the label
 * @param label its name
 * @param places occupied places in the order of arrival
 * @param described whether the label has a description
 */
public record LabelRing(int labelId, String label, List<Integer> places, boolean described) {

  public LabelRing {
    places = List.copyOf(places);
  }

  /** The number of slots that the label occupies, its description included. */
  int size() {
    return places.size() + (described ? 1 : 0);
  }

  /** The slots of all examples, in the order of arrival, and that of the description. */
  List<Slot> slots() {
    List<Slot> slots = new ArrayList<>(size());
    places.forEach(place -> slots.add(new Slot(labelId, place)));
    if (described) {
      slots.add(new Slot(labelId, Slot.DESCRIPTION));
    }
    return slots;
  }

  /** The slot of the example that arrived first. */
  Slot oldest() {
    return new Slot(labelId, places.get(0));
  }

  /** The lowest place that no example occupies. */
  int freePlace() {
    BitSet occupied = new BitSet();
    places.forEach(occupied::set);
    return occupied.nextClearBit(0);
  }

  LabelRing with(int place) {
    if (place == Slot.DESCRIPTION) {
      return new LabelRing(labelId, label, places, true);
    }
    List<Integer> more = new ArrayList<>(places);
    more.add(place);
    return new LabelRing(labelId, label, more, described);
  }

  LabelRing without(int place) {
    if (place == Slot.DESCRIPTION) {
      return new LabelRing(labelId, label, places, false);
    }
    List<Integer> fewer = new ArrayList<>(places);
    fewer.remove(Integer.valueOf(place));
    return new LabelRing(labelId, label, fewer, described);
  }
}
