package dev.hyperflow.server.json;

import java.util.Map;

/**
 * What the application holds of a tenant: in every partition, in every store, on all instances.
 *
 * @param tenant which
 * @param partitions how many partitions were looked through
 * @param entries how many entries there are
 * @param byStore how many in each store; stores without entries are left out
 */
public record Remains(String tenant, int partitions, long entries, Map<String, Long> byStore) {}
