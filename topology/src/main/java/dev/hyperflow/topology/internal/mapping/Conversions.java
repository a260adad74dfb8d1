package dev.hyperflow.topology.internal.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** From what stands in a record to what an event needs. A refusal is an empty result. */
final class Conversions {
  /** The last millisecond of the year 9999. */
  static final long LAST_MILLIS = 253_402_300_799_999L;

  /** Beyond so many digits a number is no name, and would take memory to write. */
  private static final int MAX_DIGITS = 64;

  private Conversions() {}

  /** Whether UTF-8 can hold the text; other texts would share their bytes. */
  static boolean isText(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  /** A text, a whole number as its digits. */
  static Optional<String> name(JsonNode node) {
    return node.isTextual() || node.isIntegralNumber() ? text(node) : Optional.empty();
  }

  /** A text; a number as its digits, a boolean as {@code true} or {@code false}. */
  static Optional<String> text(JsonNode node) {
    if (node.isTextual()) {
      return Optional.of(node.textValue()).filter(Conversions::isText);
    }
    if (node.isBoolean()) {
      return Optional.of(node.asText());
    }
    if (!node.isNumber() || isNoNumber(node)) {
      return Optional.empty();
    }
    if (node.isFloat() || node.isDouble()) {
      return Optional.of(node.asText());
    }
    BigDecimal number = node.decimalValue();
    long digits = (long) number.precision() + Math.abs((long) number.scale());
    return digits > MAX_DIGITS ? Optional.empty() : Optional.of(number.toPlainString());
  }

  private static boolean isNoNumber(JsonNode node) {
    return (node.isFloat() || node.isDouble()) && !Double.isFinite(node.doubleValue());
  }

  /** A number, or a text that is one. */
  static Optional<Float> number(JsonNode node) {
    if (node.isNumber()) {
      return Optional.of(node.floatValue());
    }
    return decimal(node).map(BigDecimal::floatValue);
  }

  private static Optional<BigDecimal> decimal(JsonNode node) {
    if (node.isNumber()) {
      return isNoNumber(node) ? Optional.empty() : Optional.of(node.decimalValue());
    }
    if (!node.isTextual() || node.textValue().length() > MAX_DIGITS) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BigDecimal(node.textValue().strip()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * A time between 1970 and 9999, milliseconds since the epoch; parts of one are cut. A number, or
   * a text of digits, has the unit. A text in ISO-8601 has an offset, or is a date and means the
   * beginning of its day in UTC.
   */
  static Optional<Long> millis(JsonNode node, EpochUnit unit) {
    Optional<BigDecimal> number = decimal(node);
    if (number.isPresent()) {
      return number
          .filter(found -> found.precision() - (long) found.scale() <= MAX_DIGITS)
          .filter(found -> found.scale() <= MAX_DIGITS)
          .map(found -> found.multiply(unit.millis()).setScale(0, RoundingMode.FLOOR))
          .filter(millis -> millis.signum() >= 0)
          .filter(millis -> millis.compareTo(BigDecimal.valueOf(LAST_MILLIS)) <= 0)
          .map(BigDecimal::longValueExact);
    }
    return node.isTextual()
        ? iso(node.textValue().strip())
            .map(Instant::toEpochMilli)
            .filter(millis -> millis >= 0 && millis <= LAST_MILLIS)
        : Optional.empty();
  }

  private static Optional<Instant> iso(String text) {
    try {
      return Optional.of(
          text.length() == "2026-11-30".length()
              ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
              : OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** An array of numbers. */
  static Optional<float[]> vector(JsonNode node) {
    if (!node.isArray()) {
      return Optional.empty();
    }
    float[] values = new float[node.size()];
    for (int i = 0; i < values.length; i++) {
      if (!node.get(i).isNumber()) {
        return Optional.empty();
      }
      values[i] = node.get(i).floatValue();
    }
    return Optional.of(values);
  }
}
