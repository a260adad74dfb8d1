package dev.hyperflow.engine.internal.heap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.AdaptedHead;
import dev.hyperflow.engine.internal.event.Fingerprint;
import dev.hyperflow.engine.internal.event.TenantSettings;
import dev.hyperflow.engine.internal.integrate.HeadStore;
import dev.hyperflow.engine.internal.integrate.KeptHead;
import dev.hyperflow.engine.internal.remember.TenantFacts;
import dev.hyperflow.engine.internal.remember.TenantMeta;
import dev.hyperflow.engine.internal.remember.TenantStore;
import dev.hyperflow.models.Head;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TenantCacheTest {

  /** Room for two of the smallest heads, not for three. */
  private static final long TWO_HEADS = 1_400;

  private final Behind behind = new Behind();
  private final TenantCache both = new TenantCache(() -> TWO_HEADS);
  private final HeadStore cache = both.heads(behind, "vip"::equals);

  @Test
  void shouldAskBehindOnlyForWhatIsNotCached() {
    cache.put("a", head(1));
    cache.put("b", head(2));
    cache.get("a", "b");
    cache.put("c", head(3));

    assertThat(cache.get("a", "b").map(KeptHead::head)).contains(head(1));
    assertThat(cache.get("c", "b").map(KeptHead::head)).contains(head(3));
    assertThat(behind.asked).isEmpty();

    assertThat(cache.get("b", "b").map(KeptHead::head)).contains(head(2));
    assertThat(cache.get("b", "b").map(KeptHead::head)).contains(head(2));
    assertThat(behind.asked).containsExactly("b");
  }

  @Test
  void shouldForgetInBothPlaces() {
    cache.put("a", head(1));

    cache.remove("a", "b");

    assertThat(cache.get("a", "b")).isEmpty();
    assertThat(behind.heads.get("a")).isEmpty();
  }

  @Test
  void shouldKeepPinnedTenantsHoweverLongTheyAreNotUsed() {
    cache.put("vip", head(9));
    cache.put("a", head(1));
    cache.put("b", head(2));
    cache.put("c", head(3));

    assertThat(cache.get("vip", "b").map(KeptHead::head)).contains(head(9));
    assertThat(behind.asked).isEmpty();
  }

  @Test
  void shouldKeepNoPinnedHeadOfABundleThatIsGone() {
    cache.put("vip", head(9));

    cache.retain("vip", Set.of("b"));
    assertThat(cache.get("vip", "b").map(KeptHead::head)).contains(head(9));
    cache.retain("vip", Set.of("c"));

    assertThat(cache.get("vip", "b")).isEmpty();
  }

  @Test
  void shouldKeepMetaRecordAndHeadsOfATenantTogether() {
    both.putMeta("a", meta(1));
    cache.put("a", head(1));
    both.putMeta("a", meta(2));
    cache.put("a", head("c", 2));

    assertThat(both.meta("a").map(TenantMeta::events)).contains(2L);
    assertThat(cache.get("a", "b").map(KeptHead::head)).contains(head(1));
    assertThat(cache.get("a", "c").map(KeptHead::head)).contains(head("c", 2));
    assertThat(behind.asked).isEmpty();

    cache.retain("a", Set.of("c"));

    assertThat(both.meta("a")).isPresent();
    assertThat(both.head("a", "b")).isEmpty();
    assertThat(both.head("a", "c")).isPresent();
  }

  @Test
  void shouldReadAMetaRecordAgainOnlyWhenItLetGoOfIt() {
    InMemoryTenantStore stored = new InMemoryTenantStore();
    TenantStore tenants = both.tenants(stored);
    tenants.putMeta("a", meta(1));
    stored.putMeta("a", meta(9));

    assertThat(tenants.meta("a").events()).isEqualTo(1);
    cache.put("b", head(1));
    cache.put("c", head(2)); // passes over a, which was used, and lets go of b
    cache.put("d", head(3)); // lets go of c
    cache.put("e", head(4)); // lets go of a
    assertThat(tenants.meta("a").events()).isEqualTo(9);

    tenants.removeTenant("a");
    assertThat(tenants.meta("a")).isSameAs(TenantMeta.EMPTY);
  }

  private static TenantMeta meta(long events) {
    return TenantMeta.of(
        new TenantFacts(
            new TenantFacts.Counters(events, 1),
            new TenantFacts.Features(1, ""),
            Fingerprint.EMPTY,
            new TenantFacts.Clock(0, Long.MAX_VALUE),
            TenantSettings.DEFAULTS),
        List.of());
  }

  private static AdaptedHead head(float weight) {
    return head("b", weight);
  }

  private static AdaptedHead head(String bundleId, float weight) {
    Head head = Head.of(1, 1, new float[] {weight, 0});
    return new AdaptedHead(bundleId, Fingerprint.EMPTY, 1, List.of("l"), head, head);
  }

  private static final class Behind implements HeadStore {
    private final Map<String, Map<String, AdaptedHead>> heads = new HashMap<>(); // tenant, bundle
    private final List<String> asked = new ArrayList<>();

    @Override
    public Optional<KeptHead> get(String tenant, String bundleId) {
      asked.add(tenant);
      return Optional.ofNullable(heads.getOrDefault(tenant, Map.of()).get(bundleId))
          .map(KeptHead::new);
    }

    @Override
    public void put(String tenant, AdaptedHead head) {
      heads.computeIfAbsent(tenant, name -> new HashMap<>()).put(head.bundleId(), head);
    }

    @Override
    public void remove(String tenant, String bundleId) {
      heads.getOrDefault(tenant, new HashMap<>()).remove(bundleId);
    }

    @Override
    public void retain(String tenant, Set<String> bundleIds) {
      heads.getOrDefault(tenant, new HashMap<>()).keySet().retainAll(bundleIds);
    }
  }
}
