package dev.hyperflow.topology.internal.source;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The tenant and the key of its records. */
public final class TenantKeys {
  private TenantKeys() {}

  /** The key of a tenant's records. */
  public static byte[] encode(String tenant) {
    return tenant.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether UTF-8 can encode the tenant; other texts would share a key. */
  public static boolean isText(String tenant) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(tenant);
  }

  /** The tenant, or empty when the key is null or not UTF-8. */
  public static Optional<String> decode(byte[] key) {
    if (key == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
