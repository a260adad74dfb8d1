package dev.hyperflow.topology.internal.mapping;

/** What the bytes of a key or a value are. */
public enum DataFormat {
  /** Any Avro of the registry. */
  AVRO,
  /** JSON, with or without a registry's first bytes. */
  JSON,
  /** Text in UTF-8. */
  STRING,
  /** A whole number of 8 bytes, big-endian, as Kafka's serializer writes it. */
  LONG,
  /** A whole number of 4 bytes, big-endian, as Kafka's serializer writes it. */
  INTEGER
}
