package dev.hyperflow.topology.internal.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The topics of an application.
 *
 * @param support labelled examples and other support events, keyed by tenant
 * @param queries queries, keyed by tenant, with as many partitions as {@code support}
 * @param predictions answers, keyed by tenant
 * @param deadLetters refused records
 * @param heads adapted heads, compacted, when they are published
 * @param quality tenants' live quality, compacted, when it is published
 * @param bundles control records of bundle rollouts, one partition, when bundles may change
 */
public record Topics(
    String support,
    String queries,
    String predictions,
    String deadLetters,
    Optional<String> heads,
    Optional<String> quality,
    Optional<String> bundles) {

  /** The names, in the order of the fields, without the topics that are off. */
  public List<String> all() {
    List<String> all = new ArrayList<>(List.of(support, queries, predictions, deadLetters));
    all.addAll(compacted());
    bundles.ifPresent(all::add);
    return all;
  }

  /** The names of the topics that the application writes. */
  public List<String> outputs() {
    List<String> outputs = new ArrayList<>(List.of(predictions, deadLetters));
    outputs.addAll(compacted());
    return outputs;
  }

  /** The names of the topics that must be compacted. */
  public List<String> compacted() {
    return Stream.of(heads, quality).flatMap(Optional::stream).toList();
  }

  /**
   * How start-up creates a missing topic.
   *
   * @param partitions number of partitions
   * @param replicationFactor number of replicas, -1 for the broker's default
   */
  public record Creation(int partitions, short replicationFactor) {}
}
