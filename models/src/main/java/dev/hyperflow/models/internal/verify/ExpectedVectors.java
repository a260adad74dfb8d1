package dev.hyperflow.models.internal.verify;

import static dev.hyperflow.models.internal.Check.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Texts and the vectors that another implementation gave them.
 *
 * @param texts with their prefixes, if they have any
 * @param vectors one for each text
 */
public record ExpectedVectors(List<String> texts, List<List<Double>> vectors) {

  private static final ObjectMapper JSON = new ObjectMapper();

  public ExpectedVectors {
    texts = List.copyOf(texts);
    vectors = List.copyOf(vectors);
  }

  /**
   * Reads a file.
   *
   * @param file objects with {@code text} and {@code vector}: a JSON array, or one a line
   * @throws IllegalArgumentException if it holds something else, or nothing
   * @throws IOException if it cannot be read
   */
  public static ExpectedVectors read(Path file) throws IOException {
    List<String> texts = new ArrayList<>();
    List<List<Double>> vectors = new ArrayList<>();
    try (MappingIterator<JsonNode> rows =
        JSON.readerFor(JsonNode.class).readValues(file.toFile())) {
      while (rows.hasNextValue()) {
        JsonNode row = rows.nextValue();
        String place = "%s: object %d".formatted(file, texts.size() + 1);
        check(row.path("text").isTextual(), place, "a text in \"text\"", row.path("text"));
        check(
            row.path("vector").isArray() && !row.path("vector").isEmpty(),
            place,
            "numbers in \"vector\"",
            row.path("vector").getNodeType());
        List<Double> vector = new ArrayList<>();
        for (JsonNode value : row.path("vector")) {
          check(value.isNumber(), place, "numbers in \"vector\"", value);
          vector.add(value.asDouble());
        }
        texts.add(row.path("text").asText());
        vectors.add(List.copyOf(vector));
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          file + ": expected JSON, found: " + e.getOriginalMessage(), e);
    }
    check(!texts.isEmpty(), file.toString(), "at least one object", "none");
    return new ExpectedVectors(texts, vectors);
  }
}
