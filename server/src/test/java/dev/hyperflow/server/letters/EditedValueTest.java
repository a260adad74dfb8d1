package dev.hyperflow.server.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hyperflow.events.DeadLetter;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.events.SupportOperation;
import dev.hyperflow.events.TextPayload;
import dev.hyperflow.topology.internal.ToolClients;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import java.util.Map;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

class EditedValueTest {
  private static final ApplicationConfig CONFIG =
      ApplicationConfig.of(
          Map.of(
              "bootstrap.servers", "broker:9092",
              "schema.registry.url", "mock://edited-value",
              "topics.support", "support"));

  private final EditedValue values = new EditedValue(CONFIG);

  private static byte[] written(SupportEvent event) {
    try (Serializer<Object> writer = new ToolClients(CONFIG).writer()) {
      return writer.serialize("support", event);
    }
  }

  private static FoundLetter found(DeadLetter letter) {
    return new FoundLetter(new Place("dead", 0, 1), 0, letter);
  }

  private static FoundLetter found(byte[] value) {
    return found(Letters.letter("R", "acme", "m", value));
  }

  private static SupportEvent event(String label) {
    return SupportEvent.newBuilder()
        .setEventId("e1")
        .setOperation(SupportOperation.ADD)
        .setLabel(label)
        .setPayload(new TextPayload("text"))
        .build();
  }

  @Test
  void shouldReadWhatItShowsAfterAnEdit() {
    FoundLetter letter = found(written(event("wrong")));

    String shown = values.show(letter).orElseThrow();

    assertThat(shown).contains("\"wrong\"");
    assertThat(values.read(letter, shown)).isEqualTo(written(event("wrong")));
    assertThat(values.read(letter, shown.replace("wrong", "right")))
        .isEqualTo(written(event("right")));
  }

  @Test
  void shouldShowNothingOfWhatIsCutOrCannotBeDecoded() {
    DeadLetter cut = Letters.letter("R", "acme", "m", written(event("a")));
    cut.setTruncated(true);

    assertThat(values.show(found(cut))).isEmpty();
    assertThat(values.show(found(new byte[] {9, 9}))).isEmpty();
    assertThat(values.show(found((byte[]) null))).isEmpty();
  }

  @Test
  void shouldSayWhichRecordItExpects() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> values.read(found(new byte[0]), "{}"))
        .withMessageStartingWith("expected a SupportEvent in the JSON that");
  }
}
