package dev.hyperflow.demo.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.events.SupportOperation;
import dev.hyperflow.events.TextPayload;
import dev.hyperflow.schemas.serde.SerdeConfig;
import dev.hyperflow.schemas.serde.SpecificAvroSerde;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaRegistryClientConfig;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.apache.pulsar.kafka.shade.avro.generic.GenericData;
import org.apache.pulsar.kafka.shade.avro.generic.GenericRecord;
import org.apache.pulsar.kafka.shade.io.confluent.kafka.serializers.AbstractKafkaSchemaSerDeConfig;
import org.apache.pulsar.kafka.shade.io.confluent.kafka.serializers.KafkaAvroDeserializer;
import org.apache.pulsar.kafka.shade.io.confluent.kafka.serializers.KafkaAvroDeserializerConfig;
import org.apache.pulsar.kafka.shade.io.confluent.kafka.serializers.KafkaAvroSerializer;
import org.apache.pulsar.kafka.shade.io.confluent.kafka.serializers.KafkaAvroSerializerConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Confluent's own classes, 7.0.1 and 7.5.3 as other projects shade them, against this registry and
 * this serde, in both directions.
 */
class ConfluentInteropTest {
  private static final String TOPIC = "support";
  private static final String SUBJECT = TOPIC + "-value";
  private static final String PREFIX = "^schema\\.registry\\.";

  private EmbeddedRegistry registry;
  private Map<String, Object> configs;
  private CachedSchemaRegistryClient client;

  @BeforeEach
  void start() {
    registry = EmbeddedRegistry.start(0);
    configs = Map.of("schema.registry.url", registry.url());
    client = new CachedSchemaRegistryClient(registry.url(), 10);
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    registry.close();
  }

  private static SupportEvent event() {
    return SupportEvent.newBuilder()
        .setEventId("e1")
        .setOperation(SupportOperation.ADD)
        .setLabel("billing")
        .setPayload(new TextPayload("I was charged twice"))
        .build();
  }

  /** Plain: without the Java-only property of generated classes, as another program has it. */
  private static String schema() {
    return SupportEvent.getClassSchema().toString().replace(",\"avro.java.string\":\"String\"", "");
  }

  @Test
  void shouldReadWhatConfluentsSerializerWrites() {
    var parsed = new org.apache.pulsar.kafka.shade.avro.Schema.Parser().parse(schema());
    GenericRecord record = new GenericData.Record(parsed);
    parsed.getFields().stream()
        .filter(field -> field.hasDefaultValue())
        .forEach(field -> record.put(field.name(), GenericData.get().getDefaultValue(field)));
    record.put("eventId", "e1");
    record.put(
        "operation", new GenericData.EnumSymbol(parsed.getField("operation").schema(), "ADD"));
    record.put("label", "billing");
    GenericRecord payload =
        new GenericData.Record(parsed.getField("payload").schema().getTypes().get(1));
    payload.put("text", "I was charged twice");
    record.put("payload", payload);

    byte[] bytes;
    try (KafkaAvroSerializer serializer = new KafkaAvroSerializer()) {
      serializer.configure(configs, false);
      bytes = serializer.serialize(TOPIC, record);
    }
    try (SpecificAvroSerde<SupportEvent> serde = new SpecificAvroSerde<>()) {
      serde.configure(configs, false);
      assertThat(serde.deserializer().deserialize(TOPIC, bytes)).isEqualTo(event());
    }
  }

  @Test
  void shouldWriteWhatConfluentsDeserializerReads() {
    byte[] bytes;
    try (SpecificAvroSerde<SupportEvent> serde = new SpecificAvroSerde<>()) {
      serde.configure(configs, false);
      bytes = serde.serializer().serialize(TOPIC, event());
    }
    try (KafkaAvroDeserializer deserializer = new KafkaAvroDeserializer()) {
      deserializer.configure(configs, false);
      GenericRecord read = (GenericRecord) deserializer.deserialize(TOPIC, bytes);

      assertThat(read.get("eventId")).hasToString("e1");
      assertThat(read.get("operation")).hasToString("ADD");
      assertThat(((GenericRecord) read.get("payload")).get("text"))
          .hasToString("I was charged twice");
    }
  }

  @Test
  void shouldServeWhatConfluentsClientCalls() throws Exception {
    int id = client.register(SUBJECT, new AvroSchema(schema()));

    assertThat(client.getId(SUBJECT, new AvroSchema(schema()))).isEqualTo(id);
    assertThat(new Schema.Parser().parse(client.getSchemaById(id).canonicalString()))
        .isEqualTo(new Schema.Parser().parse(schema()));
    assertThat(client.getAllSubjects()).containsExactly(SUBJECT);
    assertThat(client.getAllSubjectsById(id)).containsExactly(SUBJECT);
    assertThat(client.getAllVersionsById(id))
        .extracting(use -> use.getSubject() + use.getVersion())
        .containsExactly(SUBJECT + 1);
    assertThat(client.getAllVersions(SUBJECT)).containsExactly(1);
    assertThat(client.getLatestSchemaMetadata(SUBJECT).getId()).isEqualTo(id);
    assertThat(client.getVersion(SUBJECT, new AvroSchema(schema()))).isEqualTo(1);
    assertThat(client.getSchemas("support", false, false)).hasSize(1);
    assertThat(client.getMode()).isEqualTo("READWRITE");
    assertThat(client.getMode(SUBJECT)).isEqualTo("READWRITE");
    assertThat(client.testCompatibility(SUBJECT, new AvroSchema(schema()))).isTrue();
    assertThat(client.updateCompatibility(SUBJECT, "FULL")).isEqualTo("FULL");
    assertThat(client.getCompatibility(SUBJECT)).isEqualTo("FULL");
  }

  @ParameterizedTest
  @MethodSource("unsupported")
  void shouldRefuseASettingOfConfluentsThatItDoesNotHave(String name) {
    try (SpecificAvroSerde<SupportEvent> serde = new SpecificAvroSerde<>()) {
      assertThatThrownBy(
              () -> serde.configure(Map.of("schema.registry.url", "http://a", name, "x"), false))
          .hasMessageStartingWith(name + ": expected a setting that this registry client supports");
    }
  }

  /** All constants of Confluent's that look like names of settings, without those it has. */
  static Set<String> unsupported() throws IllegalAccessException {
    Set<String> names = new TreeSet<>();
    for (Class<?> owner :
        List.of(
            SchemaRegistryClientConfig.class,
            AbstractKafkaSchemaSerDeConfig.class,
            KafkaAvroSerializerConfig.class,
            KafkaAvroDeserializerConfig.class)) {
      for (Field field : owner.getFields()) {
        if (field.getDeclaringClass().getName().contains(".io.confluent.")
            && field.getType() == String.class
            && String.valueOf(field.get(null)).matches("[a-z]+(\\.[a-z]+)+")) {
          names.add((String) field.get(null));
        }
      }
    }
    Set<String> known = SerdeConfig.definition().names();
    names.removeIf(name -> known.contains(name) || known.contains(name.replaceFirst(PREFIX, "")));
    return names;
  }

  @Test
  void shouldDeleteWhatConfluentsClientDeletes() throws Exception {
    String other = "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\"]}";
    client.updateCompatibility(null, "NONE");
    client.register(SUBJECT, new AvroSchema("\"string\""));
    client.register(SUBJECT, new AvroSchema(other));

    assertThat(client.deleteSchemaVersion(SUBJECT, "2")).isEqualTo(2);
    assertThat(client.getAllVersions(SUBJECT)).containsExactly(1);
    assertThat(client.deleteSubject(SUBJECT)).isEqualTo(List.of(1));
    assertThat(client.getAllSubjects()).isEmpty();
    assertThatThrownBy(() -> client.getAllVersions(SUBJECT))
        .isInstanceOf(RestClientException.class)
        .hasMessageContaining("error code: 40401");
  }
}
