package dev.hyperflow.topology.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hyperflow.schemas.internal.registry.RegistryClient;
import dev.hyperflow.topology.errors.StartupException;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.testing.TestBroker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Mappings that do not fit, at a start on a real broker. */
@Timeout(120)
class SourceChecksTest {
  private final Map<String, String> settings = new HashMap<>();
  private final String id = TestBroker.freshName("checks");
  private final String topic = id + "-tickets";

  @BeforeEach
  void makeTopic() throws Exception {
    TestBroker.createTopics(3, List.of(topic));
    settings.put("application.id", id);
    settings.put("bootstrap.servers", TestBroker.bootstrapServers());
    settings.put("schema.registry.url", "mock://" + id);
    settings.put("topics.partitions", "2");
    for (String purpose : List.of("support", "queries", "predictions", "dead-letters")) {
      settings.put("topics." + purpose, id + "-" + purpose);
    }
    settings.put("source.tickets.topic", topic);
    settings.put("source.tickets.tenant", "value.customer.id");
    settings.put("source.tickets.text", "value.subject");
  }

  private void check() {
    RunningApplication.check(ApplicationConfig.of(settings));
  }

  private void write(String value) throws Exception {
    try (Producer<byte[], byte[]> producer = TestBroker.producer()) {
      producer
          .send(new ProducerRecord<>(topic, "T-1".getBytes(UTF_8), value.getBytes(UTF_8)))
          .get();
    }
  }

  private void assertRefused(String... parts) {
    assertThatExceptionOfType(StartupException.class)
        .isThrownBy(this::check)
        .satisfies(refusal -> assertThat(refusal.getMessage()).contains(parts));
  }

  @Test
  void shouldRefuseAPathThatFitsNoneOfTheNewestRecords() throws Exception {
    write("{\"customer\": {\"id\": \"acme\"}, \"subject\": \"Card lost\"}");
    check();

    settings.put("source.tickets.tenant", "value.custmer.id");
    assertRefused(
        "source.tickets: expected a mapping that fits '" + topic + "'",
        "tenant (value.custmer.id): expected a value, found none",
        "paths there: value.customer.id, value.subject, key");

    // One that fits is enough: records of another shape are for the dead letters
    write("{\"custmer\": {\"id\": \"acme\"}, \"subject\": \"Card lost\"}");
    check();

    for (int i = 0; i < 10; i++) {
      write("{\"customer\": {\"id\": \"acme\"}, \"subject\": \"Card lost\"}");
    }
    assertRefused("all of its newest 10 records are refused");
  }

  @Test
  void shouldRefuseOnlyBeforeTheTopicWasRead() throws Exception {
    check(); // makes the application's topics
    write("{\"subject\": \"Card lost\"}");
    TestBroker.createTopics(2, StateChecks.changelogs(ApplicationConfig.of(settings)));
    assertRefused("tenant (value.customer.id): expected a value, found none");

    try (Admin admin = TestBroker.admin()) {
      admin
          .alterConsumerGroupOffsets(
              id, Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(0)))
          .all()
          .get();
    }
    check();
  }

  @Test
  void shouldNotTakeAFaultOfTheDataForOneOfTheMapping() throws Exception {
    write("{\"customer\": {\"id\": \" acme \"}, \"subject\": \"Card lost\"}");
    check();
  }

  @Test
  void shouldRefuseAPathThatTheSchemaDoesNotHave() {
    settings.put("source.tickets.format", "avro");
    assertRefused("source.tickets.subject: expected a schema of subject '" + topic + "-value'");

    RegistryClient.create(Map.of("schema.registry.url", "mock://" + id))
        .register(
            topic + "-value",
            SchemaBuilder.record("Ticket").fields().requiredString("subject").endRecord());
    assertRefused(
        "source.tickets.tenant=value.customer.id: expected a field 'customer' at value",
        "found the fields subject of Ticket",
        "subject " + topic + "-value, version 1");
  }

  @Test
  void shouldRefuseATopicThatIsNotThereOrDoesNotFit() throws Exception {
    settings.put("source.tickets.tenant", "key");
    assertRefused("to have 2 partitions", "found 3", "source.tickets.repartition=always");

    TestBroker.createTopics(5, List.of(id + "-tickets-repartition"));
    settings.put("source.tickets.repartition", "always");
    assertRefused("'" + id + "-tickets-repartition' to have 2 partitions", "found 5");

    settings.put("source.tickets.topic", topic + "-nowhere");
    assertRefused("expected topic '" + topic + "-nowhere', found none of that name");
    try (Admin admin = TestBroker.admin()) {
      assertThat(admin.listTopics().names().get()).doesNotContain(topic + "-nowhere");
    }
  }
}
