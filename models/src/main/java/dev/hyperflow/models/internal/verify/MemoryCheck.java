package dev.hyperflow.models.internal.verify;

import dev.hyperflow.models.internal.ProcessMemory;
import dev.hyperflow.models.internal.SupportSet;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;

/** Integrating on and on takes no more memory. */
final class MemoryCheck extends BundleCheck<Subject> {

  /*
   * What counts is native memory: resident memory without what the Java heap grew by. A collection in
   * between blurs that for one round, a leak shows in every one.
   */

  private static final ProcessMemory MEMORY = ProcessMemory.ofThisProcess();
  private static final long LIMIT_KIB = 16 << 10;
  private static final int RUNS = 30;
  private static final int ROUNDS = 5;
  private static final int BATCH = 4;

  MemoryCheck() {
    super(
        "memory",
        "native memory that comes to rest: growth below %d MiB in one of %d rounds of %d runs"
            .formatted(LIMIT_KIB >> 10, ROUNDS, RUNS));
  }

  @Override
  Result run(Subject subject) {
    SupportSet task = subject.tasks().ordinary(20, 100, 50);
    List<SupportSet> tasks = Collections.nCopies(BATCH, task);
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS && least >= LIMIT_KIB; round++) {
      long heap = heapKib();
      OptionalLong before = kib(MEMORY.residentBytes());
      for (int i = 0; i < RUNS; i++) {
        subject.integrator().integrate(tasks);
      }
      OptionalLong after = kib(MEMORY.residentBytes());
      if (before.isEmpty() || after.isEmpty()) {
        return Result.note("no measure of memory on this platform");
      }
      long growth = after.getAsLong() - before.getAsLong() - Math.max(0, heapKib() - heap);
      least = Math.min(least, Math.max(0, growth));
    }
    String found = "growth of %d MiB; %d MiB resident at the most so far, the Java heap included";
    long peak = kib(MEMORY.peakBytes()).orElse(0);
    return least < LIMIT_KIB
        ? Result.ok(found, least >> 10, peak >> 10)
        : Result.failed(found, least >> 10, peak >> 10);
  }

  private static long heapKib() {
    return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 10;
  }

  private static OptionalLong kib(OptionalLong bytes) {
    return bytes.isPresent() ? OptionalLong.of(bytes.getAsLong() >> 10) : bytes;
  }
}
