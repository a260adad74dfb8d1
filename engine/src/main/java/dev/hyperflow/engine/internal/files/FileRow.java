package dev.hyperflow.engine.internal.files;

import dev.hyperflow.engine.internal.texts.Utterance;
import dev.hyperflow.models.internal.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a file has at one place: a labelled text, or something that is refused. */
public sealed interface FileRow {

  /** Where it begins, from 1. */
  long line();

  /**
   * A text.
   *
   * @param utterance without a label when the file has none for it
   * @param id the event id that the file gives
   */
  record Read(long line, Utterance utterance, Optional<String> id) implements FileRow {

    private static final int ID_DIGITS = 32;

    /**
     * The id of the event: the file's, else one of the text. So the same text replaces itself when
     * it comes again, also with another label.
     */
    public String eventId() {
      return id.orElseGet(
          () ->
              "text-"
                  + Sha256.of(utterance.text().getBytes(StandardCharsets.UTF_8))
                      .substring(0, ID_DIGITS));
    }
  }

  /**
   * Something else.
   *
   * @param reason what was expected and what was found
   */
  record Refused(long line, String reason) implements FileRow {}
}
