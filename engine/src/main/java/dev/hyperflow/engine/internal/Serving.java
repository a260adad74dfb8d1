package dev.hyperflow.engine.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Which bundle answers which tenant, at one moment. Immutable. */
public final class Serving {
  private final String serving;
  private final Optional<String> candidate;
  private final boolean rollsOut;
  private final byte[] reached;

  Serving(String serving, Optional<String> candidate, boolean rollsOut, byte[] reached) {
    this.serving = serving;
    this.candidate = candidate;
    this.rollsOut = rollsOut;
    this.reached = reached;
  }

  /** The id of the bundle that answers a tenant's queries. */
  public String bundleOf(String tenant) {
    return rollsOut && Arrays.compareUnsigned(tenant.getBytes(StandardCharsets.UTF_8), reached) <= 0
        ? candidate.orElse(serving)
        : serving;
  }

  /** The id of the bundle that serves, or served until the rollout under way. */
  public String serving() {
    return serving;
  }

  /** The id of the bundle that answers in shadow, or is rolled out. */
  public Optional<String> candidate() {
    return candidate;
  }

  /** Whether the candidate takes over tenant by tenant. */
  public boolean rollsOut() {
    return rollsOut;
  }
}
