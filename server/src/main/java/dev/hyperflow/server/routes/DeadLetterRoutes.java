package dev.hyperflow.server.routes;

import dev.hyperflow.engine.internal.event.NameRule;
import dev.hyperflow.engine.internal.event.Stage;
import dev.hyperflow.server.http.Call;
import dev.hyperflow.server.http.ErrorCode;
import dev.hyperflow.server.http.Json;
import dev.hyperflow.server.http.ProblemException;
import dev.hyperflow.server.http.Reply;
import dev.hyperflow.server.http.Route;
import dev.hyperflow.server.json.Letters;
import dev.hyperflow.server.letters.DeadLetterArchive;
import dev.hyperflow.server.letters.EditedValue;
import dev.hyperflow.server.letters.FoundLetter;
import dev.hyperflow.server.letters.LetterFilter;
import dev.hyperflow.server.letters.Place;
import dev.hyperflow.server.letters.Replay;
import dev.hyperflow.topology.errors.StartupException;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.source.TenantKeys;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Refused records: to see, to correct and to send again. */
final class DeadLetterRoutes {
  private static final String PATH = "/api/v1/dead-letters";
  private static final int STANDARD_LIMIT = 50;
  private static final int MAX_LIMIT = 1_000;
  private static final int STANDARD_HOURS = 24;
  private static final int MAX_HOURS = 24 * 365;
  private static final long RETRY_MILLIS = 2_000;

  private final ApplicationConfig config;
  private final InstantSource clock;

  /** One at a time: two replays of one letter at the same moment would not see each other. */
  private final ReentrantLock replaying = new ReentrantLock();

  /** Routes to an application's dead letters. */
  DeadLetterRoutes(ApplicationConfig config, InstantSource clock) {
    this.config = config;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
            PATH,
            Route.Access.ADMIN,
            Route.Doc.gives(
                "Refused records, the newest first",
                Letters.Found.class,
                Route.Parameter.text("tenant", "Of this tenant alone."),
                Route.Parameter.text("reason", "With this reason alone, for example EMPTY_TEXT."),
                Route.Parameter.number(
                    "hours",
                    1,
                    MAX_HOURS,
                    "Since so many hours ago. A letter has the timestamp of its record."),
                Route.Parameter.number("limit", 1, MAX_LIMIT, "Maximum number of letters.")),
            this::list),
        Route.post(
            PATH + "/replay",
            Route.Access.ADMIN,
            Route.Doc.takes(
                "Sends a refused record again, corrected or as it was, at most once",
                Letters.Replay.class,
                200,
                Letters.Replayed.class),
            this::replay));
  }

  private Reply list(Call call) {
    int limit = call.number("limit", STANDARD_LIMIT, 1, MAX_LIMIT);
    int hours = call.number("hours", STANDARD_HOURS, 1, MAX_HOURS);
    LetterFilter filter =
        new LetterFilter(
            call.parameter("reason").map(DeadLetterRoutes::reason).map(Set::of).orElse(Set.of()),
            call.parameter("tenant"),
            clock.millis() - Duration.ofHours(hours).toMillis(),
            Long.MAX_VALUE,
            Optional.empty());
    List<FoundLetter> found =
        new ArrayList<>(reading(() -> new DeadLetterArchive(config).find(filter, limit + 1)));
    Collections.reverse(found);
    EditedValue values = new EditedValue(config);
    return Reply.ok(
        new Letters.Found(
            found.stream().limit(limit).map(letter -> json(letter, values)).toList(),
            found.size() > limit));
  }

  private static String reason(String text) {
    try {
      return LetterFilter.reason(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid("reason", e.getMessage());
    }
  }

  private static Letters.Letter json(FoundLetter found, EditedValue values) {
    return new Letters.Letter(
        found.place().toString(),
        found.timestampMillis(),
        found.letter().getStage().name(),
        found.letter().getReason(),
        found.letter().getMessage(),
        found.letter().getTenant(),
        found.source().toString(),
        values.show(found).orElse(null));
  }

  private Reply replay(Call call) {
    Letters.Replay wanted = Json.read(call.body(), Letters.Replay.class);
    Place place =
        Optional.ofNullable(wanted.at())
            .flatMap(Place::parse)
            .filter(at -> at.topic().equals(config.topics().deadLetters()))
            .orElseThrow(
                () ->
                    ProblemException.invalid(
                        "at",
                        "expected %s:partition:offset, found %s"
                            .formatted(config.topics().deadLetters(), wanted.at())));
    replaying.lock();
    try {
      FoundLetter letter =
          reading(() -> new DeadLetterArchive(config).at(place))
              .orElseThrow(
                  () ->
                      ProblemException.invalid(
                          "at", "expected the place of a dead letter, found none at " + place));
      Replay.Edit edit = edit(wanted, letter);
      Replay.Result result =
          reading(
                  () ->
                      new Replay(config).send(List.of(letter), edit, new Replay.Also(true, false)))
              .get(0);
      return Reply.ok(
          new Letters.Replayed(
              place.toString(),
              result.outcome(),
              result.sentTo().map(Place::toString).orElse(null)));
    } finally {
      replaying.unlock();
    }
  }

  private Replay.Edit edit(Letters.Replay wanted, FoundLetter letter) {
    Optional.ofNullable(wanted.tenant())
        .flatMap(tenant -> NameRule.keyFlaw(Stage.VALIDATE, "tenant", tenant))
        .ifPresent(
            flaw -> {
              throw Payloads.refusal("", flaw);
            });
    try {
      return new Replay.Edit(
          Optional.ofNullable(wanted.tenant()).map(TenantKeys::encode),
          Optional.ofNullable(wanted.record())
              .map(record -> new EditedValue(config).read(letter, record)));
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid("record", e.getMessage());
    }
  }

  private static <T> T reading(Supplier<T> read) {
    try {
      return read.get();
    } catch (StartupException e) {
      throw ProblemException.retryable(ErrorCode.UNREACHABLE, e.getMessage(), RETRY_MILLIS);
    }
  }
}
