package dev.hyperflow.app.review;

import dev.hyperflow.server.json.Queries;
import java.util.Optional;

/**
 * What was done with a query.
 *
 * @param query which
 * @param eventId the event that gave its label; empty when it was skipped
 * @param isAnswer whether the label is the one that was answered
 * @param isNew whether the tenant did not have the label
 */
record Step(Queries.Row query, Optional<String> eventId, boolean isAnswer, boolean isNew) {

  static Step skipped(Queries.Row query) {
    return new Step(query, Optional.empty(), false, false);
  }
}
