package dev.hyperflow.app.tenant;

import dev.hyperflow.server.json.Tenants;
import dev.hyperflow.server.json.Write;
import dev.hyperflow.server.time.BoundedWait;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Sends the support events of a file to a tenant. Doing it again changes nothing. */
public final class TenantImport {
  // One at a time: a full label drops what came first, so the order decides what is remembered.

  private static final Duration POLL = Duration.ofMillis(100);
  private static final int MAX_NAMED = 5;

  private final TenantApi api;

  /** An import over an API. */
  public TenantImport(TenantApi api) {
    this.api = api;
  }

  /**
   * Sends all events, each when the brokers have the one before, and gives the last one's place.
   *
   * @throws ApiException when one is refused, or not acknowledged for too long; those before it
   *     have been sent
   */
  public Write.SupportWritten send(String tenant, SupportFile file) throws InterruptedException {
    Write.SupportWritten last = null;
    for (SupportLine line : file.lines()) {
      try {
        last = api.write(tenant, line.text());
      } catch (ApiException e) {
        throw new ApiException(
            e.kind(),
            "line %d: %s. The topic has the lines before it. You may send them again"
                .formatted(line.number(), e.getMessage()),
            e);
      }
    }
    return last;
  }

  /**
   * What the tenant's memory shows.
   *
   * @param examples how many there are, with those of before
   * @param fingerprint of all of them
   * @param expired events of the file that are past their time, and so are not remembered
   */
  public record Seen(int examples, String fingerprint, int expired) {}

  /**
   * Waits until the tenant's memory shows what was sent.
   *
   * @throws ApiException when some of it is not there though nothing changes any more
   */
  public Seen await(String tenant, SupportFile file) throws InterruptedException {
    ExpectedExamples expected = new ExpectedExamples(file.lines());
    BoundedWait wait = new BoundedWait(api.patience(), POLL);
    Optional<String> looked = Optional.empty();
    Optional<String> before = Optional.empty();
    List<String> missing = List.of();
    do {
      Optional<String> now = api.known(tenant).map(Tenants.Detail::fingerprint);
      // The whole set is large: it is read when it has come to rest, and once.
      if (now.isPresent() && now.equals(before) && !now.equals(looked)) {
        TenantApi.SupportSet set = api.support(tenant);
        ExpectedExamples.Gap gap = expected.gap(set);
        if (gap.missing().isEmpty()) {
          return new Seen(set.events().size() - 1, set.fingerprint(), gap.expired());
        }
        missing = gap.missing();
        looked = Optional.of(set.fingerprint());
      }
      if (!now.equals(before)) {
        wait.restart();
      }
      before = now;
    } while (wait.again());
    throw missing(tenant, missing);
  }

  private static ApiException missing(String tenant, List<String> missing) {
    if (missing.isEmpty()) {
      return new ApiException(
          ApiException.Kind.FAILED,
          "%s: expected the sent events in its memory, found no change; does the application run?"
              .formatted(Printable.of(tenant)));
    }
    return new ApiException(
        ApiException.Kind.FAILED,
        "%s: expected the sent events in its memory, found %,d missing: %s%s. The dead letters list"
                .formatted(
                    Printable.of(tenant),
                    missing.size(),
                    missing.stream()
                        .limit(MAX_NAMED)
                        .map(Printable::of)
                        .collect(Collectors.joining(", ")),
                    missing.size() > MAX_NAMED ? ", …" : "")
            + " refused records. memory.* limits the examples of a tenant");
  }
}
