package dev.hyperflow.app.tenant;

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
   * @param unknownAt when the instance that would have it knew nothing of it
   */
  public record Proof(String tenant, Write.SupportWritten written, Instant unknownAt) {}

  /**
   * Forgets a tenant and waits until nothing is known of it.
   *
   * @throws ApiException when nothing is known of it from the start, or when something still is
   *     after all the time there is
   */
  public Proof forget(String tenant) throws InterruptedException {
    api.detail(tenant);
    Write.SupportWritten written = api.forget(tenant);
    BoundedWait wait = new BoundedWait(api.patience(), POLL);
    while (api.known(tenant).isPresent()) {
      if (!wait.again()) {
        throw new ApiException(
            ApiException.Kind.FAILED,
            "%s: expected an unknown tenant after %s:%d:%d, found a known one; have new labels"
                    .formatted(
                        Printable.of(tenant),
                        written.topic(),
                        written.partition(),
                        written.offset())
                + " come, or does the application lag?");
      }
    }
    return new Proof(tenant, written, clock.instant());
  }
}
