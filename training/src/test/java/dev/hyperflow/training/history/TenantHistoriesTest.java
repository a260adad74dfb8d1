package dev.hyperflow.training.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.texts.Utterance;
import dev.hyperflow.training.data.LabelledFeatures;
import dev.hyperflow.training.data.LabelledTexts;
import java.util.List;
import org.junit.jupiter.api.Test;

class TenantHistoriesTest {

  private final TenantHistories histories = new TenantHistories();

  @Test
  void shouldKeepWhatIsLeftOfEachTenant() {
    // Given
    add("shop", "1", "billing", "charged twice");
    add("shop", "2", "billing", "refund");
    add("shop", "3", "delivery", "where is it");
    add("bank", "1", "cards", "lost my card");

    // When one example is taken back and one replaced
    histories.apply(new Event.Retract("shop", 10, "2"));
    add("shop", "3", "returns", "wrong size");

    // Then
    List<LabelledTexts> sets = histories.texts("support/");
    assertThat(sets)
        .extracting(LabelledTexts::name)
        .containsExactly("support/bank", "support/shop");
    assertThat(sets.get(1).texts())
        .containsExactly(
            new Utterance("shop", "billing", "charged twice"),
            new Utterance("shop", "returns", "wrong size"));
  }

  @Test
  void shouldLearnNothingFromWhatWasForgotten() {
    // Given
    add("shop", "1", "billing", "charged twice");
    add("shop", "2", "delivery", "where is it");
    add("bank", "1", "cards", "lost my card");

    // When
    histories.apply(new Event.ForgetLabel("shop", 10, "billing"));
    histories.apply(new Event.ForgetTenant("bank", 10));

    // Then
    assertThat(histories.texts("")).hasSize(1);
    assertThat(histories.texts("").get(0).texts())
        .containsExactly(new Utterance("shop", "delivery", "where is it"));
  }

  @Test
  void shouldLearnNothingFromWhatHasExpired() {
    // Given
    ExampleTerms short0 = new ExampleTerms(1, 5);
    histories.apply(
        new Event.Add("shop", 1, "1", "billing", short0, new Payload.Text("charged twice")));
    assertThat(histories.texts("")).hasSize(1);

    // When time goes on
    histories.apply(new Event.Retract("shop", 5, "unknown"));

    // Then
    assertThat(histories.texts("")).isEmpty();
  }

  @Test
  void shouldTakeVectorsAsTheyAre() {
    // Given
    float[] vector = {0.6f, 0.8f};
    histories.apply(
        new Event.Add(
            "shop",
            1,
            "1",
            "billing",
            ExampleTerms.ORDINARY,
            new Payload.Features(FeatureVector.of(vector))));

    // When
    LabelledFeatures set = histories.features("support/").get(0);

    // Then
    assertThat(set.name()).isEqualTo("support/shop#features");
    assertThat(set.row(0, 0)).containsExactly(vector);
    assertThat(histories.texts("")).isEmpty();
  }

  @Test
  void shouldCountWhatItCannotUse() {
    histories.apply(new Event.Feedback("shop", 1, "1", "query", "billing", ExampleTerms.ORDINARY));
    assertThat(histories.leftOut()).isEqualTo(1);
  }

  private void add(String tenant, String id, String label, String text) {
    histories.apply(
        new Event.Add(tenant, 1, id, label, ExampleTerms.ORDINARY, new Payload.Text(text)));
  }
}
