package dev.hyperflow.topology.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hyperflow.events.Prediction;
import dev.hyperflow.events.QueryEvent;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.events.SupportOperation;
import dev.hyperflow.events.TextPayload;
import dev.hyperflow.schemas.serde.SpecificAvroSerde;
import dev.hyperflow.topology.errors.StartupException;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.test.JaasUtils;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The rights of docs/strimzi.md, and no others, on a broker with an authorizer. */
@Timeout(120)
class LeastRightsTest {
  private static final Path PAGE = Path.of("..", "docs", "strimzi.md");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern ACL =
      Pattern.compile(
          "resource: \\{type: (\\w+), name: ([\\w-]+), patternType: (\\w+)}[^\\n]*\\s+operations: \\[([^]]+)]");

  @TempDir Path directory;

  private static Map<String, Object> clients(TestCluster broker, String user, String password) {
    Map<String, Object> clients = new HashMap<>();
    clients.put("bootstrap.servers", broker.bootstrapServers());
    clients.put("security.protocol", "SASL_PLAINTEXT");
    clients.put("sasl.mechanism", "PLAIN");
    clients.put(
        "sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"
            .formatted(user, password));
    return clients;
  }

  private ApplicationConfig config(TestCluster broker) {
    Map<String, String> settings = new HashMap<>();
    clients(broker, JaasUtils.KAFKA_PLAIN_USER1, JaasUtils.KAFKA_PLAIN_USER1_PASSWORD)
        .forEach(
            (name, value) ->
                settings.put(
                    name.equals("bootstrap.servers") ? name : "kafka." + name, (String) value));
    settings.put("schema.registry.url", "mock://rights");
    settings.put("bundle", "classpath:bundles/minilm-analytic-v0");
    settings.put("topics.create", "false");
    settings.put("source.tickets.topic", "tickets");
    settings.put("source.tickets.tenant", "value.customer");
    settings.put("source.tickets.text", "value.subject");
    settings.put("source.tickets.id", "key");
    settings.put("kafka.repartition.purge.interval.ms", "100");
    settings.put("stream.threads", "1");
    settings.put("state.dir", directory.toString());
    return ApplicationConfig.of(settings);
  }

  /** The ACLs that the page lists. */
  private static List<AclBinding> acls() throws IOException {
    List<AclBinding> acls = new ArrayList<>();
    Matcher found = ACL.matcher(Files.readString(PAGE));
    while (found.find()) {
      ResourcePattern resource =
          new ResourcePattern(
              found.group(1).equals("transactionalId")
                  ? ResourceType.TRANSACTIONAL_ID
                  : ResourceType.fromString(found.group(1)),
              found.group(2),
              found.group(3).equals("prefix") ? PatternType.PREFIXED : PatternType.LITERAL);
      for (String operation : found.group(4).split(",", -1)) {
        acls.add(
            new AclBinding(
                resource,
                new AccessControlEntry(
                    "User:" + JaasUtils.KAFKA_PLAIN_USER1,
                    "*",
                    AclOperation.fromString(
                        operation
                            .strip()
                            .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                            .toUpperCase(Locale.ROOT)),
                    AclPermissionType.ALLOW)));
      }
    }
    return acls;
  }

  @Test
  void shouldRunWithTheRightsOfThePageAlone() throws Exception {
    try (TestCluster broker = TestCluster.startSecured();
        SpecificAvroSerde<SpecificRecord> serde = new SpecificAvroSerde<>()) {
      Map<String, Object> administrator =
          clients(broker, JaasUtils.KAFKA_PLAIN_ADMIN, JaasUtils.KAFKA_PLAIN_ADMIN_PASSWORD);
      serde.configure(Map.of("schema.registry.url", "mock://rights"), false);
      try (Admin admin = Admin.create(administrator)) {
        admin
            .createTopics(
                List.of("support", "queries", "tickets", "predictions", "dead-letters").stream()
                    .map(name -> new NewTopic(name, Optional.of(1), Optional.empty()))
                    .toList())
            .all()
            .get();

        // Without rights the start says what it may not do
        assertThatExceptionOfType(StartupException.class)
            .isThrownBy(() -> RunningApplication.start(config(broker)).close())
            .withMessageMatching("(topics|brokers): .*");

        // With those of the page it answers
        assertThat(acls()).hasSizeGreaterThan(10);
        admin.createAcls(acls()).all().get();
      }
      try (RunningApplication application = RunningApplication.start(config(broker))) {
        assertThat(application.awaitRunning(PATIENCE)).isTrue();
        send(
            administrator,
            serde,
            "support",
            example("e1", "cards", "my card was stolen"),
            example("e2", "loans", "what is the rate of a mortgage"));
        send(
            administrator,
            serde,
            "queries",
            new QueryEvent("q1", new TextPayload("somebody took my card")));

        Prediction prediction =
            (Prediction)
                serde.deserializer().deserialize("predictions", first(administrator).value());

        assertThat(prediction.getQueryId()).isEqualTo("q1");
        // Also what comes from a mapped topic, and its repartition topic may be purged
        Awaitility.await()
            .atMost(PATIENCE)
            .until(
                () -> {
                  sendTicket(administrator);
                  return begin(administrator, "hyperflow-tickets-repartition") > 0;
                });
        assertThat(application.failure()).isEmpty();
      }
    }
  }

  private static void send(
      Map<String, Object> clients,
      SpecificAvroSerde<SpecificRecord> serde,
      String topic,
      SpecificRecord... records)
      throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(clients, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (SpecificRecord record : records) {
        producer
            .send(
                new ProducerRecord<>(
                    topic, "acme".getBytes(UTF_8), serde.serializer().serialize(topic, record)))
            .get();
      }
    }
  }

  private static void sendTicket(Map<String, Object> clients) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(clients, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  "tickets",
                  "T-1".getBytes(UTF_8),
                  "{\"customer\": \"acme\", \"subject\": \"my card\"}".getBytes(UTF_8)))
          .get();
    }
  }

  /** The first offset of a topic's only partition. */
  private static long begin(Map<String, Object> clients, String topic) throws Exception {
    TopicPartition only = new TopicPartition(topic, 0);
    try (Admin admin = Admin.create(clients)) {
      return admin.listOffsets(Map.of(only, OffsetSpec.earliest())).all().get().get(only).offset();
    }
  }

  private static SupportEvent example(String eventId, String label, String text) {
    return SupportEvent.newBuilder()
        .setEventId(eventId)
        .setOperation(SupportOperation.ADD)
        .setLabel(label)
        .setPayload(new TextPayload(text))
        .build();
  }

  private static ConsumerRecord<byte[], byte[]> first(Map<String, Object> clients) {
    Map<String, Object> reader = new HashMap<>(clients);
    reader.put("isolation.level", "read_committed");
    reader.put("auto.offset.reset", "earliest");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(reader, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(new TopicPartition("predictions", 0)));
      List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
      Awaitility.await()
          .atMost(PATIENCE)
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
                return !found.isEmpty();
              });
      return found.get(0);
    }
  }
}
