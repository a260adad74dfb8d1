package dev.hyperflow.topology.internal.state;

import org.apache.kafka.streams.kstream.Named;

/**
 * What stands before the names of nodes and stores, so that several graphs fit into one topology.
 *
 * @param text ends with a hyphen, or is empty
 */
public record NamePrefix(String text) {
  /** The names of the application that runs alone. */
  public static final NamePrefix NONE = new NamePrefix("");

  /**
   * A prefix and a hyphen.
   *
   * @throws org.apache.kafka.streams.errors.TopologyException if Kafka Streams takes no such name
   */
  public static NamePrefix of(String prefix) {
    Named.as(prefix); // checks it
    return new NamePrefix(prefix + "-");
  }

  /** The name of a node or store in this graph. */
  public String name(String plain) {
    return text + plain;
  }
}
