package dev.hyperflow.engine.internal.event;

import dev.hyperflow.models.Head;
import java.util.List;

/**
 * A tenant's head with what it was made from. It is current for as long as bundle and fingerprint
 * equal the tenant's.
 *
 * @param bundleId the bundle that integrated it
 * @param fingerprint the support set that it was integrated from
 * @param examples the number of examples of that support set
 * @param labels the labels in row order, i.e. sorted
 * @param initial the prototype head the integration started from, [labels][D+1]
 * @param adapted the head the integration ended at, [labels][D+1]
 */
public record AdaptedHead(
    String bundleId,
    Fingerprint fingerprint,
    int examples,
    List<String> labels,
    Head initial,
    Head adapted) {

  public AdaptedHead {
    labels = List.copyOf(labels);
    if (labels.size() != initial.labels() || labels.size() != adapted.labels()) {
      throw new IllegalArgumentException(
          "labels: expected one row per label, found %d labels, %d initial and %d adapted rows"
              .formatted(labels.size(), initial.labels(), adapted.labels()));
    }
  }
}
