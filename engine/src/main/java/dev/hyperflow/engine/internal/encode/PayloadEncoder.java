package dev.hyperflow.engine.internal.encode;

import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.engine.internal.event.Stage;
import dev.hyperflow.models.ModelException;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.TextRole;
import dev.hyperflow.models.internal.TextTokens;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Turns payloads into features. Thread-safe as far as its encoder is. */
public final class PayloadEncoder {
  private final Optional<Encoder> encoder;
  private final OptionalInt dimension;

  /**
   * An encoder of payloads.
   *
   * @param encoder the bundle's encoder, if it has one
   * @param dimension the D that features must have; empty when the bundle takes any
   */
  public PayloadEncoder(Optional<Encoder> encoder, OptionalInt dimension) {
    this.encoder = encoder;
    this.dimension = dimension;
  }

  /**
   * The features of each payload, in order. All texts are encoded together.
   *
   * @param roles what each payload is for
   */
  public List<Encoded> encode(List<Payload> payloads, List<TextRole> roles) {
    List<Encoded> encoded = new ArrayList<>(payloads.size());
    List<String> texts = new ArrayList<>();
    List<String> prefixes = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (Payload payload : payloads) {
      if (payload instanceof Payload.Text text && encoder.isPresent()) {
        texts.add(text.text());
        prefixes.add(encoder.get().prefixes().of(roles.get(encoded.size())));
        places.add(encoded.size());
        encoded.add(null);
      } else {
        encoded.add(withoutEncoder(payload));
      }
    }
    if (!texts.isEmpty()) {
      List<Encoded> ofTexts = encodeKnown(encoder.orElseThrow(), texts, prefixes);
      for (int i = 0; i < places.size(); i++) {
        encoded.set(places.get(i), ofTexts.get(i));
      }
    }
    return encoded;
  }

  /** A text with what the encoder expects before it in that role. */
  public String prefixed(String text, TextRole role) {
    return encoder.map(found -> found.prefixes().of(role)).orElse("") + text;
  }

  /** Whether a text has the same features in any role. */
  public boolean knowsNoRoles() {
    return encoder.map(found -> found.prefixes().alike()).orElse(true);
  }

  /**
   * The features of texts that were taken before, whatever words they have; in order.
   *
   * @param texts as {@link #prefixed} gives them
   */
  public List<Encoded> encodeKept(List<String> texts) {
    return encoder.isPresent()
        ? encodeTexts(encoder.get(), texts, Collections.nCopies(texts.size(), Optional.empty()))
        : texts.stream().map(text -> withoutEncoder(new Payload.Text(text))).toList();
  }

  private Encoded withoutEncoder(Payload payload) {
    if (payload instanceof Payload.Features features) {
      return checked(features.vector());
    }
    return refused(
        Reason.NO_ENCODER,
        "payload: expected features, because no encoder of texts is loaded, found a text");
  }

  private Encoded checked(FeatureVector vector) {
    if (dimension.isEmpty() || dimension.getAsInt() == vector.dimension()) {
      return new Encoded.Features(vector);
    }
    return refused(
        Reason.WRONG_DIMENSION,
        "payload: expected %d features, found %d"
            .formatted(dimension.getAsInt(), vector.dimension()));
  }

  /** Encodes the texts in which the encoder knows anything; all others look the same to it. */
  private static List<Encoded> encodeKnown(
      Encoder encoder, List<String> texts, List<String> prefixes) {
    List<String> whole = new ArrayList<>(texts.size());
    for (String text : texts) {
      whole.add(prefixes.get(whole.size()) + text);
    }
    Optional<List<TextTokens>> counted = encoder.tokens(texts);
    if (counted.isEmpty()) {
      return encodeTexts(encoder, whole, Collections.nCopies(texts.size(), Optional.empty()));
    }
    List<TextTokens> tokens = counted.get();
    List<String> known = new ArrayList<>(texts.size());
    List<Optional<TextTokens>> ofKnown = new ArrayList<>(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      if (tokens.get(i).known() > 0) {
        known.add(whole.get(i));
        ofKnown.add(Optional.of(tokens.get(i)));
      }
    }
    Iterator<Encoded> encoded = encodeTexts(encoder, known, ofKnown).iterator();
    return tokens.stream()
        .map(found -> found.known() > 0 ? encoded.next() : withoutWords(found))
        .toList();
  }

  private static Encoded withoutWords(TextTokens found) {
    return new Encoded.Refused(
        new Rejection(
            Stage.ENCODE,
            Reason.NO_KNOWN_WORDS,
            "payload.text: expected a word that the encoder knows, found %d unknown ones"
                .formatted(found.unknown())),
        Optional.of(found));
  }

  /** Encodes all, or, when that fails, halves the list until the failing texts stand alone. */
  private static List<Encoded> encodeTexts(
      Encoder encoder, List<String> texts, List<Optional<TextTokens>> tokens) {
    if (texts.isEmpty()) {
      return List.of();
    }
    try {
      List<Encoded> encoded = new ArrayList<>(texts.size());
      for (float[] row : encoder.encode(texts)) {
        encoded.add(new Encoded.Features(FeatureVector.of(row), tokens.get(encoded.size())));
      }
      return encoded;
    } catch (ModelException | IllegalArgumentException e) {
      if (texts.size() == 1) {
        return List.of(
            refused(Reason.ENCODE_FAILED, "payload.text: the encoder failed: " + e.getMessage()));
      }
      int middle = texts.size() / 2;
      List<Encoded> encoded =
          new ArrayList<>(
              encodeTexts(encoder, texts.subList(0, middle), tokens.subList(0, middle)));
      encoded.addAll(
          encodeTexts(
              encoder, texts.subList(middle, texts.size()), tokens.subList(middle, texts.size())));
      return encoded;
    }
  }

  private static Encoded refused(Reason reason, String message) {
    return new Encoded.Refused(new Rejection(Stage.ENCODE, reason, message));
  }
}
