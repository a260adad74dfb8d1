package dev.hyperflow.models.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.ObjectMapper;
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
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u03a0\u03bf\u03cd \u03b5\u03af\u03bd\u03b1\u03b9 \u03b7 \u03ba\u03ac\u03c1\u03c4\u03b1 \u03bc\u03bf\u03c5; 24",
        "\u0413\u0434\u0435 \u043c\u043e\u044f \u043a\u0430\u0440\u0442\u0430? 24",
        "\u0623\u064a\u0646 \u0637\u0644\u0628\u064a\u061f",
        "\u092e\u0947\u0930\u093e \u0915\u093e\u0930\u094d\u0921 \u0915\u0939\u093e\u0901 \u0939\u0948?",
        "\uc8fc\ubb38\uc740 \uc5b4\ub514\uc5d0 \uc788\ub098\uc694?",
        "\u6211\u7684\u8ba2\u5355\u5728\u54ea\u91cc\uff1f",
        "\u5148\u9031\u652f\u6255\u3044\u307e\u3057\u305f\u3002"
      })
  void shouldKnowNoWordOfAScriptInWhichItHasLettersAlone(String text) {
    TextTokens alone = tokenizer.tokens(text, 0);
    assertThat(alone.known()).isZero();
    assertThat(alone.unknown()).isPositive();
    assertThat(tokenizer.tokens("card " + text, 0).known()).isEqualTo(1);
  }

  @Test
  void shouldCountNumbersAndPunctuationWhereNobodyWroteALetter() {
    assertThat(tokenizer.tokens("24 :-) \ud83d\ude00", 0)).isEqualTo(new TextTokens(4, 1, false));
    assertThat(tokenizer.tokens("24 :-) q", 0)).isEqualTo(new TextTokens(1, 0, false));
    assertThat(tokenizer.tokens("\u00fcber \u00e7a xqz", 0).unknown()).isZero();
  }

  @Test
  void shouldReadSignsWhereItHasManyAndLettersWhereItHasNothingElse() throws IOException {
    StringBuilder signs = new StringBuilder("{\"[UNK]\": 0, \"card\": 1");
    for (int i = 0; i < 1_000; i++) {
      signs.append(", \"%c\": %d".formatted(0x4e00 + i, i + 2));
    }
    assertThat(vocabulary(signs + "}").isUnknown(2)).isFalse();
    assertThat(vocabulary("{\"[UNK]\": 0, \"card\": 1, \"\u4e00\": 2}").isUnknown(2)).isTrue();
    assertThat(vocabulary("{\"[UNK]\": 0, \"a\": 1, \"b\": 2, \"\u0431\": 3}").isUnknown(3))
        .isFalse();
  }

  private static Vocabulary vocabulary(String tokens) throws IOException {
    return Vocabulary.of(
        new ObjectMapper()
            .readTree("{\"model\": {\"unk_token\": \"[UNK]\", \"vocab\": %s}}".formatted(tokens)));
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
