package dev.hyperflow.engine.internal.file;

import dev.hyperflow.engine.internal.heap.InMemoryTenantStore;
import dev.hyperflow.engine.internal.remember.TenantFacts;
import dev.hyperflow.engine.internal.remember.TenantStore;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.CRC32C;

/**
 * Saves and reads the memory of all tenants. The bytes, big-endian:
 *
 * <pre>
 *   8 bytes "HFMEMORY"
 *   int32 version, 2
 *   int32 tenants
 *   int32 CRC-32C of the 16 bytes before
 *   for each tenant, sorted by the UTF-8 bytes of its name
 *     int32 length n | n bytes, see TenantLayout | int32 CRC-32C of these n bytes
 * </pre>
 */
public final class MemoryFile {
  // A block a tenant: nothing of a block is believed before its checksum is right, and no more of
  // it is on the heap than one tenant. A wrong length finds the end of the file, not the heap's.

  private static final byte[] MAGIC = "HFMEMORY".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 2;
  private static final int FIRST_VERSION = 1;
  private static final int HEADER_BYTES = MAGIC.length + 2 * Integer.BYTES;

  private final String name;
  private final DataInputStream in;
  private final String space;
  private final OptionalInt dimension;
  private int version;

  private MemoryFile(String name, InputStream in, String space, OptionalInt dimension) {
    this.name = name;
    this.in = new DataInputStream(in);
    this.space = space;
    this.dimension = dimension;
  }

  /**
   * Writes a file, whole or not at all. It keeps the permissions of the file in whose place it
   * comes; a new one is for its owner alone.
   *
   * @throws IOException if it cannot be written; a file that was there stays as it was
   */
  public static void write(TenantStore tenants, Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + ": expected a file, found a folder");
    }
    // Behind a link the file is replaced, not the link: it may lead to another disk.
    Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    if (!Files.isDirectory(target.getParent())) {
      throw new IOException(file + ": expected a folder that exists, found none");
    }
    Path fresh = Files.createTempFile(target.getParent(), target.getFileName().toString(), ".tmp");
    try {
      try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
        write(tenants, out);
        channel.force(true);
      }
      keepPermissions(target, fresh);
      Files.move(
          fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static void keepPermissions(Path before, Path fresh) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(before, PosixFileAttributeView.class);
    if (view != null && Files.exists(before)) {
      Files.setPosixFilePermissions(fresh, view.readAttributes().permissions());
    }
  }

  /** Writes the bytes of a file, and flushes them. */
  public static void write(TenantStore tenants, OutputStream stream) throws IOException {
    List<String> names = tenants.tenants(Optional.empty(), Integer.MAX_VALUE);
    DataOutputStream out = new DataOutputStream(stream);
    byte[] header =
        ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).putInt(VERSION).putInt(names.size()).array();
    out.write(header);
    out.writeInt(checksum(header));
    for (String tenant : names) {
      byte[] block = TenantLayout.write(tenant, tenants);
      out.writeInt(block.length);
      out.write(block);
      out.writeInt(checksum(block));
    }
    out.flush();
  }

  /**
   * Reads a file.
   *
   * @param space names the encoder that features must come from; empty for any
   * @param dimension the D that features must have; empty for any
   * @throws IOException if it cannot be read, is damaged, is of another version, or holds other
   *     features; the message names the file, what was expected and what was found
   */
  public static InMemoryTenantStore read(Path file, String space, OptionalInt dimension)
      throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(
          file.toString(), null, "expected a saved memory, found no file");
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return new MemoryFile(file.toString(), in, space, dimension).read();
    }
  }

  /**
   * Reads the bytes of a file, up to the end of the stream; see {@link #read(Path, String,
   * OptionalInt)}.
   */
  public static InMemoryTenantStore read(InputStream in, String space, OptionalInt dimension)
      throws IOException {
    return new MemoryFile("memory", in, space, dimension).read();
  }

  private InMemoryTenantStore read() throws IOException {
    InMemoryTenantStore tenants = new InMemoryTenantStore();
    int left = header();
    for (; left > 0; left--) {
      TenantLayout.Tenant tenant = tenant();
      tenant.snapshot().putInto(tenants, tenant.name());
    }
    if (in.read() >= 0) {
      throw refusal("the end after the last tenant", "more bytes");
    }
    return tenants;
  }

  /** Reads the header and gives the number of tenants. */
  private int header() throws IOException {
    byte[] header = in.readNBytes(HEADER_BYTES);
    ByteBuffer fields = ByteBuffer.wrap(header);
    byte[] magic = new byte[Math.min(MAGIC.length, header.length)];
    fields.get(magic);
    if (!Arrays.equals(magic, MAGIC)) {
      throw refusal("a memory file, which begins with HFMEMORY", "another file");
    }
    if (header.length < HEADER_BYTES) {
      throw refusal("a header of %d bytes".formatted(HEADER_BYTES), header.length + " bytes");
    }
    version = fields.getInt();
    if (version != VERSION && version != FIRST_VERSION) {
      throw refusal("version %d or %d".formatted(FIRST_VERSION, VERSION), "version " + version);
    }
    requireChecksum("the header", header);
    return fields.getInt();
  }

  private TenantLayout.Tenant tenant() throws IOException {
    int length = number();
    byte[] block = length < 0 ? new byte[0] : in.readNBytes(length);
    if (block.length != length) {
      throw refusal("a tenant of %d bytes".formatted(length), block.length + " bytes");
    }
    requireChecksum("a tenant", block);
    TenantLayout.Tenant tenant;
    try {
      tenant = TenantLayout.read(block, version != FIRST_VERSION);
    } catch (EOFException | RuntimeException e) {
      throw new IOException(message("the layout of version " + version, e.toString()), e);
    }
    if (!tenant.snapshot().isWhole()) {
      throw refusal("examples that make up the fingerprint of their tenant", "others");
    }
    requireSameFeatures(tenant);
    return tenant;
  }

  private void requireSameFeatures(TenantLayout.Tenant tenant) throws IOException {
    TenantFacts.Features features = tenant.snapshot().meta().facts().features();
    if (features.dimension() == 0) {
      return;
    }
    if (!space.isEmpty() && !features.space().isEmpty() && !space.equals(features.space())) {
      throw refusal(
          "features of encoder %s like the bundle".formatted(space),
          "features of encoder %s for tenant '%s'".formatted(features.space(), tenant.name()));
    }
    if (dimension.isPresent() && dimension.getAsInt() != features.dimension()) {
      throw refusal(
          "%d features like the bundle".formatted(dimension.getAsInt()),
          "%d for tenant '%s'".formatted(features.dimension(), tenant.name()));
    }
  }

  private void requireChecksum(String what, byte[] bytes) throws IOException {
    int found = checksum(bytes);
    int expected = number();
    if (found != expected) {
      throw refusal("checksum %08x of %s".formatted(expected, what), "%08x".formatted(found));
    }
  }

  private int number() throws IOException {
    try {
      return in.readInt();
    } catch (EOFException e) {
      throw new IOException(message("four more bytes", "the end of the file"), e);
    }
  }

  private static int checksum(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return (int) checksum.getValue();
  }

  private IOException refusal(String expected, String found) {
    return new IOException(message(expected, found));
  }

  private String message(String expected, String found) {
    return "%s: expected %s, found %s".formatted(name, expected, found);
  }
}
