package dev.hyperflow.models.internal.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleFilesTest {

  @TempDir private Path directory;

  @Test
  void shouldReadWhatCanBeWrittenAgainAsTheSameBundle() throws IOException {
    // Given
    BundleFiles shipped = BundleFiles.read(ShippedBundles.ANALYTIC);

    // When
    BundleWriter.write(directory, shipped.content(), hashes -> shipped.manifest());

    // Then
    assertThat(shipped.content()).containsOnlyKeys(Manifest.DRIFT, Manifest.INTEGRATE);
    assertThat(BundleFiles.read(directory.toString()).manifest()).isEqualTo(shipped.manifest());
  }

  @Test
  void shouldRefuseAFileThatIsNotWhatTheManifestSays() throws IOException {
    // Given
    BundleFiles shipped = BundleFiles.read(ShippedBundles.ANALYTIC);
    BundleWriter.write(directory, shipped.content(), hashes -> shipped.manifest());
    Files.write(directory.resolve(Manifest.DRIFT), new byte[] {1});

    // Then
    assertThatThrownBy(() -> BundleFiles.read(directory.toString()))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("drift.onnx: expected SHA-256");
  }

  @Test
  void shouldRefuseAPlaceWithoutABundle() {
    assertThatThrownBy(() -> BundleFiles.read(directory.resolve("none").toString()))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("none: expected file ")
        .hasMessageEndingWith("found none");
  }
}
