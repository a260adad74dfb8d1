package dev.hyperflow.engine.internal.files;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes labelled texts in the formats that {@link LabelledFile} reads. */
public final class LabelledWriter {
  private static final String EVENT_ID = "event_id";
  private static final String LABEL = "label";
  private static final String TEXT = "text";
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
  private static final YAMLMapper YAML =
      YAMLMapper.builder().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER).build();

  private LabelledWriter() {}

  /**
   * A labelled text.
   *
   * @param id of its event
   */
  public record Line(String id, String label, String text) {}

  /**
   * Whether a format can hold a text: Rasa's takes some signs for marks of entities, and a file of
   * columns with a NUL is taken for a binary one.
   */
  public static boolean canHold(FileFormat format, String text) {
    return switch (format) {
      case RASA -> RasaRows.withoutEntities(text).equals(text);
      case CSV, TSV -> text.indexOf('\0') < 0;
      case JSONL, LABEL_STUDIO, ARGILLA -> true;
    };
  }

  /**
   * Writes a file.
   *
   * @param lines each of which the format can hold
   * @param out stays open
   */
  public static void write(FileFormat format, List<Line> lines, Writer out) throws IOException {
    switch (format) {
      case TSV -> delimited(lines, '\t', out);
      case CSV -> delimited(lines, ',', out);
      case JSONL -> {
        for (Line line : lines) {
          out.write(JSON.writeValueAsString(plain(line)));
          out.write('\n');
        }
      }
      case LABEL_STUDIO -> array(lines.stream().map(LabelledWriter::task).toList(), out);
      case ARGILLA -> array(lines.stream().map(LabelledWriter::argilla).toList(), out);
      case RASA -> out.write(YAML.writeValueAsString(rasa(lines)));
    }
    out.flush();
  }

  /** With tabs everything stands in quotes, as a reader takes quotes there for text else. */
  private static void delimited(List<Line> lines, char separator, Writer out) throws IOException {
    CsvGenerator generator = new CsvFactory().createGenerator(out);
    generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    if (separator == '\t') {
      generator.enable(CsvGenerator.Feature.ALWAYS_QUOTE_STRINGS);
    }
    generator.setSchema(
        CsvSchema.builder()
            .addColumn(LABEL)
            .addColumn(TEXT)
            .addColumn(EVENT_ID)
            .setColumnSeparator(separator)
            .build());
    row(generator, LABEL, TEXT, EVENT_ID);
    for (Line line : lines) {
      row(generator, line.label(), line.text(), line.id());
    }
    generator.close();
  }

  private static void row(CsvGenerator generator, String label, String text, String id)
      throws IOException {
    generator.writeStartArray();
    generator.writeString(label);
    generator.writeString(text);
    generator.writeString(id);
    generator.writeEndArray();
  }

  private static ObjectNode plain(Line line) {
    return NODES
        .objectNode()
        .put(TEXT, line.text())
        .put(LABEL, line.label())
        .put(EVENT_ID, line.id());
  }

  private static ObjectNode task(Line line) {
    ObjectNode task = NODES.objectNode();
    task.putObject("data").put(TEXT, line.text()).put(EVENT_ID, line.id());
    ObjectNode result = task.putArray("annotations").addObject().putArray("result").addObject();
    result.put("type", "choices").put("from_name", LABEL).put("to_name", TEXT);
    result.putObject("value").putArray("choices").add(line.label());
    return task;
  }

  private static ObjectNode argilla(Line line) {
    ObjectNode item = NODES.objectNode();
    item.put("id", line.id());
    item.putObject("fields").put(TEXT, line.text());
    item.putObject("metadata").put(EVENT_ID, line.id());
    item.putObject("responses")
        .putArray(LABEL)
        .addObject()
        .put("value", line.label())
        .put("status", "submitted");
    return item;
  }

  private static void array(List<ObjectNode> items, Writer out) throws IOException {
    String before = "[\n";
    for (JsonNode item : items) {
      out.write(before);
      out.write(JSON.writeValueAsString(item));
      before = ",\n";
    }
    out.write(items.isEmpty() ? "[]\n" : "\n]\n");
  }

  private static ObjectNode rasa(List<Line> lines) {
    ObjectNode root = NODES.objectNode();
    root.put("version", "3.1");
    ArrayNode intents = root.putArray("nlu");
    Map<String, ArrayNode> examples = new LinkedHashMap<>();
    for (Line line : lines) {
      ObjectNode example =
          examples
              .computeIfAbsent(
                  line.label(),
                  label -> intents.addObject().put("intent", label).putArray("examples"))
              .addObject();
      example.put(TEXT, line.text());
      example.putObject("metadata").put(EVENT_ID, line.id());
    }
    return root;
  }
}
