package dev.hyperflow.app.review;

import dev.hyperflow.app.tenant.TenantApi;
import dev.hyperflow.app.view.Cells;
import dev.hyperflow.server.json.Tenants;
import dev.hyperflow.server.time.BoundedWait;
import java.time.Duration;
import java.util.Optional;

/**
 * A tenant's accuracy before and after a review.
 *
 * @param tested labels that were compared with answers
 * @param share of them that were right, 0…1; empty while they are too few
 */
public record Accuracy(long tested, Optional<Double> share) {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** The accuracy of now. */
  public static Accuracy of(TenantApi api, String tenant) throws InterruptedException {
    return api.known(tenant)
        .map(Tenants.Detail::quality)
        .map(Tenants.Quality::accuracy)
        .map(
            known ->
                new Accuracy(
                    known.labels(),
                    Optional.ofNullable(known.adapted()).map(Tenants.Estimate::value)))
        .orElse(new Accuracy(0, Optional.empty()));
  }

  /** The accuracy once so many more labels are compared; after some seconds, whatever it is. */
  public static Accuracy after(TenantApi api, String tenant, long tested)
      throws InterruptedException {
    Duration patience = api.patience();
    BoundedWait wait = new BoundedWait(patience.compareTo(LIMIT) < 0 ? patience : LIMIT, POLL);
    Accuracy now = of(api, tenant);
    while (now.tested < tested && wait.again()) {
      now = of(api, tenant);
    }
    return now;
  }

  @Override
  public String toString() {
    return share.isPresent()
        ? "%s of %s".formatted(Cells.percent(true, 100 * share.get()), Cells.count(tested, "label"))
        : "too few labels: " + Cells.count(tested);
  }
}
