package dev.hyperflow.topology.internal.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.topology.internal.source.SourceRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxTest {
  private static final int MAX_BYTES = 512 * 1024;
  private static final Headers NO_HEADERS = new RecordHeaders();

  @TempDir Path directory;
  private RocksDbStores stores;
  private KeyValueStore<Bytes, byte[]> store;

  @BeforeEach
  void openStore() {
    stores = new RocksDbStores(directory);
    store = stores.open("inbox");
  }

  @AfterEach
  void closeStore() {
    stores.close();
  }

  @Test
  void shouldGiveBackRecordsInTheOrderOfArrival() {
    Inbox inbox = new Inbox(store);
    IntStream.range(0, 300).forEach(i -> inbox.keep(record(i), NO_HEADERS));

    assertThat(new Inbox(store).restore())
        .extracting(entry -> entry.source().offset())
        .containsExactlyElementsOf(IntStream.range(0, 300).mapToObj(Long::valueOf).toList());
  }

  @Test
  void shouldKeepEverythingOfARecord() {
    Headers headers = new RecordHeaders().add("a", new byte[] {1}).add("b", null);
    new Inbox(store)
        .keep(new SourceRecord("support", 3, 9, 42, null, "value".getBytes(UTF_8)), headers);

    InboxEntry entry = new Inbox(store).restore().get(0);

    assertThat(entry.headers()).isEqualTo(headers);
    assertThat(entry.source())
        .usingRecursiveComparison()
        .isEqualTo(new SourceRecord("support", 3, 9, 42, null, "value".getBytes(UTF_8)));
  }

  @Test
  void shouldForgetEverythingWhenItIsCleared() {
    Inbox inbox = new Inbox(store);
    inbox.keep(record(1), NO_HEADERS);
    inbox.keep(record(2), NO_HEADERS);

    inbox.clear();

    assertThat(new Inbox(store).restore()).isEmpty();
  }

  @Test
  void shouldUseItsSlotsAgain() {
    Inbox inbox = new Inbox(store);
    for (int round = 0; round < 5; round++) {
      inbox.keep(record(2L * round), NO_HEADERS);
      inbox.keep(record(2L * round + 1), NO_HEADERS);
      assertThat(keys()).hasSize(2);
      inbox.clear();
    }
  }

  @Test
  void shouldClearAndContinueWhatItRestored() {
    // Given
    Inbox before = new Inbox(store);
    before.keep(record(1), NO_HEADERS);
    before.keep(record(2), NO_HEADERS);

    // When
    Inbox after = new Inbox(store);
    after.restore();
    after.keep(record(3), NO_HEADERS);

    // Then
    List<InboxEntry> all = new Inbox(store).restore();
    assertThat(all).extracting(entry -> entry.source().offset()).containsExactly(1L, 2L, 3L);
    assertThat(all).extracting(InboxEntry::place).isSorted().doesNotHaveDuplicates();
    after.clear();
    assertThat(keys()).isEmpty();
  }

  @Test
  void shouldNotKeepARecordThatIsTooLargeForTheChangelog() {
    Inbox inbox = new Inbox(store);

    assertThat(inbox.keep(record(new byte[MAX_BYTES]), NO_HEADERS)).isFalse();
    assertThat(
            inbox.keep(record(new byte[1]), new RecordHeaders().add("large", new byte[MAX_BYTES])))
        .isFalse();
    assertThat(inbox.keep(record(new byte[MAX_BYTES - 1_024]), NO_HEADERS)).isTrue();

    assertThat(new Inbox(store).restore()).hasSize(1);
  }

  private static SourceRecord record(long offset) {
    return new SourceRecord("support", 0, offset, 42, new byte[] {1}, new byte[] {2});
  }

  private static SourceRecord record(byte[] value) {
    return new SourceRecord("support", 0, 0, 42, new byte[] {1}, value);
  }

  private List<Bytes> keys() {
    List<Bytes> keys = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      all.forEachRemaining(entry -> keys.add(entry.key));
    }
    return keys;
  }
}
