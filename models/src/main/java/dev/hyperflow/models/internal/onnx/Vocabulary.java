package dev.hyperflow.models.internal.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ObjIntConsumer;

/** Which tokens of a {@code tokenizer.json} say something of a text. Immutable. */
final class Vocabulary {

  /*
   * A tokenizer has one of three ways to write what it does not know: a token for all that is
   * unknown (WordPiece, Unigram), a token for each byte (byte fallback), or pieces of the bytes of
   * a character (byte-level BPE). The last two lose nothing, but the encoder learned nothing of
   * such tokens either. White space between words may be a token, too, and is none of the text.
   *
   * English vocabularies have the letters of many scripts, and no words to make of them. All tokens
   * of such a script are unknown: features of letters alone say less of a text than counts of its
   * triples of letters (docs/encoders.md).
   */

  private static final String FALLBACK = "<0x[0-9A-F]{2}>";
  private static final String METASPACE = "\u2581";

  /** A vocabulary with so many signs of a script reads it without longer tokens, as in Chinese. */
  private static final int ENOUGH_SIGNS = 1_000;

  private final BitSet unknown = new BitSet();
  private final BitSet blank = new BitSet();
  private final BitSet lettered = new BitSet();

  private Vocabulary() {}

  /** The tokens of a script. */
  private static final class Script {
    private final BitSet tokens = new BitSet();
    private int ofOneLetter;

    boolean hasWords() {
      return tokens.cardinality() > 2 * ofOneLetter;
    }

    boolean isRead() {
      return hasWords() || ofOneLetter >= ENOUGH_SIGNS;
    }
  }

  /** Reads the content of a {@code tokenizer.json}. */
  static Vocabulary of(JsonNode tokenizer) {
    Vocabulary vocabulary = new Vocabulary();
    JsonNode model = tokenizer.path("model");
    boolean fallback = model.path("byte_fallback").asBoolean();
    boolean byteLevel =
        isByteLevel(tokenizer.path("pre_tokenizer")) || isByteLevel(tokenizer.path("decoder"));
    String suffix = model.path("end_of_word_suffix").asText("");
    Map<Character.UnicodeScript, Script> scripts = new EnumMap<>(Character.UnicodeScript.class);
    forEach(
        model.path("vocab"),
        (token, id) -> {
          Optional<String> text = byteLevel ? ByteLevel.text(token) : Optional.of(token);
          vocabulary.unknown.set(
              id,
              text.isEmpty()
                  || (fallback && token.matches(FALLBACK))
                  || isUnknown(model, token, id));
          vocabulary.blank.set(
              id, text.filter(found -> found.replace(METASPACE, "").isBlank()).isPresent());
          if (!vocabulary.isUnknown(id)) {
            vocabulary.addLetters(scripts, id, text.orElseThrow().replace(suffix, ""));
          }
        });
    if (scripts.values().stream().anyMatch(Script::hasWords)) { // else it knows letters only
      scripts.values().stream()
          .filter(script -> !script.isRead())
          .forEach(script -> vocabulary.unknown.or(script.tokens));
    }
    return vocabulary;
  }

  private void addLetters(Map<Character.UnicodeScript, Script> scripts, int id, String text) {
    int[] letters = text.codePoints().filter(c -> Character.isAlphabetic(c)).toArray();
    if (letters.length == 0) {
      return;
    }
    lettered.set(id);
    Script script =
        scripts.computeIfAbsent(Character.UnicodeScript.of(letters[0]), key -> new Script());
    script.tokens.set(id);
    script.ofOneLetter += letters.length == 1 ? 1 : 0;
  }

  private static boolean isUnknown(JsonNode model, String token, int id) {
    JsonNode byId = model.path("unk_id");
    JsonNode byName = model.path("unk_token");
    return byId.isIntegralNumber()
        ? byId.asInt() == id
        : byName.isTextual() && byName.asText().equals(token);
  }

  /** A vocabulary maps tokens to ids, or lists tokens with their scores. */
  private static void forEach(JsonNode vocab, ObjIntConsumer<String> action) {
    if (vocab.isArray()) {
      for (int id = 0; id < vocab.size(); id++) {
        action.accept(vocab.get(id).path(0).asText(), id);
      }
    } else {
      vocab.properties().forEach(entry -> action.accept(entry.getKey(), entry.getValue().asInt()));
    }
  }

  private static boolean isByteLevel(JsonNode stage) {
    if (stage.path("type").asText().equals("ByteLevel")) {
      return true;
    }
    for (String parts : new String[] {"pretokenizers", "decoders"}) {
      for (JsonNode part : stage.path(parts)) {
        if (isByteLevel(part)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether a token stands for something that the encoder does not know. */
  boolean isUnknown(long id) {
    return unknown.get(Math.toIntExact(id));
  }

  /** Whether a token is white space alone. */
  boolean isBlank(long id) {
    return blank.get(Math.toIntExact(id));
  }

  /** Whether a token has letters: it is a word or a part of one, no number and no punctuation. */
  boolean hasLetters(long id) {
    return lettered.get(Math.toIntExact(id));
  }

  /** How byte-level BPE writes bytes: those that can be printed as they are, others from U+0100. */
  private static final class ByteLevel {
    private static final Map<Character, Byte> BYTES = bytes();

    private static Map<Character, Byte> bytes() {
      Map<Character, Byte> bytes = new HashMap<>();
      int next = 0x100;
      for (int value = 0; value < 0x100; value++) {
        boolean printable =
            (value >= '!' && value <= '~') || (value >= 0xa1 && value <= 0xff && value != 0xad);
        bytes.put((char) (printable ? value : next++), (byte) value);
      }
      return bytes;
    }

    /** The text of a token; empty when it cuts a character into pieces. */
    static Optional<String> text(String token) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (int i = 0; i < token.length(); i++) {
        Byte value = BYTES.get(token.charAt(i));
        if (value == null) {
          return Optional.of(token); // no token of bytes, but one that was added
        }
        bytes.write(value);
      }
      try {
        return Optional.of(
            StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes.toByteArray()))
                .toString());
      } catch (CharacterCodingException e) {
        return Optional.empty();
      }
    }
  }
}
