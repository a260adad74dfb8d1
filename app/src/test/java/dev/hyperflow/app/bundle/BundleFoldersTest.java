package dev.hyperflow.app.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hyperflow.models.internal.bundle.ShippedBundles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleFoldersTest {
  @TempDir Path directory;

  @Test
  void shouldListShippedBundlesThenThoseOfFoldersOneLevelDeep() throws IOException {
    Path zip = Files.createFile(directory.resolve("b.zip"));
    Path unpacked = Files.createDirectory(directory.resolve("a"));
    Files.createFile(unpacked.resolve("manifest.json"));
    Files.createFile(Files.createDirectory(directory.resolve("empty")).resolve("other.json"));
    Files.createFile(directory.resolve("notes.txt"));
    Files.createDirectory(directory.resolve("folder.zip"));

    List<String> found = BundleFolders.find(List.of(directory));

    List<String> shipped = ShippedBundles.locations();
    assertThat(found).startsWith(shipped.toArray(String[]::new));
    assertThat(found.subList(shipped.size(), found.size()))
        .containsExactly(unpacked.toString(), zip.toString());
  }

  @Test
  void shouldSayThatAFolderCannotBeRead() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> BundleFolders.find(List.of(directory.resolve("none"))));
  }
}
