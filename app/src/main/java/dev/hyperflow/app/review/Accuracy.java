package dev.hyperflow.app.review;

import dev.hyperflow.app.tenant.TenantApi;
import dev.hyperflow.app.view.Cells;
import dev.hyperflow.server.json.Tenants;
import dev.hyperflow.server.time.BoundedWait;
import java.time.Duration;
import java.util.Optional;

/**
 * A tenant's live accuracy before and after a review.
 *
 * @param tested labels that were compared with answers
 * @param share of them that were right, 0…1
 */
public record Accuracy(long tested, double share) {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** The accuracy of now. */
  public static Accuracy of(TenantApi api, String tenant) throws InterruptedException {
    Optional<Tenants.Quality> quality = api.known(tenant).map(Tenants.Detail::quality);
    return quality
        .map(known -> new Accuracy(known.tested(), known.after()))
        .orElse(new Accuracy(0, 0));
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
    return Cells.percent(tested > 0, 100 * share);
  }
}
