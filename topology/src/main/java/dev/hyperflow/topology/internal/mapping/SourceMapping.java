package dev.hyperflow.topology.internal.mapping;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the records of a topic of somebody else become events.
 *
 * @param name names it in settings, nodes and its repartition topic
 * @param topic the topic
 * @param format what values are
 * @param keyFormat what keys are
 * @param subject names the schema of Avro values in the registry
 * @param fields where fields are
 * @param separator stands between the texts of several fields
 * @param operations what the texts in the field of the operation mean
 * @param units of the numbers in {@code time} and {@code expiry}
 * @param nullValue what a record without a value means
 * @param feedback whether a record with a label gives feedback to the query of its id
 * @param alwaysRepartition whether records go through a repartition topic even where the key is the
 *     tenant
 */
public record SourceMapping(
    String name,
    String topic,
    DataFormat format,
    DataFormat keyFormat,
    String subject,
    Map<Field, FieldRule> fields,
    String separator,
    Map<String, Operation> operations,
    Map<Field, EpochUnit> units,
    NullValue nullValue,
    boolean feedback,
    boolean alwaysRepartition) {

  public SourceMapping {
    fields = Map.copyOf(fields);
    operations = Map.copyOf(operations);
    units = Map.copyOf(units);
  }

  /** A field of an event. */
  public enum Field {
    TENANT,
    ID,
    TEXT,
    FEATURES,
    LABEL,
    OPERATION,
    WEIGHT,
    EXPIRY,
    TIME;

    /** As settings and messages name it. */
    public String spelling() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Where a field is. */
  public FieldRule rule(Field field) {
    return fields.getOrDefault(field, FieldRule.NONE);
  }

  /**
   * Whether records must be sent to the partition of their tenant first: the key's bytes are not
   * the tenant's, or the order is that of a time that is not the record's.
   */
  public boolean isRepartitioned() {
    return alwaysRepartition || !isKeyedByTenant() || rule(Field.TIME).isMapped();
  }

  private boolean isKeyedByTenant() {
    FieldRule tenant = rule(Field.TENANT);
    return keyFormat == DataFormat.STRING
        && tenant.fallback().isEmpty()
        && tenant.paths().stream()
            .allMatch(path -> path.root() == FieldPath.Root.KEY && path.isWhole());
  }

  /** All paths into the values, each with its field. */
  public Stream<Map.Entry<Field, FieldPath>> pathsIntoValues() {
    return Stream.of(Field.values())
        .flatMap(
            field ->
                rule(field).paths().stream()
                    .filter(path -> path.root() == FieldPath.Root.VALUE)
                    .map(path -> Map.entry(field, path)));
  }

  /** The names of the source's nodes in the graph. */
  public String node(String prefix) {
    return prefix + "-" + name;
  }

  /** The topic through which its records pass to the partition of their tenant, if they do. */
  public Optional<String> repartitionTopic(String applicationId) {
    return isRepartitioned()
        ? Optional.of(applicationId + "-" + name + "-repartition")
        : Optional.empty();
  }
}
