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

  /** All of them. */
  public List<String> all() {
    List<String> all = new ArrayList<>(List.of(support, queries, predictions, deadLetters));
    all.addAll(compacted());
    bundles.ifPresent(all::add);
    return all;
  }

  /** Those that must be compacted. */
  public List<String> compacted() {
    return Stream.of(heads, quality).flatMap(Optional::stream).toList();
  }
}
