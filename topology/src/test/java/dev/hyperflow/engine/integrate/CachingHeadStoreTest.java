package dev.hyperflow.engine.integrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.engine.event.AdaptedHead;
import dev.hyperflow.engine.event.Fingerprint;
import dev.hyperflow.models.Head;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CachingHeadStoreTest {
  private final Behind behind = new Behind();
  private final CachingHeadStore cache = new CachingHeadStore(behind, 2);

  @Test
  void shouldAskBehindOnlyForWhatIsNotCached() {
    cache.put("a", head(1));
    cache.put("b", head(2));
    cache.get("a");
    cache.put("c", head(3));

    assertThat(cache.get("a")).contains(head(1));
    assertThat(cache.get("c")).contains(head(3));
    assertThat(behind.asked).isEmpty();

    assertThat(cache.get("b")).contains(head(2));
    assertThat(cache.get("b")).contains(head(2));
    assertThat(behind.asked).containsExactly("b");
  }

  @Test
  void shouldForgetInBothPlaces() {
    cache.put("a", head(1));

    cache.remove("a");

    assertThat(cache.get("a")).isEmpty();
    assertThat(behind.heads).isEmpty();
  }

  @Test
  void shouldRefuseToHoldNothing() {
    assertThatThrownBy(() -> new CachingHeadStore(behind, 0))
        .hasMessage("heads: expected at least 1, found 0");
  }

  private static AdaptedHead head(float weight) {
    Head head = Head.of(1, 1, new float[] {weight, 0});
    return new AdaptedHead("b", Fingerprint.EMPTY, 1, List.of("l"), head, head);
  }

  private static final class Behind implements HeadStore {
    private final Map<String, AdaptedHead> heads = new HashMap<>();
    private final List<String> asked = new ArrayList<>();

    @Override
    public Optional<AdaptedHead> get(String tenant) {
      asked.add(tenant);
      return Optional.ofNullable(heads.get(tenant));
    }

    @Override
    public void put(String tenant, AdaptedHead head) {
      heads.put(tenant, head);
    }

    @Override
    public void remove(String tenant) {
      heads.remove(tenant);
    }
  }
}
