package dev.hyperflow.models.internal.graph;

import dev.hyperflow.models.Head;
import dev.hyperflow.models.internal.DriftField;
import dev.hyperflow.models.internal.SupportSet;

/** A drift network, one task at a time and without padding, that counts its evaluations. */
final class SessionField implements DriftField {

  private final OnnxSession session;
  private int evaluations;

  SessionField(byte[] network) {
    this.session = new OnnxSession(network);
  }

  @Override
  public float[] drift(Head head, float t, SupportSet support) {
    evaluations++;
    return session.run(TaskBatch.of(support).inputs(head.toArray(), t)).get("drift").data;
  }

  /** How often the drift was asked for since this was last called. */
  int takeEvaluations() {
    int count = evaluations;
    evaluations = 0;
    return count;
  }

  @Override
  public void close() {
    session.close();
  }
}
