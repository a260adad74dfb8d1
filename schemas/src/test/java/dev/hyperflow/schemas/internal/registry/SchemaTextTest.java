package dev.hyperflow.schemas.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.schemas.Contracts;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class SchemaTextTest {
  @Test
  void shouldLeaveNoJavaPropertyInAnyContract() {
    assertThat(Contracts.generated())
        .allSatisfy(schema -> assertThat(SchemaText.of(schema)).doesNotContain("avro.java.string"));
  }

  @Test
  void shouldStripWhereverASchemaCanStand() {
    String string = "{\"type\":\"string\",\"avro.java.string\":\"String\"}";
    Schema schema =
        new Schema.Parser()
            .parse(
                ("{\"type\":\"record\",\"name\":\"R\",\"fields\":["
                        + "{\"name\":\"a\",\"type\":{\"type\":\"array\",\"items\":%s}},"
                        + "{\"name\":\"m\",\"type\":{\"type\":\"map\",\"values\":[\"null\",%s]}}]}")
                    .formatted(string, string));

    assertThat(SchemaText.of(schema))
        .isEqualTo(
            "{\"type\":\"record\",\"name\":\"R\",\"fields\":["
                + "{\"name\":\"a\",\"type\":{\"type\":\"array\",\"items\":\"string\"}},"
                + "{\"name\":\"m\",\"type\":{\"type\":\"map\",\"values\":[\"null\",\"string\"]}}]}");
  }

  @Test
  void shouldLeaveDefaultValuesAlone() {
    String text =
        "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"m\",\"type\":{\"type\":\"map\","
            + "\"values\":\"string\"},\"default\":{\"avro.java.string\":\"kept\"}}]}";

    assertThat(SchemaText.of(new Schema.Parser().parse(text))).isEqualTo(text);
  }
}
