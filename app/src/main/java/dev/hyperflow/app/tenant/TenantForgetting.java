package dev.hyperflow.app.tenant;

import dev.hyperflow.server.json.Remains;
import dev.hyperflow.server.json.Write;
import dev.hyperflow.server.time.BoundedWait;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Has a tenant forgotten, and sees to it that it is. */
public final class TenantForgetting {
  private static final Duration POLL = Duration.ofMillis(100);

  private final TenantApi api;
  private final InstantSource clock;

  /** Forgetting over an API. */
  public TenantForgetting(TenantApi api, InstantSource clock) {
    this.api = api;
    this.clock = clock;
  }

  /**
   * That a tenant was forgotten.
   *
   * @param tenant which
   * @param written the acknowledged event that made it so
   * @param partitions in how many partitions, all there are, every store was looked through
   * @param unknownAt when nothing was left in any of them
   */
  public record Proof(
      String tenant, Write.SupportWritten written, int partitions, Instant unknownAt) {}

  /**
   * Forgets a tenant and waits until nothing is known of it.
   *
   * @throws ApiException when nothing is known of it from the start, or when something still is
   *     after all the time there is
   */
  public Proof forget(String tenant) throws InterruptedException {
    if (api.remains(tenant).entries() == 0) {
      api.detail(tenant); // says that nothing is known of it
    }
    Write.SupportWritten written = api.forget(tenant);
    BoundedWait wait = new BoundedWait(api.patience(), POLL);
    Remains remains = api.remains(tenant);
    while (remains.entries() > 0) {
      if (!wait.again()) {
        throw new ApiException(
            ApiException.Kind.FAILED,
            "%s: expected nothing of the tenant after %s:%d:%d, found %s; have new records come, or"
                    .formatted(
                        Printable.of(tenant),
                        written.topic(),
                        written.partition(),
                        written.offset(),
                        remains.byStore())
                + " does the application lag?");
      }
      remains = api.remains(tenant);
    }
    return new Proof(tenant, written, remains.partitions(), clock.instant());
  }
}
