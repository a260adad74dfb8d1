package dev.hyperflow.server.letters;

import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.events.DeadLetter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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

  private static final List<String> REFUSALS =
      Stream.of(Reason.values())
          .filter(reason -> reason.fate() == Reason.Fate.REFUSED)
          .map(Reason::name)
          .sorted()
          .toList();

  public LetterFilter {
    reasons = Set.copyOf(reasons);
  }

  /**
   * The code of a reason that somebody typed, in any case.
   *
   * @throws IllegalArgumentException when no record is refused for it; the message has all codes
   */
  public static String reason(String typed) {
    String code = typed.strip().toUpperCase(Locale.ROOT);
    if (!REFUSALS.contains(code)) {
      throw new IllegalArgumentException(
          "expected one of %s, found '%s'".formatted(String.join(", ", REFUSALS), typed));
    }
    return code;
  }

  boolean takes(Place place, long timestampMillis, DeadLetter letter) {
    return at.map(place::equals).orElse(true)
        && timestampMillis >= sinceMillis
        && timestampMillis < untilMillis
        && (reasons.isEmpty() || reasons.contains(letter.getReason()))
        && tenant.map(wanted -> wanted.equals(letter.getTenant())).orElse(true);
  }
}
