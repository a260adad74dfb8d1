package dev.hyperflow.topology.internal.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {
  private static final int MANY = 10_000;

  @Test
  void shouldBeEmptyWithoutValues() {
    Percentiles none = Percentiles.of(List.of(new Sample(), new Sample()));

    assertThat(none.p50()).isEmpty();
    assertThat(none.p99()).isEmpty();
    assertThat(Percentiles.of(List.of())).isEqualTo(none);
  }

  @Test
  void shouldTakeTheValuesOfAllSamplesTogether() {
    Percentiles percentiles = Percentiles.of(List.of(sample(51, 100), sample(1, 50)));

    assertThat(percentiles.p50()).hasValue(51);
    assertThat(percentiles.p99()).hasValue(100);
  }

  @Test
  void shouldGiveTheOnlyValue() {
    Percentiles percentiles = Percentiles.of(List.of(sample(7, 7)));

    assertThat(percentiles.p50()).hasValue(7);
    assertThat(percentiles.p99()).hasValue(7);
  }

  @Test
  void shouldKeepTheLatestOfManyValuesInBoundedMemory() {
    Sample sample = sample(1, MANY);

    assertThat(sample.values().toArray())
        .hasSize(Sample.MAX_VALUES)
        .containsExactlyInAnyOrder(
            LongStream.rangeClosed(MANY - Sample.MAX_VALUES + 1, MANY).toArray());
  }

  private static Sample sample(long from, long to) {
    Sample sample = new Sample();
    LongStream.rangeClosed(from, to).forEach(sample::add);
    return sample;
  }
}
