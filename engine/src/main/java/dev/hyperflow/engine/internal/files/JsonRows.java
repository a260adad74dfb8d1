package dev.hyperflow.engine.internal.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hyperflow.engine.internal.texts.DataFormatException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.Optional;

/** The objects of a JSON file: one on each line, or in arrays, or one after another. */
abstract sealed class JsonRows implements Rows {
  private static final int MAX_DEPTH = 64;
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .build();
  private static final ObjectReader LINES =
      MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final JsonTexts texts;

  private JsonRows(JsonTexts texts) {
    this.texts = texts;
  }

  /**
   * Rows.
   *
   * @param head the first characters of the reader, which still gives them
   * @param name what messages call the file
   */
  static JsonRows of(Reader reader, String head, JsonTexts texts, String name) throws IOException {
    return isLines(head) ? new Lines(reader, texts) : new Objects(reader, texts, name);
  }

  /** The first object, or an empty one when it is broken. */
  static JsonNode first(String head) {
    try (JsonParser parser = MAPPER.getFactory().createParser(head)) {
      if (parser.nextToken() == JsonToken.START_ARRAY) {
        parser.nextToken();
      }
      JsonNode node = parser.readValueAsTree();
      return node == null ? MAPPER.createObjectNode() : node;
    } catch (IOException e) {
      return MAPPER.createObjectNode();
    }
  }

  /** Whether the first line that is not blank is a whole object. */
  private static boolean isLines(String head) {
    String line = head.lines().filter(text -> !text.isBlank()).findFirst().orElse("");
    try {
      return LINES.readTree(line).isObject();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  RawRow row(long line, JsonNode object) {
    return texts.row(line, object);
  }

  private static String at(JsonProcessingException e) {
    JsonLocation location = e.getLocation();
    return location == null ? "" : " at column %d".formatted(location.getColumnNr());
  }

  /** An object on each line; a broken line is refused alone. */
  private static final class Lines extends JsonRows {
    private final BufferedReader reader;
    private long line;

    Lines(Reader reader, JsonTexts texts) {
      super(texts);
      this.reader = new BufferedReader(reader);
    }

    @Override
    public Optional<RawRow> next() throws IOException {
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        line++;
        if (!text.isBlank()) {
          return Optional.of(read(text));
        }
      }
      return Optional.empty();
    }

    private RawRow read(String text) {
      try {
        return row(line, LINES.readTree(text));
      } catch (JsonProcessingException e) {
        return RawRow.refused(
            line, "expected a JSON object with each field once, found something else" + at(e));
      }
    }
  }

  /** Arrays of objects, or objects, one after another. */
  private static final class Objects extends JsonRows {
    private final JsonParser parser;
    private final String name;

    Objects(Reader reader, JsonTexts texts, String name) throws IOException {
      super(texts);
      this.parser = MAPPER.getFactory().createParser(reader);
      this.name = name;
    }

    @Override
    public Optional<RawRow> next() throws IOException {
      try {
        JsonToken token = parser.nextToken();
        while (token == JsonToken.END_ARRAY
            || (token == JsonToken.START_ARRAY
                && parser.getParsingContext().getParent().inRoot())) {
          token = parser.nextToken();
        }
        if (token == null) {
          return Optional.empty();
        }
        long line = parser.currentTokenLocation().getLineNr();
        JsonNode object = parser.readValueAsTree();
        return Optional.of(row(line, object));
      } catch (JsonProcessingException e) {
        throw new DataFormatException(
            "%s:%d: expected JSON with each field once, found something else%s"
                .formatted(name, e.getLocation() == null ? 1 : e.getLocation().getLineNr(), at(e)),
            e);
      }
    }
  }
}
