package dev.hyperflow.benchmarks.card;

import dev.hyperflow.benchmarks.report.Section;

/** One thing that is measured. */
interface Part {

  /**
   * Measures until the budget ends.
   *
   * @throws RuntimeException if it fails; the message says what was expected and what was found
   */
  Section measure(Budget budget);
}
