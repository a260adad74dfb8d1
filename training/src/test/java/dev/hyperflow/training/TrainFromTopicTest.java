package dev.hyperflow.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.events.SupportOperation;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.bundle.Bundle;
import dev.hyperflow.schemas.PackedFeatures;
import dev.hyperflow.schemas.serde.SpecificAvroSerializer;
import dev.hyperflow.topology.testing.TestCluster;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code ./hyperflow train --topic}, against a broker and a registry. */
@Timeout(300)
class TrainFromTopicTest {

  private static final String TOPIC = "support";
  private static final int TENANTS = 5;
  private static final int LABELS = 4;
  private static final int DIMENSION = 24;
  private static final byte[] GARBAGE = {1, 2, 3};

  private static final String REGISTRY = "mock://training";

  private static TestCluster broker;

  @TempDir Path directory;

  @BeforeAll
  static void startServers() {
    broker = TestCluster.start();
  }

  @AfterAll
  static void stopServers() {
    broker.close();
  }

  @Test
  void shouldLearnFromWhatTenantsLeftInATopic() throws Exception {
    // Given tenants with examples, one of which was forgotten, and a record that nobody can read
    produce();
    Path config = config();
    Path out = directory.resolve("own-v1");

    // When
    StringWriter error = new StringWriter();
    CommandLine line = Main.commandLine(new TrainingTools());
    line.setErr(new PrintWriter(error, true));
    int code =
        line.execute(
            "train",
            "--topic",
            TOPIC,
            "--config",
            config.toString(),
            "--out",
            out.toString(),
            "--steps",
            "4",
            "--ways",
            "2-4",
            "--shots",
            "1-4",
            "--euler-steps",
            "2",
            "--batch",
            "2");

    // Then
    assertThat(error.toString()).isEmpty();
    assertThat(code).isZero();
    try (Bundle bundle = Bundle.load(out.toString(), BundleOptions.defaults())) {
      Manifest manifest = bundle.manifest();
      assertThat(manifest.encoderReference()).isEmpty();
      assertThat(manifest.provenance().training().dataSha256().keySet())
          .containsExactly(
              "support/tenant-0#features",
              "support/tenant-1#features",
              "support/tenant-2#features",
              "support/tenant-3#features",
              "support/tenant-4#features");
    }
  }

  private static void produce() throws Exception {
    Random random = new Random(11);
    Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (Admin admin = Admin.create(settings)) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 2, (short) 1))).all().get();
    }
    try (SpecificAvroSerializer<SpecificRecord> values = new SpecificAvroSerializer<>();
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      values.configure(Map.of("schema.registry.url", REGISTRY), false);
      for (int tenant = 0; tenant <= TENANTS; tenant++) {
        byte[] key = ("tenant-" + tenant).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < LABELS * 10; i++) {
          SupportEvent event = example(i, random);
          producer.send(new ProducerRecord<>(TOPIC, key, values.serialize(TOPIC, event))).get();
        }
      }
      byte[] forgotten = ("tenant-" + TENANTS).getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(TOPIC, forgotten, null)).get();
      producer.send(new ProducerRecord<>(TOPIC, forgotten, GARBAGE)).get();
    }
  }

  private static SupportEvent example(int number, Random random) {
    float[] x = new float[DIMENSION];
    for (int d = 0; d < DIMENSION; d++) {
      x[d] = (float) random.nextGaussian() / 10;
    }
    x[number % LABELS] += 0.7f;
    return SupportEvent.newBuilder()
        .setEventId("event-" + number)
        .setOperation(SupportOperation.ADD)
        .setLabel("label-" + number % LABELS)
        .setPayload(PackedFeatures.pack(x))
        .build();
  }

  private Path config() throws Exception {
    String text =
        """
        application.id=training
        bootstrap.servers=%s
        schema.registry.url=%s
        """
            .formatted(broker.bootstrapServers(), REGISTRY);
    return Files.writeString(directory.resolve("hyperflow.properties"), text);
  }
}
