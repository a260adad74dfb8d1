package dev.hyperflow.server.http;

/** What a token allows; each scope includes those before it. */
public enum Scope {
  /** No token needed. */
  NONE,
  READ,
  WRITE,
  ADMIN
}
