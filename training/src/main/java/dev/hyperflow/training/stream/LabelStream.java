package dev.hyperflow.training.stream;

import dev.hyperflow.models.internal.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Texts in the order in which they are asked, with the labels that arrive for them. Labels are
 * indices into {@link #labels()}. Not to be changed: vectors are handed out without a copy.
 */
final class LabelStream {

  /** No label. */
  static final int NONE = -1;

  private static final int HASH_DIGITS = 8;

  private final StreamSet set;
  private final String order;
  private final int[] rows;
  private final int[] truth;
  private final int[] given;
  private final int delay;

  /**
   * A stream.
   *
   * @param order names the order among those of the set; a hash of the rest is added
   * @param rows texts of the set
   * @param truth their labels at the time of asking
   * @param given the labels that arrive for them, or {@link #NONE}
   * @param delay texts that are asked between a text and the arrival of its label
   */
  LabelStream(StreamSet set, String order, int[] rows, int[] truth, int[] given, int delay) {
    this.set = set;
    this.rows = rows.clone();
    this.truth = truth.clone();
    this.given = given.clone();
    this.delay = delay;
    this.order = order + "-" + hash();
  }

  private String hash() {
    String content =
        "%s\n%s\n%s\n%s\n%d"
            .formatted(
                set.features().hash(),
                Arrays.toString(rows),
                Arrays.toString(truth),
                Arrays.toString(given),
                delay);
    return Sha256.of(content.getBytes(StandardCharsets.UTF_8)).substring(0, HASH_DIGITS);
  }

  /** Name of the set. */
  String name() {
    return set.name();
  }

  /** Names the order, with a hash of everything that is asked and learned. */
  String order() {
    return order;
  }

  List<String> labels() {
    return set.labels();
  }

  /** Number of texts. */
  int size() {
    return rows.length;
  }

  float[] features(int event) {
    return set.row(rows[event]);
  }

  /** The encoder's last layer of a text. */
  float[] lastLayer(int event) {
    return FirstColumns.of(features(event), outer());
  }

  /** Number of the first columns of features that are the encoder's last layer. */
  int outer() {
    return set.outer();
  }

  /** What the text means when it is asked. */
  int truth(int event) {
    return truth[event];
  }

  /** The label that arrives for a text, right or wrong, or {@link #NONE}. */
  int given(int event) {
    return given[event];
  }

  /**
   * The text whose label arrives after another was asked, or {@link #NONE}. Labels that would
   * arrive after the last question do not arrive.
   */
  int learnedAfter(int event) {
    int due = event - delay;
    return due >= 0 && given[due] != NONE ? due : NONE;
  }

  /** How many labels have arrived before each question. */
  int[] received() {
    int[] received = new int[size()];
    for (int e = 1; e < received.length; e++) {
      received[e] = received[e - 1] + (learnedAfter(e - 1) == NONE ? 0 : 1);
    }
    return received;
  }

  /** Whether the true label of each question has arrived for an earlier text. */
  boolean[] known() {
    boolean[] arrived = new boolean[labels().size()];
    boolean[] known = new boolean[size()];
    for (int e = 0; e < known.length; e++) {
      known[e] = arrived[truth[e]];
      int learned = learnedAfter(e);
      if (learned != NONE) {
        arrived[given[learned]] = true;
      }
    }
    return known;
  }
}
