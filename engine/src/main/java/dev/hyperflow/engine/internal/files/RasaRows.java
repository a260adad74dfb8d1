package dev.hyperflow.engine.internal.files;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.hyperflow.engine.internal.texts.DataFormatException;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** The examples of intents in a file of Rasa NLU. Entities lose their marks. */
final class RasaRows implements Rows {
  /** Most characters of a file: a parser of YAML keeps whole blocks. */
  static final int MAX_CHARACTERS = 16 * 1024 * 1024;

  private static final int MAX_DEPTH = 20;

  /** {@code [Berlin](city)} and {@code [Berlin]{"entity": "city"}}. */
  private static final Pattern ENTITY =
      Pattern.compile("\\[([^\\[\\]]+)](?:\\([^()]*\\)|\\{[^{}]*})");

  private final JsonParser parser;
  private final String name;
  private final Deque<RawRow> waiting = new ArrayDeque<>();
  private boolean inExamples;
  private boolean begun;

  RasaRows(Reader reader, String name) throws IOException {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_CHARACTERS);
    options.setNestingDepthLimit(MAX_DEPTH);
    this.parser = YAMLFactory.builder().loaderOptions(options).build().createParser(reader);
    this.name = name;
  }

  @Override
  public Optional<RawRow> next() throws IOException {
    try {
      while (waiting.isEmpty() && advance()) {
        // Until there is a row, or nothing is left.
      }
      return Optional.ofNullable(waiting.poll());
    } catch (JsonProcessingException e) {
      throw broken(e.getLocation() == null ? 1 : e.getLocation().getLineNr(), e);
    } catch (MarkedYAMLException e) {
      throw broken(e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1, e);
    } catch (YAMLException e) {
      throw broken(Math.max(1, parser.currentLocation().getLineNr()), e);
    }
  }

  private DataFormatException broken(long line, Exception e) {
    String reason =
        e.getMessage() == null ? "something else" : e.getMessage().lines().findFirst().orElse("");
    return new DataFormatException(
        "%s:%d: expected YAML, found: %s".formatted(name, line, reason), e);
  }

  /** Goes on to the next intent; false at the end. */
  private boolean advance() throws IOException {
    if (!begun) {
      begun = true;
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new DataFormatException(
            name + ":1: expected an object with nlu, found another value");
      }
    }
    while (!inExamples) {
      JsonToken token = parser.nextToken();
      if (token != JsonToken.FIELD_NAME) {
        return false;
      }
      boolean nlu = parser.currentName().equals("nlu");
      if (parser.nextToken() == JsonToken.START_ARRAY && nlu) {
        inExamples = true;
      } else {
        parser.skipChildren();
      }
    }
    JsonToken token = parser.nextToken();
    if (token == JsonToken.START_OBJECT) {
      intent();
    } else {
      inExamples = token != JsonToken.END_ARRAY && token != null;
      parser.skipChildren();
    }
    return token != null;
  }

  private void intent() throws IOException {
    Optional<String> intent = Optional.empty();
    Deque<RawRow> found = new ArrayDeque<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      if (field.equals("intent") && value.isScalarValue()) {
        intent = Optional.of(parser.getText().strip());
      } else if (field.equals("examples")) {
        examples(value, found);
      } else {
        parser.skipChildren();
      }
    }
    // Synonyms, look-ups and regular expressions have examples, too, and no intent.
    if (intent.isPresent()) {
      for (RawRow row : found) {
        waiting.add(
            new RawRow(row.line(), row.tenant(), intent, row.text(), row.id(), row.refusal()));
      }
    }
  }

  private void examples(JsonToken value, Deque<RawRow> found) throws IOException {
    if (value == JsonToken.START_ARRAY) {
      for (JsonToken item = parser.nextToken();
          item != JsonToken.END_ARRAY && item != null;
          item = parser.nextToken()) {
        if (item == JsonToken.START_OBJECT) {
          example(found);
        } else if (item.isScalarValue()) {
          found.add(
              row(parser.currentTokenLocation().getLineNr(), parser.getText(), Optional.empty()));
        } else {
          parser.skipChildren();
        }
      }
      return;
    }
    if (value != null && value.isScalarValue()) {
      // The text of a block begins on the line after its sign.
      long line = parser.currentTokenLocation().getLineNr();
      for (String text : parser.getText().split("\n", -1)) {
        line++;
        if (!text.isBlank()) {
          String example = text.strip();
          found.add(
              example.startsWith("-")
                  ? row(line, example.substring(1), Optional.empty())
                  : RawRow.refused(line, "expected an example after a dash, found another line"));
        }
      }
    }
  }

  private void example(Deque<RawRow> found) throws IOException {
    long line = parser.currentTokenLocation().getLineNr();
    String text = "";
    Optional<String> id = Optional.empty();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      if (field.equals("text") && value.isScalarValue()) {
        text = parser.getText();
      } else if (field.equals("metadata") && value == JsonToken.START_OBJECT) {
        id = eventId();
      } else {
        parser.skipChildren();
      }
    }
    found.add(row(line, text, id));
  }

  private Optional<String> eventId() throws IOException {
    Optional<String> id = Optional.empty();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean named = ColumnRole.named(parser.currentName()).equals(Optional.of(ColumnRole.ID));
      if (parser.nextToken().isScalarValue() && named) {
        id = Optional.of(parser.getText());
      } else {
        parser.skipChildren();
      }
    }
    return id;
  }

  private static RawRow row(long line, String text, Optional<String> id) {
    return new RawRow(
        line,
        Optional.empty(),
        Optional.empty(),
        withoutEntities(text.strip()),
        id,
        Optional.empty());
  }

  /** The text as people write it. */
  static String withoutEntities(String text) {
    return ENTITY.matcher(text).replaceAll("$1");
  }
}
