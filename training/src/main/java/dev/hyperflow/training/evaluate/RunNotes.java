package dev.hyperflow.training.evaluate;

import java.util.List;

/**
 * What was run, for the report's head.
 *
 * @param date ISO date
 * @param commit of the source tree, or "unknown"
 * @param plan what was played
 * @param encoder id of the encoder
 * @param bundles under evaluation, at least one
 * @param sets what episodes were drawn from
 */
record RunNotes(
    String date,
    String commit,
    EvaluationPlan plan,
    String encoder,
    List<BundleNote> bundles,
    List<SetNote> sets) {

  /**
   * A bundle.
   *
   * @param name what the report calls it
   * @param id its full id
   * @param steps its own Euler steps
   * @param provenance its objective and the data it was fitted on, in words
   */
  record BundleNote(String name, String id, int steps, String provenance) {}

  /**
   * A set.
   *
   * @param usable how many labels take part in episodes
   * @param hash first hex digits of the hash of labels and texts
   */
  record SetNote(String name, int labels, int usable, int texts, String hash) {}
}
