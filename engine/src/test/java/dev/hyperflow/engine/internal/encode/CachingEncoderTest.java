package dev.hyperflow.engine.internal.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.models.internal.Encoder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CachingEncoderTest {
  private final List<List<String>> calls = new ArrayList<>();
  private final List<Integer> hits = new ArrayList<>();
  private final CachingEncoder caching = new CachingEncoder(new Counting(), 3, hits::add);
  private boolean closed;

  /** Encodes a text by its length and hash. */
  private final class Counting implements Encoder {
    @Override
    public String id() {
      return "counting";
    }

    @Override
    public int dimension() {
      return 2;
    }

    @Override
    public int innerWidth() {
      return 1;
    }

    @Override
    public float[][] encode(List<String> texts) {
      if (texts.contains("broken")) {
        throw new IllegalArgumentException("broken");
      }
      calls.add(List.copyOf(texts));
      return texts.stream()
          .map(text -> new float[] {text.length(), text.hashCode()})
          .toArray(float[][]::new);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static float[][] plain(String... texts) {
    return new CachingEncoderTest().new Counting().encode(List.of(texts));
  }

  @Test
  void shouldEncodeATextOnce() {
    assertThat(caching.encode(List.of("a", "bb", "a"))).isDeepEqualTo(plain("a", "bb", "a"));
    assertThat(caching.encode(List.of("ccc", "bb"))).isDeepEqualTo(plain("ccc", "bb"));
    assertThat(caching.encode(List.of("a"))).isDeepEqualTo(plain("a"));

    assertThat(calls).containsExactly(List.of("a", "bb"), List.of("ccc"));
    assertThat(hits).containsExactly(1, 1, 1);
  }

  @Test
  void shouldForgetWhatWasAskedForLeastRecently() {
    caching.encode(List.of("a", "b", "c"));
    caching.encode(List.of("a"));
    caching.encode(List.of("d"));

    caching.encode(List.of("a", "b"));

    assertThat(calls.get(calls.size() - 1)).containsExactly("b");
  }

  @Test
  void shouldHandOutVectorsThatNobodyElseCanChange() {
    caching.encode(List.of("a"))[0][0] = 7;
    caching.encode(List.of("a"))[0][0] = 8;

    assertThat(caching.encode(List.of("a"))).isDeepEqualTo(plain("a"));
  }

  @Test
  void shouldEncodeMoreTextsThanItRemembers() {
    List<String> many = List.of("a", "b", "c", "d", "e", "f");

    assertThat(caching.encode(many)).isDeepEqualTo(plain("a", "b", "c", "d", "e", "f"));
    assertThat(caching.encode(List.of())).isEmpty();
  }

  @Test
  void shouldRememberNothingOfACallThatFailed() {
    assertThatThrownBy(() -> caching.encode(List.of("a", "broken")))
        .isInstanceOf(IllegalArgumentException.class);

    caching.encode(List.of("a"));

    assertThat(calls).containsExactly(List.of("a"));
  }

  @Test
  void shouldBeTheEncoderThatItWraps() {
    assertThat(caching.id()).isEqualTo("counting");
    assertThat(caching.dimension()).isEqualTo(2);
    assertThat(caching.innerWidth()).isEqualTo(1);

    caching.close();

    assertThat(closed).isTrue();
  }
}
