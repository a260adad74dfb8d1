package dev.hyperflow.models.internal.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.ManifestJson;
import dev.hyperflow.models.internal.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleWriterTest {

  @TempDir Path directory;

  @Test
  void shouldHandOutTheHashesAndWriteTheManifestLast() throws IOException {
    // Given
    BundleFiles shipped = BundleFiles.read(ShippedBundles.ANALYTIC);
    SortedMap<String, String> told = new TreeMap<>();

    // When
    Manifest written =
        BundleWriter.write(
            directory.resolve("new"),
            shipped.content(),
            hashes -> {
              told.putAll(hashes);
              return shipped.manifest();
            });

    // Then
    assertThat(told).isEqualTo(written.files());
    assertThat(directory.resolve("new").resolve(Manifest.FILE))
        .hasBinaryContent(ManifestJson.write(written));
    byte[] drift = Files.readAllBytes(directory.resolve("new").resolve(Manifest.DRIFT));
    assertThat(Sha256.of(drift)).isEqualTo(told.get(Manifest.DRIFT));
  }

  @Test
  void shouldWriteNothingUnderAManifestOfOtherFiles() throws IOException {
    Manifest other = BundleFiles.read(ShippedBundles.ANALYTIC).manifest();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BundleWriter.write(directory, Map.of("a", new byte[1]), hashes -> other))
        .withMessageStartingWith("files: expected {a=")
        .withMessageContaining("found {drift.onnx=");
    assertThat(directory).isEmptyDirectory();
  }
}
