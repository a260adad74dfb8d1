package dev.hyperflow.engine;

import dev.hyperflow.engine.internal.event.AdaptedHead;
import dev.hyperflow.models.Head;
import java.util.List;

/**
 * The classifier of one tenant. Immutable. Equal support sets and equal bundles give equal heads,
 * bit for bit.
 *
 * @param labels the label of each row of the head, sorted by name
 * @param head the weights, one row a label
 * @param bundleId the model bundle that made the head
 * @param fingerprint the support set that the head was made from
 */
public record TenantHead(List<String> labels, Head head, String bundleId, String fingerprint) {

  /** Copies the list. */
  public TenantHead {
    labels = List.copyOf(labels);
  }

  static TenantHead of(AdaptedHead head) {
    return new TenantHead(
        head.labels(), head.adapted(), head.bundleId(), head.fingerprint().toHex());
  }
}
