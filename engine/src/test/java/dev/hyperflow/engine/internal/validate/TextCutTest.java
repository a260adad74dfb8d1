package dev.hyperflow.engine.internal.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Payload;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TextCutTest {
  private static final int LENGTH = 4;

  private final TextCut head = new TextCut(limits(LongTexts.KEEP_HEAD));
  private final TextCut tail = new TextCut(limits(LongTexts.KEEP_TAIL));

  @Test
  void shouldKeepTheHeadOrTheTail() {
    assertThat(head.cut(query("abcdef"))).isEqualTo(query("abcd"));
    assertThat(tail.cut(query("abcdef"))).isEqualTo(query("cdef"));
  }

  @Test
  void shouldHalveNoSign() {
    assertThat(head.cut(query("abc\uD83D\uDE00"))).isEqualTo(query("abc"));
    assertThat(tail.cut(query("\uD83D\uDE00abc"))).isEqualTo(query("abc"));
  }

  @Test
  void shouldGiveBackWhatFits() {
    Event fits = query("abcd");
    Event tooLong = query("abcdef");

    assertThat(head.cut(fits)).isSameAs(fits);
    assertThat(new TextCut(limits(LongTexts.REFUSE)).cut(tooLong)).isSameAs(tooLong);
    Event forget = new Event.ForgetTenant("t", 1);
    assertThat(tail.cut(forget)).isSameAs(forget);
  }

  @Test
  void shouldCutTheTextBesideFeaturesAndKeepAllElse() {
    FeatureVector vector = FeatureVector.of(new float[] {1});
    ExampleTerms terms = new ExampleTerms(2, 9);

    assertThat(
            tail.cut(
                new Event.Add(
                    "t", 1, "e", "l", terms, new Payload.Features(vector, Optional.of("abcdef")))))
        .isEqualTo(
            new Event.Add(
                "t", 1, "e", "l", terms, new Payload.Features(vector, Optional.of("cdef"))));
    assertThat(tail.cut(new Event.Describe("t", 1, "e", "l", terms, new Payload.Text("abcdef"))))
        .isEqualTo(new Event.Describe("t", 1, "e", "l", terms, new Payload.Text("cdef")));
  }

  private static Event query(String text) {
    return new Event.Query("t", 1, "q", new Payload.Text(text));
  }

  private static Limits limits(LongTexts policy) {
    return new Limits(9, 9, LENGTH, 9, 9, policy);
  }
}
