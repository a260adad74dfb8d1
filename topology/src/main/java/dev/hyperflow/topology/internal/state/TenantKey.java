package dev.hyperflow.topology.internal.state;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Keys that begin with the tenant, big-endian so that they sort by their parts.
 *
 * <pre>
 *   uint16  bytes of the tenant | tenant, UTF-8 | rest
 * </pre>
 *
 * <p>The length in front keeps tenants apart: no tenant's keys are a prefix of another's.
 */
final class TenantKey {
  private static final int MAX_TENANT_BYTES = 0xFFFF;

  private TenantKey() {}

  /** The prefix of all keys of a tenant. */
  static byte[] prefix(String tenant) {
    return with(tenant, new byte[0]);
  }

  /** The prefix that a key begins with. */
  static byte[] prefixOf(byte[] key) {
    int name = ByteBuffer.wrap(key).getShort() & 0xFFFF;
    return Arrays.copyOf(key, Short.BYTES + name);
  }

  /** The tenant that a key begins with. */
  static String tenantOf(byte[] key) {
    byte[] prefix = prefixOf(key);
    return LayoutBytes.text(Arrays.copyOfRange(prefix, Short.BYTES, prefix.length));
  }

  /** What comes after the prefix. */
  static byte[] restOf(byte[] key) {
    return Arrays.copyOfRange(key, prefixOf(key).length, key.length);
  }

  /** The key of a tenant and some more. */
  static byte[] with(String tenant, byte[] rest) {
    byte[] name = LayoutBytes.utf8(tenant);
    if (name.length > MAX_TENANT_BYTES) {
      throw new IllegalArgumentException(
          "tenant: expected at most %d bytes, found %d".formatted(MAX_TENANT_BYTES, name.length));
    }
    return ByteBuffer.allocate(Short.BYTES + name.length + rest.length)
        .putShort((short) name.length)
        .put(name)
        .put(rest)
        .array();
  }
}
