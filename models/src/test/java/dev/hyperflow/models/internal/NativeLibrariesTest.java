package dev.hyperflow.models.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.models.BundleException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibrariesTest {
  private static final String RESOURCE = "/native/libtest.so";

  @TempDir Path directory;
  private String before;

  @BeforeEach
  void nameTheFolder() {
    before = System.getProperty(NativeLibraries.PROPERTY);
    System.setProperty(NativeLibraries.PROPERTY, directory.resolve("libraries").toString());
  }

  @AfterEach
  void forgetTheFolder() {
    if (before == null) {
      System.clearProperty(NativeLibraries.PROPERTY);
    } else {
      System.setProperty(NativeLibraries.PROPERTY, before);
    }
  }

  @Test
  void shouldNameTheSettingWhereLibrariesCannotBeLoaded() throws Exception {
    try (URLClassLoader jar = jar("no library")) {
      assertThatThrownBy(() -> unpack(jar))
          .isInstanceOf(BundleException.class)
          .hasMessageStartingWith(
              "native libraries: expected a folder that they can be loaded from")
          .hasMessageContaining(directory.toString())
          .hasMessageContaining("noexec")
          .hasMessageContaining("HYPERFLOW_NATIVE_DIR")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void shouldUnpackOnceForEachContent() throws Exception {
    for (String content : List.of("one", "one", "other")) {
      try (URLClassLoader jar = jar(content)) {
        assertThatThrownBy(() -> unpack(jar)).isInstanceOf(BundleException.class);
      }
    }

    try (Stream<Path> files = Files.walk(directory.resolve("libraries"))) {
      assertThat(files.filter(Files::isRegularFile))
          .hasSize(2)
          .allMatch(file -> file.endsWith("libtest.so"));
    }
  }

  @Test
  void shouldLeaveAloneWhatIsInNoJar() {
    assertThat(
            NativeLibraries.unpack(
                "test",
                NativeLibrariesTest.class,
                List.of(new NativeLibraries.Library("/no/such/library", "library")),
                folder -> {}))
        .isEmpty();
  }

  private static void unpack(ClassLoader jar) throws ClassNotFoundException {
    Class<?> inJar = Class.forName("dev.hyperflow.models.internal.InJar", false, jar);
    NativeLibraries.unpack(
        "test",
        inJar,
        List.of(new NativeLibraries.Library(RESOURCE, "libtest.so")),
        folder -> System.load(folder.resolve("libtest.so").toString()));
  }

  /** A class loader that finds a class of the tests and one library in a jar. */
  private URLClassLoader jar(String content) throws IOException {
    Path file = Files.createTempFile(directory, "test", ".jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file))) {
      out.putNextEntry(new JarEntry(RESOURCE.substring(1)));
      out.write(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      out.putNextEntry(new JarEntry("dev/hyperflow/models/internal/InJar.class"));
      out.write(InJar.class.getResourceAsStream("InJar.class").readAllBytes());
    }
    return new URLClassLoader(new URL[] {file.toUri().toURL()}, null);
  }
}

/** Is found in the jar. */
final class InJar {
  private InJar() {}
}
