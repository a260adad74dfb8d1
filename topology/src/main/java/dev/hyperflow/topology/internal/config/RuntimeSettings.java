package dev.hyperflow.topology.internal.config;

/**
 * How one instance runs.
 *
 * @param headsCacheBytes maximum heap memory for decoded heads and tenants' meta records, all tasks
 *     together
 * @param streamThreads number of stream threads
 * @param guarantee Kafka's name of the processing guarantee
 * @param stateDirectory directory of the local state
 * @param startupTimeoutMillis how long a start-up check waits for the brokers
 * @param stateMemoryMebibytes maximum memory of the local state outside the heap
 * @param mayMissOffsets whether it starts when the group has lost its offsets
 * @param stalledMillis how long records may wait for brokers or for their commit
 * @param restoresDamaged whether a damaged store is restored from its changelog
 */
record RuntimeSettings(
    long headsCacheBytes,
    int streamThreads,
    String guarantee,
    String stateDirectory,
    int startupTimeoutMillis,
    int stateMemoryMebibytes,
    boolean mayMissOffsets,
    int stalledMillis,
    boolean restoresDamaged) {

  boolean isExactlyOnce() {
    return guarantee.equals(RuntimeDefinition.EXACTLY_ONCE);
  }
}
