package dev.hyperflow.app.lifecycle;

/** What the process tells its parent. A public contract: numbers stay. */
public enum ExitCode {
  /** Did what was asked; also when stopped by SIGTERM or SIGINT and everything was closed. */
  OK(0, "the command did its work, or stopped cleanly on request"),
  /** Failed while running, or the demo did not keep its promises, or a bundle failed a check. */
  FAILED(1, "the command failed; demo: it broke a promise; bundle verify: a check failed"),
  /** The command line, the configuration or the data cannot be used. */
  USAGE(2, "the command line, the configuration or a data file is wrong"),
  /**
   * A start-up check failed: bundle, broker, registry, topics, ports. The JVM, too, exits with 3
   * when it runs out of memory.
   */
  STARTUP(
      3,
      "a start-up check failed: bundle, broker, registry, topics or ports; or the JVM ran out of"
          + " memory"),
  /** Asked to stop, and still busy when the time was over. */
  UNCLEAN(4, "the application did not stop in time; a restart recovers");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** The status that the process exits with. */
  public int code() {
    return code;
  }

  /** When it is returned, in a line. */
  public String meaning() {
    return meaning;
  }
}
