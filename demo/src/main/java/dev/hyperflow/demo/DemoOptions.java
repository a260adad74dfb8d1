package dev.hyperflow.demo;

import dev.hyperflow.engine.internal.files.FileForm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a user can choose about a demo.
 *
 * @param length how long the scenario takes when it is paced; also bounds its number of records
 * @param seed decides the scenario
 * @param pace whether to play the scenario in its own time or as fast as it is answered
 * @param data messages to play instead of the shipped ones
 * @param bundle the model bundle to serve instead of the shipped one
 * @param place where it listens and what it keeps
 */
record DemoOptions(
    Duration length, long seed, Pace pace, Data data, Optional<String> bundle, Place place) {

  /**
   * Whose messages are played.
   *
   * @param file empty: the shipped ones
   * @param form what is told of the file
   * @param tickets of somebody else, for a topic of their own; empty: there is no such topic
   */
  public record Data(Optional<Path> file, FileForm form, Optional<Path> tickets) {
    /** The shipped messages. */
    static final Data SHIPPED = new Data(Optional.empty(), FileForm.UNKNOWN, Optional.empty());
  }

  /** How fast the scenario is played. */
  public enum Pace {
    /** Every record when it is due. */
    LIVE,
    /** Every record as soon as there is room for it. */
    FAST
  }

  /**
   * Where the demo lives.
   *
   * @param port of the broker
   * @param registryPort of the schema registry
   * @param httpPort of the page and the HTTP API, 0 for a free one, -1 for none
   * @param directory keeps topics and state, so that the same demo can go on after a crash; a
   *     temporary one is used and deleted when empty
   */
  public record Place(int port, int registryPort, int httpPort, Optional<Path> directory) {}
}
