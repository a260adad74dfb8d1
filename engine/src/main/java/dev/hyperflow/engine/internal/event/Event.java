package dev.hyperflow.engine.internal.event;

import dev.hyperflow.models.internal.TextRole;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One decoded record, in the order of its partition.
 *
 * <p>Events that bring names have them in their normal form ({@link NameRule}). Removals, and the
 * tenant, keep the name as it came: earlier versions remembered names in other forms.
 *
 * <p>Time is event time: {@link #timestampMillis()} is the record's timestamp in milliseconds since
 * the epoch, and the engine knows no other clock.
 */
public sealed interface Event {

  /** The tenant, i.e. the record's key. */
  String tenant();

  /** Event time, milliseconds since the epoch. */
  long timestampMillis();

  /**
   * What the encoder turns into features before the event takes effect; most kinds have nothing.
   */
  default Optional<Payload> toEncode() {
    return Optional.empty();
  }

  /** The event with what {@code change} makes of {@link #toEncode}; the event itself without it. */
  default Event withPayload(UnaryOperator<Payload> change) {
    return this;
  }

  /** What {@link #toEncode} is encoded for. */
  default TextRole role() {
    return TextRole.EXAMPLE;
  }

  /** Calls the handler's method for the kind of event that this is. */
  void handle(Handler handler);

  /** Has a method for every kind of event, so that a new kind compiles only once it is handled. */
  interface Handler {

    void add(Add add);

    void describe(Describe describe);

    void feedback(Feedback feedback);

    void retract(Retract retract);

    void forgetLabel(ForgetLabel forget);

    void renameLabel(RenameLabel rename);

    void mergeLabels(MergeLabels merge);

    void forgetTenant(ForgetTenant forget);

    void configure(Configure configure);

    void query(Query query);
  }

  /** An event that changes what is remembered of a tenant. */
  sealed interface Support extends Event {}

  /** A support event that has an example remembered. */
  sealed interface Labelled extends Support {

    /** Identifies the example within its tenant. */
    String eventId();

    /** The example's label. */
    String label();

    /** Weight and expiry. */
    ExampleTerms terms();
  }

  /** Adds a labelled example, or replaces the one with the same event id. */
  record Add(
      String tenant,
      long timestampMillis,
      String eventId,
      String label,
      ExampleTerms terms,
      Payload payload)
      implements Labelled {

    public Add {
      eventId = NameRule.normal(eventId);
      label = NameRule.normal(label);
    }

    @Override
    public Optional<Payload> toEncode() {
      return Optional.of(payload);
    }

    @Override
    public Event withPayload(UnaryOperator<Payload> change) {
      return new Add(tenant, timestampMillis, eventId, label, terms, change.apply(payload));
    }

    @Override
    public void handle(Handler handler) {
      handler.add(this);
    }
  }

  /**
   * Describes a label in words: an example that stands beside those of the label's ring, so that
   * the label can be predicted before its first example. A label has one description; a later one
   * replaces it.
   */
  record Describe(
      String tenant,
      long timestampMillis,
      String eventId,
      String label,
      ExampleTerms terms,
      Payload payload)
      implements Labelled {

    public Describe {
      eventId = NameRule.normal(eventId);
      label = NameRule.normal(label);
    }

    @Override
    public Optional<Payload> toEncode() {
      return Optional.of(payload);
    }

    @Override
    public Event withPayload(UnaryOperator<Payload> change) {
      return new Describe(tenant, timestampMillis, eventId, label, terms, change.apply(payload));
    }

    @Override
    public void handle(Handler handler) {
      handler.describe(this);
    }
  }

  /**
   * Tells the true label of an earlier query, whose features become an example.
   *
   * @param otherwise what becomes the example where the query cannot; empty: nothing does
   */
  record Feedback(
      String tenant,
      long timestampMillis,
      String eventId,
      String queryId,
      String label,
      ExampleTerms terms,
      Optional<Payload> otherwise)
      implements Labelled {

    public Feedback {
      eventId = NameRule.normal(eventId);
      queryId = NameRule.normal(queryId);
      label = NameRule.normal(label);
    }

    /** Feedback that means nothing without its query. */
    public Feedback(
        String tenant,
        long timestampMillis,
        String eventId,
        String queryId,
        String label,
        ExampleTerms terms) {
      this(tenant, timestampMillis, eventId, queryId, label, terms, Optional.empty());
    }

    /** The example that the feedback is without its query, if it is one. */
    public Optional<Add> add() {
      return otherwise.map(
          payload -> new Add(tenant, timestampMillis, eventId, label, terms, payload));
    }

    @Override
    public Optional<Payload> toEncode() {
      return otherwise;
    }

    @Override
    public Event withPayload(UnaryOperator<Payload> change) {
      return new Feedback(
          tenant, timestampMillis, eventId, queryId, label, terms, otherwise.map(change));
    }

    @Override
    public void handle(Handler handler) {
      handler.feedback(this);
    }
  }

  /** Removes the example that was added under {@code eventId}, as if it had never been there. */
  record Retract(String tenant, long timestampMillis, String eventId) implements Support {
    @Override
    public void handle(Handler handler) {
      handler.retract(this);
    }
  }

  /** Removes a label with all its examples and its description. */
  record ForgetLabel(String tenant, long timestampMillis, String label) implements Support {
    @Override
    public void handle(Handler handler) {
      handler.forgetLabel(this);
    }
  }

  /**
   * Gives a label another name.
   *
   * @param targetLabel its new name, which no label of the tenant may have
   */
  record RenameLabel(String tenant, long timestampMillis, String label, String targetLabel)
      implements Support {

    public RenameLabel {
      targetLabel = NameRule.normal(targetLabel);
    }

    @Override
    public void handle(Handler handler) {
      handler.renameLabel(this);
    }
  }

  /**
   * Makes all examples of a label examples of another one.
   *
   * @param label the label that goes
   * @param targetLabel the label that stays; without examples so far, it is a new name
   */
  record MergeLabels(String tenant, long timestampMillis, String label, String targetLabel)
      implements Support {

    public MergeLabels {
      targetLabel = NameRule.normal(targetLabel);
    }

    @Override
    public void handle(Handler handler) {
      handler.mergeLabels(this);
    }
  }

  /** Removes all that is known of a tenant. */
  record ForgetTenant(String tenant, long timestampMillis) implements Support {
    @Override
    public void handle(Handler handler) {
      handler.forgetTenant(this);
    }
  }

  /** Replaces the tenant's settings, all of them. */
  record Configure(String tenant, long timestampMillis, TenantSettings settings)
      implements Support {
    @Override
    public void handle(Handler handler) {
      handler.configure(this);
    }
  }

  /**
   * Asks for the label of a payload.
   *
   * @param queryId as it came, because the answer repeats it; its normal form names the query
   */
  record Query(String tenant, long timestampMillis, String queryId, Payload payload)
      implements Event {
    @Override
    public TextRole role() {
      return TextRole.QUERY;
    }

    @Override
    public Optional<Payload> toEncode() {
      return Optional.of(payload);
    }

    @Override
    public Event withPayload(UnaryOperator<Payload> change) {
      return new Query(tenant, timestampMillis, queryId, change.apply(payload));
    }

    @Override
    public void handle(Handler handler) {
      handler.query(this);
    }
  }
}
