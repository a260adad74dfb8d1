package dev.hyperflow.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What was ever released stays readable, and what is not released does not go unnoticed.
 *
 * <p>To release a changed schema, run with {@code -Dhyperflow.schemas.release=2} (the next number)
 * and commit the new directory. Never edit an earlier one.
 */
class ReleasedSchemasTest {
  private static final Path RELEASED = Path.of("src/main/resources/schemas/released");
  private static final int RECORDS = 200;
  private static final long SEED = 20260101;

  @Test
  void shouldEqualTheNewestReleasedVersion() throws IOException {
    releaseIfAsked();
    int newest = ((TreeMap<Integer, Path>) versions()).lastKey();
    assertThat(newest).as("Contracts.NEWEST").isEqualTo(Contracts.NEWEST);
    for (Schema schema : Contracts.generated()) {
      Schema current = Contracts.asRegistered(schema);
      Path file = file(newest, schema);
      if (!Files.exists(file) || !parse(file).toString().equals(current.toString())) {
        fail(
            "%s differs from its newest released version %s. A changed schema is a new version: run"
                + " ./mvnw -pl schemas test -Dtest=ReleasedSchemasTest -Dhyperflow.schemas.release=%d"
                + " and commit the new directory; this test then shows whether it still reads the"
                + " earlier versions.",
            schema.getFullName(), file, newest + 1);
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> shouldReadEveryReleasedVersion() throws IOException {
    return forEveryReleased((released, today) -> assertReadable(today, released));
  }

  @TestFactory
  Stream<DynamicTest> shouldBeReadByEveryReleasedVersion() throws IOException {
    return forEveryReleased((released, today) -> assertReadableByOld(released, today));
  }

  private interface Check {
    void accept(Schema released, Schema today) throws IOException;
  }

  private static Stream<DynamicTest> forEveryReleased(Check check) throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (int version : versions().keySet()) {
      for (Schema schema : Contracts.generated()) {
        Path file = file(version, schema);
        if (Files.exists(file)) {
          tests.add(
              DynamicTest.dynamicTest(
                  "v%d %s".formatted(version, schema.getName()),
                  () -> check.accept(parse(file), schema)));
        }
      }
    }
    assertThat(tests).isNotEmpty();
    return tests.stream();
  }

  private static void assertReadableByOld(Schema reader, Schema writer) throws IOException {
    // Given Avro's own judgement
    SchemaCompatibility.SchemaPairCompatibility pair =
        SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
    assertThat(pair.getType())
        .as(pair.getDescription())
        .isEqualTo(SchemaCompatibilityType.COMPATIBLE);

    // When random records of today are read by who knows the old schema only
    GenericDatumReader<GenericRecord> datumReader = new GenericDatumReader<>(writer, reader);
    int read = 0;
    for (Object record : new RandomData(writer, RECORDS, SEED)) {
      BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(encode(record, writer), null);
      GenericRecord decoded = datumReader.read(null, decoder);

      // Then each is a whole record of the old kind and its bytes are used up
      assertThat(GenericData.get().validate(reader, decoded)).isTrue();
      assertThat(decoder.isEnd()).isTrue();
      read++;
    }
    assertThat(read).isEqualTo(RECORDS);
  }

  private static byte[] encode(Object record, Schema writer) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<>(writer).write(record, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  private static void assertReadable(Schema reader, Schema writer) throws IOException {
    // Given Avro's own judgement
    SchemaCompatibility.SchemaPairCompatibility pair =
        SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
    assertThat(pair.getType())
        .as(pair.getDescription())
        .isEqualTo(SchemaCompatibilityType.COMPATIBLE);

    // When random records are written with the old schema and read with the generated class
    SpecificDatumReader<Object> datumReader =
        new SpecificDatumReader<>(writer, reader, SpecificData.get());
    int read = 0;
    for (Object record : new RandomData(writer, RECORDS, SEED)) {
      BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(encode(record, writer), null);
      Object decoded = datumReader.read(null, decoder);

      // Then each gives the generated class and uses up its bytes
      assertThat(decoded).isInstanceOf(SpecificData.get().getClass(reader));
      assertThat(decoder.isEnd()).isTrue();
      read++;
    }
    assertThat(read).isEqualTo(RECORDS);
  }

  private static void releaseIfAsked() throws IOException {
    Integer version = Integer.getInteger("hyperflow.schemas.release");
    if (version == null) {
      return;
    }
    assertThat(versions().keySet()).as("released versions never change").doesNotContain(version);
    for (Schema schema : Contracts.generated()) {
      Path file = file(version, schema);
      Files.createDirectories(file.getParent());
      Files.writeString(
          file, SchemaFormatter.format("json/pretty", Contracts.asRegistered(schema)) + "\n");
    }
  }

  private static Map<Integer, Path> versions() throws IOException {
    Map<Integer, Path> versions = new TreeMap<>();
    if (Files.isDirectory(RELEASED)) {
      try (Stream<Path> directories = Files.list(RELEASED)) {
        directories.forEach(
            path ->
                versions.put(Integer.valueOf(path.getFileName().toString().substring(1)), path));
      }
    }
    return versions;
  }

  private static Path file(int version, Schema schema) {
    return Contracts.releasedFile(version, schema);
  }

  private static Schema parse(Path file) throws IOException {
    return new Schema.Parser().parse(Files.readString(file));
  }
}
