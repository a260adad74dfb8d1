package dev.hyperflow.server.json;

import dev.hyperflow.server.http.Required;
import dev.hyperflow.topology.internal.rollout.ControlStep;
import java.util.List;

/** The bundles of this instance. */
public record Bundles(Current current, Candidate candidate, boolean enabled, List<Step> history) {

  /** The one that serves. */
  public record Current(String name, String sha256, long since) {}

  /**
   * The one that may come after it.
   *
   * @param answers number of queries that both bundles answered
   * @param agreement the share of them with the same label, null below 20 answers
   * @param labels number of labels that both bundles were tested with, of all tenants
   * @param accuracyCurrent the serving bundle's share of them, null below 20 labels
   * @param accuracyCandidate the candidate's share of them, null likewise
   */
  public record Candidate(
      String name,
      String sha256,
      Mode mode,
      Progress progress,
      long answers,
      Double agreement,
      long labels,
      Double accuracyCurrent,
      Double accuracyCandidate) {}

  /** What the candidate does. */
  public enum Mode {
    ROLLOUT,
    SHADOW
  }

  /** How many tenants the background work has visited. */
  public record Progress(long visited, long tenants, double fraction) {}

  /**
   * A step of a rollout, as a control record asked for it.
   *
   * @param outcome what became of it on this instance
   * @param why why it was refused; null where it was not
   */
  public record Step(
      long at, String action, String bundle, ControlStep.Outcome outcome, String why) {}

  /** What is to be done. */
  public enum Action {
    SHADOW,
    PROMOTE,
    ROLLBACK
  }

  /** A control record to be written: the bundle's place, and the id that it must have. */
  public record Change(@Required Action action, String bundle, String bundleId) {}

  /** A control record that the brokers have. */
  public record Written(String topic, int partition, long offset) {}
}
