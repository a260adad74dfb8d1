package dev.hyperflow.demo.proof;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One cell of the matrix: how the application is set up, and what is done to it.
 *
 * @param name of topics and directories
 * @param guarantee the processing guarantee
 * @param protocol the group protocol
 * @param kills how often an application process is killed or, among several, stopped
 * @param brokerKills how many of these rounds kill the broker, too
 * @param settings further settings
 */
record Cell(
    String name,
    Guarantee guarantee,
    Protocol protocol,
    int kills,
    int brokerKills,
    Map<String, String> settings) {

  /** Kafka Streams' processing guarantees. */
  enum Guarantee {
    EXACTLY_ONCE_V2,
    AT_LEAST_ONCE;

    String setting() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How instances find out who does which task. */
  enum Protocol {
    CLASSIC,
    STREAMS
  }

  static Cell of(String name, Guarantee guarantee, Protocol protocol, int kills) {
    return new Cell(name, guarantee, protocol, kills, 0, Map.of());
  }

  /** The same under another name. */
  Cell named(String other) {
    return new Cell(other, guarantee, protocol, kills, brokerKills, settings);
  }

  /** The same, with the broker killed in some rounds. */
  Cell withBrokerKills(int count) {
    return new Cell(name, guarantee, protocol, kills, count, settings);
  }

  /** The same with one more setting. */
  Cell with(String setting, String value) {
    Map<String, String> more = new HashMap<>(settings);
    more.put(setting, value);
    return new Cell(name, guarantee, protocol, kills, brokerKills, Map.copyOf(more));
  }

  /** The same, longer. */
  Cell times(int factor) {
    return new Cell(name, guarantee, protocol, factor * kills, factor * brokerKills, settings);
  }

  boolean exactlyOnce() {
    return guarantee == Guarantee.EXACTLY_ONCE_V2;
  }

  /** Whether answers may come from a head that is behind the support set. */
  boolean latest() {
    return "latest".equals(settings.get("query.consistency"));
  }

  /**
   * Most examples of a label. Under at_least_once more than the load ever gives: there, events are
   * applied twice after a crash, which a full ring that also sees retractions would remember.
   */
  int examplesPerLabel() {
    String set = settings.get("memory.examples-per-label");
    return set != null ? Integer.parseInt(set) : exactlyOnce() ? 4 : 32;
  }

  @Override
  public String toString() {
    return name;
  }
}
