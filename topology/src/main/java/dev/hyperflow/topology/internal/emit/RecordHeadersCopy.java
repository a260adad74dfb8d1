package dev.hyperflow.topology.internal.emit;

import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Copies the headers of an input record to an output record. Headers that name the schema or the
 * type of the input are left out: deserializers would read the output by it. Headers too large to
 * go along, which could make the output larger than its topic takes, are left out, all of them.
 */
final class RecordHeadersCopy {
  private static final int MAX_BYTES = 64 * 1024;

  /** Ids of Confluent's and Apicurio's serializers, types of Spring's, and what the bytes are. */
  private static final Pattern OF_THE_SCHEMA =
      Pattern.compile(
          "__(key|value)_schema_id|apicurio\\.(key|value)\\..*|__(Key|Content)?TypeId__"
              + "|spring_json_header_types|ce_data(schema|contenttype)|(?i:content-?type)");

  private RecordHeadersCopy() {}

  /** A copy. {@code room} bytes may go along, and never more than 64 KiB. */
  static Headers of(Headers original, long room) {
    RecordHeaders copy = new RecordHeaders();
    if (RecordLimits.bytes(original) <= Math.min(room, MAX_BYTES)) {
      for (Header header : original) {
        if (!OF_THE_SCHEMA.matcher(header.key()).matches()) {
          copy.add(header);
        }
      }
    }
    return copy;
  }
}
