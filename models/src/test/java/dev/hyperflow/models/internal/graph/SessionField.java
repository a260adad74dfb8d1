package dev.hyperflow.models.internal.graph;

import dev.hyperflow.models.Head;
import dev.hyperflow.models.internal.DriftField;
import dev.hyperflow.models.internal.SupportSet;

/** A drift network, one task at a time and without padding. */
final class SessionField implements DriftField {

  private final OnnxSession session;

  SessionField(byte[] network) {
    this.session = new OnnxSession(network);
  }

  @Override
  public float[] drift(Head head, float t, SupportSet support) {
    return session.run(TaskBatch.of(support).inputs(head.toArray(), t)).get("drift").data;
  }

  @Override
  public void close() {
    session.close();
  }
}
