package dev.hyperflow.topology.internal.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.topology.internal.source.SourceRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
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
  void shouldForgetWhatIsRemoved() {
    Inbox inbox = new Inbox(store);
    int first = inbox.keep(record(1), NO_HEADERS).getAsInt();
    inbox.keep(record(2), NO_HEADERS);

    inbox.remove(first);

    assertThat(offsets()).containsExactly(2L);
  }

  @Test
  void shouldKeepTheOrderOfArrivalWhenItUsesASlotAgain() {
    Inbox inbox = new Inbox(store);
    int first = inbox.keep(record(1), NO_HEADERS).getAsInt();
    inbox.keep(record(2), NO_HEADERS);
    inbox.remove(first);

    assertThat(inbox.keep(record(3), NO_HEADERS)).hasValue(first);

    assertThat(offsets()).containsExactly(2L, 3L);
  }

  @Test
  void shouldContinueWhatItRestored() {
    // Given
    Inbox before = new Inbox(store);
    before.keep(record(1), NO_HEADERS);
    before.keep(record(2), NO_HEADERS);

    // When
    Inbox after = new Inbox(store);
    List<InboxEntry> restored = after.restore();
    after.keep(record(3), NO_HEADERS);

    // Then
    List<InboxEntry> all = new Inbox(store).restore();
    assertThat(all).extracting(entry -> entry.source().offset()).containsExactly(1L, 2L, 3L);
    assertThat(all).extracting(InboxEntry::place).isSorted().doesNotHaveDuplicates();
    restored.forEach(entry -> after.remove(entry.slot()));
    assertThat(offsets()).containsExactly(3L);
  }

  @Test
  void shouldNotKeepARecordThatIsTooLargeForTheChangelog() {
    Inbox inbox = new Inbox(store);

    assertThat(inbox.keep(record(new byte[MAX_BYTES]), NO_HEADERS)).isEmpty();
    assertThat(
            inbox.keep(record(new byte[1]), new RecordHeaders().add("large", new byte[MAX_BYTES])))
        .isEmpty();
    assertThat(inbox.keep(record(new byte[MAX_BYTES - 1_024]), NO_HEADERS)).isPresent();

    assertThat(new Inbox(store).restore()).hasSize(1);
  }

  private static SourceRecord record(long offset) {
    return new SourceRecord("support", 0, offset, 42, new byte[] {1}, new byte[] {2});
  }

  private static SourceRecord record(byte[] value) {
    return new SourceRecord("support", 0, 0, 42, new byte[] {1}, value);
  }

  private List<Long> offsets() {
    return new Inbox(store).restore().stream().map(entry -> entry.source().offset()).toList();
  }
}
