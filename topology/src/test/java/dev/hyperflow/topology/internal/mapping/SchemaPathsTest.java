package dev.hyperflow.topology.internal.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.topology.internal.mapping.SourceMapping.Field;
import org.apache.avro.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaPathsTest {
  private static final Schema TICKET =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Ticket", "namespace": "com.acme", "fields": [
                {"name": "id", "type": "long"},
                {"name": "customer", "type": ["null", {"type": "record", "name": "Customer",
                  "fields": [{"name": "id", "type": "string"}]}]},
                {"name": "body", "type": ["null", "string"]},
                {"name": "tags", "type": {"type": "array", "items": "string"}},
                {"name": "vector", "type": {"type": "array", "items": "float"}},
                {"name": "more", "type": {"type": "map", "values": "string"}},
                {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}
              """);

  @ParameterizedTest
  @CsvSource({
    "TENANT,value.customer.id",
    "ID,value.id",
    "TEXT,value.body",
    "TEXT,value.tags[*]",
    "TEXT,value.tags[0]",
    "LABEL,value.more.anything",
    "FEATURES,value.vector",
    "TIME,value.at"
  })
  void shouldFindFields(Field field, String path) {
    assertThat(SchemaPaths.flaw(field, FieldPath.parse(path), TICKET)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TENANT|value.custmer.id|expected a field 'custmer' at value, found the fields id, customer, body, tags, vector, more, at of com.acme.Ticket",
        "TENANT|value.customer.name|expected a field 'name' at value.customer, found the fields id of com.acme.Customer",
        "TENANT|value.customer|expected one of enum, string, int, long at value.customer, found the fields id of com.acme.Customer",
        "TEXT|value.body[0]|expected an array at value.body, found string",
        "TEXT|value.tags|found array",
        "FEATURES|value.id|expected one of array at value.id, found long",
        "WEIGHT|value.tags[0].x|expected a field 'x' at value.tags[0], found string"
      })
  void shouldNameTheFieldsThatThereAre(Field field, String path, String message) {
    assertThat(SchemaPaths.flaw(field, FieldPath.parse(path), TICKET))
        .hasValueSatisfying(flaw -> assertThat(flaw).contains(message));
  }
}
