package dev.hyperflow.app.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class JsonTest {
  record Pair(String name, int number) {}

  @Test
  void shouldReadTheTextOfARecord() {
    String text = Json.textOf(new Pair("ü", 3));

    assertThat(text).contains("\n  \"name\"");
    assertThat(Json.parse(text)).isEqualTo(Json.tree(new Pair("ü", 3)));
  }

  @Test
  void shouldSayThatATextIsNoJson() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.parse("{"))
        .withMessageStartingWith("expected JSON, found: ")
        .withMessageNotContaining("\n");
  }
}
