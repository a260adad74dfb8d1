package dev.hyperflow.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.events.QueryEvent;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.events.SupportOperation;
import dev.hyperflow.events.TextPayload;
import dev.hyperflow.schemas.internal.registry.RegistryAdmin;
import dev.hyperflow.schemas.internal.registry.RegistryException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecificAvroSerdeTest {
  private static final String TOPIC = "support";
  private static final String URL = "mock://serde-test";

  private RegistryAdmin registry;

  @BeforeEach
  void emptyRegistry() {
    RegistryAdmin.drop("serde-test");
    registry = RegistryAdmin.create(Map.of("schema.registry.url", URL));
  }

  @Test
  void shouldReadBackWhatItWrote() {
    SpecificAvroSerde<SpecificRecord> serde = serde();

    byte[] message = serde.serializer().serialize(TOPIC, Samples.add());

    assertThat(message).startsWith(0, 0, 0, 0, 1);
    assertThat(serde.deserializer().deserialize(TOPIC, message)).isEqualTo(Samples.add());
  }

  @Test
  void shouldBeSharedByThreads() throws Exception {
    SpecificAvroSerde<SpecificRecord> serde = serde();
    int threads = 8;
    CyclicBarrier together = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Future<?>> tasks = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      int number = thread;
      tasks.add(
          pool.submit(
              () -> {
                together.await();
                for (int i = 0; i < 2_000; i++) {
                  String topic = "topic-" + (i + number) % 5;
                  QueryEvent query = query("text ".repeat(1 + i % 50) + number);
                  byte[] message = serde.serializer().serialize(topic, query);
                  assertThat(serde.deserializer().deserialize(topic, message)).isEqualTo(query);
                }
                return null;
              }));
    }
    for (Future<?> task : tasks) {
      task.get(1, TimeUnit.MINUTES);
    }
    pool.shutdown();
  }

  private static QueryEvent query(String text) {
    return QueryEvent.newBuilder().setQueryId("q").setPayload(new TextPayload(text)).build();
  }

  @Test
  void shouldKeepNull() {
    assertThat(serde().serializer().serialize(TOPIC, null)).isNull();
    assertThat(serde().deserializer().deserialize(TOPIC, null)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "TopicNameStrategy, support-value",
    "RecordNameStrategy, dev.hyperflow.events.SupportEvent",
    "TopicRecordNameStrategy, support-dev.hyperflow.events.SupportEvent",
    "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy,"
        + " support-dev.hyperflow.events.SupportEvent",
  })
  void shouldNameSubjectsAsConfluentDoes(String strategy, String subject) {
    serde("value.subject.name.strategy", strategy).serializer().serialize(TOPIC, Samples.add());

    assertThat(registry.subjects()).containsExactly(subject);
  }

  @Test
  void shouldNameTheSubjectOfKeys() {
    SpecificAvroSerde<SpecificRecord> serde = new SpecificAvroSerde<>();
    serde.configure(Map.of("schema.registry.url", URL), true);

    serde.serializer().serialize(TOPIC, Samples.add());

    assertThat(registry.subjects()).containsExactly("support-key");
  }

  @Test
  void shouldJudgeAStrategyThatIsHandedOverAsAClassByItsName() {
    Map<String, Object> configs =
        Map.of("schema.registry.url", URL, "value.subject.name.strategy", String.class);

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> new SpecificAvroSerde<>().configure(configs, false))
        .withMessageContaining("java.lang.String")
        .withMessageContaining("expected TopicNameStrategy");
  }

  @Test
  void shouldRefuseAnUnknownStrategy() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> serde("value.subject.name.strategy", "Nonsense"))
        .withMessageContaining("value.subject.name.strategy")
        .withMessageContaining("RecordNameStrategy");
  }

  @Test
  void shouldSayWhatIsMissingWithoutConfiguration() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> new SpecificAvroSerde<>().configure(Map.of(), false))
        .withMessageContaining("schema.registry.url");
    assertThatThrownBy(() -> new SpecificAvroSerializer<>().serialize(TOPIC, Samples.add()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldNotRegisterWhenToldNotTo() {
    SpecificAvroSerde<SpecificRecord> serde = serde("auto.register.schemas", "false");

    assertThatExceptionOfType(RegistryException.class)
        .isThrownBy(() -> serde.serializer().serialize(TOPIC, Samples.add()))
        .matches(e -> !e.retryable() && e.errorCode() == 40401);
    assertThat(registry.subjects()).isEmpty();
  }

  @Test
  void shouldFindWhatSomebodyElseRegistered() {
    // Given the plain text, as registered by anybody
    int id = registry.register("support-value", SupportEvent.getClassSchema());

    byte[] message =
        serde("auto.register.schemas", "false").serializer().serialize(TOPIC, Samples.add());

    assertThat(WireFormat.readId(message)).isEqualTo(id);
  }

  @Test
  void shouldWriteWithTheLatestVersionByFieldName() throws IOException {
    // Given a latest version with the fields in another order and one of them gone
    Schema latest =
        record(
            """
            {"name":"weight","type":"float"},{"name":"eventId","type":"string"},
            {"name":"label","type":["null","string"]}\
            """);
    int id = registry.register("support-value", latest);
    SpecificAvroSerde<SpecificRecord> serde =
        serde("auto.register.schemas", "false", "use.latest.version", "true");

    // When a record is written
    byte[] message = serde.serializer().serialize(TOPIC, Samples.add());

    // Then a reader of that version sees each value in its place
    assertThat(WireFormat.readId(message)).isEqualTo(id);
    GenericRecord read =
        new GenericDatumReader<GenericRecord>(latest)
            .read(null, DecoderFactory.get().binaryDecoder(message, 5, message.length - 5, null));
    assertThat(read.get("eventId")).hasToString("e-1");
    assertThat(read.get("weight")).isEqualTo(0.5f);
    assertThat(read.get("label")).hasToString("card lost");
  }

  @Test
  void shouldRefuseALatestVersionThatCannotReadItsRecords() {
    registry.register("support-value", record("{\"name\":\"mandatory\",\"type\":\"string\"}"));
    SpecificAvroSerde<SpecificRecord> serde =
        serde("auto.register.schemas", "false", "use.latest.version", "true");

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> serde.serializer().serialize(TOPIC, Samples.add()))
        .withMessageContaining("version 1 of subject support-value");
  }

  @Test
  void shouldReadAnOlderWriterAndFillInDefaults() throws IOException {
    // Given a record written with fewer fields
    Schema old = record("{\"name\":\"eventId\",\"type\":\"string\"}," + operation("ADD"));
    byte[] message = write(old, event(old, "ADD"));

    // When it is read
    SupportEvent event = (SupportEvent) serde().deserializer().deserialize(TOPIC, message);

    // Then what it did not have takes its default
    assertThat(event.getEventId()).isEqualTo("e");
    assertThat(event.getWeight()).isEqualTo(1.0f);
    assertThat(event.getPayload()).isNull();
  }

  @Test
  void shouldReadAnOperationOfTheFutureAsUnknown() throws IOException {
    Schema newer = record("{\"name\":\"eventId\",\"type\":\"string\"}," + operation("SPLIT_LABEL"));
    byte[] message = write(newer, event(newer, "SPLIT_LABEL"));

    SupportEvent event = (SupportEvent) serde().deserializer().deserialize(TOPIC, message);

    assertThat(event.getOperation()).isEqualTo(SupportOperation.UNKNOWN);
  }

  @Test
  void shouldRefuseAnotherRecordClassWhenOneIsNamed() {
    byte[] message =
        serde().serializer().serialize(TOPIC, new QueryEvent("q", new TextPayload("hello")));

    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(
            () ->
                serde("specific.avro.value.type", SupportEvent.class.getName())
                    .deserializer()
                    .deserialize(TOPIC, message))
        .withMessageContaining(
            "record is a dev.hyperflow.events.QueryEvent; expected"
                + " dev.hyperflow.events.SupportEvent");
  }

  @Test
  void shouldRefuseARecordWithoutARequiredFieldAndGoOn() {
    // Given a record without its event id
    SupportEvent broken = new SupportEvent();
    broken.setOperation(SupportOperation.ADD);
    SpecificAvroSerde<SpecificRecord> serde = serde();
    byte[] before = serde.serializer().serialize(TOPIC, Samples.add());

    // When it is written
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> serde.serializer().serialize(TOPIC, broken))
        .withMessageContaining("dev.hyperflow.events.SupportEvent to topic support")
        .withMessageContaining("eventId");

    // Then the next one is not affected
    assertThat(serde.serializer().serialize(TOPIC, Samples.add())).isEqualTo(before);
  }

  @Test
  void shouldTakeThePlaceOfConfluentsConfiguration() {
    Map<String, Object> configs = new HashMap<>();
    configs.put("schema.registry.url", URL);
    configs.put("specific.avro.reader", true);
    configs.put("bootstrap.servers", "localhost:9092");
    configs.put("default.key.serde", String.class);

    SpecificAvroSerde<SupportEvent> serde = new SpecificAvroSerde<>();
    serde.configure(configs, false);
    byte[] message = serde.serializer().serialize(TOPIC, Samples.add());

    assertThat(serde.deserializer().deserialize(TOPIC, message)).isEqualTo(Samples.add());
  }

  @Test
  void shouldDocumentEveryKey() {
    assertThat(SerdeConfig.definition().configKeys().values())
        .hasSizeGreaterThan(20)
        .allSatisfy(key -> assertThat(key.documentation).endsWith("."));
  }

  private static Schema record(String fields) {
    return new Schema.Parser()
        .parse(
            "{\"type\":\"record\",\"name\":\"SupportEvent\",\"namespace\":\"dev.hyperflow.events\","
                + "\"fields\":[%s]}".formatted(fields));
  }

  private static String operation(String symbol) {
    return "{\"name\":\"operation\",\"type\":{\"type\":\"enum\",\"name\":\"SupportOperation\",\"symbols\":[\"%s\"]}}"
        .formatted(symbol);
  }

  private static GenericRecord event(Schema schema, String operation) {
    GenericRecord event = new GenericData.Record(schema);
    event.put("eventId", "e");
    event.put(
        "operation", new GenericData.EnumSymbol(schema.getField("operation").schema(), operation));
    return event;
  }

  private byte[] write(Schema schema, GenericRecord record) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(new byte[WireFormat.HEADER_BYTES]);
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
    encoder.flush();
    byte[] message = bytes.toByteArray();
    WireFormat.writeId(message, registry.register("old", schema));
    return message;
  }

  private static SpecificAvroSerde<SpecificRecord> serde(String... more) {
    Map<String, Object> configs = new HashMap<>();
    configs.put("schema.registry.url", URL);
    for (int i = 0; i < more.length; i += 2) {
      configs.put(more[i], more[i + 1]);
    }
    SpecificAvroSerde<SpecificRecord> serde = new SpecificAvroSerde<>();
    serde.configure(configs, false);
    return serde;
  }
}
