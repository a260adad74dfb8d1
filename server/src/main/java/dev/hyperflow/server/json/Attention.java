package dev.hyperflow.server.json;

import java.util.List;

/**
 * Something that needs a person. Times are milliseconds since the epoch.
 *
 * @param tenant whose it is; null where it concerns the instance
 * @param text what is the matter, with figures
 * @param action what to do
 * @param since when it began, or was last seen; null where it is so now
 * @param instance that found it, host:port
 */
public record Attention(
    Code code, String tenant, String text, String action, Long since, String instance) {

  /** What an instance still has to put its name under. */
  public Attention(Code code, String tenant, String text, String action, Long since) {
    this(code, tenant, text, action, since, null);
  }

  /** The same, found by an instance. */
  public Attention of(String finder) {
    return new Attention(code, tenant, text, action, since, finder);
  }

  /**
   * What needs a person in some instances.
   *
   * @param instances that were asked and have answered, host:port
   * @param attention what they found, of each instance first, then by tenant
   */
  public record Found(List<String> instances, List<Attention> attention) {}

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
