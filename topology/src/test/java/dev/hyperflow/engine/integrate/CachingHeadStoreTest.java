package dev.hyperflow.engine.integrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.event.AdaptedHead;
import dev.hyperflow.engine.event.Fingerprint;
import dev.hyperflow.models.Head;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CachingHeadStoreTest {

  /** Room for two of the smallest heads, not for three. */
  private static final long TWO_HEADS = 1_400;

  private final Behind behind = new Behind();
  private final CachingHeadStore cache =
      new CachingHeadStore(behind, () -> TWO_HEADS, "vip"::equals);

  @Test
  void shouldAskBehindOnlyForWhatIsNotCached() {
    cache.put("a", head(1));
    cache.put("b", head(2));
    cache.get("a", "b");
    cache.put("c", head(3));

    assertThat(cache.get("a", "b")).contains(head(1));
    assertThat(cache.get("c", "b")).contains(head(3));
    assertThat(behind.asked).isEmpty();

    assertThat(cache.get("b", "b")).contains(head(2));
    assertThat(cache.get("b", "b")).contains(head(2));
    assertThat(behind.asked).containsExactly("b");
  }

  @Test
  void shouldForgetInBothPlaces() {
    cache.put("a", head(1));

    cache.remove("a", "b");

    assertThat(cache.get("a", "b")).isEmpty();
    assertThat(behind.heads).isEmpty();
  }

  @Test
  void shouldKeepPinnedTenantsHoweverLongTheyAreNotUsed() {
    cache.put("vip", head(9));
    cache.put("a", head(1));
    cache.put("b", head(2));
    cache.put("c", head(3));

    assertThat(cache.get("vip", "b")).contains(head(9));
    assertThat(behind.asked).isEmpty();
  }

  @Test
  void shouldKeepNoPinnedHeadOfABundleThatIsGone() {
    cache.put("vip", head(9));

    cache.retain("vip", Set.of("b"));
    assertThat(cache.get("vip", "b")).contains(head(9));
    cache.retain("vip", Set.of("c"));

    assertThat(cache.get("vip", "b")).isEmpty();
  }

  private static AdaptedHead head(float weight) {
    Head head = Head.of(1, 1, new float[] {weight, 0});
    return new AdaptedHead("b", Fingerprint.EMPTY, 1, List.of("l"), head, head);
  }

  private static final class Behind implements HeadStore {
    private final Map<String, AdaptedHead> heads = new HashMap<>();
    private final List<String> asked = new ArrayList<>();

    @Override
    public Optional<AdaptedHead> get(String tenant, String bundleId) {
      asked.add(tenant);
      return Optional.ofNullable(heads.get(tenant));
    }

    @Override
    public void put(String tenant, AdaptedHead head) {
      heads.put(tenant, head);
    }

    @Override
    public void remove(String tenant, String bundleId) {
      heads.remove(tenant);
    }

    @Override
    public void retain(String tenant, Set<String> bundleIds) {
      heads.computeIfPresent(
          tenant, (name, head) -> bundleIds.contains(head.bundleId()) ? head : null);
    }
  }
}
