package dev.hyperflow.server.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Takes paths and queries apart, strictly: each escape is decoded once, into UTF-8. */
public final class PathText {
  private static final int HEX = 16;

  private PathText() {}

  /**
   * The segments of a raw path, decoded; {@code %2F} is part of a segment.
   *
   * @throws ProblemException for bytes beyond ASCII that are not escaped: nobody knows which name
   *     they stand for
   */
  static List<String> segments(String rawPath) {
    List<String> segments = new ArrayList<>();
    for (String segment : rawPath.substring(1).split("/", -1)) {
      segments.add(decode(segment, false, "path"));
    }
    return segments;
  }

  /**
   * The parameters of a raw query, or of null.
   *
   * @throws ProblemException when a parameter comes twice
   */
  static Map<String, String> parameters(String rawQuery) {
    Map<String, String> parameters = new HashMap<>();
    if (rawQuery == null || rawQuery.isEmpty()) {
      return parameters;
    }
    for (String pair : rawQuery.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals), true, "query");
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1), true, "query");
      if (!pair.isEmpty() && parameters.put(name, value) != null) {
        throw ProblemException.invalid(ProblemException.shown(name), "expected once, found twice");
      }
    }
    return parameters;
  }

  /** Path and query that have these decoded parts, with every special character escaped. */
  static String target(List<String> segments, Map<String, String> parameters) {
    String path = segments.stream().map(PathText::encode).collect(Collectors.joining("/", "/", ""));
    return parameters.isEmpty()
        ? path
        : parameters.entrySet().stream()
            .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
            .collect(Collectors.joining("&", path + "?", ""));
  }

  /** A text as one segment of a path. */
  public static String encode(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '-'
              || c == '_'
              || c == '~';
      if (plain) {
        encoded.append(c);
      } else {
        encoded.append('%').append("%02X".formatted((int) c));
      }
    }
    return encoded.toString();
  }

  private static String decode(String text, boolean plusIsSpace, String where) {
    if (!isAscii(text)) {
      throw malformed(where);
    }
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
      return text;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        int high = i + 2 < text.length() ? digit(text, i + 1) : -1;
        int low = high < 0 ? -1 : digit(text, i + 2);
        if (high < 0 || low < 0) {
          throw malformed(where);
        }
        bytes.write(high * HEX + low);
        i += 2;
      } else if (c == '+' && plusIsSpace) {
        bytes.write(' ');
      } else {
        bytes.write(c);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw malformed(where);
    }
  }

  private static int digit(String text, int at) {
    return Character.digit(text.charAt(at), HEX);
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  private static ProblemException malformed(String where) {
    return ProblemException.of(
        ErrorCode.MALFORMED, where + ": expected percent-encoded UTF-8, found other bytes");
  }
}
