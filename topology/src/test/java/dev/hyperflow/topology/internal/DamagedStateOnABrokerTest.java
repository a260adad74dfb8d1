package dev.hyperflow.topology.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.topology.errors.StartupException;
import dev.hyperflow.topology.internal.rollout.TestBundles;
import dev.hyperflow.topology.internal.state.StoreNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** A local file that cannot be read, while the changelog has everything. */
@Timeout(120)
class DamagedStateOnABrokerTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"exactly_once_v2", "at_least_once"})
  void shouldRestoreWhatIsDamaged(String guarantee) throws Exception {
    try (BrokerFixture fixture = fixture(Map.of("processing.guarantee", guarantee))) {
      teachAndStop(fixture);
      damage();

      try (RunningApplication app = RunningApplication.start(fixture.config(0))) {
        fixture.ask(10, 20);
        assertThat(fixture.awaitPredictions(20))
            .allMatch(answer -> answer.prediction().getSupportCount() == 2);
        assertThat(app.failure()).isEmpty();
      }
    }
  }

  @Test
  void shouldRestoreWhatCannotBeRead() throws Exception {
    try (BrokerFixture fixture = fixture(Map.of())) {
      teachAndStop(fixture);
      for (Path table : tables()) {
        Files.delete(table);
        Files.createDirectory(table);
      }

      try (RunningApplication app = RunningApplication.start(fixture.config(0))) {
        fixture.ask(10, 20);
        assertThat(fixture.awaitPredictions(20))
            .allMatch(answer -> answer.prediction().getSupportCount() == 2);
        assertThat(app.failure()).isEmpty();
      }
    }
  }

  @Test
  void shouldStopWhereNothingMayBeDeleted() throws Exception {
    try (BrokerFixture fixture = fixture(Map.of("state.damaged", "stop"))) {
      teachAndStop(fixture);
      damage();

      assertThatThrownBy(() -> RunningApplication.start(fixture.config(0)))
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("tenant-meta")
          .hasMessageEndingWith("state.damaged=restore");
    }
  }

  @Test
  void shouldRestoreAMemoryWhoseStoresDoNotFitEachOther() throws Exception {
    try (BrokerFixture fixture = fixture(Map.of())) {
      teachAndStop(fixture);
      tear("0_0");

      try (RunningApplication app = RunningApplication.start(fixture.config(0))) {
        fixture.ask(10, 20);
        learnMore(fixture);
        fixture.ask(20, 30);

        assertThat(fixture.awaitPredictions(30))
            .filteredOn(answer -> Integer.parseInt(answer.queryId().substring(1)) >= 20)
            .hasSize(10)
            .allMatch(answer -> answer.prediction().getSupportCount() == 3);
        fixture.awaitCommitted("queries");
        assertThat(fixture.predictions())
            .extracting(BrokerFixture.Answered::queryId)
            .doesNotHaveDuplicates();
        assertThat(app.failure()).isEmpty();
      }
    }
  }

  @Test
  void shouldSayWhatDoesNotFitWhereNothingMayBeDeleted() throws Exception {
    try (BrokerFixture fixture = fixture(Map.of("state.damaged", "stop"))) {
      teachAndStop(fixture);
      tear("0_0");

      try (RunningApplication app = RunningApplication.start(fixture.config(0))) {
        learnMore(fixture);
        fixture.ask(20, 30);
        BrokerFixture.await(() -> app.failure().isPresent());

        assertThat(app.ending().orElseThrow())
            .startsWith("TornMemoryException: ")
            .endsWith("docs/operations.md, Disaster recovery");
      }
    }
  }

  @Test
  void shouldEndWhereTheChangelogsDoNotFitEither() throws Exception {
    try (BrokerFixture fixture = fixture(Map.of())) {
      teachAndStop(fixture);
      for (String task : List.of("0_0", "0_1")) {
        tear(task);
        fixture.takeFromChangelog(StoreNames.SUPPORT_MEMORY, Integer.parseInt(task.substring(2)));
      }

      try (RunningApplication app = RunningApplication.start(fixture.config(0))) {
        learnMore(fixture);
        fixture.ask(20, 30);
        BrokerFixture.await(() -> app.failure().isPresent());

        assertThat(app.ending().orElseThrow()).startsWith("TornMemoryException: ");
      }
    }
  }

  /** Makes the heads stale, so that the examples are read. */
  private static void learnMore(BrokerFixture fixture) {
    for (int tenant = 0; tenant < BrokerFixture.PARTITIONS; tenant++) {
      fixture.send("support", tenant, TopologyFixture.example("e3", "red", 0.9f, 0.1f, 0f, 0f));
    }
  }

  /** Takes the examples of a task, and leaves the meta records that count them. */
  private void tear(String task) throws RocksDBException, IOException {
    Path store;
    try (Stream<Path> folders = Files.walk(directory.resolve("state-0"))) {
      store =
          folders
              .filter(folder -> folder.endsWith(Path.of(task, "rocksdb", "support-memory")))
              .findFirst()
              .orElseThrow();
    }
    List<ColumnFamilyDescriptor> families = new ArrayList<>();
    for (byte[] name : RocksDB.listColumnFamilies(new Options(), store.toString())) {
      families.add(new ColumnFamilyDescriptor(name));
    }
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try (RocksDB files = RocksDB.open(new DBOptions(), store.toString(), families, handles)) {
      try (RocksIterator entries = files.newIterator()) {
        entries.seekToFirst();
        assertThat(entries.isValid()).isTrue();
        for (; entries.isValid(); entries.next()) {
          files.delete(entries.key());
        }
      }
      handles.forEach(ColumnFamilyHandle::close);
    }
  }

  private static void teachAndStop(BrokerFixture fixture) throws InterruptedException {
    try (RunningApplication app = RunningApplication.start(fixture.config(0))) {
      assertThat(app.awaitRunning(Duration.ofSeconds(60))).isTrue();
      fixture.teach();
      fixture.ask(0, 10);
      fixture.awaitPredictions(10);
    }
  }

  /** Overwrites the middle of every table of the store of meta records. */
  private void damage() throws IOException {
    for (Path table : tables()) {
      byte[] bytes = Files.readAllBytes(table);
      for (int i = 0; i < bytes.length - 8; i++) {
        bytes[i] ^= 0x5A;
      }
      Files.write(table, bytes, StandardOpenOption.TRUNCATE_EXISTING);
    }
  }

  private List<Path> tables() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("state-0"))) {
      List<Path> tables =
          files
              .filter(file -> file.toString().contains("tenant-meta"))
              .filter(file -> file.toString().endsWith(".sst"))
              .toList();
      assertThat(tables).isNotEmpty();
      return tables;
    }
  }

  private BrokerFixture fixture(Map<String, String> more) throws Exception {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("bundle", TestBundles.write(directory, "bundle"));
    settings.put("batch.linger.ms", "5");
    return new BrokerFixture(directory, settings);
  }
}
