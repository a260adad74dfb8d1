package dev.hyperflow.training.evaluate;

/**
 * One thing a bundle should reach.
 *
 * @param claim what is asked
 * @param measured what came out
 * @param outcome {@link #MET}, {@link #MISSED} or {@link #OPEN}
 */
record Target(String claim, String measured, String outcome) {

  static final String MET = "met";
  static final String MISSED = "missed";

  /** This run could not tell. */
  static final String OPEN = "not measured";

  static Target of(String claim, String measured, boolean met) {
    return new Target(claim, measured, met ? MET : MISSED);
  }

  static Target open(String claim, String why) {
    return new Target(claim, why, OPEN);
  }
}
