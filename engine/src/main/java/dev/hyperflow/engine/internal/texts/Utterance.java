package dev.hyperflow.engine.internal.texts;

import java.util.Objects;

/**
 * One message of one tenant's customers.
 *
 * @param tenant whose message it is
 * @param label what it is about, or {@link #UNLABELLED}
 * @param text as written
 */
public record Utterance(String tenant, String label, String text) {

  /** In place of a label: the tenant has none for this message. */
  public static final String UNLABELLED = "-";

  /** Checks that nothing is missing. */
  public Utterance {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(text, "text");
  }

  /** Whether the message may be used as an example and its answer judged. */
  public boolean isLabelled() {
    return !label.equals(UNLABELLED);
  }
}
