package dev.hyperflow.engine.internal.remember;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The places that the examples of one label occupy, and whether a description stands beside them.
 * Immutable.
 *
 * @param labelId the tenant's number of the label
 * @param label its name
 * @param places occupied places; the example in the first one gives way first
 * @param described whether the label has a description
 * @param order the policy that the places are in order for
 * @param formerIds the numbers of labels that were merged into it, at most {@link #MAX_FORMER_IDS}:
 *     after a crash, examples may still be in their slots
 */
public record LabelRing(
    int labelId,
    String label,
    List<Integer> places,
    boolean described,
    RingPolicy order,
    List<Integer> formerIds) {

  /** Maximum number of former ids; the newest are kept. */
  public static final int MAX_FORMER_IDS = 64;

  public LabelRing {
    places = List.copyOf(places);
    formerIds = List.copyOf(formerIds);
  }

  /** A ring that no other label was merged into. */
  public LabelRing(
      int labelId, String label, List<Integer> places, boolean described, RingPolicy order) {
    this(labelId, label, places, described, order, List.of());
  }

  /** The number of slots that the label occupies, its description included. */
  int size() {
    return places.size() + (described ? 1 : 0);
  }

  /** The slots of all examples, in order, and that of the description. */
  List<Slot> slots() {
    List<Slot> slots = new ArrayList<>(size());
    places.forEach(place -> slots.add(new Slot(labelId, place)));
    if (described) {
      slots.add(new Slot(labelId, Slot.DESCRIPTION));
    }
    return slots;
  }

  /** The slot of the example at an index of {@link #places}. */
  Slot slot(int index) {
    return new Slot(labelId, places.get(index));
  }

  /** The lowest place that no example occupies. */
  int freePlace() {
    BitSet occupied = new BitSet();
    places.forEach(occupied::set);
    return occupied.nextClearBit(0);
  }

  /** With one more place, in the last position, or with a description. */
  LabelRing with(int place) {
    return place == Slot.DESCRIPTION
        ? new LabelRing(labelId, label, places, true, order, formerIds)
        : with(place, places.size());
  }

  /** With one more place, at an index of {@link #places}. */
  LabelRing with(int place, int index) {
    List<Integer> more = new ArrayList<>(places.size() + 1);
    more.addAll(places);
    more.add(index, place);
    return with(more, order);
  }

  /** With other places, in the order of a policy. */
  LabelRing with(List<Integer> otherPlaces, RingPolicy otherOrder) {
    return new LabelRing(labelId, label, otherPlaces, described, otherOrder, formerIds);
  }

  /** With another name. */
  LabelRing named(String name) {
    return new LabelRing(labelId, name, places, described, order, formerIds);
  }

  /** With the number of a label that was merged into it, and those of labels merged into that. */
  LabelRing succeeding(LabelRing former) {
    List<Integer> ids = new ArrayList<>(formerIds);
    ids.addAll(former.formerIds());
    ids.add(former.labelId());
    return new LabelRing(
        labelId,
        label,
        places,
        described,
        order,
        ids.subList(Math.max(0, ids.size() - MAX_FORMER_IDS), ids.size()));
  }

  LabelRing without(int place) {
    if (place == Slot.DESCRIPTION) {
      return new LabelRing(labelId, label, places, false, order, formerIds);
    }
    List<Integer> fewer = new ArrayList<>(places);
    fewer.remove(Integer.valueOf(place));
    return with(fewer, order);
  }
}
