package dev.hyperflow.demo.ledger;

import java.util.OptionalLong;

/**
 * One tenant at one moment.
 *
 * @param tenant its name
 * @param counts what was sent and answered
 * @param recent accuracy over the latest judged queries
 * @param total accuracy over all judged queries; a query is judged when its right answer is known
 *     and the tenant had a head to answer with
 * @param labelToAnswerMillis median time from sending a label to the first answer that uses it
 * @param appliedAtClosing most support events that an answer to a closing query counts; empty when
 *     none has arrived
 */
public record TenantTally(
    String tenant,
    Counts counts,
    Accuracy recent,
    Accuracy total,
    OptionalLong labelToAnswerMillis,
    OptionalLong appliedAtClosing) {

  /**
   * What was sent and answered.
   *
   * @param labels distinct labels among the examples sent
   * @param examples examples sent
   * @param queries queries sent
   * @param answered queries answered at least once
   * @param withoutHead of these, answered while the tenant had no label
   * @param noneOfThese of these, said to belong to none of the labels
   */
  public record Counts(
      int labels, int examples, int queries, int answered, int withoutHead, int noneOfThese) {}
}
