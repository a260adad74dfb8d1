package dev.hyperflow.schemas.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hyperflow.events.QueryEvent;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.events.TextPayload;
import dev.hyperflow.schemas.Contracts;
import dev.hyperflow.schemas.serde.SpecificAvroSerde;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every registry must do, whoever provides it. */
public abstract class RegistryContract {
  private RegistryAdmin registry;
  private String subject;

  /** Returns the value of {@code schema.registry.url}. */
  protected abstract String url();

  @BeforeEach
  void connect() {
    registry = RegistryAdmin.create(Map.of("schema.registry.url", url()));
    // Registries keep their content between tests, so every test has names of its own.
    subject = "s-" + UUID.randomUUID();
  }

  @Test
  void shouldAnswerAPing() {
    assertThatCode(registry::ping).doesNotThrowAnyException();
  }

  @Test
  void shouldRegisterOnceAndFindAgain() {
    Schema schema = schema("a");

    int id = registry.register(subject, schema);

    assertThat(registry.register(subject, schema)).isEqualTo(id);
    assertThat(registry.idOf(subject, schema)).isEqualTo(id);
    assertThat(registry.schemaById(id)).isEqualTo(schema);
    assertThat(registry.versions(subject)).containsExactly(1);
    assertThat(registry.subjects()).contains(subject);
  }

  @Test
  void shouldGiveOneIdToOneTextInAllSubjects() {
    Schema schema = schema("a");

    int id = registry.register(subject, schema);

    assertThat(registry.register(subject + "-other", schema)).isEqualTo(id);
  }

  @Test
  void shouldRegisterThePlainTextOfGeneratedClasses() throws IOException {
    // Given the released text, as somebody without Java would register it
    Schema plain = Contracts.released(Contracts.NEWEST, SupportEvent.getClassSchema());
    int id = registry.register(subject, plain);

    // When the generated class's schema is registered
    int generated = registry.register(subject, SupportEvent.getClassSchema());

    // Then it is the same schema
    assertThat(SupportEvent.getClassSchema().toString()).contains("avro.java.string");
    assertThat(generated).isEqualTo(id);
    assertThat(registry.schemaById(id).toString()).isEqualTo(plain.toString());
  }

  @Test
  void shouldCountVersions() {
    registry.setCompatibility(subject, CompatibilityLevel.BACKWARD);
    int first = registry.register(subject, schema("a"));
    int second = registry.register(subject, withOptional("b"));

    assertThat(second).isNotEqualTo(first);
    assertThat(registry.versions(subject)).containsExactly(1, 2);
    assertThat(registry.version(subject, 1).id()).isEqualTo(first);
    assertThat(registry.latest(subject))
        .isEqualTo(new RegisteredSchema(subject, second, 2, withOptional("b")));
  }

  @Test
  void shouldRefuseWhatCannotReadEarlierData() {
    registry.setCompatibility(subject, CompatibilityLevel.BACKWARD);
    registry.register(subject, schema("a"));
    Schema incompatible = schema("mandatory");

    assertThat(registry.isCompatible(subject, incompatible)).isFalse();
    assertThat(registry.isCompatible(subject, withOptional("b"))).isTrue();
    assertRefused(RegistryError.INCOMPATIBLE, () -> registry.register(subject, incompatible));
    assertThat(registry.versions(subject)).containsExactly(1);
  }

  @Test
  void shouldAcceptAnythingWithoutCompatibility() {
    registry.register(subject, schema("a"));
    registry.setCompatibility(subject, CompatibilityLevel.NONE);

    registry.register(subject, schema("mandatory"));

    assertThat(registry.versions(subject)).containsExactly(1, 2);
  }

  @Test
  void shouldLookAtEveryVersionWhenTransitive() {
    // Given a field that came and went, each step readable from the one before
    registry.setCompatibility(subject, CompatibilityLevel.BACKWARD);
    registry.register(subject, schema("a"));
    registry.register(subject, withOptional("b"));
    Schema third = mandatoryToo("b");
    assertThat(registry.isCompatible(subject, third)).isTrue();

    // When the first step counts as well
    registry.setCompatibility(subject, CompatibilityLevel.BACKWARD_TRANSITIVE);

    assertRefused(RegistryError.INCOMPATIBLE, () -> registry.register(subject, third));
  }

  @Test
  void shouldKeepALevelPerSubject() {
    registry.setCompatibility(subject, CompatibilityLevel.FULL_TRANSITIVE);

    assertThat(registry.compatibility(subject)).isEqualTo(CompatibilityLevel.FULL_TRANSITIVE);
  }

  @Test
  void shouldFallBackToTheDefaultLevel() {
    registry.setDefaultCompatibility(CompatibilityLevel.FORWARD);
    try {
      assertThat(registry.defaultCompatibility()).isEqualTo(CompatibilityLevel.FORWARD);
      assertThat(registry.compatibility(subject)).isEqualTo(CompatibilityLevel.FORWARD);
    } finally {
      registry.setDefaultCompatibility(CompatibilityLevel.BACKWARD);
    }
  }

  @Test
  void shouldAcceptAnythingForANewSubject() {
    assertThat(registry.isCompatible(subject, schema("a"))).isTrue();
  }

  @Test
  void shouldSayWhatIsUnknown() {
    assertRefused(RegistryError.SUBJECT_NOT_FOUND, () -> registry.versions(subject));
    assertRefused(RegistryError.SUBJECT_NOT_FOUND, () -> registry.latest(subject));
    assertRefused(RegistryError.SUBJECT_NOT_FOUND, () -> registry.idOf(subject, schema("a")));
    assertRefused(RegistryError.SCHEMA_NOT_FOUND, () -> registry.schemaById(987_654_321));
    registry.register(subject, schema("a"));
    assertRefused(RegistryError.VERSION_NOT_FOUND, () -> registry.version(subject, 99));
    assertRefused(RegistryError.SCHEMA_NOT_FOUND, () -> registry.idOf(subject, schema("b")));
  }

  @Test
  void shouldTakeAnySubjectName() {
    String odd = subject + " a+b/ü?%23&";

    int id = registry.register(odd, schema("a"));

    assertThat(registry.idOf(odd, schema("a"))).isEqualTo(id);
    assertThat(registry.subjects()).contains(odd);
  }

  @Test
  void shouldForgetADeletedSubjectButNotItsIds() {
    int id = registry.register(subject, schema("a"));

    assertThat(registry.deleteSubject(subject)).containsExactly(1);

    assertThat(registry.subjects()).doesNotContain(subject);
    assertRefused(RegistryError.SUBJECT_NOT_FOUND, () -> registry.versions(subject));
    assertThat(registry.schemaById(id)).isEqualTo(schema("a"));
  }

  @Test
  void shouldCarryRecordsThroughTheSerde() {
    SpecificAvroSerde<QueryEvent> serde = new SpecificAvroSerde<>();
    serde.configure(Map.of("schema.registry.url", url()), false);
    QueryEvent query = new QueryEvent("q", new TextPayload("hello"));

    byte[] message = serde.serializer().serialize(subject, query);

    assertThat(serde.deserializer().deserialize(subject, message)).isEqualTo(query);
    assertThat(registry.subjects()).contains(subject + "-value");
  }

  private static void assertRefused(RegistryError error, ThrowingCallable call) {
    assertThatExceptionOfType(RegistryException.class)
        .isThrownBy(call)
        .satisfies(
            e -> {
              assertThat(e.status()).isEqualTo(error.status());
              assertThat(e.errorCode()).isEqualTo(error.code());
              assertThat(e.retryable()).isFalse();
              assertThat(e.url()).isNotBlank();
            });
  }

  /** A record of this test alone: with one name for all tests, texts would be shared. */
  private Schema schema(String field) {
    return SchemaBuilder.record(recordName()).fields().requiredString(field).endRecord();
  }

  private Schema withOptional(String field) {
    return SchemaBuilder.record(recordName())
        .fields()
        .requiredString("a")
        .name(field)
        .type()
        .stringType()
        .stringDefault("")
        .endRecord();
  }

  private Schema mandatoryToo(String field) {
    return SchemaBuilder.record(recordName())
        .fields()
        .requiredString("a")
        .requiredString(field)
        .endRecord();
  }

  private String recordName() {
    return "R" + subject.substring(2).replace("-", "");
  }
}
