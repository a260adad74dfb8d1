package dev.hyperflow.server.json;

import dev.hyperflow.engine.internal.remember.FeaturePrecision;
import java.util.List;

/** Answers about tenants. Times are milliseconds since the epoch. */
public final class Tenants {
  private Tenants() {}

  /** One page of the list of tenants; {@code total} counts all pages. */
  public record Page(long total, int page, int limit, List<Row> tenants) {}

  /** A tenant in a list. */
  public record Row(
      String tenant,
      int examples,
      int labels,
      String fingerprint,
      long lastEventAt,
      boolean pinned,
      Owner owner,
      Quality quality,
      List<Attention> attention) {}

  /** Who answers for it. */
  public record Owner(String instance, boolean local) {}

  /** Its live quality; null where none was observed. */
  public record Quality(
      Accuracy accuracy, boolean driftDetected, Long driftedAt, List<Spark> sparkline) {}

  /**
   * A tenant's accuracy, the same figure everywhere. It is prequential: each label is predicted
   * before it is learned.
   *
   * @param labels number of labels that were predicted so
   * @param minLabels fewer labels than these give no accuracy
   * @param window how many of the last labels count most, older ones fade; 0 when all count alike
   * @param adapted accuracy of the head that answers; null below {@code minLabels}
   * @param unadapted accuracy of the head before adaptation, on the same labels; null likewise
   */
  public record Accuracy(
      long labels, int minLabels, int window, Estimate adapted, Estimate unadapted) {}

  /** A share, 0 to 1, and Wilson's interval of 95 % around it. */
  public record Estimate(double value, double low, double high) {}

  /** A point of a curve. */
  public record Spark(double before, double after) {}

  /**
   * A partition that has something of a tenant.
   *
   * @param instance that has the partition, host:port
   * @param ofKey whether it is the partition of the tenant's key, where producers should send
   */
  public record Place(int partition, String instance, int examples, boolean ofKey) {}

  /** All partitions that have something of a tenant; more than one is a fault of a producer. */
  public record Places(String tenant, List<Place> places) {}

  /**
   * What is known of a tenant without its examples.
   *
   * @param applied support events that the tenant has seen: it moves where the fingerprint comes
   *     back, as after an example and its retraction
   * @param places partitions that have something of it, of all instances that answered
   */
  public record Detail(
      String tenant,
      int examples,
      int labels,
      String fingerprint,
      long applied,
      long lastEventAt,
      boolean pinned,
      Owner owner,
      Quality quality,
      BundleInUse bundle,
      Settings settings,
      List<Label> labelsDetail,
      List<Place> places,
      List<Attention> attention) {}

  /** The bundle that answers it. */
  public record BundleInUse(String name, String sha256, String shadow) {}

  /** What it has otherwise than all; null where it does not. */
  public record Settings(
      Integer examplesPerLabel, String consistency, Float abstainBelow, boolean pinned) {}

  /** A label of a tenant, and how many examples of it the tenant may have. */
  public record Label(String label, int examples, boolean described, int capacity) {}

  /**
   * Whether texts are shown.
   *
   * @param shown false when the application keeps no texts, or shows the caller none
   * @param setting the setting that turns them on; null where no setting does
   * @param hint how to see them; null when they are shown
   */
  public record Texts(boolean shown, String setting, String hint) {}

  /** One page of a tenant's examples; {@code total} counts all pages. */
  public record Examples(long total, int page, int limit, Texts texts, List<Example> examples) {}

  /** An example and its place on the map; {@code text} is null where it is not kept or shown. */
  public record Example(
      String eventId,
      String label,
      String text,
      float weight,
      long addedAt,
      Long expiresAt,
      boolean described,
      double x,
      double y) {}

  /**
   * Some of the support events that make a tenant's support set and settings. Those of all pages,
   * written in this order for a tenant of which nothing is known, make the same again.
   *
   * @param fingerprint of the support set that the page is of
   * @param applied support events that the tenant has seen: pages with the same number and
   *     fingerprint go together
   * @param lastEventAt the tenant's event time, milliseconds since the epoch
   * @param precision how features of new examples are kept
   */
  public record Support(
      long total,
      int page,
      int limit,
      String fingerprint,
      long applied,
      long lastEventAt,
      FeaturePrecision precision,
      List<Write.Support> events) {}

  /** A map of the examples in two dimensions. */
  public record Map(
      String method,
      List<Double> explained,
      List<Dot> examples,
      List<HeadDot> heads,
      boolean truncated,
      Texts texts) {}

  /** An example on the map, with the beginning of its text, or null. */
  public record Dot(String eventId, String label, String text, double x, double y) {}

  /** A label's row of the head on the map, scaled to the examples' mean length. */
  public record HeadDot(String label, double x, double y) {}

  /** A tenant's head and how its integration went. */
  public record Head(
      BundleName bundle,
      String fingerprint,
      int examples,
      String integrator,
      int steps,
      List<HeadRow> labels,
      List<Step> trajectory,
      boolean safeguarded,
      double integrationMillis) {}

  /** A bundle by name and hash. */
  public record BundleName(String name, String sha256) {}

  /** A label's row: its norm, that of the prototype it began at, and how far it moved. */
  public record HeadRow(String label, double norm, double startNorm, double bias, double moved) {}

  /** A point of the integration; null where the trajectory diverged. */
  public record Step(int step, double time, Double supportLoss, Double driftNorm) {}

  /** Quality over time: the last tests and what happened between them. */
  public record History(
      Accuracy accuracy, boolean driftDetected, List<Point> history, List<Marker> markers) {}

  /** Accuracy after a label, from the label on that makes them enough. */
  public record Point(long at, long tested, double before, double after, boolean right) {}

  /** Something that happened, at a time of the history. */
  public record Marker(long at, String kind, String text) {}

  /**
   * Cross-validation on the tenant's own examples.
   *
   * @param crossValidatedAccuracy the share of examples that a head made without them predicts. It
   *     differs from the tenant's accuracy: it is of the present examples, not of past labels; null
   *     below the tenant's {@code minLabels}
   */
  public record CrossValidated(
      int folds,
      int examples,
      Estimate crossValidatedAccuracy,
      List<String> labels,
      List<List<Integer>> confusion,
      List<Bin> reliability,
      Double ece,
      Double brier) {}

  /** Predictions of like confidence. */
  public record Bin(double from, double to, int count, double confidence, double accuracy) {}

  /**
   * What looks wrong in a tenant's labels; each list is cut to the limit, and its count is not.
   *
   * @param fingerprint of the support set that was looked at
   * @param examples number of examples, with descriptions
   * @param judged examples that the others were asked about: a label needs two
   * @param suspected judged examples that the others contradict
   * @param suspects the most surprising label first
   * @param conflicting texts that have more than one label
   * @param alike pairs of labels whose names look alike, 1000 at most
   */
  public record Suspects(
      String fingerprint,
      int examples,
      int judged,
      int suspected,
      List<Suspect> suspects,
      int conflicting,
      List<Conflict> conflicts,
      int alike,
      List<LookAlike> lookAlikes) {}

  /**
   * An example that a tenant's other examples contradict.
   *
   * @param text null where it is not kept, and for tokens of scope read
   * @param probability of its label by the other examples, 0 to 1
   * @param suggested the label that the other examples say
   * @param suggestedProbability of that label
   */
  public record Suspect(
      String eventId,
      String text,
      String label,
      double probability,
      String suggested,
      double suggestedProbability) {}

  /** Examples of one text with different labels; the text is null where it is not shown. */
  public record Conflict(String text, List<Labelled> examples) {}

  /** An example and its label. */
  public record Labelled(String eventId, String label) {}

  /**
   * Two labels whose names look alike.
   *
   * @param difference CASE, SPACE or SIGN: one other sign
   */
  public record LookAlike(String label, String other, String difference) {}
}
