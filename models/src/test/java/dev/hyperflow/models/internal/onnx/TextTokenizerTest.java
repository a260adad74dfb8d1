package dev.hyperflow.models.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.TextTokens;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

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
    assertThat(tokenizer.tokens("hello world")).isEqualTo(new TextTokens(2, 0, false));
    assertThat(tokenizer.tokens("")).isEqualTo(new TextTokens(0, 0, false));
    assertThat(tokenizer.tokens("hello \ud83d\ude00")).isEqualTo(new TextTokens(1, 1, false));
    assertThat(tokenizer.tokens("\ud83d\ude00").known()).isZero();
    assertThat(tokenizer.tokens("\ud83d\ude21").unknown()).isEqualTo(1);
  }

  @Test
  void shouldSayWhetherATextIsCut() {
    assertThat(tokenizer.tokens("hello ".repeat(LIMIT - 2)).cut()).isFalse();
    assertThat(tokenizer.tokens("hello ".repeat(LIMIT - 1)).cut()).isTrue();
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
