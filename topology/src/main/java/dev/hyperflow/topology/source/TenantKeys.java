package dev.hyperflow.topology.source;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads the tenant from record keys. */
public final class TenantKeys {
  private TenantKeys() {}

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
