package dev.hyperflow.models.internal.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hyperflow.models.BundleException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleSourceTest {

  @TempDir Path directory;

  @Test
  void shouldReadADirectoryIntoADirectBuffer() throws IOException {
    Files.writeString(directory.resolve("a.txt"), "content");
    try (BundleSource source = BundleSource.of(directory.toString())) {
      ByteBuffer found = source.read("a.txt");
      assertThat(found.isDirect()).isTrue();
      assertThat(text(found)).isEqualTo("content");
    }
  }

  @Test
  void shouldReadAnArchive() throws IOException {
    try (BundleSource source = BundleSource.of(zip("sub/a.txt", "content").toString())) {
      assertThat(text(source.read("sub/a.txt"))).isEqualTo("content");
    }
  }

  @Test
  void shouldReadTheClassPathWhereALocationSaysSo() throws IOException {
    String location = "classpath:bundles/minilm-analytic-v0";
    try (BundleSource source = BundleSource.of(location)) {
      assertThat(text(source.read("manifest.json"))).contains("minilm-analytic-v0");
    }
    try (BundleSource source = BundleSource.of(directory.toString())) {
      assertThat(text(source.readLocation(location + "/manifest.json"))).startsWith("{");
    }
  }

  @Test
  void shouldSayThatAFileOfAnotherNameIsNeitherFolderNorZip() throws IOException {
    Path file = Files.writeString(directory.resolve("bundle.tar"), "");

    assertThatExceptionOfType(BundleException.class)
        .isThrownBy(() -> BundleSource.of(file.toString()))
        .withMessage("expected a folder or a .zip file, found a file of another name");
  }

  @Test
  void shouldSayWhereAShippedBundleIsThatWasNamedWithoutItsPlace() {
    assertThatExceptionOfType(BundleException.class)
        .isThrownBy(() -> BundleSource.of("minilm-drift-v2"))
        .withMessageEndingWith("the shipped bundle is classpath:bundles/minilm-drift-v2");
  }

  @Test
  void shouldNameAFileThatIsNotThere() throws IOException {
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> BundleSource.of(directory.resolve("none").toString()))
        .withMessageEndingWith("none");
    try (BundleSource archive = BundleSource.of(zip("a.txt", "").toString());
        BundleSource folder = BundleSource.of(directory.toString());
        BundleSource resources = BundleSource.of("classpath:bundles")) {
      for (BundleSource source : new BundleSource[] {archive, folder, resources}) {
        assertThatExceptionOfType(NoSuchFileException.class)
            .isThrownBy(() -> source.read("b.txt"))
            .withMessageEndingWith("b.txt");
      }
    }
  }

  @Test
  void shouldRefuseAnArchiveWhoseNamesClimbOut() throws IOException {
    String zip = zip("../a.txt", "").toString();
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> BundleSource.of(zip))
        .withMessage("entry: expected a relative path below the bundle, found ../a.txt");
  }

  private Path zip(String name, String content) throws IOException {
    Path zip = directory.resolve("bundle.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry(name));
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return zip;
  }

  private static String text(ByteBuffer buffer) {
    return StandardCharsets.UTF_8.decode(buffer).toString();
  }
}
