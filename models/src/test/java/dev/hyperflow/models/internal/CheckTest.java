package dev.hyperflow.models.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckTest {

  @Test
  void shouldSayWhatWasExpectedAndFound() {
    assertThatNoException().isThrownBy(() -> Check.range("size", 1, 3, 3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Check.range("size", 1, 3, 4))
        .withMessage("size: expected 1 to 3, found 4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Check.text("name", " "))
        .withMessage("name: expected a text, found  ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Check.present("name", null))
        .withMessage("name: expected a value, found none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a/b.onnx", "_x/y-z/1"})
  void shouldTakeAPathBelow(String path) {
    assertThatNoException().isThrownBy(() -> Check.relativePath("file", path));
    assertThatNoException().isThrownBy(() -> Check.location("file", "classpath:" + path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/a", "a/", "../a", "a/..", "a..b", "C:/a", "a\\b", ".a", "classpath:"})
  void shouldRefuseAPathThatCouldLeave(String path) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Check.location("file", path))
        .withMessageStartingWith("file: expected a relative path below the bundle, found ");
  }

  @Test
  void shouldTellWhatIsFinite() {
    assertThat(Check.finite(new float[] {Float.MAX_VALUE, -0f})).isTrue();
    assertThat(Check.finite(new float[0])).isTrue();
    assertThat(Check.finite(new float[] {1f, Float.NaN})).isFalse();
    assertThat(Check.finite(new float[] {Float.NEGATIVE_INFINITY})).isFalse();
  }
}
