package dev.hyperflow.topology.internal.rollout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.events.BundleControl;
import dev.hyperflow.schemas.internal.registry.RegistryError;
import dev.hyperflow.schemas.internal.registry.RegistryException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Deserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BundleControlReaderTest {
  private static final TopicPartition PARTITION = new TopicPartition("bundles", 0);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path directory;
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final AtomicInteger registryFailures = new AtomicInteger();
  private RuntimeException registryFailure = failures().get(0);
  private long offset;

  @BeforeEach
  void open() {
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
  }

  @Test
  void shouldReadToTheEndWhatIsMeantForThisApplication() {
    // Given
    try (BundleControlReader reader = reader()) {
      add(null, "SHADOW:1");
      add("other", "SHADOW:2");
      add("app", "SHADOW:3");
      add("app", "garbage");
      add("app", null);
      add(null, "PROMOTE:6");

      // When
      List<BundleControl> records = reader.readToEnd(PATIENCE);

      // Then
      assertThat(records).extracting(BundleControl::getLocation).containsExactly("1", "3", "6");
    }
  }

  @Test
  void shouldSayWhenTheEndIsNotReachedInTime() {
    try (BundleControlReader reader = reader()) {
      consumer.updateEndOffsets(Map.of(PARTITION, 7L));

      assertThatThrownBy(() -> reader.readToEnd(Duration.ofMillis(300)))
          .isInstanceOf(TimeoutException.class)
          .hasMessageContaining("did not reach the end of 'bundles' within 300 ms");
    }
  }

  @Test
  void shouldNotStartWithoutTheRegistry() {
    try (BundleControlReader reader = reader()) {
      add(null, "SHADOW:1");
      registryFailures.set(1);

      assertThatThrownBy(() -> reader.readToEnd(PATIENCE)).isInstanceOf(RegistryException.class);
    }
  }

  static List<RuntimeException> failures() {
    return List.of(
        RegistryException.refused("http://registry", RegistryError.STORE_FAILED, "down"),
        RegistryException.refused("http://other", RegistryError.SUBJECT_NOT_FOUND, "no registry"),
        new SerializationException("Error", new ConnectException("Connection refused")));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void shouldReadARecordAgainWhenTheRegistryFailedMeanwhile(RuntimeException failure)
      throws IOException {
    // Given
    registryFailure = failure;
    String a = TestBundles.write(directory, "a");
    String b = TestBundles.write(directory, "b");
    RolloutControl control =
        RolloutControl.start(a, List.of(), true, TestBundles.LOADER, new ControlSteps());
    try (BundleRollout rollout = control.rollout();
        BundleControlReader reader = reader()) {
      assertThat(reader.readToEnd(PATIENCE)).isEmpty();
      registryFailures.set(1);

      // When
      add(null, "PROMOTE:" + b);
      reader.follow(control);

      // Then
      Awaitility.await().atMost(PATIENCE).until(() -> rollout.servingId().startsWith("b@"));
      assertThat(registryFailures).hasValue(0);
    }
  }

  private BundleControlReader reader() {
    Deserializer<BundleControl> values = (topic, bytes) -> value(bytes);
    BundleControlReader reader = new BundleControlReader("bundles", "app", consumer, values);
    consumer.updateEndOffsets(Map.of(PARTITION, 0L));
    return reader;
  }

  private BundleControl value(byte[] bytes) {
    if (bytes == null) {
      return null;
    }
    if (registryFailures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw registryFailure;
    }
    return RolloutStateTest.control(new String(bytes, UTF_8));
  }

  private void add(String key, String value) {
    consumer.addRecord(
        new ConsumerRecord<>(
            PARTITION.topic(),
            PARTITION.partition(),
            offset++,
            key == null ? null : key.getBytes(UTF_8),
            value == null ? null : value.getBytes(UTF_8)));
    consumer.updateEndOffsets(Map.of(PARTITION, offset));
  }
}
