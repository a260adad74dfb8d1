package dev.hyperflow.models.internal.bundle;

import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.Check;
import dev.hyperflow.models.internal.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Enumeration;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The files of a bundle: in a directory, in an archive or on the class path. For one thread. */
sealed interface BundleSource extends AutoCloseable {

  /*
   * Files come as direct buffers: ONNX Runtime takes those without a copy, and a 90 MB model never
   * touches the Java heap. From a directory a large file is mapped. Names were checked by the manifest
   * (relative, no dot-dot), and nothing is ever extracted, so an archive cannot write anywhere.
   */

  /** Maximum size of a file: what one buffer can hold, rounded down. */
  long MAX_BYTES = 1L << 30;

  /** Size above which a file of a directory is mapped, not copied. */
  long MAPPED_FROM_BYTES = 1L << 24;

  /**
   * Reads a file.
   *
   * @return a direct buffer from position 0 to its limit
   * @throws NoSuchFileException if there is none of that name
   */
  ByteBuffer read(String name) throws IOException;

  @Override
  default void close() throws IOException {}

  /** The source at a location; see {@link Bundle#load}. */
  static BundleSource of(String location) throws IOException {
    String prefix = Manifest.EncoderReference.CLASSPATH;
    if (location.startsWith(prefix)) {
      return new Resources(location.substring(prefix.length()) + "/");
    }
    Path path = Path.of(location);
    if (Files.isDirectory(path)) {
      return new Folder(path);
    }
    if (Files.isRegularFile(path) && location.endsWith(".zip")) {
      return Archive.open(path);
    }
    if (Files.exists(path)) {
      throw new BundleException("expected a folder or a .zip file, found a file of another name");
    }
    for (String shipped : ShippedBundles.locations()) {
      if (shipped.endsWith("/" + location)) {
        throw new BundleException(
            "expected a folder or a .zip file, found none; the shipped bundle is " + shipped);
      }
    }
    throw new NoSuchFileException(location);
  }

  /** Reads what a manifest points at: a resource of the class path, or a file of the bundle. */
  default ByteBuffer readLocation(String location) throws IOException {
    String prefix = Manifest.EncoderReference.CLASSPATH;
    return location.startsWith(prefix)
        ? new Resources("").read(location.substring(prefix.length()))
        : read(location);
  }

  /**
   * A folder of the class path.
   *
   * @param folder path with a slash at its end, or empty
   */
  record Resources(String folder) implements BundleSource {

    @Override
    public ByteBuffer read(String name) throws IOException {
      ClassLoader loader =
          Objects.requireNonNullElse(
              Thread.currentThread().getContextClassLoader(), Bundle.class.getClassLoader());
      URL url = loader.getResource(folder + name);
      if (url == null) {
        throw new NoSuchFileException(folder + name);
      }
      URLConnection connection = url.openConnection();
      connection.setUseCaches(false); // else the jar stays open for the life of the process
      try (InputStream in = connection.getInputStream()) {
        return readAll(in, connection.getContentLengthLong(), folder + name);
      }
    }
  }

  /**
   * A directory.
   *
   * @param directory an existing one
   */
  record Folder(Path directory) implements BundleSource {

    @Override
    public ByteBuffer read(String name) throws IOException {
      try (FileChannel file = FileChannel.open(directory.resolve(name), StandardOpenOption.READ)) {
        checkSize(name, file.size());
        if (file.size() > MAPPED_FROM_BYTES) {
          return file.map(FileChannel.MapMode.READ_ONLY, 0, file.size());
        }
        return readAll(Channels.newInputStream(file), file.size(), name);
      }
    }
  }

  /**
   * A zip file.
   *
   * @param zip open; closed by {@link #close()}
   */
  record Archive(ZipFile zip) implements BundleSource {

    static Archive open(Path path) throws IOException {
      ZipFile zip = new ZipFile(path.toFile());
      for (Enumeration<? extends ZipEntry> e = zip.entries(); e.hasMoreElements(); ) {
        String name = e.nextElement().getName();
        try {
          Check.relativePath("entry", name.endsWith("/") ? name.replaceAll("/$", "") : name);
        } catch (IllegalArgumentException refusal) {
          zip.close();
          throw new IOException(refusal.getMessage(), refusal);
        }
      }
      return new Archive(zip);
    }

    @Override
    public ByteBuffer read(String name) throws IOException {
      ZipEntry entry = zip.getEntry(name);
      if (entry == null) {
        throw new NoSuchFileException(name);
      }
      try (InputStream in = zip.getInputStream(entry)) {
        return readAll(in, entry.getSize(), name);
      }
    }

    @Override
    public void close() throws IOException {
      zip.close();
    }
  }

  private static ByteBuffer readAll(InputStream in, long size, String name) throws IOException {
    if (size < 0) {
      byte[] bytes = in.readNBytes((int) MAX_BYTES);
      return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }
    checkSize(name, size);
    ByteBuffer buffer = ByteBuffer.allocateDirect((int) size);
    ReadableByteChannel channel = Channels.newChannel(in);
    while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
      // reads until the announced size is there
    }
    return buffer.flip();
  }

  private static void checkSize(String name, long size) throws IOException {
    if (size > MAX_BYTES) {
      throw new IOException(
          "%s: expected at most %d bytes, found %d".formatted(name, MAX_BYTES, size));
    }
  }
}
