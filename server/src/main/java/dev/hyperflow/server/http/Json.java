package dev.hyperflow.server.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Reads requests strictly and writes answers. */
public final class Json {
  private static final int DEEPEST = 16;

  private static final Map<Class<?>, String> KINDS =
      Map.of(
          String.class, "a text",
          Float.class, "a number",
          Integer.class, "a whole number",
          Long.class, "a whole number",
          Boolean.class, "true or false",
          List.class, "an array");

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              coercion -> {
                coercion.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                coercion.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                coercion.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
              })
          .build();

  private Json() {}

  /** The bytes of a record in JSON, on one line with its break. */
  public static byte[] bytes(Object value) {
    try {
      return (MAPPER.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records can be written", e);
    }
  }

  /** A document for people, too. */
  static byte[] indented(JsonNode value) {
    try {
      return (MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n")
          .getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can be written", e);
    }
  }

  /**
   * The record in a body.
   *
   * @throws ProblemException when it is not JSON, or of another form
   */
  public static <T> T read(byte[] body, Class<T> type) {
    T value;
    try {
      value = MAPPER.readValue(body, type);
    } catch (StreamConstraintsException e) {
      throw ProblemException.of(
          ErrorCode.MALFORMED,
          "body: expected JSON at most %d deep, with numbers of at most %d digits, found more"
              .formatted(DEEPEST, StreamReadConstraints.DEFAULT_MAX_NUM_LEN));
    } catch (JsonMappingException e) {
      throw misfit(e);
    } catch (JsonProcessingException e) {
      throw ProblemException.of(ErrorCode.MALFORMED, "body: expected JSON, found " + place(e));
    } catch (IOException e) {
      throw ProblemException.of(
          ErrorCode.MALFORMED, "body: expected JSON in UTF-8, found other bytes");
    }
    if (value == null) {
      throw ProblemException.of(ErrorCode.MALFORMED, "body: expected an object, found null");
    }
    return value;
  }

  /** JSON of another form than the record's. */
  private static ProblemException misfit(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.length() == 0 ? "" : ".")
            .append(ProblemException.shown(step.getFieldName()));
      }
    }
    if (path.length() == 0) {
      return ProblemException.of(
          ErrorCode.MALFORMED, "body: expected one JSON object, found " + place(e));
    }
    return ProblemException.invalid(path.toString(), expectation(e));
  }

  private static String expectation(JsonMappingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "expected one of the fields %s, found another"
          .formatted(new TreeSet<>(unknown.getKnownPropertyIds()));
    }
    if (e instanceof MismatchedInputException misfit && misfit.getTargetType() != null) {
      Class<?> type = misfit.getTargetType();
      return "expected "
          + (type.isEnum()
              ? "one of " + Arrays.toString(type.getEnumConstants())
              : KINDS.getOrDefault(
                  List.class.isAssignableFrom(type) ? List.class : type, "an object"))
          + ", found "
          + (misfit instanceof InvalidFormatException format && format.getValue() != null
              ? ProblemException.shown(format.getValue().toString())
              : "another value");
    }
    if (e.getCause() instanceof InputCoercionException beyond) {
      return "expected a number that fits %d bits, found a larger one"
          .formatted(beyond.getTargetType() == int.class ? Integer.SIZE : Long.SIZE);
    }
    return "expected another value, found " + place(e);
  }

  /** Where, without the names of classes that Jackson would tell. */
  private static String place(JsonProcessingException e) {
    return e.getLocation() == null
        ? "none"
        : "something else at line %d, column %d"
            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }
}
