package dev.hyperflow.engine.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.engine.internal.AdaptationModel;
import dev.hyperflow.engine.internal.EngineFixture;
import dev.hyperflow.engine.internal.FakeEncoder;
import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.heap.InMemoryTenantStore;
import dev.hyperflow.engine.internal.remember.FeaturePrecision;
import dev.hyperflow.engine.internal.remember.MemorySettings;
import dev.hyperflow.engine.internal.remember.RingPolicy;
import dev.hyperflow.engine.internal.remember.Slot;
import dev.hyperflow.models.Golden;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryFileTest {
  private static final int VERSION_AT = 8;
  private static final int BYTES_PER_LINE = 16;
  private static final ExampleTerms TERMS = new ExampleTerms(2, 1_000);

  @TempDir Path folder;

  @Test
  void shouldWriteTheBytesOfTheGoldenFile() throws IOException {
    Golden.assertGolden(
        "memory-v2.hex", hex(bytes(memory("fake"))), "saved memories of users become unreadable");
  }

  @Test
  void shouldReadWhatTheFirstVersionWrote() throws IOException {
    String lines = Files.readString(Path.of("src/test/resources/golden/memory-v1.hex"));

    InMemoryTenantStore read = read(HexFormat.of().parseHex(lines.replace("\n", "")));

    InMemoryTenantStore now = memory("fake");
    assertThat(read.entries()).isEqualTo(now.entries());
    for (String tenant : List.of("a", "b")) {
      assertThat(read.meta(tenant)).usingRecursiveComparison().isEqualTo(now.meta(tenant));
      Slot first = new Slot(0, 0);
      assertThat(read.example(tenant, first).orElseThrow().features())
          .isEqualTo(now.example(tenant, first).orElseThrow().features());
      assertThat(read.example(tenant, first).orElseThrow().text()).isEmpty();
    }
  }

  @Test
  void shouldKeepTexts() throws IOException {
    InMemoryTenantStore written = memory("fake");

    assertThat(read(bytes(written)).example("a", new Slot(0, 0)))
        .isEqualTo(written.example("a", new Slot(0, 0)))
        .hasValueSatisfying(example -> assertThat(example.text()).contains("Grüße"));
  }

  @Test
  void shouldReadWhatItWrote() throws IOException {
    InMemoryTenantStore written = memory("fake");

    InMemoryTenantStore read = read(bytes(written));

    assertThat(read.entries()).isEqualTo(written.entries());
    assertThat(read.meta("b")).usingRecursiveComparison().isEqualTo(written.meta("b"));
    assertThat(read.slotOf("a", "e1")).isEqualTo(written.slotOf("a", "e1"));
    assertThat(bytes(read)).isEqualTo(bytes(written));
  }

  @Test
  void shouldReadAnEmptyMemory() throws IOException {
    assertThat(read(bytes(new InMemoryTenantStore())).entries()).isZero();
  }

  @Test
  void shouldReplaceAFileWholeAndLeaveNoOther() throws IOException {
    Path file = folder.resolve("memory");
    Files.writeString(file, "old");

    MemoryFile.write(memory("fake"), file);

    assertThat(MemoryFile.read(file, "fake", OptionalInt.of(EngineFixture.DIMENSION)).entries())
        .isPositive();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void shouldReplaceTheFileBehindALinkAndKeepTheLink() throws IOException {
    Path file = Files.createDirectory(folder.resolve("disk")).resolve("memory");
    Files.writeString(file, "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);

    MemoryFile.write(memory("fake"), link);

    assertThat(link).isSymbolicLink();
    assertThat(file).binaryContent().isEqualTo(bytes(memory("fake")));
  }

  @Test
  void shouldRefuseAFolderInThePlaceOfAFile() {
    for (Path place : List.of(folder, Path.of("/"), Path.of(""))) {
      assertThatThrownBy(() -> MemoryFile.write(memory("fake"), place))
          .isInstanceOf(IOException.class)
          .hasMessage(place + ": expected a file, found a folder");
    }
  }

  @Test
  void shouldKeepTheOldFileWhenTheNewOneCannotTakeItsPlace() throws IOException {
    Path file = folder.resolve("memory");
    Files.createDirectories(file.resolve("not-empty"));

    assertThatThrownBy(() -> MemoryFile.write(memory("fake"), file))
        .isInstanceOf(IOException.class);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void shouldNoticeEveryChangedByte() throws IOException {
    byte[] whole = bytes(memory("fake"));
    for (int i = 0; i < whole.length; i++) {
      byte[] damaged = whole.clone();
      damaged[i] ^= 0x10;
      assertThatThrownBy(() -> read(damaged), "byte %d", i)
          .isInstanceOf(IOException.class)
          .hasMessageMatching("memory: expected .*, found .*");
    }
  }

  @Test
  void shouldNoticeEveryMissingEnd() throws IOException {
    byte[] whole = bytes(memory("fake"));
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> read(cut), "%d bytes", length)
          .isInstanceOf(IOException.class)
          .hasMessageMatching("memory: expected .*, found .*");
    }
    assertRefused(
        Arrays.copyOf(whole, whole.length + 1),
        "memory: expected the end after the last tenant, found more bytes");
  }

  @Test
  void shouldNameTheVersionThatItCannotRead() throws IOException {
    byte[] later = bytes(memory("fake"));
    later[VERSION_AT + Integer.BYTES - 1] = 3;

    assertRefused(later, "memory: expected version 1 or 2, found version 3");
  }

  @Test
  void shouldNameTheFileThatIsOfAnotherKind() throws IOException {
    Path file = Files.writeString(folder.resolve("notes.txt"), "These are my notes.");

    assertThatThrownBy(() -> MemoryFile.read(file, "", OptionalInt.empty()))
        .hasMessage(
            file + ": expected a memory file, which begins with HFMEMORY, found another file");
    assertThatThrownBy(() -> MemoryFile.read(folder.resolve("none"), "", OptionalInt.empty()))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(folder.resolve("none") + ": expected a saved memory, found no file");
  }

  @Test
  void shouldRefuseFeaturesOfAnotherSpace() throws IOException {
    byte[] other = bytes(memory("other"));

    assertRefused(
        other,
        "memory: expected features of encoder fake like the bundle, found features of encoder"
            + " other for tenant 'a'");
    assertThatThrownBy(
            () -> MemoryFile.read(new ByteArrayInputStream(other), "", OptionalInt.of(3)))
        .hasMessage("memory: expected 3 features like the bundle, found 8 for tenant 'a'");
    assertThat(MemoryFile.read(new ByteArrayInputStream(other), "", OptionalInt.empty()).entries())
        .isPositive();
  }

  private static void assertRefused(byte[] bytes, String message) {
    assertThatThrownBy(() -> read(bytes)).isInstanceOf(IOException.class).hasMessage(message);
  }

  private static InMemoryTenantStore memory(String space) {
    AdaptationModel plain = EngineFixture.model("bundle");
    EngineFixture engine =
        EngineFixture.of(
            new MemorySettings(3, 2, 6, RingPolicy.NEWEST, FeaturePrecision.FLOAT32, 0.5f),
            EngineFixture.FRESH,
            new AdaptationModel(
                plain.bundleId(),
                Optional.of(new FakeEncoder(space)),
                plain.dimension(),
                plain.integrator(),
                plain.calibration()));
    engine.process(
        add("b", "e1", "rouge", 1, 0),
        add("a", "e1", "red", 1, -0f),
        add("a", "e2", "grün", 0, 1),
        add("a", "e3", "red", 0.5f, 0.25f),
        add("a", "e4", "red", -1, Float.MIN_VALUE),
        new Event.Describe("a", 8, "d", "grün", TERMS, features(0.125f, 3)),
        add("gone", "e1", "red", 1, 0),
        new Event.Retract("gone", 9, "e1"));
    return engine.tenants;
  }

  private static Event add(String tenant, String eventId, String label, float first, float second) {
    return new Event.Add(tenant, 7, eventId, label, TERMS, features(first, second));
  }

  private static Payload features(float first, float second) {
    float[] features = new float[EngineFixture.DIMENSION];
    features[0] = first;
    features[1] = second;
    Optional<String> text = first == 1 ? Optional.empty() : Optional.of("Grüße");
    return new Payload.Features(FeatureVector.of(features), text);
  }

  private static byte[] bytes(InMemoryTenantStore store) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    MemoryFile.write(store, out);
    return out.toByteArray();
  }

  private static InMemoryTenantStore read(byte[] bytes) throws IOException {
    return MemoryFile.read(
        new ByteArrayInputStream(bytes), "fake", OptionalInt.of(EngineFixture.DIMENSION));
  }

  private static String hex(byte[] bytes) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < bytes.length; i += BYTES_PER_LINE) {
      lines
          .append(HexFormat.of().formatHex(bytes, i, Math.min(i + BYTES_PER_LINE, bytes.length)))
          .append('\n');
    }
    return lines.toString();
  }
}
