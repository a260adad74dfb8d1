package dev.hyperflow.app.cli;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.Payload;
import java.util.Optional;

/**
 * An event in a few words.
 *
 * @param kind the operation
 * @param id the id of the event, of the query, or of what is retracted
 * @param label the label
 * @param text the text, if there is one
 * @param features how many features there are, if there are any
 */
record EventSummary(
    String kind,
    Optional<String> id,
    Optional<String> label,
    Optional<String> text,
    Optional<Integer> features) {

  static EventSummary of(Event event) {
    Reader reader = new Reader();
    event.handle(reader);
    return reader.summary;
  }

  /** The text, or how many features there are. */
  Optional<String> content() {
    return text.or(() -> features.map(count -> count + " features"));
  }

  private static EventSummary of(
      String kind, String id, Optional<String> label, Optional<Payload> payload) {
    return new EventSummary(
        kind,
        Optional.of(id),
        label,
        payload.flatMap(Payload::source),
        payload
            .filter(Payload.Features.class::isInstance)
            .map(given -> ((Payload.Features) given).vector().dimension()));
  }

  /** Reads each kind of event. */
  private static final class Reader implements Event.Handler {
    private EventSummary summary;

    @Override
    public void add(Event.Add add) {
      summary = of("ADD", add.eventId(), Optional.of(add.label()), Optional.of(add.payload()));
    }

    @Override
    public void describe(Event.Describe describe) {
      summary =
          of(
              "DESCRIBE_LABEL",
              describe.eventId(),
              Optional.of(describe.label()),
              Optional.of(describe.payload()));
    }

    @Override
    public void feedback(Event.Feedback feedback) {
      summary =
          of("FEEDBACK", feedback.queryId(), Optional.of(feedback.label()), feedback.otherwise());
    }

    @Override
    public void retract(Event.Retract retract) {
      summary = of("RETRACT", retract.eventId(), Optional.empty(), Optional.empty());
    }

    @Override
    public void forgetLabel(Event.ForgetLabel forget) {
      summary = ofLabel("FORGET_LABEL", forget.label());
    }

    @Override
    public void renameLabel(Event.RenameLabel rename) {
      summary = ofLabel("RENAME_LABEL", rename.label());
    }

    @Override
    public void mergeLabels(Event.MergeLabels merge) {
      summary = ofLabel("MERGE_LABELS", merge.label());
    }

    @Override
    public void forgetTenant(Event.ForgetTenant forget) {
      summary = bare("FORGET_TENANT");
    }

    @Override
    public void configure(Event.Configure configure) {
      summary = bare("CONFIGURE");
    }

    @Override
    public void query(Event.Query query) {
      summary = of("QUERY", query.queryId(), Optional.empty(), Optional.of(query.payload()));
    }

    private static EventSummary ofLabel(String kind, String label) {
      return new EventSummary(
          kind, Optional.empty(), Optional.of(label), Optional.empty(), Optional.empty());
    }

    private static EventSummary bare(String kind) {
      return new EventSummary(
          kind, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
  }
}
