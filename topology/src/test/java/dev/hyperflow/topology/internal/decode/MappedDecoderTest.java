package dev.hyperflow.topology.internal.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.schemas.internal.registry.RegistryClient;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.source.SourceRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappedDecoderTest {
  private static final Headers NONE = new RecordHeaders();
  private static final String TICKET =
      """
      {"customer": {"id": "acme"}, "subject": "Card lost", "body": "Where is it?"}
      """;

  private final Map<String, String> settings = new HashMap<>();

  MappedDecoderTest() {
    settings.put("bootstrap.servers", "broker:9092");
    settings.put("schema.registry.url", "mock://mapped-decoder");
    settings.put("feedback.window.ms", "1000");
    set("topic", "tickets");
    set("tenant", "value.customer.id");
    set("id", "key");
    set("text", "value.subject,value.body");
    set("text.separator", " - ");
    set("label", "value.category");
  }

  private void set(String name, String value) {
    settings.put("source.tickets." + name, value);
  }

  private MappedDecoder decoder() {
    ApplicationConfig config = ApplicationConfig.of(settings);
    return new MappedDecoder(config.sources().get(0), config.serdeSettings());
  }

  private static SourceRecord record(byte[] key, byte[] value) {
    return new SourceRecord("tickets", 1, 23, 1_000, key, value);
  }

  private static SourceRecord record(String value) {
    return record("T-7".getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8));
  }

  private Event event(SourceRecord record, Headers headers) {
    List<Event> events = new ArrayList<>();
    decoder()
        .decode(record, headers)
        .handle(events::add, refusal -> assertThat(refusal.message()).isEmpty());
    return events.get(0);
  }

  private Event event(String value) {
    return event(record(value), NONE);
  }

  private Rejection refusal(String value) {
    List<Rejection> refusals = new ArrayList<>();
    decoder()
        .decode(record(value), NONE)
        .handle(event -> assertThat(event).isNull(), refusals::add);
    return refusals.get(0);
  }

  @Test
  void shouldMakeAQueryOfATicketWithoutALabel() {
    assertThat(event(TICKET))
        .isEqualTo(
            new Event.Query("acme", 1_000, "T-7", new Payload.Text("Card lost - Where is it?")));
  }

  @Test
  void shouldMakeFeedbackOfATicketWithALabel() {
    assertThat(event(TICKET.replace("\"subject\"", "\"category\": \"cards\", \"subject\"")))
        .isEqualTo(
            new Event.Feedback(
                "acme",
                1_000,
                "T-7",
                "T-7",
                "cards",
                ExampleTerms.ORDINARY,
                Optional.of(new Payload.Text("Card lost - Where is it?"))));
  }

  @Test
  void shouldMakeAnExampleWhereFeedbackIsNotTaken() {
    settings.put("feedback.window.ms", "0");

    assertThat(event(TICKET.replace("\"subject\"", "\"category\": 4, \"subject\"")))
        .isEqualTo(
            new Event.Add(
                "acme",
                1_000,
                "T-7",
                "4",
                ExampleTerms.ORDINARY,
                new Payload.Text("Card lost - Where is it?")));
  }

  @Test
  void shouldReadWeightExpiryTimeAndFeatures() {
    settings.put("feedback.window.ms", "0");
    set("weight", "value.weight");
    set("expiry", "value.until");
    set("time", "value.at");
    set("time.unit", "seconds");
    set("features", "value.vector");

    assertThat(
            event(
                """
                {"customer": {"id": 42}, "subject": "s", "category": true, "weight": "2.5",
                 "until": "2026-11-30T00:00:00+01:00", "at": 1700000000.25, "vector": [1, 0.5]}
                """))
        .isEqualTo(
            new Event.Add(
                "42",
                1_700_000_000_250L,
                "T-7",
                "true",
                new ExampleTerms(2.5f, 1_795_993_200_000L),
                new Payload.Features(FeatureVector.of(new float[] {1, 0.5f}), Optional.of("s"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"customer\": {}, \"subject\": \"s\"}|MISSING_FIELD|tenant (value.customer.id): expected a value, found none",
        "{\"customer\": {\"id\": \" \"}, \"subject\": \"s\"}|MISSING_FIELD|tenant (value.customer.id)",
        "{\"customer\": \"acme\", \"subject\": \"s\"}|UNDECODABLE|tenant (value.customer.id): expected an object at value.customer, found a text",
        "{\"customer\": {\"id\": 1.5}}|UNDECODABLE|tenant (value.customer.id): expected a text or a whole number, found a decimal number, '1.5'",
        "{\"customer\": {\"id\": [1]}}|UNDECODABLE|found an array",
        "{\"customer\": {\"id\": \"acme \"}}|KEY_NOT_NORMAL|tenant (value.customer.id): expected no space at its ends",
        "{\"customer\": {\"id\": \"ac\\u200bme\"}}|INVISIBLE_SIGN|tenant (value.customer.id)",
        "{\"customer\": {\"id\": \"\\ud800\"}}|UNDECODABLE|tenant (value.customer.id)",
        "{\"customer\": {\"id\": \"acme\"}}|MISSING_FIELD|text (value.subject,value.body): expected a value",
        "{\"customer\": {\"id\": \"acme\"}, \"subject\": {}}|UNDECODABLE|text (value.subject): expected a text, a number or a boolean, found an object",
        "{\"customer\": {\"id\": \"acme\"}, \"subject\": [\"s\"]}|UNDECODABLE|value.subject[*] joins its elements",
        "{\"customer\": {\"id\": \"a\"}, \"customer\": {\"id\": \"b\"}}|UNDECODABLE|Duplicate",
        "{\"customer\": |UNDECODABLE|expected JSON, found",
        "not json|UNDECODABLE|expected JSON, found",
        "{} {}|UNDECODABLE|expected JSON, found"
      })
  void shouldNameThePathOfWhatItRefuses(String value, String reason, String message) {
    Rejection refusal = refusal(value);

    assertThat(refusal.reason()).isEqualTo(Reason.valueOf(reason));
    assertThat(refusal.message()).contains(message);
  }

  @Test
  void shouldSkipWhereThatIsSaid() {
    set("text.missing", "skip");

    Rejection skipped = refusal("{\"customer\": {\"id\": \"acme\"}}");

    assertThat(skipped.reason()).isEqualTo(Reason.SKIPPED);
  }

  @Test
  void shouldPutADefaultInThePlaceOfWhatIsMissing() {
    settings.put("feedback.window.ms", "0");
    set("label.default", "other");

    assertThat(event(TICKET))
        .isInstanceOfSatisfying(Event.Add.class, add -> assertThat(add.label()).isEqualTo("other"));
  }

  @Test
  void shouldMakeIdsThatTheRecordAloneDecides() {
    settings.remove("source.tickets.id");
    assertThat(event(TICKET)).extracting("queryId").isEqualTo("tickets-1-23");

    set("id.missing", "content");
    Object first = ((Event.Query) event(TICKET)).queryId();
    SourceRecord elsewhere =
        new SourceRecord("tickets", 0, 99, 5, null, TICKET.replace(":", ": ").getBytes(UTF_8));
    assertThat(event(elsewhere, NONE)).extracting("queryId").isEqualTo(first);
    assertThat(event(TICKET.replace("lost", "Lost"))).extracting("queryId").isNotEqualTo(first);
    // An id that is published must not change with the version
    assertThat(first).isEqualTo("b0d348d518fb884cf532e9f8a04a2b34");
  }

  @Test
  void shouldFollowTheOperationOfTheRecord() {
    set("operation", "value.op");
    set("operation.values", "c:QUERY,u:ADD,d:RETRACT,x:FORGET_LABEL,gone:FORGET_TENANT");
    String ticket =
        TICKET.replace("\"subject\"", "\"category\": \"cards\", \"op\": \"%s\", \"subject\"");

    assertThat(event(ticket.formatted("c"))).isInstanceOf(Event.Query.class);
    assertThat(event(ticket.formatted("u"))).isInstanceOf(Event.Add.class);
    assertThat(event(ticket.formatted("d"))).isEqualTo(new Event.Retract("acme", 1_000, "T-7"));
    assertThat(event(ticket.formatted("x")))
        .isEqualTo(new Event.ForgetLabel("acme", 1_000, "cards"));
    assertThat(event(ticket.formatted("gone"))).isEqualTo(new Event.ForgetTenant("acme", 1_000));
    assertThat(event(ticket.formatted(""))).isInstanceOf(Event.Feedback.class);
    assertThat(refusal(ticket.formatted("z")).message())
        .isEqualTo("operation (value.op): expected one of [c, d, gone, u, x], found 'z'");
    assertThat(refusal(ticket.formatted("u").replace("cards", "")).message())
        .isEqualTo("label (value.category): expected a value for ADD, found none");
  }

  @Test
  void shouldReadTheTenantFromAHeaderOrAKeyOfNumbers() {
    set("tenant", "header.tenant");
    Headers headers = new RecordHeaders().add("tenant", "umlaut-ü".getBytes(UTF_8));
    assertThat(event(record(TICKET), headers).tenant()).isEqualTo("umlaut-ü");

    set("tenant", "key");
    set("key.format", "long");
    byte[] key = ByteBuffer.allocate(8).putLong(-3).array();
    assertThat(event(record(key, TICKET.getBytes(UTF_8)), NONE).tenant()).isEqualTo("-3");
    assertThat(refusal(TICKET).reason()).isEqualTo(Reason.UNDECODABLE_KEY);
    assertThat(refusal(TICKET).message())
        .isEqualTo("tenant (key): expected a number of 8 bytes, found 3 bytes");
  }

  @Test
  void shouldReadPlainTextUnderTheKeyOfItsTenant() {
    set("format", "string");
    set("tenant", "key");
    set("text", "value");
    set("label", "header.label");

    Headers headers = new RecordHeaders().add("label", "red".getBytes(UTF_8));
    settings.remove("source.tickets.id");
    assertThat(event(record("hello"), headers))
        .isEqualTo(
            new Event.Add(
                "T-7",
                1_000,
                "tickets-1-23",
                "red",
                ExampleTerms.ORDINARY,
                new Payload.Text("hello")));
    assertThat(
            decoder()
                .decode(record("T".getBytes(UTF_8), new byte[] {(byte) 0xC3, 0x28}), NONE)
                .toString())
        .contains("expected text in UTF-8, found 2 other bytes");
  }

  @Test
  void shouldDoWithNullValuesWhatIsSaid() {
    assertThat(refusal(null).reason()).isEqualTo(Reason.NULL_VALUE);
    set("null-value", "skip");
    assertThat(refusal(null).reason()).isEqualTo(Reason.SKIPPED);
    set("tenant", "key.tenant");
    set("id", "key.ticket");
    set("key.format", "json");
    set("null-value", "retract");
    byte[] key = "{\"tenant\": \"acme\", \"ticket\": 7}".getBytes(UTF_8);
    assertThat(event(record(key, null), NONE)).isEqualTo(new Event.Retract("acme", 1_000, "7"));
    set("null-value", "forget-tenant");
    assertThat(event(record(key, null), NONE)).isEqualTo(new Event.ForgetTenant("acme", 1_000));
  }

  @Test
  void shouldReadJsonBehindTheBytesOfARegistry() {
    byte[] plain = TICKET.getBytes(UTF_8);
    byte[] framed =
        ByteBuffer.allocate(plain.length + 5).put((byte) 0).putInt(9).put(plain).array();

    assertThat(event(record("T-7".getBytes(UTF_8), framed), NONE)).isEqualTo(event(TICKET));
  }

  @Test
  void shouldReadAnyAvroOfTheRegistry() throws IOException {
    Schema ticket =
        SchemaBuilder.record("Ticket")
            .fields()
            .name("customer")
            .type()
            .nullable()
            .record("Customer")
            .fields()
            .requiredLong("id")
            .endRecord()
            .noDefault()
            .requiredString("subject")
            .optionalString("body")
            .optionalString("category")
            .endRecord();
    GenericData.Record owner =
        new GenericData.Record(ticket.getField("customer").schema().getTypes().get(0));
    owner.put("id", 7L);
    GenericData.Record value = new GenericData.Record(ticket);
    value.put("customer", owner);
    value.put("subject", "Card lost");
    set("format", "avro");

    Event event = event(record("T-7".getBytes(UTF_8), avro(ticket, value)), NONE);

    assertThat(event).isEqualTo(new Event.Query("7", 1_000, "T-7", new Payload.Text("Card lost")));
    value.put("customer", null);
    assertThat(
            decoder().decode(record("T-7".getBytes(UTF_8), avro(ticket, value)), NONE).toString())
        .contains("tenant (value.customer.id): expected a value, found none");
  }

  private static byte[] avro(Schema schema, Object value) throws IOException {
    int id =
        RegistryClient.create(Map.of("schema.registry.url", "mock://mapped-decoder"))
            .register("tickets-value", schema);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<>(schema).write(value, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  @Test
  void shouldKnowTheKeyOfARefusedRecordsTenant() {
    SourceRecord noText = record("{\"customer\": {\"id\": \"acme\"}}");

    assertThat(decoder().key(noText, NONE))
        .hasValueSatisfying(key -> assertThat(key).asString(UTF_8).isEqualTo("acme"));
    assertThat(decoder().key(record("{}"), NONE)).isEmpty();
    assertThat(decoder().paths(record(TICKET), NONE, 10))
        .containsExactly("value.customer.id", "value.subject", "value.body", "key");
  }
}
