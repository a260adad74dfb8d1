package dev.hyperflow.schemas.internal.registry;

import org.apache.avro.Schema;

/**
 * One version of a subject.
 *
 * @param subject the subject, for example {@code support-value}
 * @param id global id of the schema; the same text has the same id in every subject
 * @param version version within the subject, 1 or more
 * @param schema the schema
 */
public record RegisteredSchema(String subject, int id, int version, Schema schema) {}
