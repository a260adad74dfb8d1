package dev.hyperflow.engine.internal.files;

import java.util.List;

/**
 * Something that looks wrong in a file.
 *
 * @param kind what kind of thing
 * @param message what was found, and what may be done
 * @param count how often
 * @param lines the first places, from 1
 */
public record Finding(Kind kind, String message, long count, List<Long> lines) {

  /** What kind of thing looks wrong. */
  public enum Kind {
    /** The first row may name the columns. */
    HEADER_AS_DATA(true),
    /** Texts stand where labels are expected. */
    SWAPPED_COLUMNS(true),
    /** Hardly any label comes twice. */
    AS_MANY_LABELS_AS_ROWS(true),
    /** All rows have the same label. */
    ONE_LABEL(true),
    /** Labels differ only by case or space. */
    LABELS_DIFFER_BY_CASE(true),
    /** A text has two labels. */
    TEXT_WITH_TWO_LABELS(true),
    /** A text comes again with its label. */
    TEXT_TWICE(false),
    /** Rows without a label. */
    UNLABELLED(false),
    /** Rows that cannot be used. */
    REFUSED(true),
    /** Texts without a letter or digit, or in a wrong encoding. */
    UNREADABLE_TEXT(true),
    /** The file begins with a byte order mark, which was left out. */
    BYTE_ORDER_MARK(false),
    /** Quotes around values were taken as part of them. */
    QUOTES_LEFT(true);

    private final boolean wrong;

    Kind(boolean wrong) {
      this.wrong = wrong;
    }

    /** Whether a person should look before the file is used; else it is only good to know. */
    public boolean isWrong() {
      return wrong;
    }
  }

  public Finding {
    lines = List.copyOf(lines);
  }
}
