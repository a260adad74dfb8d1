package dev.hyperflow.server.json;

/**
 * Something that needs a person. Times are milliseconds since the epoch.
 *
 * @param tenant whose it is; null where it concerns the instance
 * @param text what is the matter, with figures
 * @param action what to do
 * @param since when it began, or was last seen; null where it is so now
 */
public record Attention(Code code, String tenant, String text, String action, Long since) {

  /** What kind it is of. The names are a public contract. */
  public enum Code {
    /** Records wait longer than they should. */
    BACKLOG,
    /** Answers take far longer than a commit. */
    SLOW_ANSWERS,
    /** The answers of a tenant have become worse. */
    DRIFT,
    /** The last change of bundles was refused. */
    BUNDLE_REFUSED,
    /** Records were refused. */
    DEAD_LETTERS,
    /** Records came in partitions that are not their key's. */
    WRONG_PARTITION,
    /** A tenant is asked and has no labels. */
    NO_LABELS
  }
}
