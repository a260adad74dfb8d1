package dev.hyperflow.models.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.TextTokens;
import dev.hyperflow.models.internal.TinyEncoders;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TextTokenizerTest {

  private static final int LIMIT = 16;
  private static final long START = 101;
  private static final long END = 102;

  private static byte[] json;
  private static TextTokenizer tokenizer;

  @BeforeAll
  static void open() throws IOException {
    try (InputStream in =
        TextTokenizerTest.class.getResourceAsStream("/all-minilm-l6-v2-tokenizer.json")) {
      json = in.readAllBytes();
    }
    tokenizer = TextTokenizer.open("tokenizer", json, LIMIT);
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  @Test
  void shouldPutSpecialTokensAroundATextAndPadNothing() {
    assertThat(tokenizer.tokenIds("hello world")).containsExactly(START, 7592, 2088, END);
    assertThat(tokenizer.tokenIds("")).containsExactly(START, END);
  }

  @Test
  void shouldCutToTheLimitSpecialTokensIncluded() {
    long[] ids = tokenizer.tokenIds("hello ".repeat(100));
    assertThat(ids).hasSize(LIMIT).startsWith(START, 7592).endsWith(END);
  }

  @Test
  void shouldCountTheTokensThatItKnows() {
    assertThat(tokenizer.tokens("hello world", 0)).isEqualTo(new TextTokens(2, 0, false));
    assertThat(tokenizer.tokens("", 0)).isEqualTo(new TextTokens(0, 0, false));
    assertThat(tokenizer.tokens("hello \ud83d\ude00", 0)).isEqualTo(new TextTokens(1, 1, false));
    assertThat(tokenizer.tokens("\ud83d\ude00", 0).known()).isZero();
    assertThat(tokenizer.tokens("\ud83d\ude21", 0).unknown()).isEqualTo(1);
  }

  @Test
  void shouldSayWhetherATextIsCut() {
    assertThat(tokenizer.tokens("hello ".repeat(LIMIT - 2), 0).cut()).isFalse();
    assertThat(tokenizer.tokens("hello ".repeat(LIMIT - 1), 0).cut()).isTrue();
  }

  @Test
  void shouldCountAPrefixAgainstTheLimit() {
    int prefix = tokenizer.length("query: ");
    assertThat(prefix).isEqualTo(2);
    assertThat(tokenizer.tokens("hello ".repeat(LIMIT - 2 - prefix), prefix).cut()).isFalse();
    assertThat(tokenizer.tokens("hello ".repeat(LIMIT - 1 - prefix), prefix).cut()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(TinyEncoders.Tokens.class)
  void shouldTellWhatItKnowsWhateverTheKindOfTokenizer(TinyEncoders.Tokens kind) {
    try (TextTokenizer tiny = TextTokenizer.open("tiny", TinyEncoders.tokenizer(kind), LIMIT)) {
      // Words of the vocabulary, and none of white space
      assertThat(tiny.tokens("lost card", 0)).isEqualTo(new TextTokens(2, 0, false));
      assertThat(tiny.tokens("  ", 0)).isEqualTo(new TextTokens(0, 0, false));

      // And a script that no word of it is in
      TextTokens thai = tiny.tokens("\u0e1a\u0e31\u0e15\u0e23", 0);
      assertThat(thai.known()).isZero();
      assertThat(thai.unknown()).isPositive();
      TextTokens mixed = tiny.tokens("lost \u0e1a\u0e31\u0e15\u0e23", 0);
      assertThat(mixed.known()).isEqualTo(1);
      assertThat(mixed.unknown()).isPositive();
    }
  }

  @Test
  void shouldNotTakeTheWordNullForUnknownWhereNothingIs() throws IOException {
    byte[] bytes = TinyEncoders.tokenizer(TinyEncoders.Tokens.BYTE_LEVEL);
    try (TextTokenizer tiny = TextTokenizer.open("tiny", bytes, LIMIT)) {
      assertThat(tiny.tokens("null", 0)).isEqualTo(new TextTokens(1, 0, false));
    }
  }

  @Test
  void shouldReadHalfASurrogatePairAsAReplacementCharacter() {
    assertThat(tokenizer.tokenIds("a \ud83d b")).isEqualTo(tokenizer.tokenIds("a \ufffd b"));
    assertThat(tokenizer.tokenIds("a \ud83d\ude00 b")).startsWith(START).endsWith(END);
  }

  @Test
  void shouldRefuseAFileThatIsNoTokenizer() {
    byte[] other = "{}".getBytes(StandardCharsets.UTF_8);
    assertThatExceptionOfType(BundleException.class)
        .isThrownBy(() -> TextTokenizer.open("t.json", other, LIMIT))
        .withMessageStartingWith(
            "t.json: expected a tokenizer.json of Hugging Face tokenizers, found: ");
  }

  @Test
  void shouldRefuseTextsAfterItsEnd() {
    TextTokenizer closed = TextTokenizer.open("tokenizer", json, LIMIT);
    closed.close();
    closed.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> closed.tokenIds("a"))
        .withMessage("tokenizer is closed");
  }
}
