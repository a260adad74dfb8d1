package dev.hyperflow.engine.remember;

import java.util.ArrayList;
import java.util.List;

/**
 * The places that the examples of one label occupy, oldest arrival first. Immutable.
 *
 * @param labelId the tenant's number of the label
 * @param label its name
 * @param places occupied places in the order of arrival
 */
public record LabelRing(int labelId, String label, List<Integer> places) {

  public LabelRing {
    places = List.copyOf(places);
  }

  /** The slot of the example that arrived first. */
  Slot oldest() {
    return new Slot(labelId, places.get(0));
  }

  /** The lowest place that no example occupies. */
  int freePlace() {
    int place = 0;
    while (places.contains(place)) {
      place++;
    }
    return place;
  }

  LabelRing with(int place) {
    List<Integer> more = new ArrayList<>(places);
    more.add(place);
    return new LabelRing(labelId, label, more);
  }

  LabelRing without(int place) {
    List<Integer> fewer = new ArrayList<>(places);
    fewer.remove(Integer.valueOf(place));
    return new LabelRing(labelId, label, fewer);
  }
}
