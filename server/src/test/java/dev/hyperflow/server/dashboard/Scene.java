package dev.hyperflow.server.dashboard;

/** What the fixture server pretends to be. */
enum Scene {
  /** Runs, and has not seen a tenant. */
  EMPTY,
  /** Runs, with one tenant of a few labels. */
  ONE_TENANT,
  /** Runs, with three tenants: to look at. */
  THREE_TENANTS,
  /** Runs, with 1,000 tenants, and a rollout in shadow. */
  THOUSAND_TENANTS,
  /**
   * Runs, with one tenant, but has no topic for bundles, remembers no queries and keeps no texts.
   */
  BARE,
  /** Runs, with tenants, labels and event ids that are markup, separators and blanks. */
  HOSTILE,
  /** Answers 503 with REBALANCING. */
  REBALANCING,
  /** Is not ready: restores its state. */
  RESTORING,
  /** Answers 401 to what lacks the token of {@link FixtureServer#TOKEN}. */
  TOKEN_NEEDED,
  /** Answers 500 to all that is asked of a tenant. */
  FAILING,
  /** Never answers. */
  SILENT,
  /** Closes each connection without an answer. */
  UNREACHABLE
}
