package dev.hyperflow.training.finetune;

import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/** Processor time of this process. */
final class ProcessorTime {

  /*
   * Not the clock on the wall. On a busy machine that stretches a run of minutes, while the median
   * of runs of milliseconds stays as it is. The comparison would flatter the short ones. All
   * threads count, native ones and the compiler's too.
   */
  private ProcessorTime() {}

  /** Nanoseconds since some beginning; on the wall where the platform does not count. */
  static long nanos() {
    long counted =
        ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean system
            ? system.getProcessCpuTime()
            : -1;
    return counted < 0 ? System.nanoTime() : counted;
  }

  /** Seconds since an earlier {@link #nanos()}. */
  static double secondsSince(long nanos) {
    return (double) (nanos() - nanos) / TimeUnit.SECONDS.toNanos(1);
  }
}
