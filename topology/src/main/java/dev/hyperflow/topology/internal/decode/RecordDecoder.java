package dev.hyperflow.topology.internal.decode;

import dev.hyperflow.topology.internal.source.SourceRecord;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/**
 * Decodes the records of one topic. Used by one thread.
 *
 * <p>What a record itself is to blame for becomes a refusal. A registry that cannot be reached is
 * not the record's fault: its exception passes through, and the record is read again later.
 */
public interface RecordDecoder extends AutoCloseable {

  /**
   * Decodes one record. The same record always becomes the same.
   *
   * @throws RuntimeException of the deserializer if the registry is at fault, not the record
   */
  Decoded decode(SourceRecord source, Headers headers);

  /** The key that the record's outputs and its dead letter have: its tenant's, if it is known. */
  Optional<byte[]> key(SourceRecord source, Headers headers);

  @Override
  void close();
}
