package dev.hyperflow.server.routes;

import dev.hyperflow.engine.internal.event.AnswerStatus;
import dev.hyperflow.engine.internal.event.NameRule;
import dev.hyperflow.engine.internal.feedback.GivenAnswer;
import dev.hyperflow.engine.internal.feedback.RememberedQuery;
import dev.hyperflow.server.http.Call;
import dev.hyperflow.server.http.ErrorCode;
import dev.hyperflow.server.http.ProblemException;
import dev.hyperflow.server.http.Route;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Which remembered queries a list shows. */
final class QueryFilter {
  private static final int MILLIS = 1_000;

  private QueryFilter() {}

  /** The words of the parameter {@code filter}, and the answers that each lets through. */
  private enum Which {
    ALL("all", answer -> true),
    DISAGREEMENTS("disagreements", GivenAnswer::isDisagreement),
    NONE_OF_THESE("none-of-these", is(AnswerStatus.NONE_OF_THESE)),
    NO_LABELS("no-labels", is(AnswerStatus.NO_LABELS));

    private final String word;

    @SuppressWarnings("ImmutableEnumChecker") // They have no state.
    private final Predicate<GivenAnswer> test;

    Which(String word, Predicate<GivenAnswer> test) {
      this.word = word;
      this.test = test;
    }

    private static Predicate<GivenAnswer> is(AnswerStatus status) {
      return answer -> answer.status().filter(status::equals).isPresent();
    }

    @Override
    public String toString() {
      return word;
    }
  }

  /** Whether feedback came. */
  private enum Feedback {
    MISSING,
    GIVEN,
    ANY;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What the list can be asked for. */
  static List<Route.Parameter> parameters() {
    return List.of(
        Route.Parameter.word(
            "filter",
            Which.class,
            "Which answers: those that adaptation changed, those that say that no label fits."),
        Route.Parameter.word(
            "feedback",
            Feedback.class,
            "Whether feedback gave a label: missing unless asked otherwise."),
        Route.Parameter.text("label", "Of this answered label alone."),
        Route.Parameter.text("text", "Part of the text, in any case; needs scope write."),
        Route.Parameter.number(
            "max-age", 1, Integer.MAX_VALUE, "Queries of the last so many seconds alone."));
  }

  /**
   * The filter of a request.
   *
   * @param nowMillis wall clock, milliseconds since the epoch
   * @param windowMillis queries that are older take no label
   * @throws ProblemException when a parameter is another
   */
  static Predicate<RememberedQuery> of(
      Call call, ShownTexts texts, long nowMillis, long windowMillis) {
    Which which = call.word("filter", Which.ALL, Which.class);
    Feedback feedback = call.word("feedback", Feedback.MISSING, Feedback.class);
    Optional<String> label = call.parameter("label").map(NameRule::normal);
    Optional<String> text = call.parameter("text").map(part -> part.toLowerCase(Locale.ROOT));
    if (text.isPresent() && !texts.isAllowed()) {
      throw ProblemException.ofField(
          ErrorCode.FORBIDDEN, "text", "text: expected a token of scope WRITE, found another");
    }
    long asked = (long) MILLIS * call.number("max-age", Integer.MAX_VALUE, 1, Integer.MAX_VALUE);
    long oldest = nowMillis - Math.min(asked, Math.min(windowMillis, nowMillis));
    return query ->
        query.timestampMillis() >= oldest
            && (feedback == Feedback.ANY
                || query.feedback().isPresent() == (feedback == Feedback.GIVEN))
            && query.answer().filter(which.test).isPresent()
            && (label.isEmpty() || query.label().equals(label))
            && (text.isEmpty()
                || query.text().filter(all -> contains(all, text.get())).isPresent());
  }

  private static boolean contains(String all, String lowerCasePart) {
    return all.toLowerCase(Locale.ROOT).contains(lowerCasePart);
  }
}
