package dev.hyperflow.benchmarks.scenario;

import java.time.Duration;

/**
 * One repetition.
 *
 * @param records how many were answered
 * @param nanos from the moment they could be read to the last answer seen
 * @param ownCpu processor time of the measured process meanwhile
 * @param brokerCpu processor time of the broker meanwhile
 */
record Repetition(int records, long nanos, Duration ownCpu, Duration brokerCpu) {

  double perSecond() {
    return records * 1e9 / nanos;
  }

  /** Time, microseconds a record. */
  double micros() {
    return nanos / 1e3 / records;
  }

  /** Processor time of the measured process, microseconds a record. */
  double ownMicros() {
    return ownCpu.toNanos() / 1e3 / records;
  }

  /** Processor time of the broker, microseconds a record. */
  double brokerMicros() {
    return brokerCpu.toNanos() / 1e3 / records;
  }

  /** Processor time of both, microseconds a record. */
  double allMicros() {
    return ownMicros() + brokerMicros();
  }
}
