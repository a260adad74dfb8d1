package dev.hyperflow.app.cli;

import dev.hyperflow.app.view.Cells;
import dev.hyperflow.server.letters.DeadLetterArchive;
import dev.hyperflow.server.letters.FoundLetter;
import dev.hyperflow.server.letters.LetterFilter;
import dev.hyperflow.server.letters.Place;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Which dead letters a verb works on. */
final class LetterOptions {

  @Option(
      names = "--reason",
      paramLabel = "CODE",
      split = ",",
      description = "Only letters with this reason, for example EMPTY_TEXT; several with commas.")
  private Set<String> reasons = new LinkedHashSet<>();

  @Option(names = "--tenant", paramLabel = "ID", description = "Only those of this tenant.")
  private String tenant;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "Only letters since this time, 2026-11-24T18:00:00Z, or this long ago, PT2H or P1D. A"
              + " letter has the timestamp of its record.")
  private String since;

  @Option(names = "--until", paramLabel = "TIME", description = "Only before then.")
  private String until;

  @Option(
      names = "--at",
      paramLabel = "PLACE",
      description = "Only the letter at this place, topic:partition:offset, as 'show' prints it.")
  private String place;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Maximum number of letters; the newest win. Default: 1000.")
  private int limit;

  private int limit() {
    if (limit < 1) {
      throw new IllegalArgumentException("--limit: expected at least 1, found " + limit);
    }
    return limit;
  }

  boolean isOne() {
    return place != null;
  }

  /**
   * The letters that are wanted. Says how many records were passed over.
   *
   * @throws IllegalArgumentException when an option cannot be used; names it
   */
  List<FoundLetter> find(ApplicationConfig application, PrintWriter err) {
    DeadLetterArchive archive = new DeadLetterArchive(application);
    List<FoundLetter> found = archive.find(filter(), limit());
    if (archive.unread() > 0) {
      err.printf(
          "Passed over %s of '%s' that cannot be read as dead letters; is schema.registry.url"
              + " right?%n",
          Cells.count(archive.unread(), "record"), application.topics().deadLetters());
      err.flush();
    }
    if (isOne() && found.isEmpty()) {
      throw new IllegalArgumentException(
          "--at: expected the place of a dead letter, found none at " + place);
    }
    return found;
  }

  private LetterFilter filter() {
    return new LetterFilter(
        reasons.stream().map(LetterOptions::reason).collect(Collectors.toSet()),
        Optional.ofNullable(tenant),
        since == null ? 0 : millis("--since", since),
        until == null ? Long.MAX_VALUE : millis("--until", until),
        Optional.ofNullable(place).map(LetterOptions::place));
  }

  private static String reason(String text) {
    try {
      return LetterFilter.reason(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--reason: " + e.getMessage(), e);
    }
  }

  private static Place place(String text) {
    return Place.parse(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--at: expected topic:partition:offset, found " + text));
  }

  private static long millis(String option, String text) {
    try {
      return text.startsWith("P")
          ? Instant.now().minus(Duration.parse(text)).toEpochMilli()
          : Instant.parse(text).toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "%s: expected a time like 2026-11-24T18:00:00Z or how long ago, like PT2H, found %s"
              .formatted(option, text),
          e);
    }
  }
}
