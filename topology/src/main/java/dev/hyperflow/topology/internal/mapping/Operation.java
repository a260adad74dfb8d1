package dev.hyperflow.topology.internal.mapping;

/** What a mapped record may ask for. */
public enum Operation {
  QUERY,
  ADD,
  FEEDBACK,
  DESCRIBE_LABEL,
  RETRACT,
  FORGET_LABEL,
  FORGET_TENANT
}
