package dev.hyperflow.engine.internal.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.FakeEncoder;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.engine.internal.event.Stage;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.TextPrefixes;
import dev.hyperflow.models.internal.TextRole;
import dev.hyperflow.models.internal.TextTokens;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PayloadEncoderTest {
  private final FakeEncoder texts = new FakeEncoder("fake");
  private final PayloadEncoder encoder =
      new PayloadEncoder(Optional.of(texts), OptionalInt.of(texts.dimension()));

  @Test
  void shouldGiveNothingForNothingAndAskNobody() {
    assertThat(encode(encoder, List.of())).isEmpty();
    assertThat(texts.calls()).isEmpty();
  }

  @Test
  void shouldEncodeAllTextsOfAListTogetherAndKeepTheOrder() {
    FeatureVector own = FeatureVector.of(new float[texts.dimension()]);

    List<Encoded> encoded =
        encode(encoder, List.of(text("one"), new Payload.Features(own), text("two")));

    assertThat(texts.calls()).containsExactly(List.of("one", "two"));
    assertThat(encoded)
        .containsExactly(features("one"), new Encoded.Features(own), features("two"));
  }

  @Test
  void shouldRefuseTheFailingTextAloneAndEncodeTheOthers() {
    List<Encoded> encoded =
        encode(encoder, List.of(text("one"), text("poison"), text("two"), text("poison too")));

    assertThat(encoded.get(0)).isEqualTo(features("one"));
    assertThat(encoded.get(2)).isEqualTo(features("two"));
    for (int failed : new int[] {1, 3}) {
      assertThat(encoded.get(failed))
          .isEqualTo(
              new Encoded.Refused(
                  new Rejection(
                      Stage.ENCODE,
                      Reason.ENCODE_FAILED,
                      "payload.text: the encoder failed: cannot encode")));
    }
  }

  @Test
  void shouldRefuseTextsInWhichTheEncoderKnowsNoWord() {
    PayloadEncoder counting =
        new PayloadEncoder(Optional.of(new Counting(texts)), OptionalInt.empty());

    List<Encoded> encoded = encode(counting, List.of(text("one"), text("??"), text("two ?")));

    assertThat(texts.calls()).containsExactly(List.of("one", "two ?"));
    assertThat(reason(encoded.get(1))).isEqualTo(Reason.NO_KNOWN_WORDS);
    assertThat(encoded.get(1).tokens()).contains(new TextTokens(0, 1, false));
    assertThat(encoded.get(2).tokens()).contains(new TextTokens(1, 1, false));
    assertThat(message(encoded.get(1)))
        .isEqualTo("payload.text: expected a word that the encoder knows, found 1 unknown ones");
  }

  @Test
  void shouldEncodeWhatIsKeptWhateverItsWordsAre() {
    PayloadEncoder counting =
        new PayloadEncoder(Optional.of(new Counting(texts)), OptionalInt.empty());

    assertThat(counting.encodeKept(List.of("??", "one")))
        .allMatch(Encoded.Features.class::isInstance);
  }

  /** Knows words that hold no question mark. */
  private record Counting(FakeEncoder encoder) implements Encoder {
    @Override
    public String id() {
      return encoder.id();
    }

    @Override
    public int dimension() {
      return encoder.dimension();
    }

    @Override
    public TextPrefixes prefixes() {
      return encoder.prefixes();
    }

    @Override
    public Optional<List<TextTokens>> tokens(List<String> all) {
      return Optional.of(all.stream().map(Counting::tokens).toList());
    }

    private static TextTokens tokens(String text) {
      List<String> words = List.of(text.split(" "));
      int unknown = (int) words.stream().filter(word -> word.contains("?")).count();
      return new TextTokens(words.size() - unknown, unknown, false);
    }

    @Override
    public float[][] encode(List<String> all) {
      return encoder.encode(all);
    }

    @Override
    public void close() {
      encoder.close();
    }
  }

  @Test
  void shouldRefuseFeaturesOfAnotherDimension() {
    Encoded encoded = encode(encoder, List.of(features(3))).get(0);

    assertThat(reason(encoded)).isEqualTo(Reason.WRONG_DIMENSION);
    assertThat(message(encoded)).isEqualTo("payload: expected 8 features, found 3");
  }

  @Test
  void shouldTakeFeaturesOfAnyDimensionWhenTheBundleDoes() {
    PayloadEncoder any = new PayloadEncoder(Optional.empty(), OptionalInt.empty());

    List<Encoded> encoded = encode(any, List.of(features(3), features(5)));

    assertThat(encoded).allMatch(Encoded.Features.class::isInstance);
  }

  @Test
  void shouldRefuseATextWithoutAnEncoder() {
    PayloadEncoder none = new PayloadEncoder(Optional.empty(), OptionalInt.empty());

    Encoded encoded = encode(none, List.of(text("one"))).get(0);

    assertThat(reason(encoded)).isEqualTo(Reason.NO_ENCODER);
  }

  @Test
  void shouldPutThePrefixOfItsRoleBeforeAText() {
    FakeEncoder prefixed = new FakeEncoder("fake", 4, new TextPrefixes("query: ", "passage: "));
    PayloadEncoder two =
        new PayloadEncoder(Optional.of(new Counting(prefixed)), OptionalInt.empty());

    List<Encoded> encoded =
        two.encode(
            List.of(text("one"), text("??"), text("two")),
            List.of(TextRole.QUERY, TextRole.QUERY, TextRole.EXAMPLE));

    // The prefix is no word of the text
    assertThat(reason(encoded.get(1))).isEqualTo(Reason.NO_KNOWN_WORDS);
    assertThat(prefixed.calls()).containsExactly(List.of("query: one", "passage: two"));
    assertThat(encoded.get(0).tokens()).contains(new TextTokens(1, 0, false));
    assertThat(two.knowsNoRoles()).isFalse();
    assertThat(encoder.knowsNoRoles()).isTrue();
  }

  private static List<Encoded> encode(PayloadEncoder encoder, List<Payload> payloads) {
    return encoder.encode(payloads, Collections.nCopies(payloads.size(), TextRole.QUERY));
  }

  private Encoded features(String text) {
    return new Encoded.Features(
        FeatureVector.of(new FakeEncoder("other").encode(List.of(text))[0]));
  }

  private static Payload features(int dimension) {
    return new Payload.Features(FeatureVector.of(new float[dimension]));
  }

  private static Payload text(String text) {
    return new Payload.Text(text);
  }

  private static Reason reason(Encoded encoded) {
    return encoded.fold(
        features -> {
          throw new AssertionError("expected a refusal, found " + features);
        },
        Rejection::reason);
  }

  private static String message(Encoded encoded) {
    return encoded.fold(features -> "features", Rejection::message);
  }
}
