package dev.hyperflow.server.http;

import java.util.Optional;
import java.util.Set;

/**
 * What a caller may do.
 *
 * @param name names the token in logs
 * @param scope how much
 * @param tenants of which tenants; empty for all
 */
public record Grant(String name, Scope scope, Optional<Set<String>> tenants) {

  /** Everything, for a server that only this machine reaches. */
  public static final Grant ALL = new Grant("local", Scope.ADMIN, Optional.empty());

  /** What a caller without a token may do: only what is public. */
  public static final Grant NONE = new Grant("nobody", Scope.NONE, Optional.empty());

  /** Whether it goes as far as a scope. */
  public boolean includes(Scope wanted) {
    return scope.compareTo(wanted) >= 0;
  }

  /** Whether it is for this tenant, too. */
  public boolean includes(String tenant) {
    return tenants.isEmpty() || tenants.get().contains(tenant);
  }
}
