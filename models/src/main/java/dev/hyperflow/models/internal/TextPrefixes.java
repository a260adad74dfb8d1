package dev.hyperflow.models.internal;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What some encoders were trained to find before a text, for example {@code "query: "}. Whoever
 * encodes a text puts it there.
 *
 * @param query before texts of {@link TextRole#QUERY}, at most 256 characters; may be empty
 * @param example before texts of {@link TextRole#EXAMPLE}, at most 256 characters; may be empty
 */
public record TextPrefixes(
    @JsonProperty(required = true) String query, @JsonProperty(required = true) String example) {

  /** Nothing before a text. */
  public static final TextPrefixes NONE = new TextPrefixes("", "");

  private static final int MAX_LENGTH = 256;

  public TextPrefixes {
    checkLength("encoder.prefixes.query", query);
    checkLength("encoder.prefixes.example", example);
  }

  private static void checkLength(String field, String prefix) {
    Check.present(field, prefix);
    Check.range(field + " length", 0, MAX_LENGTH, prefix.length());
  }

  /** What stands before a text of that role. */
  public String of(TextRole role) {
    return role == TextRole.QUERY ? query : example;
  }

  /** Whether a text has one vector, whatever its role. */
  public boolean alike() {
    return query.equals(example);
  }
}
