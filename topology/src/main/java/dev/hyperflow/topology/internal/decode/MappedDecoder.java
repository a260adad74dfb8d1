package dev.hyperflow.topology.internal.decode;

import dev.hyperflow.topology.internal.mapping.MappedFields;
import dev.hyperflow.topology.internal.mapping.RecordParts;
import dev.hyperflow.topology.internal.mapping.SourceMapping;
import dev.hyperflow.topology.internal.source.SourceRecord;
import dev.hyperflow.topology.internal.source.TenantKeys;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/** Decodes the records of a topic of somebody else by a mapping. */
public final class MappedDecoder implements RecordDecoder {
  private final SourceMapping mapping;
  private final RecordParts parts;

  /**
   * A decoder for one thread.
   *
   * @param registry settings of the registry's client, for Avro
   */
  public MappedDecoder(SourceMapping mapping, Map<String, ?> registry) {
    this.mapping = mapping;
    this.parts = new RecordParts(mapping, registry);
  }

  @Override
  public Decoded decode(SourceRecord source, Headers headers) {
    return new MappedEvent(mapping, fields(source, headers), source).decoded();
  }

  @Override
  public Optional<byte[]> key(SourceRecord source, Headers headers) {
    return fields(source, headers).tenant().map(TenantKeys::encode);
  }

  /** The paths that lead to something in a record, for a message; at most {@code most}. */
  public List<String> paths(SourceRecord source, Headers headers, int most) {
    return parts.of(source, headers).paths(most);
  }

  private MappedFields fields(SourceRecord source, Headers headers) {
    return new MappedFields(mapping, parts.of(source, headers));
  }

  @Override
  public void close() {
    // Holds nothing that must be closed.
  }
}
