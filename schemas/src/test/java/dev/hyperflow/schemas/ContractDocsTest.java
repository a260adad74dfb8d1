package dev.hyperflow.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class ContractDocsTest {
  @Test
  void shouldDocumentEveryTypeAndTheUnitOfEveryField() {
    List<String> undocumented = new ArrayList<>();
    int fields = 0;
    Set<String> seen = new HashSet<>();
    for (Schema schema : Contracts.generated()) {
      fields += visit(schema, seen, undocumented);
    }

    assertThat(undocumented).isEmpty();
    assertThat(fields).as("fields visited").isGreaterThan(40);
  }

  @Test
  void shouldNotDependOnTheWallClockInPredictions() {
    Schema prediction = Contracts.generated().get(2);

    assertThat(prediction.getName()).isEqualTo("Prediction");
    assertThat(prediction.getFields())
        .extracting(Schema.Field::name)
        .noneMatch(name -> name.contains("Millis") || name.contains("Time"));
  }

  private static int visit(Schema schema, Set<String> seen, List<String> undocumented) {
    int fields = 0;
    switch (schema.getType()) {
      case ARRAY -> fields += visit(schema.getElementType(), seen, undocumented);
      case UNION -> {
        for (Schema branch : schema.getTypes()) {
          fields += visit(branch, seen, undocumented);
        }
      }
      case ENUM, RECORD -> {
        if (!seen.add(schema.getFullName())) {
          return 0;
        }
        if (schema.getDoc() == null) {
          undocumented.add(schema.getFullName());
        }
        if (schema.getType() == Schema.Type.RECORD) {
          for (Schema.Field field : schema.getFields()) {
            fields += 1 + visit(field.schema(), seen, undocumented);
            if (field.doc() == null || !field.doc().contains(" Unit: ")) {
              undocumented.add(schema.getFullName() + "." + field.name());
            }
          }
        }
      }
      default -> {}
    }
    return fields;
  }
}
