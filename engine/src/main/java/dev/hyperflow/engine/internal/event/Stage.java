package dev.hyperflow.engine.internal.event;

/** The stage of the flow in which a record was refused. */
public enum Stage {
  DECODE,
  VALIDATE,
  ENCODE,
  REMEMBER,
  INTEGRATE,
  SCORE
}
