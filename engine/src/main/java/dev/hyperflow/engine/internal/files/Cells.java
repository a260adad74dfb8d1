package dev.hyperflow.engine.internal.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.hyperflow.engine.internal.texts.DataFormatException;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rows of a delimited file as they stand there. Blank rows are passed over. For one thread. */
final class Cells {
  private static final CsvFactory FACTORY = new CsvFactory();

  private final CsvParser parser;
  private final String name;

  /**
   * A row.
   *
   * @param line where it begins, from 1
   * @param values at least one
   */
  record Row(long line, List<String> values) {
    Row {
      values = List.copyOf(values);
    }

    /** The value of a column, without spaces around it; empty where the row is too short. */
    String value(int column) {
      return column < values.size() ? values.get(column).strip() : "";
    }
  }

  /**
   * How columns are told apart.
   *
   * @param separator between columns
   * @param quoted whether a value may stand in quotes
   */
  record Dialect(char separator, boolean quoted) {}

  /**
   * Rows.
   *
   * @param name what messages call the file
   */
  Cells(Reader reader, Dialect dialect, String name) throws IOException {
    CsvSchema schema = CsvSchema.emptySchema().withColumnSeparator(dialect.separator());
    this.name = name;
    this.parser = FACTORY.createParser(reader);
    parser.setSchema(dialect.quoted() ? schema : schema.withoutQuoteChar());
  }

  /**
   * The next row, if there is one.
   *
   * @throws DataFormatException when quotes are not closed
   */
  Optional<Row> next() throws IOException {
    try {
      while (parser.nextToken() == JsonToken.START_ARRAY) {
        List<String> values = new ArrayList<>();
        JsonToken token = parser.nextToken();
        // Only the first value tells the line: the parser is ahead of what it gives.
        long line = parser.currentTokenLocation().getLineNr();
        while (token != JsonToken.END_ARRAY) {
          values.add(parser.getText());
          token = parser.nextToken();
        }
        if (!values.stream().allMatch(String::isBlank)) {
          return Optional.of(new Row(line, values));
        }
      }
      return Optional.empty();
    } catch (JsonProcessingException e) {
      throw new DataFormatException(
          "%s:%d: expected quotes that close before a separator, found others"
              .formatted(name, e.getLocation() == null ? 1 : e.getLocation().getLineNr()),
          e);
    }
  }
}
