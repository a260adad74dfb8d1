package dev.hyperflow.benchmarks.scenario;

/** An encoder with the texts that it is measured with. For use by one thread. */
interface TimedEncoder extends AutoCloseable {

  /** Encodes all texts in lists of this size. */
  Repetition run(int listSize);

  @Override
  void close();
}
