package dev.hyperflow.demo.scenario;

import dev.hyperflow.engine.internal.texts.Utterance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The messages of all tenants, tenants in order of first appearance, each text once per tenant.
 *
 * <p>A message must not be an example and a query at once. So a text that comes again for the same
 * tenant is left out, whatever its label.
 */
public final class DataSet {

  private final Map<String, List<Utterance>> byTenant;

  private DataSet(Map<String, List<Utterance>> byTenant) {
    this.byTenant = byTenant;
  }

  /** A data set of these messages, in this order. */
  public static DataSet of(List<Utterance> utterances) {
    Map<String, List<Utterance>> byTenant = new LinkedHashMap<>();
    Map<String, Set<String>> seen = new LinkedHashMap<>();
    for (Utterance utterance : utterances) {
      String tenant = utterance.tenant();
      if (seen.computeIfAbsent(tenant, t -> new HashSet<>()).add(utterance.text())) {
        byTenant.computeIfAbsent(tenant, t -> new ArrayList<>()).add(utterance);
      }
    }
    byTenant.replaceAll((tenant, messages) -> List.copyOf(messages));
    return new DataSet(Collections.unmodifiableMap(byTenant));
  }

  /** Messages by tenant. */
  Map<String, List<Utterance>> byTenant() {
    return byTenant;
  }

  /** Number of messages of all tenants. */
  public int size() {
    return byTenant.values().stream().mapToInt(List::size).sum();
  }

  /** Names of the tenants. */
  public Set<String> tenants() {
    return byTenant.keySet();
  }
}
