package dev.hyperflow.server.letters;

import dev.hyperflow.events.DeadLetter;
import java.util.Optional;
import java.util.Set;

/**
 * Which dead letters are wanted.
 *
 * @param reasons their reason codes; empty for all
 * @param tenant their tenant
 * @param sinceMillis the earliest timestamp, milliseconds since the epoch
 * @param untilMillis the timestamp before which they are
 * @param at the one letter at a place
 */
public record LetterFilter(
    Set<String> reasons,
    Optional<String> tenant,
    long sinceMillis,
    long untilMillis,
    Optional<Place> at) {

  public LetterFilter {
    reasons = Set.copyOf(reasons);
  }

  boolean takes(Place place, long timestampMillis, DeadLetter letter) {
    return at.map(place::equals).orElse(true)
        && timestampMillis >= sinceMillis
        && timestampMillis < untilMillis
        && (reasons.isEmpty() || reasons.contains(letter.getReason()))
        && tenant.map(wanted -> wanted.equals(letter.getTenant())).orElse(true);
  }
}
