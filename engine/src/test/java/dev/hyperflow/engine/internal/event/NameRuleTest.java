package dev.hyperflow.engine.internal.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameRuleTest {

  @Test
  void shouldTrimAndCompose() {
    assertThat(NameRule.normal("  billing ")).isEqualTo("billing");
    assertThat(NameRule.normal("cafe\u0301")).isEqualTo("caf\u00E9");
    assertThat(NameRule.normal("two words")).isEqualTo("two words");
    assertThat(NameRule.normal(" ")).isEmpty();
    assertThat(NameRule.normal("Billing")).isEqualTo("Billing");
  }

  @Test
  void shouldGiveBackWhatIsNormal() {
    String plain = "billing & co.";

    assertThat(NameRule.normal(plain)).isSameAs(plain);
  }

  @ParameterizedTest
  @MethodSource("visibleNames")
  void shouldPassNamesThatPeopleWrite(String name) {
    assertThat(NameRule.invisible(name)).isEmpty();
  }

  static Stream<String> visibleNames() {
    return Stream.of(
        "billing",
        "Rechnung & Zahlung",
        "caf\u00E9",
        "\u8acb\u6c42\u66f8",
        "\u845B\uDB40\uDD00", // an ideograph with its variant
        "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645", // Persian: a non-joiner
        "\u0915\u094D\u200D\u0937", // Devanagari: a joiner
        "\u0E02\u0E2D\u0E07\u0E41\u0E17\u0E49",
        "\uD83D\uDE00",
        "\u2764\uFE0F",
        "1\uFE0F\u20E3",
        "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67", // a family
        "\uD83D\uDC69\uD83C\uDFFD\u200D\uD83D\uDE80"); // an astronaut with a skin tone
  }

  @ParameterizedTest
  @MethodSource("invisibleSigns")
  void shouldNameTheSignThatNobodySees(String sign, String shown) {
    assertThat(NameRule.invisible("bill" + sign + "ing")).contains(shown + " at 4");
    assertThat(NameRule.invisible(sign + "billing")).contains(shown + " at 0");
    assertThat(NameRule.invisible("billing" + sign)).contains(shown + " at 7");
  }

  static Stream<org.junit.jupiter.params.provider.Arguments> invisibleSigns() {
    return Stream.of(
            "\0:U+0000 NULL",
            "\u001B:U+001B ESCAPE",
            "\t:U+0009 CHARACTER TABULATION",
            "\r:U+000D CARRIAGE RETURN (CR)",
            "\u007F:U+007F DELETE",
            "\u00A0:U+00A0 NO-BREAK SPACE",
            "\u00AD:U+00AD SOFT HYPHEN",
            "\u034F:U+034F COMBINING GRAPHEME JOINER",
            "\u2003:U+2003 EM SPACE",
            "\u200B:U+200B ZERO WIDTH SPACE",
            "\u200C:U+200C ZERO WIDTH NON-JOINER",
            "\u200D:U+200D ZERO WIDTH JOINER",
            "\u202E:U+202E RIGHT-TO-LEFT OVERRIDE",
            "\u2028:U+2028 LINE SEPARATOR",
            "\u2060:U+2060 WORD JOINER",
            "\u2800:U+2800 BRAILLE PATTERN BLANK",
            "\u3000:U+3000 IDEOGRAPHIC SPACE",
            "\u3164:U+3164 HANGUL FILLER",
            "\uFE0F:U+FE0F VARIATION SELECTOR-16",
            "\uFEFF:U+FEFF ZERO WIDTH NO-BREAK SPACE",
            "\uFFFD:U+FFFD REPLACEMENT CHARACTER",
            "\uDB40\uDC41:U+E0041 TAG LATIN CAPITAL LETTER A")
        .map(line -> line.split(":", 2))
        .map(parts -> org.junit.jupiter.params.provider.Arguments.of(parts[0], parts[1]));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0301", "\u0301\u0327", "a \u0301", "\u20DD", "\u0E31"})
  void shouldRefuseAMarkWithoutASignThatItBelongsTo(String name) {
    assertThat(NameRule.invisible(name)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x\u0301", "\u0E01\u0E31", "e\u0301\u0327", "1\u20E3", "\u0915\u094D"})
  void shouldTakeAMarkOnASign(String name) {
    assertThat(NameRule.invisible(name)).isEmpty();
  }

  @Test
  void shouldGuessWhatAKeyLooksLike() {
    assertThat(NameRule.guess(longs(42))).isEqualTo("the 8-byte number 42");
    assertThat(NameRule.guess(longs(200))).isEqualTo("the 8-byte number 200");
    assertThat(NameRule.guess(longs(-1))).isEqualTo("the 8-byte number -1");
    assertThat(NameRule.guess(new byte[] {0, 0, 1, 0})).isEqualTo("the 4-byte number 256");
    assertThat(NameRule.guess(framed(5, "acme")))
        .isEqualTo("a value with the schema id 5 in front");
    assertThat(NameRule.guess(framed(7, "ab"))).isEqualTo("a value with the schema id 7 in front");
    assertThat(NameRule.guess("acme".getBytes(UTF_16LE))).isEqualTo("UTF-16 text");
    assertThat(NameRule.guess("\uFEFFacme".getBytes(UTF_16LE))).isEqualTo("UTF-16 text");
    assertThat(NameRule.guess("\uFEFFΑθήνα".getBytes(UTF_16BE))).isEqualTo("UTF-16 text");
    assertThat(NameRule.guess(longs(0x1234_5678_9abc_def0L, 0x8234_5678_9abc_def0L)))
        .isEqualTo("a UUID in 16 bytes");
    assertThat(NameRule.guess("Müller42".getBytes(ISO_8859_1)))
        .isEqualTo("text in another encoding, such as ISO-8859-1");
    assertThat(NameRule.guess(new byte[] {3, 1, 4})).isEqualTo("binary data");
    assertThat(NameRule.guess(new byte[] {0})).isEqualTo("binary data");
  }

  private static byte[] longs(long... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES);
    for (long value : values) {
      bytes.putLong(value);
    }
    return bytes.array();
  }

  /** As Confluent's Avro serializer writes a string. */
  private static byte[] framed(int schema, String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    return ByteBuffer.allocate(6 + utf8.length)
        .put((byte) 0)
        .putInt(schema)
        .put((byte) (2 * utf8.length))
        .put(utf8)
        .array();
  }
}
