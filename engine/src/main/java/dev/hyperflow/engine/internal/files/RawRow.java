package dev.hyperflow.engine.internal.files;

import java.util.Optional;

/**
 * A row before it is checked.
 *
 * @param line where it begins, from 1
 * @param tenant as the file has it
 * @param label empty: it has none
 * @param text as the file has it
 * @param id the event id that the file gives
 * @param refusal why it cannot be used
 */
record RawRow(
    long line,
    Optional<String> tenant,
    Optional<String> label,
    String text,
    Optional<String> id,
    Optional<String> refusal) {

  static RawRow refused(long line, String reason) {
    return new RawRow(
        line, Optional.empty(), Optional.empty(), "", Optional.empty(), Optional.of(reason));
  }
}
