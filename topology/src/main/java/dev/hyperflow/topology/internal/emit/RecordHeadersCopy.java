package dev.hyperflow.topology.internal.emit;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Copies the headers of an input record to an output record. Headers too large to go along, which
 * could make the output larger than a broker takes, are left out, all of them.
 */
final class RecordHeadersCopy {
  private static final int MAX_BYTES = 64 * 1024;

  private RecordHeadersCopy() {}

  static Headers of(Headers original) {
    long bytes = 0;
    for (Header header : original) {
      bytes += 3L * header.key().length() + (header.value() == null ? 0 : header.value().length);
    }
    return bytes <= MAX_BYTES ? new RecordHeaders(original) : new RecordHeaders();
  }
}
