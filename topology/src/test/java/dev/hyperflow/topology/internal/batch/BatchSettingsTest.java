package dev.hyperflow.topology.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.topology.internal.batch.BatchSettings.Durability;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchSettingsTest {
  @ParameterizedTest
  @CsvSource({"1, 0, false", "1, 5, false", "2, 0, false", "2, 1, true", "4096, 1000, true"})
  void shouldGatherOnlyWhenThereIsRoomAndTime(int size, int linger, boolean expected) {
    assertThat(new BatchSettings(size, linger, Durability.GATE).gathers()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 5, 'size: expected 1 to 4096, found 0'",
    "4097, 5, 'size: expected 1 to 4096, found 4097'",
    "1, -1, 'lingerMillis: expected 0 to 1000, found -1'",
    "1, 1001, 'lingerMillis: expected 0 to 1000, found 1001'"
  })
  void shouldRefuseWhatIsOutOfRange(int size, int linger, String message) {
    assertThatThrownBy(() -> new BatchSettings(size, linger, Durability.INBOX))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
