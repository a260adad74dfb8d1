package dev.hyperflow.demo.scenario;

import dev.hyperflow.engine.internal.texts.Utterance;

/** One record of a scenario: a label, a query, or a record broken on purpose. */
public sealed interface ScenarioStep {

  /** Place in the scenario, from 0. */
  int index();

  /** When it is due, in milliseconds after the scenario's start. */
  long dueMillis();

  /** Whose record it is. */
  String tenant();

  /** Where it goes. */
  StreamKind stream();

  /** Calls the method that belongs to this kind of step. */
  <T> T accept(Visitor<T> visitor);

  /**
   * One method for each kind of step.
   *
   * @param <T> what the visit gives
   */
  interface Visitor<T> {

    /** Visits a label. */
    T support(Support step);

    /** Visits a query. */
    T query(Query step);

    /** Visits a broken record. */
    T broken(Broken step);
  }

  /**
   * A labelled example to be added to the tenant's support set.
   *
   * @param eventId the same for the same step of the same scenario
   */
  record Support(
      int index, long dueMillis, String tenant, String eventId, String label, String text)
      implements ScenarioStep {

    @Override
    public StreamKind stream() {
      return StreamKind.SUPPORT;
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.support(this);
    }
  }

  /**
   * A message that wants an answer.
   *
   * @param queryId the same for the same step of the same scenario
   * @param label the right answer, or {@link Utterance#UNLABELLED} when nobody knows it
   */
  record Query(int index, long dueMillis, String tenant, String queryId, String label, String text)
      implements ScenarioStep {

    @Override
    public StreamKind stream() {
      return StreamKind.QUERIES;
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.query(this);
    }
  }

  /** A record that must end among the dead letters. */
  record Broken(int index, long dueMillis, String tenant, StreamKind stream, Breakage breakage)
      implements ScenarioStep {

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.broken(this);
    }
  }
}
