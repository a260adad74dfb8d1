package dev.hyperflow.engine.internal.event;

import java.lang.Character.UnicodeScript;
import java.nio.ByteBuffer;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The one rule for names: tenants, labels, event ids and query ids.
 *
 * <p>A name in its <em>normal form</em> has no space at its ends and is composed (Unicode NFC). A
 * name may hold only signs that can be seen, and single spaces (U+0020) between them. So no two
 * names look the same because of signs that nobody sees.
 */
public final class NameRule {
  // Joiners and variation selectors are invisible, too, but belong to the spelling of Persian and
  // Indic words, of emoji and of some ideographs. They pass where they change what is seen.

  /** Longer names are refused for their length; normalising them could take long. */
  private static final int MAX_NORMALISED = 8_192;

  private static final int FIRST_SIGN = 0x21;
  private static final int LAST_ASCII_SIGN = 0x7E;
  private static final int SPACE = 0x20;
  private static final int NON_JOINER = 0x200C;
  private static final int JOINER = 0x200D;

  /** Question and exclamation marks of Latin, Spanish, Greek, Arabic and East Asian texts. */
  private static final String ASKING =
      "?!\u00BF\u00A1\u037E\u061F\u203C\u203D\u2047\u2048\u2049\uFF01\uFF1F";

  private static final Set<UnicodeScript> JOINING =
      EnumSet.of(
          UnicodeScript.ARABIC,
          UnicodeScript.SYRIAC,
          UnicodeScript.MONGOLIAN,
          UnicodeScript.NKO,
          UnicodeScript.DEVANAGARI,
          UnicodeScript.BENGALI,
          UnicodeScript.GURMUKHI,
          UnicodeScript.GUJARATI,
          UnicodeScript.ORIYA,
          UnicodeScript.TAMIL,
          UnicodeScript.TELUGU,
          UnicodeScript.KANNADA,
          UnicodeScript.MALAYALAM,
          UnicodeScript.SINHALA,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR);

  private NameRule() {}

  /** The name without spaces at its ends, composed; the name itself when it is in that form. */
  public static String normal(String name) {
    if (isPlain(name)) {
      return name;
    }
    int from = 0;
    int to = name.length();
    while (from < to && name.charAt(from) == SPACE) {
      from++;
    }
    while (from < to && name.charAt(to - 1) == SPACE) {
      to--;
    }
    String trimmed = name.substring(from, to);
    return trimmed.length() > MAX_NORMALISED
        ? trimmed
        : Normalizer.normalize(trimmed, Normalizer.Form.NFC);
  }

  /** Whether the name is in its normal form. */
  public static boolean isNormal(String name) {
    return normal(name).equals(name);
  }

  private static boolean isPlain(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c < SPACE || c > LAST_ASCII_SIGN) {
        return false;
      }
    }
    return name.isEmpty() || (name.charAt(0) != SPACE && name.charAt(name.length() - 1) != SPACE);
  }

  /**
   * The first sign of a name that cannot be seen, as {@code U+200B ZERO WIDTH SPACE at 3}; empty
   * when all can be seen. Places count characters from 0.
   */
  public static Optional<String> invisible(String name) {
    int before = -1;
    for (int at = 0; at < name.length(); ) {
      int sign = name.codePointAt(at);
      int next = at + Character.charCount(sign);
      int after = next < name.length() ? name.codePointAt(next) : -1;
      boolean passes =
          sign == SPACE
              || (sign >= FIRST_SIGN && sign <= LAST_ASCII_SIGN)
              || (isInvisible(sign) ? belongs(before, sign, after) : hasBase(before, sign));
      if (!passes) {
        return Optional.of("%s at %d".formatted(named(sign), at));
      }
      before = sign;
      at = next;
    }
    return Optional.empty();
  }

  /** A mark that stands alone is drawn over whatever comes before the name. */
  private static boolean hasBase(int before, int sign) {
    boolean isMark =
        Character.getType(sign) == Character.NON_SPACING_MARK
            || Character.getType(sign) == Character.ENCLOSING_MARK;
    return !isMark || (before >= 0 && before != SPACE);
  }

  private static boolean isInvisible(int sign) {
    return switch (Character.getType(sign)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> isBlankSign(sign) || isVariationSelector(sign) || isNoCharacter(sign);
    };
  }

  /** Fillers, blanks and the signs that stand for something lost. */
  private static boolean isBlankSign(int sign) {
    return switch (sign) {
      case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2065, 0x2800, 0x3164, 0xFFA0 -> true;
      case 0xFFFC, 0xFFFD, 0x1D159 -> true;
      default -> false;
    };
  }

  private static boolean isVariationSelector(int sign) {
    return (sign >= 0x180B && sign <= 0x180F) || (sign >= 0xFE00 && sign <= 0xFE0F);
  }

  private static boolean isNoCharacter(int sign) {
    return (sign & 0xFFFE) == 0xFFFE
        || (sign >= 0xFDD0 && sign <= 0xFDEF)
        || (sign >= 0xFFF0 && sign <= 0xFFF8)
        || (sign >= 0xE0000 && sign <= 0xE0FFF);
  }

  /** Whether an invisible sign belongs to the spelling of what stands around it. */
  private static boolean belongs(int before, int sign, int after) {
    if (before < 0) {
      return false;
    }
    if (sign == NON_JOINER || sign == JOINER) {
      boolean inPicture =
          sign == JOINER && (isPicture(before) || isVariationSelector(before)) && isPicture(after);
      return inPicture || (after >= 0 && joins(before) && joins(after));
    }
    if (sign >= 0xE0100 && sign <= 0xE01EF) {
      return Character.isIdeographic(before);
    }
    if (sign >= 0xFE00 && sign <= 0xFE0F) {
      boolean inKeycap = before == '#' || before == '*' || (before >= '0' && before <= '9');
      return inKeycap || isPicture(before) || Character.isIdeographic(before);
    }
    return isVariationSelector(sign) && UnicodeScript.of(before) == UnicodeScript.MONGOLIAN;
  }

  private static boolean joins(int sign) {
    return JOINING.contains(UnicodeScript.of(sign))
        || (Character.getType(sign) == Character.NON_SPACING_MARK
            && UnicodeScript.of(sign) == UnicodeScript.INHERITED
            && !isInvisible(sign));
  }

  /** Emoji that this Java does not know yet are unassigned signs to it. */
  private static boolean isPicture(int sign) {
    return sign >= 0
        && !isBlankSign(sign)
        && (Character.getType(sign) == Character.OTHER_SYMBOL
            || Character.getType(sign) == Character.MODIFIER_SYMBOL
            || Character.getType(sign) == Character.MATH_SYMBOL
            || (sign >= 0x1F000 && sign <= 0x1FAFF));
  }

  private static String named(int sign) {
    String name = Character.getName(sign);
    return "U+%04X%s".formatted(sign, name == null ? "" : " " + name);
  }

  /**
   * Whether a text says anything: has a letter, a digit, a symbol, a question mark or an
   * exclamation mark. Spaces of all kinds, invisible signs and other punctuation say nothing.
   */
  public static boolean hasWords(String text) {
    return text.codePoints().anyMatch(NameRule::isOfWord);
  }

  private static boolean isOfWord(int sign) {
    if (isInvisible(sign)) {
      return false;
    }
    return switch (Character.getType(sign)) {
      case Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION ->
          false;
      case Character.OTHER_PUNCTUATION -> ASKING.indexOf(sign) >= 0;
      default -> true;
    };
  }

  /**
   * What keeps a tenant from being the key of records; empty when nothing does. The bytes of the
   * key decide its partition, so a key is refused where a label would be put in its normal form.
   *
   * @param field names the tenant in the message
   */
  public static Optional<Rejection> keyFlaw(Stage stage, String field, String tenant) {
    Optional<Rejection> unseen = flaw(stage, field, tenant);
    if (unseen.isPresent() || isNormal(tenant)) {
      return unseen;
    }
    boolean spaced = tenant.startsWith(" ") || tenant.endsWith(" ");
    return Optional.of(
        new Rejection(
            stage,
            Reason.KEY_NOT_NORMAL,
            "%s: expected %s, found %s"
                .formatted(
                    field,
                    spaced ? "no space at its ends" : "composed signs (Unicode NFC)",
                    spaced ? "one" : "signs that are taken apart")));
  }

  /** Why a label or an id in its normal form cannot be taken; empty when it can. */
  public static Optional<Rejection> flaw(Stage stage, String field, String name) {
    return invisible(name)
        .map(
            found ->
                new Rejection(
                    stage,
                    Reason.INVISIBLE_SIGN,
                    "%s: expected signs that can be seen, found %s".formatted(field, found)));
  }

  /** What the bytes of a key look like that are no name, in words for a message. */
  public static String guess(byte[] key) {
    ByteBuffer bytes = ByteBuffer.wrap(key);
    if (isFramed(key) && (key.length != Long.BYTES || isFramedText(key))) {
      return "a value with the schema id %d in front".formatted(bytes.getInt(1));
    }
    if (isWide(key) || hasByteOrderMark(key)) {
      return "UTF-16 text";
    }
    if (isOfSigns(key)) {
      return "text in another encoding, such as ISO-8859-1";
    }
    return switch (key.length) {
      case Long.BYTES -> "the 8-byte number %d".formatted(bytes.getLong());
      case Integer.BYTES -> "the 4-byte number %d".formatted(bytes.getInt());
      case Short.BYTES -> "the 2-byte number %d".formatted(bytes.getShort());
      case 2 * Long.BYTES -> "a UUID in 16 bytes";
      default -> "binary data";
    };
  }

  /** No control characters, and most of it letters, digits and the like of ASCII. */
  private static boolean isOfSigns(byte[] key) {
    int signs = 0;
    for (byte each : key) {
      if ((each >= 0 && each < SPACE) || each > LAST_ASCII_SIGN) {
        return false;
      }
      signs += each > 0 ? 1 : 0;
    }
    return 2 * signs > key.length;
  }

  /** Confluent's wire format: a zero, then the schema's id in four bytes. */
  private static boolean isFramed(byte[] key) {
    return key.length > 1 + Integer.BYTES
        && key[0] == 0
        && ByteBuffer.wrap(key).getInt(1) >= 0
        && !isWide(key);
  }

  /** An Avro string of the rest of the bytes behind its length. */
  private static boolean isFramedText(byte[] key) {
    int rest = key.length - 1 - Integer.BYTES - 1;
    return ByteBuffer.wrap(key).getInt(1) > 0 && key[1 + Integer.BYTES] == 2 * rest;
  }

  private static boolean hasByteOrderMark(byte[] key) {
    return key.length > Short.BYTES
        && ((key[0] == (byte) 0xFE && key[1] == (byte) 0xFF)
            || (key[0] == (byte) 0xFF && key[1] == (byte) 0xFE));
  }

  private static boolean isWide(byte[] key) {
    int evenZeros = 0;
    int oddZeros = 0;
    for (int i = 0; i < key.length; i++) {
      if (key[i] == 0) {
        evenZeros += 1 - (i & 1);
        oddZeros += i & 1;
      }
    }
    int half = key.length / 2;
    return key.length % 2 == 0
        && key.length > Integer.BYTES
        && ((evenZeros == half && oddZeros == 0) || (oddZeros == half && evenZeros == 0));
  }
}
